import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import type { Observation } from '../../shared/domain/observation.ts';
import { buildSeriesTable } from '../../shared/domain/seriesTable.ts';
import type { EventFingerprints } from '../../server/ports/ingest.ts';
import type { Store } from '../../server/openStore.ts';
import { aLand, anIndicator } from './aCatalogue.ts';
import { anObservation, START_MS } from './anObservation.ts';
import { arbitraryObservation } from './arbitraryObservation.ts';
import { naiveAsOf, naiveSeries, newestPerSlot } from './naiveHistory.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** One province of two districts: four localities, one series each. */
export const smallTable = buildSeriesTable(aLand({ provinces: 1, localsPerProvince: 2 }), [anIndicator()]);
export const SERIES = smallTable.series.length;
export const NO_FINGERPRINTS: EventFingerprints = { words: new Uint32Array(0) };

interface Folding {
  readonly foldEveryMs?: number;
  readonly foldAtCount?: number;
}

/** Where a contract store lives. `reopen`: closes and opens the same one again; `null` where closing is the end of it. */
export interface StorePlace {
  /** Runs of each property test. */
  readonly runs: number;
  open(folding?: Folding): Promise<Store>;
  readonly reopen: ((store: Store, folding?: Folding) => Promise<Store>) | null;
}

async function readAll(store: Store): Promise<Observation[]> {
  return (await store.log.readFrom(0, Number.MAX_SAFE_INTEGER)).flatMap(({ observations }) => observations);
}

/** Waits until all that is due is folded, without deleting anything. */
export async function settleFold(store: Store): Promise<void> {
  await store.history.retain(0);
}

