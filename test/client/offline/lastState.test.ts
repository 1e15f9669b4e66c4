import fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { createCatalogue } from '../../../client/catalogue/catalogue.ts';
import { catalogueMark, packCatalogue, packPicture, readCatalogue, showPicture } from '../../../client/offline/kept.ts';
import { createLastState, isSameCatalogue, KEEP_EVERY_MS, MOST_PICTURES } from '../../../client/offline/lastState.ts';
import { createMirrorStore, type MirrorStore } from '../../../client/store/createMirrorStore.ts';
import { createReadingColumns } from '../../../shared/domain/readingColumns.ts';
import { createFrameEncoder } from '../../../shared/frame/encodeFrame.ts';
import { decimalsOf, topicRanges } from '../../../shared/frame/topicRanges.ts';
import { createMemoryShelf } from '../../support/memoryShelf.ts';
import { anAlarm } from '../../support/roomsServer.ts';
import { aSmallTable, changesOf, pictureOf, type SeriesChange, writeChanges } from '../../support/someReadings.ts';

const table = aSmallTable();
const catalogue = createCatalogue({ edition: '2021', localities: [...table.localities] }, table.indicators);
const MARK = catalogueMark(table.localities, table.indicators);
const EPOCH = '0123456789abcdef';
const T = 1_600_000_000_000;
const TOPIC = 'province:01';

function anEmptyStore(): MirrorStore {
  return createMirrorStore({ table: catalogue.table, channel: 'live', edition: '2021', scheduleFrame: (flush) => flush() });
}

/** As after a snapshot of `topic` at `seq` that the server has confirmed `atMs`. */
function aLiveStore(changes: readonly SeriesChange[], { topic = TOPIC, atMs = T, seq = 7 } = {}): MirrorStore {
  const columns = createReadingColumns(table.series.length);
  writeChanges(columns, changes);
  const store = anEmptyStore();
  store.follow(topic);
  const header = { kind: 'snapshot', channel: 'live', topic, epoch: EPOCH, baseSeq: 0, seq, serverTimeMs: atMs, dataTimeMs: atMs, seriesCount: table.series.length } as const;
  store.takeFrame(createFrameEncoder(decimalsOf(table)).encodeSnapshot(header, columns, topicRanges(table, topic)!));
  store.setState({ confirmed: { epoch: EPOCH, seq, atMs }, serverNowMs: atMs + 500, dataNowMs: atMs + 500, alarms: [anAlarm()], alarmSnapshots: 1, link: { state: 'live', sinceMs: atMs, attempt: 0, retryInMs: null } });
  return store;
}

const aPicture = (options = {}) => packPicture(aLiveStore([], options), MARK)!;

describe('[OF6] what is kept', () => {
  test('what was shown is shown again, whatever it was: readings, alarms, and its hour', () => {
    fc.assert(fc.property(changesOf(table.series.length), (changes) => {
      const seen = aLiveStore(changes);
      const store = anEmptyStore();
      expect(showPicture(store, TOPIC, MARK, structuredClone(packPicture(seen, MARK)))).toBe(true);
      expect(pictureOf(store.columns)).toEqual(pictureOf(seen.columns));
      expect(store.getState()).toMatchObject({ kept: { atMs: T, dataTimeMs: T }, alarms: [anAlarm()], alarmSnapshots: 1, dataNowMs: T });
    }));
  });

  test.each([
    ['nothing was confirmed yet', { confirmed: null }],
    ['a gap is being filled', { isWaitingForResync: true }],
    ['the server spoke of another epoch', { confirmed: { epoch: 'fedcba9876543210', seq: 7, atMs: T } }],
    ['it was kept before', { kept: { atMs: T, dataTimeMs: T } }],
  ])('nothing while %s', (_when, part) => {
    const store = aLiveStore([]);
    store.setState(part);
    expect(packPicture(store, MARK)).toBeNull();
  });

  test('the catalogue reads back as the same one; another order is another one', () => {
    const read = readCatalogue(structuredClone(packCatalogue(catalogue, 'live')))!;
    expect(isSameCatalogue(read, catalogue)).toBe(true);
    expect(isSameCatalogue(createCatalogue({ edition: '2021', localities: [...table.localities] }, [...table.indicators].reverse()), catalogue)).toBe(false);
  });
});

describe('[OF7] what does not fit is dropped without harm', () => {
  const good = aPicture();
  test.each([
    ['another version', { protocolVersion: good.protocolVersion - 1 }], ['another channel', { channel: 'demo' }], ['another edition', { edition: '2025' }],
    ['another place', { topic: 'province:02' }], ['other units or indicators', { mark: MARK + 1 }], ['an unknown field', { more: 1 }],
    ['a frame that is no frame', { frame: new Uint8Array(8), check: 0 }], ['no frame', { frame: null }], ['alarms that are none', { alarms: [{}] }],
  ])('%s', (_what, part) => {
    const store = anEmptyStore();
    expect(showPicture(store, TOPIC, MARK, { ...good, ...part })).toBe(false);
    expect(store).toMatchObject({ position: null, revision: 0 });
    expect(store.getState()).toMatchObject({ kept: null, isWaitingForResync: false, link: { state: 'connecting' } });
  });

  test('one changed bit anywhere in the frame', () => {
    fc.assert(fc.property(fc.nat(good.frame.length - 1), fc.nat(7), (at, bit) => {
      const frame = good.frame.slice();
      frame[at]! ^= 1 << bit;
      expect(showPicture(anEmptyStore(), TOPIC, MARK, { ...good, frame })).toBe(false);
    }));
  });

  test.each([undefined, null, 'text', {}, { ...packCatalogue(catalogue, 'live'), protocolVersion: 0 }, { ...packCatalogue(catalogue, 'live'), localities: table.localities.slice(1) }])('a catalogue that is none (%#)', (kept) => expect(readCatalogue(kept)).toBeNull());

  test('it leaves the shelf, and the page goes on without', async () => {
    const shelf = createMemoryShelf();
    shelf.held.set('picture/live/province:01', { ...good, check: good.check ^ 1 });
    const store = anEmptyStore();
    await createLastState(shelf, async () => true).show(store, catalogue, TOPIC);
    expect(store.getState().kept).toBeNull();
    expect(shelf.held.size).toBe(0);
  });
});

