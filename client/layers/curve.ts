export type Position = readonly [number, number];

/** Points of a curve; deck.gl wants mutable pairs. */
export type Path = [number, number][];

/**
 * A quadratic curve from a place to another, bowed to the left of the way by `offsetRatio` of its length. Worked out once in
 * degrees and kept: arcs computed on every frame are what made early walls stutter.
 */
export function curveBetween(from: Position, to: Position, offsetRatio: number, segments = 24): Path {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const control: Position = [(from[0] + to[0]) / 2 - dy * offsetRatio, (from[1] + to[1]) / 2 + dx * offsetRatio];
  return Array.from({ length: segments + 1 }, (_, i): [number, number] => {
    const t = i / segments;
    const [a, b, c] = [(1 - t) ** 2, 2 * (1 - t) * t, t ** 2];
    return [a * from[0] + b * control[0] + c * to[0], a * from[1] + b * control[1] + c * to[1]];
  });
}

/** Every second piece of a curve: a dashed line without a shader of its own. `dashes` is the number of strokes drawn. */
export function dashesOf(path: Path, dashes: number): Path[] {
  const pieces = dashes * 2 - 1;
  const at = (ratio: number): [number, number] => {
    const position = ratio * (path.length - 1);
    const index = Math.min(Math.floor(position), path.length - 2);
    const [x0, y0] = path[index] ?? [0, 0];
    const [x1, y1] = path[index + 1] ?? [x0, y0];
    const part = position - index;
    return [x0 + (x1 - x0) * part, y0 + (y1 - y0) * part];
  };
  return Array.from({ length: dashes }, (_, i) => [at((2 * i) / pieces), at((2 * i + 1) / pieces)]);
}