/** The rules any store of a channel keeps, whatever holds its bytes. */
export function describeStore(name: string, place: StorePlace): void {
  let store: Store | null = null;
  const open = async (folding?: Folding) => (store = await place.open(folding));
  /** For many runs in one test: opening a thread for each would take most of the time. */
  const openFresh = async (folding?: Folding) => {
    if (store === null) await open(folding);
    else await store.log.restart();
  };
  const reopen = async (folding?: Folding) => {
    if (store !== null && place.reopen !== null) store = await place.reopen(store, folding);
    return store!;
  };
  const close = async () => {
    await store?.log.close();
    store = null;
  };
  afterEach(close);

  describe(`${name}: the log`, () => {
    test('[L1] what append resolved is read back in order, with offsets that follow on', async () => {
      await fc.assert(fc.asyncProperty(fc.array(fc.array(arbitraryObservation(SERIES), { maxLength: 12 }), { maxLength: 6 }), async (batches) => {
        await openFresh();
        // Not awaited one by one: several may share a commit, still in call order.
        const firstOffsets = await Promise.all(batches.map((batch) => store!.log.append(batch, NO_FINGERPRINTS)));
        let expected = 0;
        for (const [i, batch] of batches.entries()) {
          expect(firstOffsets[i]).toBe(expected);
          expected += batch.length;
        }
        await reopen();
        expect(await readAll(store!)).toEqual(batches.flat());
        expect((await store!.log.readFrom(0, 100)).map(({ firstOffset }) => firstOffset))
          .toEqual([...new Set(firstOffsets)].filter((offset) => offset < expected));
        expect(await store!.log.append([anObservation()], NO_FINGERPRINTS)).toBe(expected);
      }), { numRuns: place.runs });
    });

    test('[L1] reading from inside a batch gives the rest of it; a limit counts batches', async () => {
      await open();
      for (let i = 0; i < 3; i++) await store!.log.append([1, 2, 3].map((n) => anObservation({ value: i * 10 + n })), NO_FINGERPRINTS);
      const batches = await store!.log.readFrom(4, 1);
      expect(batches.map(({ firstOffset, observations }) => [firstOffset, observations.map(({ value }) => value)])).toEqual([[4, [12, 13]]]);
      expect(await store!.log.readFrom(9, 5)).toEqual([]);
    });

    test('[L4] sequence numbers never repeat within an epoch', async () => {
      await open();
      const { epoch } = store!.log;
      const firsts = [await store!.log.reserveSequence(10), await store!.log.reserveSequence(5)];
      if (place.reopen !== null) {
        await reopen();
        firsts.push(await store!.log.reserveSequence(1));
        expect(store!.log.epoch).toBe(epoch);
      }
      expect(firsts).toEqual([0, 10, 15].slice(0, firsts.length));
    });

    test('[L5] fingerprints come back with their batch, for seven days', async () => {
      await open();
      const words = (first: number) => ({ words: Uint32Array.of(first, 0xffff_ffff, first + 1) });
      await store!.log.append([anObservation()], words(1));
      await store!.log.append([anObservation({ receivedAtMs: START_MS + DAY_MS })], words(2));
      await reopen();
      expect([...(await store!.log.readFingerprints(0)).words]).toEqual([1, 0xffff_ffff, 2, 2, 0xffff_ffff, 3]);
      expect([...(await store!.log.readFingerprints(START_MS + 1)).words]).toEqual([2, 0xffff_ffff, 3]);
      expect((await store!.history.retain(START_MS + 7 * DAY_MS)).fingerprints).toBe(0);
      expect((await store!.history.retain(START_MS + 7 * DAY_MS + 1)).fingerprints).toBe(1);
    });

    test('[L3] a restart of the log begins a new epoch with nothing in it', async () => {
      await open({ foldAtCount: 2 });
      const { epoch } = store!.log;
      expect(epoch).toMatch(/^[0-9a-f]{16}$/);
      await store!.log.append([anObservation(), anObservation(), anObservation()], { words: Uint32Array.of(1, 2, 3) });
      await store!.log.reserveSequence(3);
      const next = await store!.log.restart();
      expect(next).not.toBe(epoch);
      expect(store!.log.epoch).toBe(next);
      expect(await readAll(store!)).toEqual([]);
      expect((await store!.log.readFingerprints(0)).words).toHaveLength(0);
      expect((await store!.history.asOf(START_MS + DAY_MS)).observations).toEqual([]);
      expect(await store!.log.append([anObservation({ value: 5 })], NO_FINGERPRINTS)).toBe(0);
      expect((await store!.history.asOf(START_MS)).observations.map(({ value }) => value)).toEqual([5]);
    });

    test('[L9] after close every question is refused as closed', async () => {
      await open();
      await store!.log.close();
      await expect(store!.log.append([anObservation()], NO_FINGERPRINTS)).rejects.toMatchObject({ code: 'closed' });
      await expect(store!.history.asOf(START_MS)).rejects.toMatchObject({ code: 'closed' });
      store = null;
    });
  });

  describe(`${name}: the history`, () => {
    /** Few distinct times, so that ties, late and repeated readings are common, over hours that a fold has to keep apart. */
    const observedSoon = fc.record({
      seriesIndex: fc.nat(SERIES - 1),
      atStep: fc.nat(60), offMs: fc.constantFrom(0, 1, 59_999),
      value: fc.option(fc.integer({ min: -50, max: 50 }), { freq: 4 }),
      parts: fc.boolean(), ref: fc.constantFrom(null, 'fact-1'),
    }).map(({ seriesIndex, atStep, offMs, value, parts, ref }) => anObservation({
      seriesIndex, observedAtMs: START_MS + atStep * 5 * MINUTE_MS + offMs, value, ref, numerator: parts ? 3 : null, denominator: parts ? 4 : null,
    }));
    const step = fc.oneof(
      { weight: 6, arbitrary: fc.array(observedSoon, { minLength: 1, maxLength: 8 }) },
      { weight: 1, arbitrary: fc.constant('settle' as const) },
    );
    /** A reopening takes as long as two hundred batches, so there is at most one in a run. */
    const steps = fc.tuple(fc.array(step, { maxLength: 15 }), fc.constantFrom([], [], ['reopen' as const]), fc.array(step, { maxLength: 10 })).map((parts) => parts.flat(),
    );

    /** Appends with the clock moving 7 minutes a batch; returns everything in order of arrival. */
    async function play(played: readonly (readonly Observation[] | 'settle' | 'reopen')[]): Promise<Observation[]> {
      const arrived: Observation[] = [];
      let receivedAtMs = START_MS;
      for (const each of played) {
        if (each === 'settle') await settleFold(store!);
        else if (each === 'reopen') await reopen({ foldEveryMs: 10 * MINUTE_MS });
        else {
          receivedAtMs += 7 * MINUTE_MS;
          const batch = each.map((observation) => ({ ...observation, receivedAtMs }));
          await store!.log.append(batch, NO_FINGERPRINTS);
          arrived.push(...batch);
        }
      }
      return arrived;
    }

    const range = fc.record({ from: fc.nat(300), length: fc.integer({ min: 1, max: 300 }), offMs: fc.constantFrom(0, 1, 13_579), points: fc.integer({ min: 1, max: 40 }) })
      .map(({ from, length, offMs, points }) => ({ fromMs: START_MS + from * MINUTE_MS + offMs, toMs: START_MS + (from + length) * MINUTE_MS + 2 * offMs, points }));

    test('[HI1] a chart equals the plain count of every reading, late, repeated and null ones too, whatever is folded', async () => {
      await fc.assert(fc.asyncProperty(steps, fc.array(range, { minLength: 1, maxLength: 5 }), async (played, ranges) => {
        await openFresh({ foldEveryMs: 10 * MINUTE_MS });
        const arrived = await play(played);
        for (const each of ranges) {
          for (let seriesIndex = 0; seriesIndex < SERIES; seriesIndex++) {
            const answer = await store!.history.series({ seriesIndex, ...each });
            expect(answer.resolution).toBe('raw');
            expect(answer.points).toEqual(naiveSeries(arrived, { seriesIndex, ...each }));
          }
        }
      }), { numRuns: place.runs });
    });

    test('[HI3] an as-of is the newest observation of each series at that time, ties to the later arrival, late data included', async () => {
      await fc.assert(fc.asyncProperty(steps, fc.array(fc.nat(301 * MINUTE_MS), { minLength: 1, maxLength: 8 }), async (played, times) => {
        await openFresh({ foldEveryMs: 10 * MINUTE_MS });
        const arrived = await play(played);
        const observedTimes = arrived.map(({ observedAtMs }) => observedAtMs - START_MS);
        for (const time of [...times, ...observedTimes.slice(0, 5), ...observedTimes.slice(0, 5).map((observed) => observed - 1)]) {
          const answer = await store!.history.asOf(START_MS + time);
          expect(answer.resolution).toBe('raw');
          expect(answer.observations.toSorted((a, b) => a.seriesIndex - b.seriesIndex)).toEqual(naiveAsOf(arrived, START_MS + time));
        }
      }), { numRuns: place.runs });
    });

    test.each([
      { tier: 'minute' as const, slotMs: MINUTE_MS, afterMs: 3 * DAY_MS },
      { tier: 'hour' as const, slotMs: HOUR_MS, afterMs: 40 * DAY_MS },
    ])('[HI2] the $tier tier loses no minimum, maximum, last value or count', async ({ tier, slotMs, afterMs }) => {
      await fc.assert(fc.asyncProperty(steps, async (played) => {
        await openFresh({ foldEveryMs: 10 * MINUTE_MS });
        const arrived = await play(played);
        await store!.history.retain(START_MS + afterMs);
        for (let seriesIndex = 0; seriesIndex < SERIES; seriesIndex++) {
          const query = { seriesIndex, fromMs: START_MS, toMs: START_MS + 6 * HOUR_MS, points: 6 * HOUR_MS / slotMs };
          const answer = await store!.history.series(query);
          expect(answer).toEqual({ resolution: tier, bucketMs: slotMs, points: naiveSeries(arrived, query) });
        }
      }), { numRuns: place.runs });
    });

    test.each([
      { tier: 'minute' as const, slotMs: MINUTE_MS, afterMs: 3 * DAY_MS },
      { tier: 'hour' as const, slotMs: HOUR_MS, afterMs: 40 * DAY_MS },
    ])('[HI4] an as-of in the $tier tier is the newest the tier kept, with every field, and never later than asked', async ({ tier, slotMs, afterMs }) => {
      await fc.assert(fc.asyncProperty(steps, fc.array(fc.nat(301 * MINUTE_MS), { minLength: 1, maxLength: 6 }), async (played, times) => {
        await openFresh({ foldEveryMs: 10 * MINUTE_MS });
        const arrived = await play(played);
        await store!.history.retain(START_MS + afterMs);
        for (const time of times) {
          const atMs = START_MS + time;
          const answer = await store!.history.asOf(atMs);
          expect(answer.resolution).toBe(tier);
          // What was current when the period began is known exactly; within it, one observation a slot.
          const periodStartMs = tier === 'minute' ? Math.floor(atMs / HOUR_MS) * HOUR_MS : Math.floor(atMs / DAY_MS) * DAY_MS;
          const kept = [...arrived.filter(({ observedAtMs }) => observedAtMs < periodStartMs), ...newestPerSlot(arrived.filter(({ observedAtMs }) => observedAtMs >= periodStartMs), slotMs)];
          expect(answer.observations.toSorted((a, b) => a.seriesIndex - b.seriesIndex)).toEqual(naiveAsOf(kept, atMs));
        }
      }), { numRuns: place.runs });
    });

    test('[HI5] each tier is deleted at its own age, to the millisecond, and the log never before it is folded', async () => {
      await open();
      await store!.log.append([anObservation()], NO_FINGERPRINTS);
      await store!.log.append([anObservation({ observedAtMs: START_MS + HOUR_MS })], NO_FINGERPRINTS);
      const endOfHourMs = START_MS + HOUR_MS;
      expect(await store!.history.retain(endOfHourMs + 48 * HOUR_MS - 1)).toEqual({ raw: 0, minute: 0, hour: 0, log: 1, fingerprints: 0 });
      expect(await store!.history.retain(endOfHourMs + 48 * HOUR_MS)).toEqual({ raw: 1, minute: 0, hour: 0, log: 0, fingerprints: 0 });
      expect((await store!.history.retain(endOfHourMs + 35 * DAY_MS - 1)).minute).toBe(0);
      expect((await store!.history.retain(endOfHourMs + 35 * DAY_MS)).minute).toBe(1);
      const fiveYearsMs = (5 * 365 + 2) * DAY_MS;
      expect((await store!.history.retain(START_MS + DAY_MS + fiveYearsMs - 1)).hour).toBe(0);
      expect((await store!.history.retain(START_MS + DAY_MS + fiveYearsMs)).hour).toBe(1);
      // The newest batch stays: it carries the offset the next one continues from.
      await reopen();
      expect(await store!.log.append([anObservation()], NO_FINGERPRINTS)).toBe(2);
    });

    test('[HI6] a chart comes from the finest tier that still covers its start', async () => {
      await open();
      const nowMs = START_MS + 100 * DAY_MS;
      await store!.log.append([anObservation({ observedAtMs: nowMs, value: 3 })], NO_FINGERPRINTS);
      await store!.history.retain(nowMs);
      const resolutionFrom = async (fromMs: number) => (await store!.history.series({ seriesIndex: 0, fromMs, toMs: nowMs + 1, points: 10 })).resolution;
      expect(await resolutionFrom(nowMs - 48 * HOUR_MS)).toBe('raw');
      expect(await resolutionFrom(nowMs - 48 * HOUR_MS - 1)).toBe('minute');
      expect(await resolutionFrom(nowMs - 35 * DAY_MS)).toBe('minute');
      expect(await resolutionFrom(nowMs - 35 * DAY_MS - 1)).toBe('hour');
      const hot = await store!.history.series({ seriesIndex: 0, fromMs: START_MS, toMs: nowMs + 1, points: 1 });
      expect(hot.points).toEqual([{ atMs: START_MS, min: 3, max: 3, last: 3, count: 1 }]);
    });

    test('[HI7] an observation older than a tier keeps goes only to the coarser ones, and is seen there', async () => {
      await open();
      const nowMs = START_MS + 10 * DAY_MS;
      await store!.history.retain(nowMs);
      await store!.log.append([anObservation({ observedAtMs: START_MS, receivedAtMs: nowMs, value: 4 })], NO_FINGERPRINTS);
      await store!.history.retain(nowMs + HOUR_MS);
      expect((await store!.stats()).rows).toMatchObject({ raw: 0, minute: 1, hour: 1 });
      expect((await store!.history.asOf(START_MS)).observations.map(({ value }) => value)).toEqual([4]);
      expect((await store!.history.asOf(nowMs)).observations.map(({ value }) => value)).toEqual([4]);
    });

    test.each([
      { wrong: 'no points', query: { points: 0 } }, { wrong: 'too many points', query: { points: 2001 } }, { wrong: 'half a point', query: { points: 1.5 } },
      { wrong: 'an empty range', query: { toMs: START_MS } }, { wrong: 'a range without end', query: { toMs: Number.NaN } },
      { wrong: 'no such series', query: { seriesIndex: SERIES } },
    ])('[HI8] a chart with $wrong is refused with a reason', async ({ query }) => {
      await open();
      await expect(store!.history.series({ seriesIndex: 0, fromMs: START_MS, toMs: START_MS + HOUR_MS, points: 10, ...query })).rejects.toMatchObject({ code: 'invalid' });
    });
  });
}
