import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Candidate, type Observation } from '../../../shared/domain/observation.ts';
import { COMPARATORS, PROVENANCES } from '../../../shared/domain/provenance.ts';
import { readCatalogue } from '../../../server/catalogue.ts';
import { createGate } from '../../../server/ingest/gate.ts';
import { openStore } from '../../../server/openStore.ts';
import { createLogRecording } from '../../../server/players/logRecording.ts';
import { createMemoryRecording, type Recording } from '../../../server/players/recording.ts';
import { createReplayPlayer } from '../../../server/players/replayPlayer.ts';
import type { ReceivedCandidate } from '../../../server/ports/player.ts';
import type { LoggedBatch } from '../../../server/ports/store.ts';
import { decodeFacts } from '../../../server/sources/facts/decode.ts';
import { realTable } from '../../support/aCatalogue.ts';
import { aCandidate, anObservation, START_MS } from '../../support/anObservation.ts';

const table = realTable('2021');

function arriving(afterMs: number, overrides: Parameters<typeof aCandidate>[0] = {}): ReceivedCandidate {
  return { receivedAtMs: START_MS + afterMs, candidate: aCandidate({ observedAtMs: START_MS + afterMs, ...overrides }) };
}

const valuesOf = (received: readonly ReceivedCandidate[]) => received.map(({ candidate }) => Candidate.parse(candidate).value);

/** Batches of `batchSize`; counts what is asked of it and what it handed out. */
function aLogOf(observations: readonly Observation[], batchSize = 10) {
  const batches: LoggedBatch[] = [];
  for (let at = 0; at < observations.length; at += batchSize) batches.push({ firstOffset: at, observations: observations.slice(at, at + batchSize) });
  const asked = { times: 0, batches: 0 };
  return {
    asked,
    async readFrom(offset: number, limit: number) {
      const answer = batches.slice(Math.ceil(offset / batchSize)).slice(0, limit);
      asked.times += 1;
      asked.batches += answer.length;
      return answer;
    },
  };
}

const minuteByMinute = (count: number) => Array.from({ length: count }, (_, minute) => anObservation({ observedAtMs: START_MS + minute * 60_000, value: minute }));

describe('recording of facts', () => {
  test('[RC1] of one series the newest observation is current, and of two of the same time the later arrival', async () => {
    const recording = createMemoryRecording([
      arriving(0, { value: 1, observedAtMs: START_MS }),
      arriving(10, { value: 2, observedAtMs: START_MS }),
      arriving(20, { value: 3, observedAtMs: START_MS - 5 }),
      arriving(30, { value: 4, localityCode: '002' }),
    ]);
    expect(valuesOf(await recording.currentAt(START_MS + 20))).toEqual([2]);
    expect(valuesOf(await recording.currentAt(START_MS + 30))).toEqual([2, 4]);
    expect(valuesOf(await recording.currentAt(START_MS - 1))).toEqual([]);
  });

  test('[RC2] candidates are played in order of arrival, whatever order they are handed over in', async () => {
    const recording = createMemoryRecording([arriving(30, { value: 3 }), arriving(10, { value: 1 }), arriving(10, { value: 2 })]);
    expect([recording.startMs, recording.endMs]).toEqual([START_MS + 10, START_MS + 30]);
    expect(valuesOf(await recording.readBetween(START_MS, START_MS + 30))).toEqual([1, 2, 3]);
    expect(valuesOf(await recording.readBetween(START_MS + 10, START_MS + 30))).toEqual([3]);
  });

  test('[RC3] a wider span may be given, a narrower one is refused, and so is a recording of nothing', () => {
    const received = [arriving(10), arriving(30)];
    const span = { startMs: START_MS, endMs: START_MS + 100, marksMs: [] };
    expect(createMemoryRecording(received, span)).toMatchObject(span);
    expect(() => createMemoryRecording(received, { ...span, endMs: START_MS + 29 })).toThrow(/Widen the span/);
    expect(() => createMemoryRecording([])).toThrow(/nothing to play/);
  });

  test('[RC4] what the gate would refuse is played but never current', async () => {
    const junk: ReceivedCandidate = { receivedAtMs: START_MS, candidate: { junk: true } };
    const recording = createMemoryRecording([junk, arriving(0)]);
    expect(await recording.readBetween(START_MS - 1, START_MS)).toHaveLength(2);
    expect(valuesOf(await recording.currentAt(START_MS))).toEqual([12]);
  });
});

