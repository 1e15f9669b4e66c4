import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createMirrorStore, selectChangedSince } from '../../../client/store/createMirrorStore.ts';
import { refusalOf, withAlarms, withoutRefusals, withProblem } from '../../../client/store/mirrorState.ts';
import { selectReading, shownFreshness } from '../../../client/store/selectReading.ts';
import { createReadingColumns, packStatus } from '../../../shared/domain/readingColumns.ts';
import { changedSeries } from '../../../shared/frame/changedSeries.ts';
import { createFrameEncoder } from '../../../shared/frame/encodeFrame.ts';
import type { FrameHeader } from '../../../shared/frame/frame.ts';
import { decimalsOf, topicRanges } from '../../../shared/frame/topicRanges.ts';
import { anAlarm } from '../../support/roomsServer.ts';
import { aSmallTable, aStatus, changesOf, copyColumns, pictureOf, type SeriesChange, writeChanges } from '../../support/someReadings.ts';

const table = aSmallTable();
const seriesCount = table.series.length;
const EPOCH = '0123456789abcdef';
const OTHER = 'fedcba9876543210';
const T = 1_600_000_000_000;
const everything = Uint32Array.from(table.series, ({ index }) => index);

const aChange = (index: number, value: number): SeriesChange =>
  ({ index, value, numerator: Number.NaN, denominator: Number.NaN, observedAtMs: T, status: aStatus, membersFresh: 0, membersExpected: 0 });

/** A server's columns, and the frames that tell about them. */
class Source {
  readonly columns = createReadingColumns(seriesCount);
  readonly #encoder = createFrameEncoder(decimalsOf(table));
  seq = 0;
  epoch = EPOCH;

  #header(kind: FrameHeader['kind'], topic: string): FrameHeader {
    return { kind, channel: 'live', topic, epoch: this.epoch, baseSeq: kind === 'delta' ? this.seq - 1 : 0, seq: this.seq, serverTimeMs: T, dataTimeMs: T, seriesCount };
  }

  snapshot(topic = 'nation'): Uint8Array {
    return this.#encoder.encodeSnapshot(this.#header('snapshot', topic), this.columns, topicRanges(table, topic)!);
  }

  delta(changes: readonly SeriesChange[]): Uint8Array {
    const before = copyColumns(this.columns);
    writeChanges(this.columns, changes);
    this.seq += 1;
    return this.#encoder.encodeDelta(this.#header('delta', 'nation'), before, this.columns, changedSeries(before, this.columns, everything));
  }
}

function aStore(scheduleFrame: (flush: () => void) => void = (flush) => flush()) {
  const store = createMirrorStore({ table, channel: 'live', edition: '2021', scheduleFrame });
  store.follow('nation');
  return store;
}

const aProblem = (code: string) => ({ severity: 'info' as const, code, message: code, tip: code });

describe('[RM3] what is news', () => {
  test('a delta while the link is live; not a snapshot, nor what is caught up on before the link is live again', () => {
    const source = new Source();
    const store = aStore();
    const goes = (state: 'connecting' | 'live' | 'lost') => store.setState({ link: { state, sinceMs: 0, attempt: 0, retryInMs: null } });
    const isNews = (index: number) => store.changedAt[index]! > store.newsAfter;
    source.delta([aChange(3, 1)]);
    store.takeFrame(source.snapshot());
    expect(isNews(3)).toBe(false);
    goes('live');
    store.takeFrame(source.delta([aChange(3, 2)]));
    expect(isNews(3)).toBe(true);
    goes('lost');
    store.takeFrame(source.delta([aChange(4, 2)]));
    goes('live');
    expect([isNews(3), isNews(4)]).toEqual([false, false]);
    store.takeFrame(source.delta([aChange(4, 3)]));
    expect([isNews(3), isNews(4)]).toEqual([false, true]);
  });
});

