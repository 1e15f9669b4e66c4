import fc from 'fast-check';
import { expect, test } from 'vitest';
import { explain } from '../../../server/http/explanation.ts';
import type { Picture } from '../../../server/http/picture.ts';
import { createChannelState } from '../../../server/state/channelState.ts';
import { IndicatorId, SourceId } from '../../../shared/domain/ids.ts';
import { type Indicator, quantise } from '../../../shared/domain/indicator.ts';
import type { Observation } from '../../../shared/domain/observation.ts';
import { toLevel } from '../../../shared/domain/locality.ts';
import { buildSeriesTable } from '../../../shared/domain/seriesTable.ts';
import { indicators, NOW_MS, smallNation } from '../../support/aChannelView.ts';

const perProvince = indicators.find(({ id }) => id === 'tslcd-share')!;
/** A share that no province has: its members are two levels down. */
const nationOnly: Indicator = { ...perProvince, id: IndicatorId.parse('nation-only-share'), levels: ['nation'] };
const table = buildSeriesTable(smallNation, [...indicators, nationOnly]);
const sourceId = SourceId.parse('laocai-tslcd');
/** Small whole numbers within every range, so that thresholds are met and missed and zero is common. */
const aValue = fc.option(fc.integer({ min: 0, max: 4 }), { nil: null });
const anAge = fc.constantFrom(0, 60_000, 3_600_000, 40 * 24 * 3_600_000);

const aSeriesIndex = (isObserved: boolean) => fc.constantFrom(...table.series
  .filter(({ indicator, locality }) => (indicator.observedAt === toLevel(locality)) === isObserved).map(({ index }) => index));

const anObservation = (isObserved: boolean): fc.Arbitrary<Observation> => fc.record({
  seriesIndex: aSeriesIndex(isObserved), value: isObserved ? aValue : fc.integer({ min: 0, max: 4 }), ageMs: anAge,
}).map(({ seriesIndex, value, ageMs }) => ({
  seriesIndex, value: value === null ? null : quantise(value, 0), sourceId, eventId: null, observedAtMs: NOW_MS - ageMs, receivedAtMs: NOW_MS,
  numerator: null, denominator: null, comparator: 'exactly', provenance: isObserved ? 'measured' : 'reported', ref: null,
}));

test('[X13] what the parts shown add up to is the number shown, for every series and whatever was observed or reported', () => {
  const batches = fc.tuple(fc.array(anObservation(true), { maxLength: 150 }), fc.array(anObservation(false), { maxLength: 4 }));
  fc.assert(fc.property(batches, ([observed, reported]) => {
    const state = createChannelState({ table, sources: [] });
    state.project([...observed, ...reported], 0);
    state.settle(NOW_MS);
    const { readings } = state;
    const picture: Picture = {
      atMs: NOW_MS, resolution: 'raw', columns: readings.columns,
      originOf: (index) => (readings.sourceIdOf(index) === null ? null : { sourceId, receivedAtMs: NOW_MS, offset: 0, ref: null }),
    };
    for (const { index, locality, indicator } of table.series) {
      const node = explain(table, picture, index, 0);
      expect([locality.code, indicator.id, node.formula, node.recomputed]).toEqual([locality.code, indicator.id, node.formula, node.reading.value]);
      if (indicator.observedAt === toLevel(locality)) expect([node.rule, node.formula]).toEqual(['observed', '']);
    }
  }), { numRuns: 60 });
});
