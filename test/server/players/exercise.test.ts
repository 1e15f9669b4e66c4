import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createExercises } from '../../../server/players/simulated/exercises.ts';
import { readScenario, readScenarios, Scenario } from '../../../server/players/simulated/scenario.ts';
import { createSimulatedPlayer } from '../../../server/players/simulated/simulatedPlayer.ts';
import { createModels, createWorld } from '../../../server/players/simulated/world.ts';
import { Candidate } from '../../../shared/domain/observation.ts';
import { realTable } from '../../support/aCatalogue.ts';
import { DAY_MS, HOUR_MS, localMs, MINUTE_MS, partOfTable, realSources } from '../../support/simulation.ts';

const START_MS = localMs('2026-11-18T08:00');
const whole = realTable('2021');
const small = partOfTable(whole, ['38', '40']);
const both = (code: string) => ({ 2021: [code], 2025: [code] });

const aScenario = (steps: unknown[], naturalIncidents = true) => Scenario.parse({ name: { vi: 'Thử', en: 'Try' }, description: { vi: 'Thử', en: 'Try' }, naturalIncidents, steps });
/** Three marks that nothing natural leaves on a quiet day, one after the other. */
const MARKED = aScenario([
  { kind: 'attack', afterMs: 0, durationMs: 10 * MINUTE_MS, peakFactor: 1, critical: 2, targets: both('40') },
  { kind: 'attack', afterMs: 10 * MINUTE_MS, durationMs: 10 * MINUTE_MS, peakFactor: 1, critical: 3, targets: both('40') },
]);
const SILENT = aScenario([{ kind: 'silence', afterMs: 0, durationMs: 30 * MINUTE_MS, keepsReadings: true, targets: both('40') }]);
const QUIET = readScenario('quiet-day');

function aSimulator(scenario: Scenario | undefined = QUIET) {
  return createSimulatedPlayer({ table: small, sources: realSources(), seed: 2_026, startMs: START_MS, rateMultiplier: 1, ...(scenario !== undefined && { scenario }) });
}

const readTo = async (player: ReturnType<typeof aSimulator>, untilMs: number) =>
  (await player.readUntil(untilMs)).map(({ receivedAtMs, candidate }) => ({ receivedAtMs, ...Candidate.parse(candidate) }));

describe('[EX2] an exercise begins at the moment of its start', () => {
  test('until then everything was as if there were none, and its steps are counted from then', async () => {
    const [played, plain] = [aSimulator(), aSimulator()];
    expect(await readTo(played, START_MS + HOUR_MS)).toEqual(await readTo(plain, START_MS + HOUR_MS));
    expect(played.startExercise('marked', MARKED, START_MS + HOUR_MS)).toMatchObject({ scenario: 'marked', sinceMs: START_MS + HOUR_MS + 1, endsAtMs: START_MS + HOUR_MS + 20 * MINUTE_MS + 1 });
    const critical = (await readTo(played, START_MS + 2 * HOUR_MS)).filter(({ indicatorId, localityCode }) => indicatorId === 'alerts-critical' && localityCode === '40');
    const between = (fromMin: number, toMin: number) => new Set(critical.filter(({ observedAtMs }) => observedAtMs >= START_MS + HOUR_MS + fromMin * MINUTE_MS && observedAtMs < START_MS + HOUR_MS + toMin * MINUTE_MS).map(({ value }) => value));
    expect([between(1, 10), between(11, 20), between(21, 60)]).toEqual([new Set([2]), new Set([3]), new Set([0])]);
  });

  test('what is read of it is marked simulated', async () => {
    const player = aSimulator();
    await readTo(player, START_MS + MINUTE_MS);
    player.startExercise('marked', MARKED, START_MS + MINUTE_MS);
    expect(new Set((await readTo(player, START_MS + HOUR_MS)).map(({ provenance }) => provenance))).toEqual(new Set(['simulated']));
  });

  test('a scenario with a wrong unit is refused, and leaves the simulator as it was', async () => {
    const [played, plain] = [aSimulator(), aSimulator()];
    const wrong = aScenario([{ kind: 'silence', afterMs: 0, durationMs: HOUR_MS, keepsReadings: true, targets: both('40') }, { kind: 'silence', afterMs: 0, durationMs: HOUR_MS, keepsReadings: true, targets: both('03') }]);
    expect(() => played.startExercise('wrong', wrong, START_MS)).toThrow('"03", which is not a unit of this edition');
    expect(played.exercise(START_MS)).toBeNull();
    expect(await readTo(played, START_MS + HOUR_MS)).toEqual(await readTo(plain, START_MS + HOUR_MS));
  });
});

