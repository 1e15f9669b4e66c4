import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readScenario, Scenario } from '../../../server/players/simulated/scenario.ts';
import { createSimulatedPlayer } from '../../../server/players/simulated/simulatedPlayer.ts';
import { createModels, createWorld } from '../../../server/players/simulated/world.ts';
import type { EditionId } from '../../../shared/domain/ids.ts';
import { Candidate } from '../../../shared/domain/observation.ts';
import { realTable } from '../../support/aCatalogue.ts';
import { HOUR_MS, localMs, MINUTE_MS, partOfTable, realSources } from '../../support/simulation.ts';

const NAMES = readdirSync(resolve(import.meta.dirname, '../../../seeds/scenarios')).filter((name) => name.endsWith('.json')).map((name) => name.slice(0, -5));
const START_MS = localMs('2026-11-18T08:00');
const table = realTable('2021');

function aWorld(scenario: Scenario, edition: EditionId = '2021') {
  const world = createWorld({ table: edition === '2021' ? table : realTable(edition), seed: 2_026, startMs: START_MS, scenario });
  const models = createModels(world);
  const { units } = world;
  return {
    units,
    at: (indicatorId: string, code: string, afterMs: number) => models[indicatorId]!(units.unitOf(code)!, START_MS + afterMs),
    lostIn: (province: string, afterMs: number) => units.localsOf(units.unitOf(province)!).filter((unit) => models['tslcd-link-state']!(unit, START_MS + afterMs) === 0),
    total: (indicatorId: string, afterMs: number) => units.locals.reduce((sum, unit) => sum + models[indicatorId]!(unit, START_MS + afterMs), 0),
  };
}

const aScenario = (steps: unknown[], naturalIncidents = false) => Scenario.parse({ name: { vi: 'Thử', en: 'Try' }, description: { vi: 'Thử', en: 'Try' }, naturalIncidents, steps });
const both = (code: string) => ({ 2021: [code], 2025: [code] });

test('[SC1] the six scenarios are there', () => {
  expect(NAMES.toSorted()).toEqual(['feeds-fall-silent', 'month-end-rush', 'quiet-day', 'ransomware-lam-dong', 'silent-province', 'storm-central']);
});

describe.each(NAMES)('%s', (name) => {
  test.each(['2021', '2025'] as const)('[SC1] it fits the schema and the units of %s', (edition) => {
    expect(() => aWorld(readScenario(name), edition)).not.toThrow();
  });

  test('[SC2] the same start gives the same readings; a run does not change the scenario', async () => {
    const scenario = readScenario(name);
    const play = async () => JSON.stringify(await createSimulatedPlayer({
      table, sources: realSources(), seed: 2_026, startMs: START_MS, rateMultiplier: 1, scenario,
    }).readUntil(START_MS + 6 * MINUTE_MS));
    expect(await play()).toBe(await play());
    expect(scenario).toEqual(readScenario(name));
  });
});