describe('taking frames', () => {
  test('[M1] [M2] after a gap the picture stays as it was, and deltas are ignored until a snapshot', () => {
    const source = new Source();
    const store = aStore();
    expect(store.takeFrame(source.snapshot())).toBe('applied');
    expect(store.takeFrame(source.delta([aChange(3, 1)]))).toBe('applied');
    source.delta([aChange(3, 2)]);
    const held = pictureOf(store.columns);
    expect(store.takeFrame(source.delta([aChange(4, 3)]))).toBe('needs-resync');
    expect(store.takeFrame(source.delta([aChange(4, 4)]))).toBe('ignored');
    expect(pictureOf(store.columns)).toEqual(held);
    expect(store.getState()).toMatchObject({ isWaitingForResync: true, seq: 1 });
    expect(store.takeFrame(source.snapshot())).toBe('applied');
    expect(store.getState()).toMatchObject({ isWaitingForResync: false, seq: 4 });
    expect(pictureOf(store.columns)).toEqual(pictureOf(source.columns));
  });

  test('[M1] an old delta, another topic’s and another channel’s frames change nothing', () => {
    const source = new Source();
    const store = aStore();
    const early = source.delta([aChange(3, 1)]);
    store.takeFrame(source.snapshot());
    expect(store.takeFrame(early)).toBe('ignored');
    expect(store.takeFrame(source.snapshot('province:01'))).toBe('ignored');
    const demo = createMirrorStore({ table, channel: 'demo', edition: '2021', scheduleFrame: (flush) => flush() });
    demo.follow('nation');
    expect(demo.takeFrame(source.snapshot())).toBe('ignored');
    expect(store.getState().isWaitingForResync).toBe(false);
  });

  test('[M3] a delta of another epoch is a gap; its snapshot replaces everything', () => {
    const source = new Source();
    const store = aStore();
    store.takeFrame(source.delta([aChange(3, 1)]) && source.snapshot());
    const sought = new Source();
    sought.epoch = OTHER;
    expect(store.takeFrame(sought.delta([aChange(5, 2)]))).toBe('needs-resync');
    expect(store.takeFrame(sought.snapshot())).toBe('applied');
    expect(store.position).toEqual({ epoch: OTHER, seq: 1 });
    expect(pictureOf(store.columns)).toEqual(pictureOf(sought.columns));
  });

  test('[M2] bytes that are no frame ask for a resync and touch nothing', () => {
    const source = new Source();
    const store = aStore();
    store.takeFrame(source.delta([aChange(3, 1)]) && source.snapshot());
    const held = pictureOf(store.columns);
    expect(store.takeFrame(Uint8Array.of(1, 2, 3))).toBe('needs-resync');
    expect(pictureOf(store.columns)).toEqual(held);
  });

  test('[M4] following another topic keeps the picture until its snapshot, which forgets what it does not carry', () => {
    const source = new Source();
    const store = aStore();
    store.takeFrame(source.delta(table.series.map(({ index }) => aChange(index, index + 1))) && source.snapshot());
    store.follow('province:02');
    expect(store.columns.value[0]).toBe(1);
    expect(store.position).toBeNull();
    store.takeFrame(source.snapshot('province:02'));
    const ranges = topicRanges(table, 'province:02')!;
    expect(pictureOf(store.columns, ranges)).toEqual(pictureOf(source.columns, ranges));
    expect([...store.columns.value].filter((value) => !Number.isNaN(value))).toHaveLength(ranges.reduce((total, [start, end]) => total + end - start, 0));
  });
});

describe('telling about changes', () => {
  test('[M5] many frames before a paint are told once, with every series that changed', () => {
    const flushes: (() => void)[] = [];
    const store = aStore((flush) => flushes.push(flush));
    const source = new Source();
    const told: number[][] = [];
    store.subscribeChanges((changed) => told.push([...changed]));
    store.takeFrame(source.snapshot());
    store.takeFrame(source.delta([aChange(9, 1)]));
    store.takeFrame(source.delta([aChange(2, 1), aChange(9, 2)]));
    expect(store.getState().version).toBe(0);
    expect(flushes).toHaveLength(1);
    flushes.pop()!();
    expect(told).toEqual([[2, 9]]);
    const { version } = store.getState();
    store.takeFrame(source.delta([aChange(30, 1)]));
    flushes.pop()!();
    expect(told).toEqual([[2, 9], [30]]);
    expect([...selectChangedSince(store, version)]).toEqual([30]);
    expect([...selectChangedSince(store, 0)]).toEqual([2, 9, 30]);
  });

  test('[M6] a reading is the same object while its series is unchanged, and says what the columns say', () => {
    fc.assert(fc.property(fc.array(changesOf(seriesCount, 6), { minLength: 1, maxLength: 5 }), (ticks) => {
      const source = new Source();
      const store = aStore();
      store.takeFrame(source.snapshot());
      for (const changes of ticks) {
        const before = table.series.map(({ index }) => selectReading(store, index));
        const held = copyColumns(store.columns);
        store.takeFrame(source.delta(changes));
        const changed = new Set(changedSeries(held, store.columns, everything));
        for (const { index } of table.series) {
          const reading = selectReading(store, index);
          expect(reading === before[index]).toBe(!changed.has(index));
          expect(reading.value).toBe(Number.isNaN(store.columns.value[index]) ? null : store.columns.value[index]);
          expect(reading.provenance === null).toBe(reading.freshness === 'never');
        }
      }
    }));
  });
});

