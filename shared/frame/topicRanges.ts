import type { SeriesTable } from '../domain/seriesTable.ts';
import type { SeriesRange } from './frame.ts';

/**
 * The series a topic carries, ascending. `nation`: all of them; `province:<code>`: the nation's own, the province's and its
 * children's. `undefined`: the edition has no such province.
 */
export function topicRanges(table: SeriesTable, topic: string): readonly SeriesRange[] | undefined {
  if (topic === 'nation') return [[0, table.series.length]];
  const code = /^province:(\d{2})$/.exec(topic)?.[1];
  const family = code === undefined ? undefined : table.familyRange(code);
  const nation = table.localities.find((locality) => locality.level === 'nation');
  if (family === undefined) return undefined;
  const own = nation === undefined ? undefined : table.ownRange(nation.code);
  return own === undefined || own[0] === own[1] ? [family] : [own, family];
}

/** Decimals of each series' value: what `encode` and `apply` scale by. */
export function decimalsOf(table: SeriesTable): Uint8Array {
  return Uint8Array.from(table.series, ({ indicator }) => indicator.decimals);
}