describe('what a wall sees', () => {
  test.each([['2021', '44'], ['2021', '45'], ['2021', '46'], ['2021', '49'], ['2025', '44'], ['2025', '48']] as const)(
    '[SC3] storm-central, %s: links of %s are lost while the storm lasts, come back one by one, and show as connected again', (edition, province) => {
      const { lostIn } = aWorld({ ...readScenario('storm-central'), naturalIncidents: false }, edition);
      expect(lostIn(province, 0)).toEqual([]);
      const atWorst = lostIn(province, HOUR_MS);
      expect(atWorst.length).toBeGreaterThanOrEqual(3);
      const counts = Array.from({ length: 16 }, (_, index) => lostIn(province, (60 + 5 * index) * MINUTE_MS).length);
      expect(counts).toEqual(counts.toSorted((a, b) => b - a));
      expect(new Set(counts).size).toBeGreaterThanOrEqual(3);
      expect(counts.at(-1)).toBe(0);
    });

  test('[SC3] storm-central silences two provinces; one delivers on its return what it kept, the other only its last', async () => {
    const scenario = { ...readScenario('storm-central'), naturalIncidents: false };
    const player = createSimulatedPlayer({ table: partOfTable(table, ['44', '45', '46', '49']), sources: realSources(), seed: 2_026, startMs: START_MS, rateMultiplier: 1, scenario });
    const played = (await player.readUntil(START_MS + 2 * HOUR_MS)).map(({ receivedAtMs, candidate }) => ({ afterMin: (receivedAtMs - START_MS) / MINUTE_MS, ...Candidate.parse(candidate) }));
    const between = (code: string, fromMin: number, toMin: number) => played.filter(({ sourceId, afterMin }) => sourceId === `province-${code}` && afterMin >= fromMin && afterMin < toMin);
    expect(between('45', 12, 52)).toEqual([]);
    expect(between('49', 20, 80)).toEqual([]);
    expect(between('44', 20, 52).length).toBeGreaterThan(0);
    const perSeries = (code: string, afterMin: number) => between(code, afterMin, afterMin + 1 / 60_000).filter(({ localityCode, indicatorId }) => localityCode === code && indicatorId === 'alerts-low').length;
    expect(perSeries('45', 52)).toBeGreaterThan(5);
    expect(perSeries('49', 80)).toBe(1);
  });

  test('[SC4] ransomware-lam-dong opens critical alerts in Lâm Đồng only while it says so, and raises the others with them', () => {
    const { at } = aWorld({ ...readScenario('ransomware-lam-dong'), naturalIncidents: false });
    expect([0, 4, 27, 29].map((minutes) => at('alerts-critical', '68', minutes * MINUTE_MS))).toEqual([0, 3, 3, 0]);
    expect(at('alerts-medium', '68', 20 * MINUTE_MS)).toBeGreaterThan(1.5 * at('alerts-medium', '68', 0));
    expect(at('alerts-day', '68', HOUR_MS)).toBeGreaterThan(at('alerts-day', '68', 0));
    expect([0, 22, 31].map((minutes) => at('alerts-critical', '66', minutes * MINUTE_MS))).toEqual([0, 1, 0]);
  });

  test('[SC5] month-end-rush doubles what comes in, lets more wait, and has it worked off a day later', () => {
    const quiet = aWorld(readScenario('quiet-day'));
    const rush = aWorld({ ...readScenario('month-end-rush'), naturalIncidents: false });
    const extra = (indicatorId: string, afterMs: number) => rush.total(indicatorId, afterMs) - quiet.total(indicatorId, afterMs);
    const usual = quiet.total('dossiers-received', 9 * HOUR_MS) - quiet.total('dossiers-received', 0);
    expect(extra('dossiers-received', 0)).toBe(0);
    expect(extra('dossiers-received', 9 * HOUR_MS) / usual).toBeGreaterThan(0.95);
    expect(extra('dossiers-waiting', 9 * HOUR_MS)).toBeGreaterThan(0.9 * extra('dossiers-received', 9 * HOUR_MS));
    expect(extra('dossiers-waiting', 40 * HOUR_MS)).toBeLessThan(0.05 * extra('dossiers-received', 40 * HOUR_MS));
    expect(extra('dossiers-resolved', 40 * HOUR_MS)).toBeGreaterThan(0.95 * extra('dossiers-received', 40 * HOUR_MS));
  });

  test('[SC5] a surge over the turn of a month counts in each month what came in it', () => {
    const monthEndMs = localMs('2026-12-01T00:00') - START_MS;
    const surge = aScenario([{ kind: 'dossier-surge', afterMs: monthEndMs - 24 * HOUR_MS, durationMs: 48 * HOUR_MS, factor: 3, targets: both('96') }]);
    const [rush, quiet] = [aWorld(surge), aWorld(aScenario([]))];
    const extra = (id: string, afterMs: number) => rush.at(id, '964', afterMs) - quiet.at(id, '964', afterMs);
    expect(extra('dossiers-received', monthEndMs - 1)).toBeGreaterThan(50);
    expect(extra('dossiers-received', monthEndMs + HOUR_MS)).toBeLessThan(3);
    expect(Math.abs(extra('dossiers-waiting', monthEndMs + HOUR_MS) - extra('dossiers-waiting', monthEndMs - 1))).toBeLessThanOrEqual(4);
    expect(extra('dossiers-received', monthEndMs + 24 * HOUR_MS)).toBeGreaterThan(50);
    expect(Math.abs(extra('dossiers-waiting', monthEndMs + 72 * HOUR_MS))).toBeLessThanOrEqual(4);
  });

  test('[SC6] feeds-fall-silent: sources stop one after another, and are back at the end', async () => {
    const provinces = ['02', '14', '38', '79', '96'];
    const player = createSimulatedPlayer({
      table: partOfTable(table, [...provinces, '10', '11', '12', '15', '40', '42', '74', '75']), sources: realSources(), seed: 2_026, startMs: START_MS, rateMultiplier: 1,
      scenario: readScenario('feeds-fall-silent'),
    });
    const heard = async (afterMin: number) => {
      const fromMs = START_MS + (afterMin - 5) * MINUTE_MS;
      const recent = (await player.readUntil(START_MS + afterMin * MINUTE_MS)).filter(({ receivedAtMs }) => receivedAtMs > fromMs);
      const sources = new Set(recent.map(({ candidate }) => Candidate.parse(candidate).sourceId as string));
      return provinces.filter((code) => sources.has(`province-${code}`));
    };
    expect(await heard(0)).toEqual(provinces);
    expect(await heard(8)).toEqual(['14', '38', '79', '96']);
    expect(await heard(18)).toEqual(['38', '79', '96']);
    expect(await heard(28)).toEqual(['79', '96']);
    expect(await heard(40)).toEqual(['96']);
    expect(await heard(100)).toEqual(provinces);
  });

  test('[SC7] quiet-day has no incident of any kind', async () => {
    const untilMs = START_MS + 3 * HOUR_MS;
    const player = createSimulatedPlayer({ table, sources: realSources(), seed: 2_026, startMs: START_MS, rateMultiplier: 1, scenario: readScenario('quiet-day') });
    const wrong = (await player.readUntil(untilMs)).filter(({ receivedAtMs, candidate }) => {
      const { indicatorId, value, observedAtMs } = Candidate.parse(candidate);
      return (indicatorId === 'tslcd-link-state' && value === 0) || (/^(axis|portal|one-stop)-state$/.test(indicatorId) && value !== 1)
        || (indicatorId === 'alerts-critical' && value !== 0) || (receivedAtMs > START_MS && receivedAtMs - observedAtMs > 1_000);
    });
    expect(wrong).toEqual([]);
  });
});

