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

/** Every topic of an edition with what it carries. */
export function topicsOf(table: SeriesTable): readonly { readonly topic: string; readonly ranges: readonly SeriesRange[] }[] {
  return ['nation', ...table.localities.map(({ code }) => `province:${code}`)].flatMap((topic) => {
    const ranges = topicRanges(table, topic);
    return ranges === undefined ? [] : [{ topic, ranges }];
  });
}

/** Decimals of each series' value: what `encode` and `apply` scale by. */
export function decimalsOf(table: SeriesTable): Uint8Array {
  return Uint8Array.from(table.series, ({ indicator }) => indicator.decimals);
}
