export interface Neighbours<Row> {
  /** One place better, or the one before it of the same rank. `null`: it is the first. */
  readonly previous: Row | null;
  /** `null`: it is the last. */
  readonly next: Row | null;
}

/**
 * [LG17] Who stands before and behind a province in an order, as a league answers it. Places without a rank follow the ranked ones, so that going on
 * from neighbour to neighbour comes to every province once. Both `null` for a code that is not in it. Pure.
 */
export function neighboursOf<Row extends { readonly localityCode: string }>({ rows }: { readonly rows: readonly Row[] }, code: string): Neighbours<Row> {
  const place = rows.findIndex(({ localityCode }) => localityCode === code);
  return place < 0 ? { previous: null, next: null } : { previous: rows[place - 1] ?? null, next: rows[place + 1] ?? null };
}
