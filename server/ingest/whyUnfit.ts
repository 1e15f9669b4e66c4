import type { Indicator } from '../../shared/domain/indicator.ts';
import { toLevel } from '../../shared/domain/locality.ts';
import type { Candidate } from '../../shared/domain/observation.ts';
import { isReported } from '../../shared/domain/provenance.ts';
import type { SeriesTable } from '../../shared/domain/seriesTable.ts';
import { showValue } from './candidateShape.ts';
import { type Refusal, rejected } from './refusal.ts';

/** Two small maps instead of `table.indexOf`, which joins the two ids to one key: that and a range look-up were half of the gate's time. */
export function indexByPlace({ localities, series }: SeriesTable): ReadonlyMap<string, ReadonlyMap<string, number>> {
  const byPlace = new Map<string, Map<string, number>>(localities.map(({ code }) => [code, new Map()]));
  for (const { index, locality, indicator } of series) byPlace.get(locality.code)?.set(indicator.id, index);
  return byPlace;
}

export function whyNoSeries(isPlaceKnown: boolean, { localityCode, indicatorId }: Candidate, { levels }: Indicator): Refusal {
  return isPlaceKnown
    ? rejected('not-observed-here', `indicator "${indicatorId}" does not exist at locality ${localityCode}: its levels are ${levels.join(', ')}.`)
    : rejected('unknown-locality', `locality "${localityCode}" is not in this edition; see /api/v1/localities.`);
}

/** [I4] Only a reported or derived figure may stand in place of one that is computed here. `null`: it is observed here. */
export function whyNotObservedHere(table: SeriesTable, seriesIndex: number, { provenance, indicatorId, localityCode }: Candidate): Refusal | null {
  const series = table.series[seriesIndex];
  if (series === undefined || isReported(provenance) || toLevel(series.locality) === series.indicator.observedAt) return null;
  const { observedAt } = series.indicator;
  return rejected('not-observed-here', `indicator "${indicatorId}" at locality ${localityCode} is computed, a ${provenance} value cannot replace it; ${observedAt === null ? 'send its parts instead' : `send it per ${observedAt}`}.`);
}

/** [I5] `null`: the value can be true. */
export function whyImplausible({ value }: Candidate, { id, unit, plausible, states }: Indicator): Refusal | null {
  if (value === null) return null;
  if (value < plausible.min || value > plausible.max) {
    return rejected('implausible-value', `${id} = ${value} ${unit.vi} is outside ${plausible.min}..${plausible.max}; correct the value or its unit.`);
  }
  if (states.length > 0 && !states.some((state) => state.value === value)) {
    return rejected('implausible-value', `${id} = ${showValue(value, 30)} is not one of its states ${states.map((state) => state.value).join(', ')}.`);
  }
  return null;
}
