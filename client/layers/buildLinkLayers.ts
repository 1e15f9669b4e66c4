import type { Layer } from '@deck.gl/core';
import { PathLayer, ScatterplotLayer } from '@deck.gl/layers';
import { MAP, type ThemeColors } from '../theme/tokens.ts';
import { toColor } from './color.ts';
import { dashesOf, type Path, type Position } from './curve.ts';

export interface Link {
  readonly id: string;
  readonly path: Path;
  /** Nobody says how it is: drawn, without the colour of what works. */
  readonly isSilent?: boolean;
}

export interface LinkOptions {
  readonly colors: ThemeColors;
  /** B / 52: every pixel size was drawn at B = 52. */
  readonly scale: number;
}

const LOST_DASHES = 9;

/** Pure: backbone between hubs, hub → province links, lost links dashed in the high colour, hubs on top. Same arrays in, equal layers out. */
export function buildLinkLayers(
  links: readonly Link[], backbone: readonly Link[], lostLinks: readonly Link[], hubs: readonly Position[], { colors, scale }: LinkOptions,
): Layer[] {
  const getPath = (link: Link) => link.path;
  const silentColor = toColor(colors.ink3, 0.3);
  const colorOf = (alpha: number) => (link: Link) => (link.isSilent === true ? silentColor : toColor(colors.accent, alpha));
  return [
    new PathLayer<Link>({ id: 'links', data: links, getPath, getColor: colorOf(MAP.linkAlpha), getWidth: MAP.linkWidthPx * scale, widthUnits: 'pixels', jointRounded: true }),
    new PathLayer<Link>({ id: 'backbone', data: backbone, getPath, getColor: colorOf(0.75), getWidth: MAP.backboneWidthPx * scale, widthUnits: 'pixels', jointRounded: true, capRounded: true }),
    new PathLayer<Path>({
      id: 'lost-links', data: lostLinks.flatMap(({ path }) => dashesOf(path, LOST_DASHES)), getPath: (path) => path,
      getColor: toColor(colors.severity.high, 0.9), getWidth: MAP.linkWidthPx * 1.6 * scale, widthUnits: 'pixels',
    }),
    new ScatterplotLayer<Position>({
      id: 'hubs', data: hubs, getPosition: ([lng, lat]) => [lng, lat], stroked: true, radiusUnits: 'pixels', getRadius: 11 * scale,
      lineWidthUnits: 'pixels', getLineWidth: 4 * scale, getFillColor: toColor(colors.halo), getLineColor: toColor(colors.accent),
    }),
  ];
}
