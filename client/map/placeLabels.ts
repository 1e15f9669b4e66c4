export type LabelTone = 'strong' | 'plain' | 'muted';

export interface MapLabel {
  readonly id: string;
  readonly lngLat: readonly [number, number];
  readonly lines: readonly string[];
  /** Lower is placed first; a later label that finds no room is dropped. */
  readonly priority: number;
  readonly tone: LabelTone;
  readonly sizePx: number;
  /** Half the size of the symbol it names; the label keeps clear of it. 0: no symbol. */
  readonly symbolRadiusPx: number;
  /** Tried on the place itself before beside it: for a label that names an area. */
  readonly isCentred?: boolean;
  /** Must stand close to its place, or not at all: among many places, a label further off would name another one. */
  readonly isTight?: boolean;
}

export interface Rect { readonly x: number; readonly y: number; readonly width: number; readonly height: number }

export interface PlacedLabel {
  readonly label: MapLabel;
  /** Middle of the text, CSS px on the page. */
  readonly centerPx: readonly [number, number];
  readonly justify: 'left' | 'center' | 'right';
}

export interface PlacementOptions {
  readonly project: (lngLat: readonly [number, number]) => readonly [number, number];
  /** Width of one line, CSS px. */
  readonly measure: (text: string, sizePx: number, tone: LabelTone) => number;
  /** Labels stay inside. */
  readonly area: Rect;
  readonly obstacles: readonly Rect[];
}

const LINE_HEIGHT = 1.22;
/** Sides tried in order, as direction of the text from the symbol. Beside is read faster than above. */
const SIDES: readonly (readonly [number, number])[] = [
  [1, 0], [-1, 0], [1, -0.5], [1, 0.5], [-1, -0.5], [-1, 0.5], [0, -1], [0, 1], [1, -1], [-1, -1], [1, 1], [-1, 1],
];
const SPACE_EM = 0.3;
const NEAR_EM = [0.3];
const NEAR_AND_FAR_EM = [0.3, 0.9];

function overlaps(a: Rect, b: Rect): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

/** Names side by side are read as one without a space between them. */
function withSpace({ x, y, width, height }: Rect, sizePx: number): Rect {
  const spacePx = SPACE_EM * sizePx;
  return { x: x - spacePx, y, width: width + 2 * spacePx, height };
}

function isInside(inner: Rect, outer: Rect): boolean {
  return inner.x >= outer.x && inner.y >= outer.y && inner.x + inner.width <= outer.x + outer.width && inner.y + inner.height <= outer.y + outer.height;
}

function symbolRect(label: MapLabel, project: PlacementOptions['project']): Rect {
  const [x, y] = project(label.lngLat);
  return { x: x - label.symbolRadiusPx, y: y - label.symbolRadiusPx, width: 2 * label.symbolRadiusPx, height: 2 * label.symbolRadiusPx };
}

function* candidates(label: MapLabel, { project, measure }: PlacementOptions): Generator<{ rect: Rect; side: readonly [number, number] }> {
  const [x, y] = project(label.lngLat);
  const width = Math.max(...label.lines.map((line) => measure(line, label.sizePx, label.tone)));
  const height = label.lines.length * label.sizePx * LINE_HEIGHT;
  if (label.isCentred === true) yield { side: [0, 0], rect: { x: x - width / 2, y: y - height / 2, width, height } };
  for (const distanceEm of label.isTight === true ? NEAR_EM : NEAR_AND_FAR_EM) {
    const gap = label.symbolRadiusPx + distanceEm * label.sizePx;
    for (const side of SIDES) {
      const [dx, dy] = side;
      yield { side, rect: { x: x + dx * (gap + width / 2) - width / 2, y: y + dy * (gap + height / 2) - height / 2, width, height } };
    }
  }
}

/**
 * [MP2] Greedy placement by priority: no label covers another or stands within a space of it on a line, covers a symbol, an obstacle or leaves the area; one that fits nowhere is
 * dropped, its symbol stays. Pure, so the same picture always carries the same labels.
 */
export function placeLabels(labels: readonly MapLabel[], options: PlacementOptions): PlacedLabel[] {
  const symbols = labels.filter((label) => label.symbolRadiusPx > 0).map((label) => symbolRect(label, options.project));
  const taken: Rect[] = [...options.obstacles, ...symbols];
  const placed: PlacedLabel[] = [];
  const ordered = [...labels].filter((label) => label.lines.length > 0).sort((a, b) => a.priority - b.priority || (a.id < b.id ? -1 : 1));
  for (const label of ordered) {
    for (const { rect, side } of candidates(label, options)) {
      if (!isInside(rect, options.area) || taken.some((other) => overlaps(rect, other))) continue;
      taken.push(withSpace(rect, label.sizePx));
      placed.push({ label, centerPx: [rect.x + rect.width / 2, rect.y + rect.height / 2], justify: side[0] > 0 ? 'left' : side[0] < 0 ? 'right' : 'center' });
      break;
    }
  }
  return placed;
}
