import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createSilences } from '../../../server/players/simulated/silences.ts';
import { createSimulatedPlayer } from '../../../server/players/simulated/simulatedPlayer.ts';
import { createModels, createWorld } from '../../../server/players/simulated/world.ts';
import { Candidate } from '../../../shared/domain/observation.ts';
import { realTable } from '../../support/aCatalogue.ts';
import { DAY_MS, HOUR_MS, localMs, MINUTE_MS, partOfTable, realSources } from '../../support/simulation.ts';

const table = realTable('2021');
const FROM_MS = localMs('2026-11-02T00:00');
const world = createWorld({ table, seed: 2_026, startMs: FROM_MS, scenario: undefined });
const models = createModels(world);
const { units } = world;
const at = (indicatorId: string, code: string, atMs: number) => models[indicatorId]!(units.unitOf(code)!, atMs);
const nationally = (indicatorId: string, members: readonly number[], atMs: number) => members.reduce((sum, unit) => sum + models[indicatorId]!(unit, atMs), 0);
const received = (fromText: string, toText: string) => nationally('dossiers-received', units.locals, localMs(toText)) - nationally('dossiers-received', units.locals, localMs(fromText));
const times = (fromMs: number, toMs: number, stepMs: number) => Array.from({ length: Math.floor((toMs - fromMs) / stepMs) }, (_, index) => fromMs + index * stepMs);

describe('the day and the week', () => {
  test('[SIM11] dossiers come in office hours: the morning most, hardly any at night, few on Saturdays, fewer on Sundays', () => {
    const morning = received('2026-11-18T07:30', '2026-11-18T11:30');
    const noon = received('2026-11-18T11:30', '2026-11-18T13:30');
    const afternoon = received('2026-11-18T13:30', '2026-11-18T17:00');
    const night = received('2026-11-17T20:00', '2026-11-18T06:00');
    expect(morning).toBeGreaterThan(afternoon);
    expect(afternoon).toBeGreaterThan(8 * noon);
    expect(night).toBeLessThan(morning / 15);
    const wednesday = received('2026-11-18T00:30', '2026-11-19T00:30');
    const saturday = received('2026-11-21T00:30', '2026-11-22T00:30');
    const sunday = received('2026-11-22T00:30', '2026-11-23T00:30');
    expect(saturday / wednesday).toBeGreaterThan(0.1);
    expect(saturday / wednesday).toBeLessThan(0.2);
    expect(sunday / wednesday).toBeLessThan(0.05);
  });

  test('[SIM11] the last days of a month bring half as many again', () => {
    const usual = received('2026-11-18T00:30', '2026-11-19T00:30');
    expect(received('2026-11-27T00:30', '2026-11-28T00:30') / usual).toBeGreaterThan(1.4);
  });

  test('[SIM11] alerts go on through the night, a little fewer', () => {
    const meanOf = (indicatorId: string, hours: readonly number[]) => {
      const moments = Array.from({ length: 20 }, (_, day) => FROM_MS + Math.floor(day / 5) * 7 * DAY_MS + (day % 5) * DAY_MS).flatMap((dayMs) => hours.map((hour) => dayMs + hour * HOUR_MS));
      return moments.reduce((sum, atMs) => sum + nationally(indicatorId, units.provinces, atMs), 0) / moments.length;
    };
    expect(meanOf('alerts-low', [1, 2, 3, 4])).toBeLessThan(meanOf('alerts-low', [8, 9, 10, 14]));
    expect(meanOf('alerts-low', [1, 2, 3, 4])).toBeGreaterThan(0.6 * meanOf('alerts-low', [8, 9, 10, 14]));
  });
});