describe('recording of a log', () => {
  test('[RC5] through the gate, what is played is the observation that was logged, field for field', async () => {
    const aSeries = fc.constantFrom(...table.series.filter(({ indicator, locality }) => indicator.id === 'dossiers-received' && locality.level === 'district').slice(0, 5));
    const observation = fc.record({
      series: aSeries, value: fc.option(fc.nat(1_000)), latenessMs: fc.nat(3_600_000), afterMs: fc.nat(10_000), eventId: fc.option(fc.uuid()),
      parts: fc.option(fc.tuple(fc.nat(100), fc.nat(100))), comparator: fc.constantFrom(...COMPARATORS), provenance: fc.constantFrom(...PROVENANCES),
      ref: fc.option(fc.constantFrom('fact-a')),
    });
    await fc.assert(fc.asyncProperty(fc.uniqueArray(observation, { minLength: 1, maxLength: 20, selector: ({ eventId, latenessMs }) => eventId ?? latenessMs }), async (rows) => {
      let receivedAtMs = START_MS;
      const logged = rows.map(({ series, latenessMs, afterMs, parts, ...said }) => {
        receivedAtMs += afterMs;
        return anObservation({ ...said, seriesIndex: series.index, observedAtMs: receivedAtMs - latenessMs, receivedAtMs, numerator: parts?.[0] ?? null, denominator: parts?.[1] ?? null });
      });
      const recording = await createLogRecording(aLogOf(logged), table);
      const played = await recording.readBetween(recording.startMs - 1, recording.endMs);
      expect(createGate({ table, sources: [] }).admit(played).accepted).toEqual(logged);
    }));
  });

  test('[RC6] its span is found without reading the log through, whatever its length', async () => {
    await fc.assert(fc.asyncProperty(fc.integer({ min: 1, max: 3_000 }), fc.integer({ min: 1, max: 40 }), async (count, batchSize) => {
      const log = aLogOf(minuteByMinute(count), batchSize);
      const recording = await createLogRecording(log, table);
      expect([recording.startMs, recording.endMs]).toEqual([START_MS, START_MS + (count - 1) * 60_000]);
      expect(log.asked.batches).toBeLessThanOrEqual(2 * Math.ceil(Math.log2(count + 1)) + 5);
    }), { numRuns: 50 });
  });

  test('[RC7] played tick by tick, every batch is read once, a few at a time', async () => {
    const log = aLogOf(minuteByMinute(1_000));
    const player = createReplayPlayer({ name: 'log', recording: await createLogRecording(log, table) });
    log.asked.batches = 0;
    log.asked.times = 0;
    let count = 0;
    for (let minute = 0; minute < 1_000; minute++) count += (await player.readUntil(START_MS + minute * 60_000)).length;
    expect(count).toBe(1_000);
    expect(log.asked.batches).toBe(100);
    expect(log.asked.times).toBeGreaterThan(5);
  });

  test('[RC8] an empty log is refused, and so is one of another catalogue', async () => {
    await expect(createLogRecording(aLogOf([]), table)).rejects.toThrow(/no observation/);
    const recording = await createLogRecording(aLogOf([anObservation({ seriesIndex: table.series.length })]), table);
    await expect(recording.readBetween(0, START_MS)).rejects.toThrow(/another edition or catalogue/);
  });

  test('[RC9] a clock that was set back loses nothing: log order is arrival order', async () => {
    const logged = [10, 20, 12, 30].map((afterMs) => anObservation({ observedAtMs: START_MS, receivedAtMs: START_MS + afterMs, value: afterMs }));
    const player = createReplayPlayer({ name: 'log', recording: await createLogRecording(aLogOf(logged, 1), table) });
    const played: (number | null)[] = [];
    for (let afterMs = 0; afterMs <= 30; afterMs++) played.push(...valuesOf(await player.readUntil(START_MS + afterMs)));
    expect(played).toEqual([10, 20, 12, 30]);
  });
});

