/**
 * Marks on a line that would cover each other go one below the other: the lane of each, 0 the uppermost, in the order of
 * `positions`. Two in one lane are at least `gap` apart. Pure.
 */
export function lanesOf(positions: readonly number[], gap: number): number[] {
  const order = positions.map((position, i) => ({ position, i })).sort((a, b) => a.position - b.position || a.i - b.i);
  const endByLane: number[] = [];
  const lanes = positions.map(() => 0);
  for (const { position, i } of order) {
    const free = endByLane.findIndex((end) => position - end >= gap);
    const lane = free < 0 ? endByLane.length : free;
    endByLane[lane] = position;
    lanes[i] = lane;
  }
  return lanes;
}