describe('[EX3] a stop ends what is scripted from that moment', () => {
  test('a silent source is heard again at once, and delivers what it kept', async () => {
    const player = aSimulator();
    await readTo(player, START_MS + 10 * MINUTE_MS);
    player.startExercise('silent', SILENT, START_MS + 10 * MINUTE_MS);
    const from40 = async (untilMs: number) => (await readTo(player, untilMs)).filter(({ sourceId }) => sourceId === 'province-40');
    expect(await from40(START_MS + 20 * MINUTE_MS)).toEqual([]);
    player.stopExercise(START_MS + 20 * MINUTE_MS);
    const back = await from40(START_MS + 25 * MINUTE_MS);
    const late = back.filter(({ observedAtMs }) => observedAtMs < START_MS + 19 * MINUTE_MS);
    expect(late.length).toBeGreaterThan(0);
    expect(new Set(late.map(({ receivedAtMs }) => receivedAtMs))).toEqual(new Set([START_MS + 20 * MINUTE_MS + 1]));
    expect(back.at(-1)!.observedAtMs).toBeGreaterThan(START_MS + 23 * MINUTE_MS);
  });

  test('what is before the stop stays as it was, whatever the step; what came in stays counted', () => {
    const world = createWorld({ table: whole, seed: 2_026, startMs: START_MS, scenario: QUIET });
    const models = createModels(world);
    const laid = world.script.lay(aScenario([
      { kind: 'attack', afterMs: 0, durationMs: HOUR_MS, peakFactor: 4, critical: 1, targets: both('40') },
      { kind: 'link-cut', afterMs: 0, durationMs: HOUR_MS, shareRatio: 1, targets: both('40') },
      { kind: 'dossier-surge', afterMs: 0, durationMs: HOUR_MS, factor: 3, targets: both('40') },
    ]), START_MS, HOUR_MS);
    const province = world.units.unitOf('40')!;
    const units = [province, ...world.units.localsOf(province)];
    const ids = ['alerts-open', 'alerts-day', 'alerts-ack-minutes', 'tslcd-link-state', 'dossiers-received', 'dossiers-waiting'];
    const minutes = (fromMin: number, toMin: number) => Array.from({ length: toMin - fromMin }, (_, index) => START_MS + (fromMin + index) * MINUTE_MS);
    const told = (id: string, atMs: number) => units.map((unit) => models[id]!(unit, atMs));
    const firstHalfHour = () => ids.map((id) => minutes(0, 30).map((atMs) => told(id, atMs)));
    const once = firstHalfHour();
    laid.cutShort(START_MS + 30 * MINUTE_MS);
    expect(firstHalfHour()).toEqual(once);
    expect(minutes(30, 90).every((atMs) => world.attacks.factorAt(province, atMs) === 1 && world.attacks.criticalAt(province, atMs) === 0 && units.every((unit) => !world.cuts.isCut(unit, atMs)))).toBe(true);
    const plain = createModels(createWorld({ table: whole, seed: 2_026, startMs: START_MS, scenario: QUIET }));
    const extra = (atMs: number) => units.reduce((sum, unit) => sum + models['dossiers-received']!(unit, atMs) - plain['dossiers-received']!(unit, atMs), 0);
    expect(extra(START_MS + 30 * MINUTE_MS)).toBeGreaterThan(0);
    // Each of the units rounds its own.
    const strays = (atMs: number) => Math.abs(extra(atMs) - extra(START_MS + 30 * MINUTE_MS));
    expect(Math.max(strays(START_MS + 2 * HOUR_MS), strays(START_MS + 2 * DAY_MS))).toBeLessThan(units.length / 2);
  });

  test('where natural incidents pause, they are back after it', async () => {
    const pausing = aScenario([{ kind: 'attack', afterMs: 0, durationMs: 6 * HOUR_MS, peakFactor: 1, critical: 1, targets: both('40') }], false);
    const world = createWorld({ table: whole, seed: 2_026, startMs: START_MS, scenario: undefined });
    const anyCut = (atMs: number) => world.units.locals.some((unit) => world.cuts.isCut(unit, atMs));
    const cutBefore = anyCut(START_MS + 3 * HOUR_MS);
    const laid = world.script.lay(pausing, START_MS + 2 * HOUR_MS, 6 * HOUR_MS);
    expect([cutBefore, anyCut(START_MS + HOUR_MS), anyCut(START_MS + 3 * HOUR_MS)]).toEqual([true, true, false]);
    laid.cutShort(START_MS + 2.5 * HOUR_MS);
    expect(anyCut(START_MS + 3 * HOUR_MS)).toBe(true);
  });
});

