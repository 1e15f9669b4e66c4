import fc from 'fast-check';
import { expect, test } from 'vitest';
import { explain } from '../../server/http/explanation.ts';
import type { Picture } from '../../server/http/picture.ts';
import { createChannelState } from '../../server/state/channelState.ts';
import { IndicatorId, SourceId } from '../../shared/domain/ids.ts';
import { type Indicator, quantise } from '../../shared/domain/indicator.ts';
import { toLevel } from '../../shared/domain/locality.ts';
import type { Observation } from '../../shared/domain/observation.ts';
import { agreesWithParts, recomputeTree } from '../../shared/domain/recompute.ts';
import { buildSeriesTable } from '../../shared/domain/seriesTable.ts';
import type { ExplainNode } from '../../shared/protocol/http.ts';
import { indicators, NOW_MS, smallNation } from '../support/aChannelView.ts';

const share = indicators.find(({ id }) => id === 'tslcd-share')!;
/** A share that no province has: its members are two levels down. */
const nationOnly: Indicator = { ...share, id: IndicatorId.parse('nation-only-share'), levels: ['nation'] };
const all = [...indicators, nationOnly];
const table = buildSeriesTable(smallNation, all);
const indicatorOf = (id: string) => all.find((indicator) => indicator.id === id);
const sourceId = SourceId.parse('laocai-tslcd');
const observed = table.series.filter(({ indicator, locality }) => indicator.observedAt === toLevel(locality));
const computed = table.series.filter(({ indicator, locality }) => indicator.observedAt !== toLevel(locality) && indicator.rollUp.rule !== 'none');

/** Fresh, late or stale, and long dead: all count with their last value. */
const anAge = fc.constantFrom(0, 60_000, 3_600_000, 40 * 24 * 3_600_000);
const anObservation: fc.Arbitrary<Observation> = fc.record({
  series: fc.constantFrom(...observed), units: fc.option(fc.oneof(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 99_999 })), { nil: null }), ageMs: anAge,
}).map(({ series: { index, indicator }, units, ageMs }) => ({
  seriesIndex: index, value: units === null ? null : quantise(units / 10 ** indicator.decimals, indicator.decimals), sourceId, eventId: null,
  observedAtMs: NOW_MS - ageMs, receivedAtMs: NOW_MS, numerator: null, denominator: null, comparator: 'exactly', provenance: 'measured', ref: null,
}));

/** Explains any series of the picture that these observations make. */
function explainerAfter(observations: readonly Observation[]): (seriesIndex: number, depth: number) => ExplainNode {
  const state = createChannelState({ table, sources: [] });
  state.project(observations, 0);
  state.settle(NOW_MS);
  const { readings } = state;
  const picture: Picture = {
    atMs: NOW_MS, resolution: 'raw', columns: readings.columns,
    originOf: (index) => (readings.sourceIdOf(index) === null ? null : { sourceId, receivedAtMs: NOW_MS, offset: 0, ref: null }),
  };
  return (seriesIndex, depth) => explain(table, picture, seriesIndex, depth);
}

test('[XP1] a sheet that adds up the parts it shows comes to what the server rolled up, for every rule, depth and kind of silence', () => {
  fc.assert(fc.property(fc.array(anObservation, { maxLength: 150 }), fc.integer({ min: 0, max: 3 }), (observations, depth) => {
    const explained = explainerAfter(observations);
    for (const { index, locality, indicator } of computed) {
      const node = explained(index, depth);
      const { value, numerator, denominator } = recomputeTree(node, indicatorOf);
      expect([locality.code, indicator.id, value, numerator, denominator])
        .toEqual([locality.code, indicator.id, node.reading.value, node.reading.numerator, node.reading.denominator]);
      expect(agreesWithParts(node, indicatorOf)).not.toBe(false);
    }
  }), { numRuns: 60 });
});

/** A deep copy in which one leaf of the tree says one more than it did. */
function withFault(node: ExplainNode, at: number): ExplainNode {
  const copy = structuredClone(node);
  const leaves: ExplainNode[] = [];
  const collect = (part: ExplainNode): void => { if (part.members.length === 0) leaves.push(part); else part.members.forEach(collect); };
  collect(copy);
  const told = leaves.filter(({ reading }) => reading.value !== null);
  const leaf = told[at % Math.max(1, told.length)];
  if (leaf !== undefined) leaf.reading.value = (leaf.reading.value ?? 0) + 1;
  return copy;
}

test('[XP2] one district that is one off comes out at the top of a sum and of a ratio, though the percentage may round to the same', () => {
  const added = computed.filter(({ indicator: { rollUp, decimals } }) => (rollUp.rule === 'sum' || rollUp.rule === 'ratio') && decimals < 2);
  fc.assert(fc.property(fc.array(anObservation, { minLength: 60, maxLength: 150 }), fc.constantFrom(...added), fc.nat(), (observations, { index }, at) => {
    const node = explainerAfter(observations)(index, 3);
    fc.pre(node.reading.value !== null);
    expect(agreesWithParts(withFault(node, at), indicatorOf)).toBe(false);
  }), { numRuns: 60 });
});

test('[XP2] a number that was observed has no parts to agree with', () => {
  const { index } = observed[0]!;
  expect(agreesWithParts(explainerAfter([])(index, 1), indicatorOf)).toBeNull();
});