describe('[F2] what a reading may look like', () => {
  const limits = { expectEveryMs: 60_000, lateAfterMs: 90_000, staleAfterMs: 150_000, deadAfterMs: 600_000 };
  const readingOf = (freshness: 'never' | 'fresh' | 'stale', provenance: 'measured' | 'reported') => {
    const store = aStore();
    const source = new Source();
    store.takeFrame(source.delta([{ ...aChange(3, 1), status: packStatus({ freshness, provenance, comparator: 'exactly' }) }]) && source.snapshot());
    return selectReading(store, 3);
  };
  test.each([
    { freshness: 'fresh', provenance: 'measured', ageMs: 1000, link: 'live', shown: 'fresh' },
    { freshness: 'fresh', provenance: 'measured', ageMs: 100_000, link: 'live', shown: 'late' },
    { freshness: 'fresh', provenance: 'measured', ageMs: 700_000, link: 'live', shown: 'dead' },
    { freshness: 'stale', provenance: 'measured', ageMs: 1000, link: 'live', shown: 'stale' },
    { freshness: 'fresh', provenance: 'measured', ageMs: 1000, link: 'lost', shown: 'stale' },
    { freshness: 'fresh', provenance: 'measured', ageMs: 700_000, link: 'lost', shown: 'dead' },
    { freshness: 'fresh', provenance: 'reported', ageMs: 9e9, link: 'live', shown: 'fresh' },
    { freshness: 'never', provenance: 'measured', ageMs: 0, link: 'lost', shown: 'never' },
  ] as const)('$freshness $provenance, $ageMs ms old, link $link: $shown', ({ freshness, provenance, ageMs, link, shown }) => {
    expect(shownFreshness(readingOf(freshness, provenance), limits, T + ageMs, link)).toBe(shown);
  });
});

describe('what stands beside the readings', () => {
  test('[A2] the last transition of a condition wins, NORMAL closes it, the newest stands first', () => {
    const held = withAlarms([], [anAlarm({ id: 'a', sinceMs: 1 }), anAlarm({ id: 'b', sinceMs: 2 })]);
    const next = withAlarms(held, [anAlarm({ id: 'a', state: 'NORMAL' }), anAlarm({ id: 'c', sinceMs: 3 }), anAlarm({ id: 'a', sinceMs: 5, occurrenceId: 'a-2' }), anAlarm({ id: 'b', sinceMs: 2, state: 'ACKED' })]);
    expect(next.map(({ id, occurrenceId, state }) => [id, occurrenceId, state])).toEqual([['a', 'a-2', 'UNACK'], ['c', 'a-1', 'UNACK'], ['b', 'a-1', 'ACKED']]);
  });

  test('[H5] of refusals the latest is said, and none once the server takes the page', () => {
    const problems = ['protocol', 'behind', 'other-edition', 'clock-wrong'].map(aProblem).reduce<ReturnType<typeof withProblem>>(withProblem, []);
    expect(refusalOf(problems)).toBe('other-edition');
    expect(withoutRefusals(problems).map(({ code }) => code)).toEqual(['clock-wrong', 'behind']);
    expect(refusalOf(withoutRefusals(problems))).toBeNull();
  });

  test('problems are bounded, and one that comes again moves to the front', () => {
    let problems: ReturnType<typeof withProblem> = [];
    for (let k = 0; k < 30; k++) problems = withProblem(problems, aProblem(`p${k}`));
    problems = withProblem(problems, aProblem('p20'));
    expect(problems).toHaveLength(20);
    expect(problems.slice(0, 3).map(({ code }) => code)).toEqual(['p20', 'p29', 'p28']);
  });
});