interface On { readonly scenario: string; readonly endsAtMs: number }
const BASE_MS = START_MS + MINUTE_MS;
const aStep = fc.record({ act: fc.constantFrom('start-marked', 'start-silent', 'start-nothing', 'stop', 'read'), waitMs: fc.integer({ min: 0, max: 12 * MINUTE_MS }) });

test('[EX1] in whatever order exercises are started and stopped: what is told is what runs', async () => {
  await fc.assert(fc.asyncProperty(fc.array(aStep, { minLength: 1, maxLength: 12 }), async (steps) => {
    let nowMs = BASE_MS;
    const simulator = aSimulator();
    const exercises = createExercises({ simulator, nowMs: () => nowMs, scenarios: new Map([['marked', MARKED], ['silent', SILENT], ['nothing', QUIET]]) });
    await simulator.readUntil(nowMs);
    // The plainest model: what should be on, and until when.
    let on: On | null = null;
    for (const { act, waitMs } of steps) {
      if (act === 'stop') {
        expect(exercises.stop()).toBe(on !== null);
        on = null;
      } else if (act.startsWith('start')) {
        const scenario = act.slice('start-'.length);
        const outcome = exercises.start({ scenario });
        if (scenario === 'nothing') expect(outcome).toBe('unknown');
        else if (on !== null) expect(outcome).toBe('another-runs');
        else {
          expect(outcome).toMatchObject({ scenario });
          on = { scenario, endsAtMs: nowMs + (scenario === 'marked' ? 20 : 30) * MINUTE_MS };
        }
      }
      const wasOn: On | null = on;
      const fromMs = nowMs;
      nowMs += waitMs + 2;
      const received = (await readTo(simulator, nowMs)).filter(({ localityCode }) => localityCode === '40');
      if (on !== null && nowMs > on.endsAtMs) on = null;
      expect(exercises.list().running?.scenario ?? null).toBe(on?.scenario ?? null);
      expect(simulator.exercise(nowMs)?.scenario ?? null).toBe(on?.scenario ?? null);
      // What is told to be on is what the readings are of: a critical alert while one is exercised, a source that is silent.
      if (on !== wasOn) continue;
      const criticals = received.filter(({ indicatorId, observedAtMs }) => indicatorId === 'alerts-critical' && observedAtMs > fromMs + 1).map(({ value }) => value ?? 0);
      const isHeard = received.some(({ sourceId }) => sourceId === 'province-40');
      if (on?.scenario === 'marked') expect(criticals.every((value) => value >= 2)).toBe(true);
      else expect(criticals.every((value) => value === 0)).toBe(true);
      if (on?.scenario === 'silent') expect(isHeard).toBe(false);
      else if (waitMs > 6 * MINUTE_MS) expect(isHeard).toBe(true);
    }
  }), { numRuns: 25 });
});

describe('[EX4] what cannot be exercised is refused', () => {
  const nowMs = () => START_MS;

  test('without a simulator there is nothing to exercise with', () => {
    const exercises = createExercises({ simulator: null, scenarios: readScenarios(), nowMs });
    expect(exercises.list()).toEqual({ atMs: START_MS, isPossible: false, running: null, scenarios: [] });
    expect([exercises.start({ scenario: 'storm-central' }), exercises.stop()]).toEqual(['no-simulator', false]);
  });

  test.each(['2021', '2025'] as const)('the scenarios of the seed are offered in %s, but for the one with no steps', (edition) => {
    const simulator = createSimulatedPlayer({ table: realTable(edition), sources: realSources(), seed: 2_026, startMs: START_MS, rateMultiplier: 1 });
    const { scenarios } = createExercises({ simulator, scenarios: readScenarios(), nowMs }).list();
    expect(scenarios.map(({ scenario }) => scenario)).toEqual(['feeds-fall-silent', 'month-end-rush', 'ransomware-lam-dong', 'silent-province', 'storm-central']);
  });
});