describe('counters', () => {
  const MONTHLY = { local: ['dossiers-received', 'dossiers-resolved', 'dossiers-on-time'], province: ['documents-total', 'documents-electronic', 'dossiers-online', 'dossiers-post-in', 'results-signed', 'payments-online'] };

  test('[SIM12] a month\'s counter never falls within the month and begins again with the next', () => fc.assert(fc.property(
    fc.integer({ min: 0, max: 704 }), fc.integer({ min: 0, max: 30 * DAY_MS }), fc.integer({ min: 0, max: DAY_MS }), (member, sinceMs, stepMs) => {
      const monthMs = localMs('2026-10-01T00:30');
      const nextMs = localMs('2026-11-01T00:00') - 1;
      const atMs = Math.min(monthMs + sinceMs, nextMs);
      const laterMs = Math.min(atMs + stepMs, nextMs);
      for (const [level, ids] of Object.entries(MONTHLY)) {
        const unit = level === 'local' ? units.locals[member % units.locals.length]! : units.provinces[member % units.provinces.length]!;
        for (const id of ids) {
          expect(models[id]!(unit, laterMs)).toBeGreaterThanOrEqual(models[id]!(unit, atMs));
          expect(models[id]!(unit, localMs('2026-11-01T01:00'))).toBeLessThanOrEqual(1 + 0.01 * models[id]!(unit, nextMs));
        }
      }
    }), { numRuns: 300 }));

  test('[SIM12] a day\'s counter never falls within the day and begins again at midnight in Hà Nội', () => fc.assert(fc.property(
    fc.integer({ min: 0, max: 62 }), fc.integer({ min: 0, max: DAY_MS - 1 }), fc.integer({ min: 0, max: DAY_MS - 1 }), (member, oneMs, otherMs) => {
      const unit = units.provinces[member]!;
      const dayMs = localMs('2026-11-18T00:00');
      for (const id of ['ndxp-transactions', 'ndxp-errors']) {
        expect(models[id]!(unit, dayMs + Math.max(oneMs, otherMs))).toBeGreaterThanOrEqual(models[id]!(unit, dayMs + Math.min(oneMs, otherMs)));
        expect(models[id]!(unit, dayMs + DAY_MS)).toBeLessThanOrEqual(1);
      }
    }), { numRuns: 300 }));

  test('[SIM12] what waits is what waited, plus what came, less what was resolved; also over the turn of a month', () => {
    for (const code of ['001', '020', '498', '964']) {
      const before = localMs('2026-11-03T00:00');
      for (const afterMs of [localMs('2026-11-20T15:00'), localMs('2026-11-30T23:00')]) {
        const came = at('dossiers-received', code, afterMs) - at('dossiers-received', code, before);
        const left = at('dossiers-resolved', code, afterMs) - at('dossiers-resolved', code, before);
        expect(at('dossiers-waiting', code, afterMs)).toBe(at('dossiers-waiting', code, before) + came - left);
      }
      expect(Math.abs(at('dossiers-waiting', code, localMs('2026-12-01T00:10')) - at('dossiers-waiting', code, localMs('2026-12-01T00:09')))).toBeLessThanOrEqual(2);
    }
  });
});

