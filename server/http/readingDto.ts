import { type ReadingColumns, unpackStatus } from '../../shared/domain/readingColumns.ts';
import type { SeriesTable } from '../../shared/domain/seriesTable.ts';
import type { ReadingDto } from '../../shared/protocol/http.ts';

/** NaN in a column is absence; outside it is `null`. */
function orNull(value: number | undefined): number | null {
  return value === undefined || Number.isNaN(value) ? null : value;
}

export function toReadingDto(table: SeriesTable, columns: ReadingColumns, seriesIndex: number): ReadingDto {
  const series = table.series[seriesIndex];
  if (series === undefined) throw new Error(`Invariant: series ${seriesIndex} is outside a table of ${table.series.length}.`);
  const { freshness, provenance, comparator } = unpackStatus(columns.status[seriesIndex] ?? 0);
  const isNever = freshness === 'never';
  return {
    localityCode: series.locality.code,
    indicatorId: series.indicator.id,
    value: orNull(columns.value[seriesIndex]),
    numerator: orNull(columns.numerator[seriesIndex]),
    denominator: orNull(columns.denominator[seriesIndex]),
    observedAtMs: orNull(columns.observedAtMs[seriesIndex]),
    freshness,
    provenance: isNever ? null : provenance,
    comparator: isNever ? null : comparator,
    membersFresh: columns.membersFresh[seriesIndex] ?? 0,
    membersExpected: columns.membersExpected[seriesIndex] ?? 0,
  };
}