describe('recording of a real log', () => {
  test('[RC10] the facts, played from the log they were stored in, are the observations they were', async () => {
    const store = await openStore({ path: ':memory:', table });
    const { accepted, fingerprints } = createGate({ table, sources: [] }).admit(decodeFacts(readCatalogue().facts));
    for (let at = 0; at < accepted.length; at += 7) await store.log.append(accepted.slice(at, at + 7), fingerprints);
    const recording = await createLogRecording(store.log, table);
    const player = createReplayPlayer({ name: 'log', recording });
    const replayed = createGate({ table, sources: [] }).admit(await player.readUntil(recording.endMs)).accepted;
    await player.close();
    await store.log.close();
    expect(accepted.length).toBeGreaterThan(50);
    expect(replayed).toEqual(accepted);
  });
});

describe('replay player', () => {
  const facts = () => createMemoryRecording([arriving(10, { value: 1 }), arriving(20, { value: 2 }), arriving(30, { value: 3 })]);

  test('[RP1] it can pause, seek and change rate, over the span of its recording', () => {
    const player = createReplayPlayer({ name: 'facts', recording: facts() });
    expect([...player.capabilities].sort()).toEqual(['loop', 'pause', 'rate', 'seek']);
    expect([player.startMs, player.endMs]).toEqual([START_MS + 10, START_MS + 30]);
  });

  test('[RP1] chapters are offered where there are marks to stop at', () => {
    const marked = { ...facts(), marksMs: [START_MS + 20] };
    expect(createReplayPlayer({ name: 'facts', recording: marked }).capabilities.has('chapters')).toBe(true);
  });

  test('[RP2] begun in the middle, it first returns what was current there', async () => {
    const player = createReplayPlayer({ name: 'facts', recording: facts(), fromMs: START_MS + 20 });
    expect(valuesOf(await player.readUntil(START_MS + 20))).toEqual([2]);
    expect(valuesOf(await player.readUntil(START_MS + 40))).toEqual([3]);
  });

  test('[RP3] a read that a seek overtook returns nothing, and the next one is of the new place', async () => {
    const inner = facts();
    const gate = Promise.withResolvers<void>();
    const reading = Promise.withResolvers<void>();
    const slow: Recording = {
      ...inner,
      async readBetween(afterMs, untilMs) {
        reading.resolve();
        await gate.promise;
        return inner.readBetween(afterMs, untilMs);
      },
    };
    const player = createReplayPlayer({ name: 'facts', recording: slow });
    const overtaken = player.readUntil(START_MS + 30);
    await reading.promise;
    player.seek(START_MS + 10);
    gate.resolve();
    expect(await overtaken).toEqual([]);
    expect(valuesOf(await player.readUntil(START_MS + 10))).toEqual([1]);
    expect(valuesOf(await player.readUntil(START_MS + 30))).toEqual([2, 3]);
  });

  test('[RP4] a read that failed is asked for again: nothing of it is lost', async () => {
    const inner = facts();
    let failures = 1;
    const flaky: Recording = {
      ...inner,
      async readBetween(afterMs, untilMs) {
        if (failures-- > 0) throw new Error('disk');
        return inner.readBetween(afterMs, untilMs);
      },
    };
    const player = createReplayPlayer({ name: 'facts', recording: flaky });
    await expect(player.readUntil(START_MS + 20)).rejects.toThrow('disk');
    expect(valuesOf(await player.readUntil(START_MS + 30))).toEqual([1, 2, 3]);
  });

  test('[RP5] once closed, it does not touch its recording', async () => {
    let reads = 0;
    const counting: Recording = { ...facts(), readBetween: async () => { reads += 1; return []; } };
    const player = createReplayPlayer({ name: 'facts', recording: counting });
    await player.readUntil(START_MS + 10);
    await player.close();
    await player.readUntil(START_MS + 30);
    expect(reads).toBe(1);
  });
});