describe('a wrong scenario stops the start', () => {
  test.each([
    { what: 'an unknown unit', step: { kind: 'link-cut', afterMs: 0, durationMs: 1, shareRatio: 1, targets: both('03') }, says: '"03", which is not a unit of this edition' },
    { what: 'a silence of a district', step: { kind: 'silence', afterMs: 0, durationMs: 1, keepsReadings: true, targets: both('964') }, says: '"964", which is not a province' },
    { what: 'an attack on a district', step: { kind: 'attack', afterMs: 0, durationMs: 1, peakFactor: 2, critical: 0, targets: both('964') }, says: 'Name its province instead' },
  ])('[SC8] $what', ({ step, says }) => {
    expect(() => aWorld(aScenario([step]))).toThrow(says);
  });

  test('[SC8] a name that is no file says where to look', () => {
    expect(() => readScenario('no-such-day')).toThrow('seeds/scenarios/no-such-day.json cannot be read');
  });

  test.each([
    { afterMs: -1 }, { durationMs: 0 }, { shareRatio: 1.5 }, { kind: 'earthquake' }, { targets: { 2021: ['44'] } }, { targets: both('Quảng Bình') }, { hours: 3 },
  ])('[SC8] a step with %j is refused', (wrong) => {
    const step = { kind: 'link-cut', afterMs: 0, durationMs: 1_000, shareRatio: 0.5, targets: both('44'), ...wrong };
    expect(() => aScenario([step])).toThrow();
  });
});
