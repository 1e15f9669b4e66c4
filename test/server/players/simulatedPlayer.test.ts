import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createGate } from '../../../server/ingest/gate.ts';
import { createSimulatedPlayer, type SimulatedPlayerOptions } from '../../../server/players/simulated/simulatedPlayer.ts';
import type { ReceivedCandidate } from '../../../server/ports/player.ts';
import { Candidate } from '../../../shared/domain/observation.ts';
import { realTable } from '../../support/aCatalogue.ts';
import { describePlayerContract } from '../../support/playerContract.ts';
import { DAY_MS, HOUR_MS, localMs, MINUTE_MS, observedKeys, partOfTable, realSources } from '../../support/simulation.ts';

const table2021 = realTable('2021');
const part = partOfTable(table2021, ['06', '31', '96']);
const START_MS = localMs('2026-11-18T10:00');

const aPlayer = (options: Partial<SimulatedPlayerOptions> = {}) =>
  createSimulatedPlayer({ table: part, sources: realSources(), seed: 2_026, startMs: START_MS, rateMultiplier: 1, ...options });

const playUntil = (untilMs: number, options: Partial<SimulatedPlayerOptions> = {}) => aPlayer(options).readUntil(untilMs);

const toKey = ({ candidate }: ReceivedCandidate) => {
  const { localityCode, indicatorId } = Candidate.parse(candidate);
  return `${localityCode}/${indicatorId}`;
};

describePlayerContract('simulated', () => ({
  player: aPlayer({ rateMultiplier: 4 }), fromMs: START_MS, untilMs: START_MS + 100_000,
}), { returns: 'own', runs: 5 });

describe('the same every time', () => {
  test('[SIM1] the same seed, start and catalogue give the same candidates to the byte, in whatever steps they are read', () => fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: 2 ** 32 - 1 }), fc.integer({ min: 0, max: 400 * DAY_MS }), fc.array(fc.tuple(fc.nat(), fc.constantFrom(-1, -0.5, 0, 0.5)), { maxLength: 12 }), async (seed, laterMs, splits) => {
      const options = { seed, startMs: START_MS + laterMs };
      const untilMs = options.startMs + 20 * MINUTE_MS;
      const whole = await playUntil(untilMs, options);
      // At and beside the very moments of arrival, where a reading could be lost or come twice.
      const stepsMs = splits.map(([position, besideMs]) => whole[position % whole.length]!.receivedAtMs + besideMs);
      const inSteps: ReceivedCandidate[] = [];
      const player = aPlayer(options);
      for (const stepMs of [...stepsMs.toSorted((a, b) => a - b), untilMs]) inSteps.push(...await player.readUntil(stepMs));
      expect(JSON.stringify(inSteps)).toBe(JSON.stringify(whole));
    }), { numRuns: 15 }));

  test('[SIM1] another seed gives another country', async () => {
    expect(JSON.stringify(await playUntil(START_MS))).not.toBe(JSON.stringify(await playUntil(START_MS, { seed: 7 })));
  });

  test('[SIM2] what is played after a moment does not depend on when the run began, silences and late batches included', async () => {
    const fromMs = START_MS + 9 * HOUR_MS;
    const early = await playUntil(fromMs + 6 * HOUR_MS);
    const late = await playUntil(fromMs + 6 * HOUR_MS, { startMs: fromMs });
    const playedLater = (list: readonly ReceivedCandidate[]) => list.filter(({ receivedAtMs }) => receivedAtMs > fromMs);
    expect(playedLater(early).some(({ receivedAtMs, candidate }) => receivedAtMs - Candidate.parse(candidate).observedAtMs > 10 * MINUTE_MS)).toBe(true);
    // As text: a deep comparison of so many takes a minute.
    expect(JSON.stringify(playedLater(late)) === JSON.stringify(playedLater(early))).toBe(true);
  });
});

describe('the first picture', () => {
  test.each(['2021', '2025'] as const)('[SIM3] at the start every series of edition %s that a system reads at least daily comes once, so that the wall is full on its first tick', async (edition) => {
    const table = realTable(edition);
    const first = await playUntil(START_MS, { table });
    const keys = new Set(first.map(toKey));
    expect(keys.size).toBe(first.length);
    expect(observedKeys(table, DAY_MS).filter((key) => !keys.has(key))).toEqual([]);
    const observed = new Set(observedKeys(table));
    expect([...keys].filter((key) => !observed.has(key))).toEqual([]);
    expect(first.every(({ receivedAtMs }) => receivedAtMs <= START_MS)).toBe(true);
  });

  test('[SIM3] its readings are of the last cadence, except where the source is silent just then', async () => {
    const first = await playUntil(START_MS, { table: table2021 });
    const old = first.map(({ candidate }) => Candidate.parse(candidate)).filter(({ indicatorId, observedAtMs }) => {
      const { expectEveryMs } = table2021.indicators.find(({ id }) => id === indicatorId)!;
      return expectEveryMs <= HOUR_MS && START_MS - observedAtMs > expectEveryMs + 1_000;
    });
    expect(new Set(old.map(({ sourceId }) => sourceId)).size).toBeLessThanOrEqual(5);
    // The gate takes nothing older than a day.
    expect(first.filter(({ candidate }) => START_MS - Candidate.parse(candidate).observedAtMs > 16 * HOUR_MS)).toEqual([]);
  });
});