describe('incidents, over four weeks', () => {
  const toMs = FROM_MS + 28 * DAY_MS;
  const lostAt = (atMs: number) => units.locals.filter((unit) => models['tslcd-link-state']!(unit, atMs) === 0);

  test('[SIM13] one to three provinces have lost links at a time, and not only at some hours of the day', () => {
    const provincesHit = times(FROM_MS, toMs, 3 * HOUR_MS).map((atMs) => new Set(lostAt(atMs).map((unit) => units.provinceOf[unit])).size);
    const mean = (list: readonly number[]) => list.reduce((sum, value) => sum + value, 0) / list.length;
    expect(mean(provincesHit)).toBeGreaterThan(1);
    expect(mean(provincesHit)).toBeLessThan(3);
    expect(Math.max(...provincesHit)).toBeLessThanOrEqual(7);
    for (let hour = 0; hour < 8; hour += 1) expect(mean(provincesHit.filter((_, index) => index % 8 === hour))).toBeGreaterThan(0.6);
  });

  test('[SIM13] a cut takes neighbours: whatever it spares in the province is no nearer to its centre than what it takes', () => {
    const largestCut = (atMs: number) => [...Map.groupBy(lostAt(atMs), (unit) => units.provinceOf[unit]!).values()].find((each) => each.length >= 3);
    const lost = times(FROM_MS, toMs, 10 * MINUTE_MS).map(largestCut).find((each) => each !== undefined)!;
    const spared = units.localsOf(units.provinceOf[lost[0]!]!).filter((unit) => world.isConnected(unit) && !lost.includes(unit));
    const reachKm = (centre: number) => Math.max(...lost.map((unit) => units.distanceKm(centre, unit)));
    const gapKm = (centre: number) => Math.min(...spared.map((unit) => units.distanceKm(centre, unit)));
    expect(lost.some((centre) => reachKm(centre) <= gapKm(centre))).toBe(true);
  });

  test('[SIM13] a lost link has no latency, loses every packet and takes the meeting rooms with it; one not yet there has neither', () => {
    const cutMs = times(FROM_MS, toMs, 10 * MINUTE_MS).find((atMs) => lostAt(atMs).length > 0)!;
    const [unit] = lostAt(cutMs);
    expect(models['tslcd-latency']!(unit!, cutMs)).toBeNaN();
    expect(models['tslcd-loss']!(unit!, cutMs)).toBe(100);
    expect(models['meeting-rooms']!(unit!, cutMs)).toBe(0);
    const missing = units.locals.find((each) => !world.isConnected(each))!;
    expect(models['tslcd-latency']!(missing, cutMs)).toBeNaN();
    expect(models['tslcd-loss']!(missing, cutMs)).toBeNaN();
  });

  test('[SIM14] critical alerts open a few times a day at most, for five to twenty minutes each', () => {
    const spellsMin: number[] = [];
    let open = 0;
    for (const atMs of times(FROM_MS, toMs, MINUTE_MS)) {
      if (nationally('alerts-critical', units.provinces, atMs) > 0) open += 1;
      else if (open > 0) {
        spellsMin.push(open);
        open = 0;
      }
    }
    expect(spellsMin.length / 28).toBeGreaterThan(1);
    expect(spellsMin.length / 28).toBeLessThan(5);
    expect(Math.min(...spellsMin)).toBeGreaterThanOrEqual(5);
    expect(Math.max(...spellsMin)).toBeLessThanOrEqual(21);
  });

  test('[SIM14] attacks come in waves over several provinces at once', () => {
    const hits = times(FROM_MS, toMs, 15 * MINUTE_MS).map((atMs) => units.provinces.filter((unit) => world.attacks.factorAt(unit, atMs) > 1.5).length).filter((count) => count > 0);
    expect(Math.min(...hits)).toBeGreaterThanOrEqual(1);
    expect(Math.max(...hits)).toBeGreaterThanOrEqual(5);
    expect(hits.length / (28 * 96)).toBeLessThan(0.15);
  });

  test('[SIM15] one or two of 63 sources are silent at a time, for ten minutes to three hours', () => {
    const silences = createSilences(world.seed, units, world.script);
    const moments = times(FROM_MS, toMs, HOUR_MS);
    const silent = moments.map((atMs) => units.provinces.filter((province) => silences.silenceAt(province, atMs) !== null).length);
    const mean = silent.reduce((sum, count) => sum + count, 0) / silent.length;
    expect(mean).toBeGreaterThan(0.8);
    expect(mean).toBeLessThan(2.2);
    const lengthsMs = silences.endingIn(FROM_MS, toMs).map(({ silence }) => silence.toMs - silence.fromMs);
    expect(lengthsMs.length).toBeGreaterThan(500);
    expect(Math.min(...lengthsMs)).toBeGreaterThanOrEqual(10 * MINUTE_MS);
    expect(Math.max(...lengthsMs)).toBeLessThanOrEqual(3 * HOUR_MS);
  });

  test('[SIM15] a wall started in the middle of a silence sees what the source said before it', async () => {
    const { province, silence } = createSilences(world.seed, units, world.script).endingIn(FROM_MS, toMs).find((each) => each.silence.toMs - each.silence.fromMs > HOUR_MS)!;
    const code = units.code[province]!;
    const startMs = silence.toMs - 5 * MINUTE_MS;
    const player = createSimulatedPlayer({ table: partOfTable(table, [code]), sources: realSources(), seed: 2_026, startMs, rateMultiplier: 1 });
    const first = (await player.readUntil(startMs)).map(({ candidate }) => Candidate.parse(candidate)).filter(({ sourceId }) => sourceId === `province-${code}`);
    expect(first.length).toBeGreaterThan(50);
    expect(first.filter(({ observedAtMs }) => observedAtMs >= silence.fromMs)).toEqual([]);
  });

  test('[SIM15] a silent source sends nothing; on its return it delivers what it kept, late, with the old times', async () => {
    const silences = createSilences(world.seed, units, world.script);
    const { province, silence } = silences.endingIn(FROM_MS, toMs).find((each) => each.silence.keepsReadings && each.silence.toMs - each.silence.fromMs > HOUR_MS)!;
    const code = units.code[province]!;
    const startMs = silence.fromMs - 10 * MINUTE_MS;
    const player = createSimulatedPlayer({ table: partOfTable(table, [code]), sources: realSources(), seed: 2_026, startMs, rateMultiplier: 1 });
    const fromSource = (await player.readUntil(silence.toMs)).filter(({ candidate }) => Candidate.parse(candidate).sourceId === `province-${code}`);
    const during = fromSource.filter(({ receivedAtMs }) => receivedAtMs >= silence.fromMs && receivedAtMs < silence.toMs);
    expect(during).toEqual([]);
    const batch = fromSource.filter(({ receivedAtMs }) => receivedAtMs === silence.toMs).map(({ candidate }) => Candidate.parse(candidate));
    const latenessMs = batch.map(({ observedAtMs }) => silence.toMs - observedAtMs);
    expect(Math.max(...latenessMs)).toBeGreaterThan(0.8 * (silence.toMs - silence.fromMs));
    expect(latenessMs).toEqual(latenessMs.toSorted((a, b) => b - a));
    const perSeries = Map.groupBy(batch, ({ localityCode, indicatorId }) => `${localityCode}/${indicatorId}`);
    expect(Math.max(...[...perSeries.values()].map((list) => list.length))).toBeLessThanOrEqual(13);
  });
});
