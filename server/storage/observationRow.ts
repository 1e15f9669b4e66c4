import { SourceId } from '../../shared/domain/ids.ts';
import type { Observation } from '../../shared/domain/observation.ts';
import { COMPARATORS, PROVENANCES } from '../../shared/domain/provenance.ts';
import { MalformedBytes } from './bytes.ts';
import { internText, type ObservationColumns, reserveRows } from './observationColumns.ts';

const COMPARATOR_MASK = 3;
const PROVENANCE_SHIFT = 2;

/** Appends everything but the event id, which only a batch keeps. */
export function appendObservation(columns: ObservationColumns, observation: Observation, seriesId: number): void {
  reserveRows(columns, 1);
  const row = columns.count++;
  columns.seriesId[row] = seriesId;
  columns.observedAtMs[row] = observation.observedAtMs;
  columns.receivedAtMs[row] = observation.receivedAtMs;
  columns.value[row] = observation.value ?? Number.NaN;
  columns.numerator[row] = observation.numerator ?? Number.NaN;
  columns.denominator[row] = observation.denominator ?? Number.NaN;
  columns.kind[row] = COMPARATORS.indexOf(observation.comparator) | (PROVENANCES.indexOf(observation.provenance) << PROVENANCE_SHIFT);
  columns.source[row] = internText(columns, observation.sourceId);
  columns.ref[row] = observation.ref === null ? 0 : internText(columns, observation.ref);
}

/** Reads rows of one set of columns back; a source id is checked once per set, not once per row. */
export function createObservationReader(columns: ObservationColumns) {
  const sourceIds: (SourceId | undefined)[] = [];
  const sourceIdOf = (textId: number): SourceId => {
    const known = sourceIds[textId];
    if (known !== undefined) return known;
    const parsed = SourceId.safeParse(columns.texts[textId]);
    if (!parsed.success) throw new MalformedBytes(`"${columns.texts[textId]}" is not a source id`);
    sourceIds[textId] = parsed.data;
    return parsed.data;
  };
  return (row: number, seriesIndex: number, eventId: string | null): Observation => {
    const kind = columns.kind[row] ?? 0;
    const comparator = COMPARATORS[kind & COMPARATOR_MASK];
    const provenance = PROVENANCES[kind >> PROVENANCE_SHIFT];
    if (comparator === undefined || provenance === undefined) throw new MalformedBytes(`kind ${kind} names no provenance`);
    const ref = columns.ref[row] ?? 0;
    return {
      seriesIndex, sourceId: sourceIdOf(columns.source[row] ?? 0), eventId,
      observedAtMs: columns.observedAtMs[row] ?? 0, receivedAtMs: columns.receivedAtMs[row] ?? 0,
      value: numberOrNull(columns.value[row]), numerator: numberOrNull(columns.numerator[row]), denominator: numberOrNull(columns.denominator[row]),
      comparator, provenance, ref: ref === 0 ? null : (columns.texts[ref] ?? null),
    };
  };
}

const numberOrNull = (value: number | undefined) => (value === undefined || Number.isNaN(value) ? null : value);