describe('[OF8] a kept picture is never a live one', () => {
  test('nothing continues it: the server is asked for all', () => {
    const store = anEmptyStore();
    showPicture(store, TOPIC, MARK, aPicture());
    expect(store.position).toBeNull();
    expect(store.getState().link).toMatchObject({ state: 'lost', sinceMs: T });
  });

  test('it does not stand in for what the server has sent', () => {
    const store = aLiveStore([]);
    store.setState({ link: { state: 'lost', sinceMs: T, attempt: 1, retryInMs: null } });
    expect(showPicture(store, TOPIC, MARK, aPicture({ seq: 3 }))).toBe(false);
    expect(store.position).toEqual({ epoch: EPOCH, seq: 7 });
  });

  test('going to another place ends it', () => {
    const store = anEmptyStore();
    showPicture(store, TOPIC, MARK, aPicture());
    store.follow('province:02');
    expect(store.getState().kept).toBeNull();
  });
});

describe('[OF6] when it is kept', () => {
  afterEach(() => { vi.useRealTimers(); });

  function keeping(store: MirrorStore, isWorthIt = true) {
    vi.useFakeTimers();
    const shelf = createMemoryShelf();
    const page = Object.assign(new EventTarget(), { visibilityState: 'visible' });
    const stop = createLastState(shelf, async () => isWorthIt).keep(store, catalogue, page as unknown as Document);
    const keptAtMs = () => (shelf.held.get(`picture/live/${store.topic}`) as { atMs: number } | undefined)?.atMs ?? null;
    return { shelf, page, stop, keptAtMs };
  }

  test('soon after opening, then every thirty seconds, and when the page goes out of sight', async () => {
    const store = aLiveStore([]);
    const { shelf, page, keptAtMs, stop } = keeping(store);
    const confirm = (atMs: number) => store.setState({ confirmed: { epoch: EPOCH, seq: 7, atMs } });
    await vi.advanceTimersByTimeAsync(5_000);
    expect(keptAtMs()).toBe(T);
    expect([...shelf.held.keys()]).toEqual(['catalogue/live', 'picture/live/province:01']);
    confirm(T + 10_000);
    await vi.advanceTimersByTimeAsync(KEEP_EVERY_MS - 6_000);
    expect(keptAtMs()).toBe(T);
    await vi.advanceTimersByTimeAsync(6_000);
    expect(keptAtMs()).toBe(T + 10_000);
    confirm(T + 20_000);
    page.visibilityState = 'hidden';
    page.dispatchEvent(new Event('visibilitychange'));
    await vi.advanceTimersByTimeAsync(1);
    expect(keptAtMs()).toBe(T + 20_000);
    stop();
  });

  test('not where nothing could open the page without a server', async () => {
    const { shelf } = keeping(aLiveStore([]), false);
    await vi.advanceTimersByTimeAsync(2 * KEEP_EVERY_MS);
    expect(shelf.held.size).toBe(0);
  });

  test('the latest few places, and none that this version cannot read', async () => {
    const { shelf } = keeping(aLiveStore([], { atMs: T + 100 }));
    for (let k = 0; k < MOST_PICTURES + 2; k++) shelf.held.set(`picture/live/province:${10 + k}`, { ...aPicture({ atMs: T + k }), topic: `province:${10 + k}` });
    shelf.held.set('picture/live/province:90', { protocolVersion: 0 });
    await vi.advanceTimersByTimeAsync(5_000);
    const pictures = [...shelf.held.keys()].filter((key) => key.startsWith('picture/')).sort();
    expect(pictures).toHaveLength(MOST_PICTURES);
    expect(pictures[0]).toBe('picture/live/province:01');
    expect(pictures).not.toContain('picture/live/province:10');
    expect(pictures).not.toContain('picture/live/province:90');
  });
});

test('[OF7] a picture whose alarms have the shape of an earlier release is not shown, does no harm, and is cleared away', async () => {
  const { id, occurrenceId, kind, severity, domain, localityCode, indicatorId, sourceId, value, state, sinceMs, dataLost } = anAlarm();
  const before = { id, occurrenceId, kind, severity, domain, localityCode, indicatorId, sourceId, value, state, sinceMs, dataLost };
  const shelf = createMemoryShelf();
  const key = `picture/live/${TOPIC}`;
  await shelf.write(key, { ...aPicture(), alarms: [before] });
  const store = anEmptyStore();
  await createLastState(shelf, async () => true).show(store, catalogue, TOPIC);
  expect([store.getState().alarms, store.getState().kept, await shelf.read(key)]).toEqual([[], null, undefined]);
});
