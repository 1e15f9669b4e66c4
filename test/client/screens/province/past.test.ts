import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createCatalogue } from '../../../../client/catalogue/catalogue.ts';
import { readAsOf, writeAsOf } from '../../../../client/screens/province/past/asOf.tsx';
import { createPastStore } from '../../../../client/screens/province/past/pastStore.ts';
import { stepFrom } from '../../../../client/screens/province/past/steps.ts';
import { wallModeOf } from '../../../../client/panels/wallMode.ts';
import { selectReading } from '../../../../client/store/selectReading.ts';
import { LocalityList } from '../../../../shared/domain/locality.ts';
import { createReadingColumns, packStatus } from '../../../../shared/domain/readingColumns.ts';
import { createFrameEncoder } from '../../../../shared/frame/encodeFrame.ts';
import { decimalsOf, topicRanges } from '../../../../shared/frame/topicRanges.ts';
import { PastDto } from '../../../../shared/protocol/past.ts';
import { realIndicators, realTable } from '../../../support/aCatalogue.ts';
import { anAlarm } from '../../../support/roomsServer.ts';

const NOW_MS = Date.parse('2026-11-29T14:00:00+07:00');
const AT_MS = NOW_MS - 7 * 86_400_000;
const EPOCH = '0123456789abcdef';
const TOPIC = 'province:68';
const catalogue = createCatalogue(LocalityList.parse({ edition: '2021', asOf: '2021-07-01', localities: realTable('2021').localities }), realIndicators());
const { table } = catalogue;
const asked = (at: string) => readAsOf(new URLSearchParams(at));

describe('the moment is in the link', () => {
  test('[TV3] every moment is read back, to the second', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 4_102_444_800_000 }), (atMs) => asked(`at=${writeAsOf(atMs)}`) === Math.floor(atMs / 1_000) * 1_000));
  });

  test.each(['2026-11-22T14:00:00%2B07:00', '2026-11-22T14:00:00+07:00', '2026-11-22T07:00:00Z', String(AT_MS)])('[TV3] "%s" is that moment', (at) => {
    expect(asked(`at=${at}`)).toBe(AT_MS);
  });

  test.each(['at=', 'at=yesterday', 'at=2026-11-22', 'at=2026-11-22T14:00:00', 'at=2026-02-30T00:00:00Z', ''])('[TV3] "%s" is no moment: the page shows now', (search) => {
    expect(asked(search)).toBeNull();
  });
});

describe('a step through time', () => {
  test('[TV5] goes neither before what is kept nor beyond now, and forward from the last of the past is now', () => {
    const span = { beginsAtMs: NOW_MS - 10_000_000, nowMs: NOW_MS };
    fc.assert(fc.property(fc.integer({ min: span.beginsAtMs, max: NOW_MS }), fc.integer({ min: -20_000_000, max: 20_000_000 }), (atMs, byMs) => {
      const toMs = stepFrom(atMs, byMs, span);
      return toMs === null ? atMs + byMs > NOW_MS - 1_000 : toMs >= span.beginsAtMs && toMs < NOW_MS && (toMs === atMs + byMs || toMs === span.beginsAtMs);
    }));
  });
});

describe('a mirror of the past', () => {
  const index = table.indexOf('68', 'dossiers-overdue')!;
  function aFrame(): Uint8Array {
    const columns = createReadingColumns(table.series.length);
    columns.value[index] = 41;
    columns.observedAtMs[index] = AT_MS - 60_000;
    columns.status[index] = packStatus({ freshness: 'fresh', provenance: 'measured', comparator: 'exactly' });
    const header = { kind: 'snapshot', channel: 'live', topic: TOPIC, epoch: EPOCH, baseSeq: 0, seq: 0, serverTimeMs: AT_MS, dataTimeMs: AT_MS, seriesCount: table.series.length } as const;
    return createFrameEncoder(decimalsOf(table)).encodeSnapshot(header, columns, topicRanges(table, TOPIC)!);
  }
  const aPast = (alarms: unknown) => PastDto.parse({ channel: 'live', epoch: EPOCH, atMs: AT_MS, beginsAtMs: 0, nowMs: NOW_MS, resolution: alarms === null ? null : 'raw', alarms });
  const storeOf = (frame: Uint8Array | null, past: PastDto | null) => createPastStore(catalogue, { channel: 'live' }, AT_MS, { topic: TOPIC, frame, past });

  test('[TV6] holds the readings of then, its clocks stand there, and no panel takes it for live', () => {
    const store = storeOf(aFrame(), aPast([]));
    const { serverNowMs, dataNowMs, playback, link } = store.getState();
    expect([selectReading(store, index).value, serverNowMs, dataNowMs, link.state]).toEqual([41, AT_MS, AT_MS, 'live']);
    expect(wallModeOf(store.columns.status, playback)).toBe('replay');
  });

  test('[TV6] without its frame it holds nothing, whatever is true now', () => {
    const store = storeOf(null, null);
    expect(selectReading(store, index)).toMatchObject({ value: null, freshness: 'never' });
  });

  test('[TV4] alarms that are not known are not "none"', () => {
    expect(storeOf(aFrame(), null).getState().alarmSnapshots).toBe(0);
    expect(storeOf(aFrame(), aPast(null)).getState().alarmSnapshots).toBe(0);
    expect(storeOf(aFrame(), aPast([anAlarm()])).getState()).toMatchObject({ alarmSnapshots: 1, alarms: [{ severity: 'high' }] });
  });
});