describe('what it says', () => {
  test.each(['2021', '2025'] as const)('[SIM4] the gate admits every reading of edition %s, all marked simulated, none with an id', async (edition) => {
    const table = realTable(edition);
    const played = await playUntil(START_MS + 10 * MINUTE_MS, { table });
    const { results } = createGate({ table, sources: realSources() }).admit(played);
    expect(results.filter(({ kind }) => kind !== 'accepted')).toEqual([]);
    const candidates = played.map(({ candidate }) => Candidate.parse(candidate));
    expect(new Set(candidates.map(({ provenance }) => provenance))).toEqual(new Set(['simulated']));
    expect(candidates.filter(({ eventId }) => eventId !== undefined)).toEqual([]);
  });

  test('[SIM4] a district speaks through its province, and the nation through its platforms', async () => {
    const candidates = (await playUntil(START_MS)).map(({ candidate }) => Candidate.parse(candidate));
    const sourceOf = (localityCode: string, indicatorId: string) => candidates.find((each) => each.localityCode === localityCode && each.indicatorId === indicatorId)?.sourceId;
    expect(sourceOf('964', 'dossiers-received')).toBe('province-96');
    expect(sourceOf('964', 'tslcd-link-state')).toBe('province-96');
    expect(sourceOf('96', 'alerts-high')).toBe('province-96');
    expect(sourceOf('VN', 'soc-centres')).toBe('ncsc');
    expect(sourceOf('VN', 'personal-ids-issued')).toBe('population-database');
  });

  test('[SIM5] every listed feed is heard often enough to be fresh, unless it is a province in a silence', async () => {
    const heardMs = new Map<string, number>();
    const untilMs = START_MS + 20 * MINUTE_MS;
    for (const { receivedAtMs, candidate } of await playUntil(untilMs, { table: table2021 })) heardMs.set(Candidate.parse(candidate).sourceId, receivedAtMs);
    const quiet = realSources().filter(({ id, entryMethod, expectEveryMs }) => entryMethod !== 'manual' && untilMs - (heardMs.get(id) ?? 0) > 1.5 * (expectEveryMs ?? Number.POSITIVE_INFINITY));
    expect(quiet.filter(({ locality }) => locality === 'VN')).toEqual([]);
    expect(quiet.length).toBeLessThanOrEqual(5);
  });
});

describe('cadence', () => {
  test.each([
    { rateMultiplier: 1, indicatorId: 'tslcd-link-state', everyMs: 60_000 },
    { rateMultiplier: 1, indicatorId: 'dossiers-waiting', everyMs: 300_000 },
    { rateMultiplier: 10, indicatorId: 'tslcd-link-state', everyMs: 6_000 },
    { rateMultiplier: 10, indicatorId: 'dossiers-waiting', everyMs: 30_000 },
    { rateMultiplier: 600, indicatorId: 'tslcd-link-state', everyMs: 1_000 },
    { rateMultiplier: 1e8, indicatorId: 'egdi-rank', everyMs: 1_000 },
  ])('[SIM6] at rate $rateMultiplier, $indicatorId is read every $everyMs ms', async ({ rateMultiplier, indicatorId, everyMs }) => {
    const localityCode = indicatorId === 'egdi-rank' ? 'VN' : '964';
    // Long enough for two readings, short enough for the fastest.
    const played = await playUntil(START_MS + 3 * everyMs, { rateMultiplier, table: partOfTable(table2021, ['96']) });
    const times = played.map(({ candidate }) => Candidate.parse(candidate)).filter((each) => each.localityCode === localityCode && each.indicatorId === indicatorId).map(({ observedAtMs }) => observedAtMs);
    expect(times.length).toBeGreaterThanOrEqual(3);
    expect(new Set(times.slice(1).map((time, index) => time - times[index]!))).toEqual(new Set([everyMs]));
  });

  test('[SIM6] the load is spread evenly: no second carries half as much again as another', async () => {
    const counts = new Array<number>(60).fill(0);
    for (const { receivedAtMs } of (await playUntil(START_MS + MINUTE_MS, { table: table2021, rateMultiplier: 10 })).filter((each) => each.receivedAtMs > START_MS)) {
      const second = Math.ceil((receivedAtMs - START_MS) / 1_000) - 1;
      counts[second] = (counts[second] ?? 0) + 1;
    }
    expect(Math.min(...counts)).toBeGreaterThan(300);
    expect(Math.max(...counts)).toBeLessThan(1.5 * Math.min(...counts));
  });

  test('[SIM6] a series it has no model of is left to real feeds', async () => {
    const [first] = part.indicators;
    const table = { ...part, series: part.series.map((series) => (series.indicator.id === first!.id ? { ...series, indicator: { ...series.indicator, id: 'unheard-of' as never } } : series)) };
    const indicators = new Set((await playUntil(START_MS, { table })).map(({ candidate }) => Candidate.parse(candidate).indicatorId));
    expect(indicators).not.toContain('unheard-of');
    expect(indicators).toContain('dossiers-received');
  });
});
