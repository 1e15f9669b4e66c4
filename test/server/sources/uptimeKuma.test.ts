import { describe, expect, test } from 'vitest';
import type { DecodedItem } from '../../../server/ports/feed.ts';
import type { FeedSettings } from '../../../server/ports/feedSettings.ts';
import { createUptimeKumaFeed } from '../../../server/sources/uptimeKuma/decode.ts';
import { aFeed, aPlacer } from '../../support/aFeed.ts';
import { describeFeedAdapter } from '../../support/feedAdapterContract.ts';

const adapter = createUptimeKumaFeed(aPlacer);
const NOW_MS = Date.parse('2026-03-01T02:00:00Z');
const STATES = [{ alert: 'TSLCD*', indicator: 'tslcd-link-state', raised: 0, cleared: 2 }];

// Synthetic, of the shape that Uptime Kuma posts; 2.x adds the last three fields of the heartbeat.
const HEARTBEAT = {
  monitorID: 7, status: 0, time: '2026-03-01 01:00:00.123', msg: 'timeout of 48000ms exceeded', ping: null, important: true, duration: 60,
  timezone: 'Asia/Ho_Chi_Minh', timezoneOffset: '+07:00', localDateTime: '2026-03-01 08:00:00',
};
const MONITOR = { id: 7, name: 'TSLCD Đà Lạt', type: 'ping', hostname: 'gw-672.example', tags: [{ tag_id: 1, monitor_id: 7, value: '672', name: 'district', color: '#059669' }] };
const DOWN = { heartbeat: HEARTBEAT, monitor: MONITOR, msg: '[TSLCD Đà Lạt] [🔴 Down] timeout' };
const TEST = { heartbeat: null, monitor: null, msg: 'Testing' };

const decode = (payload: unknown, feed: FeedSettings = aFeed({ format: 'uptime-kuma' })) =>
  adapter.decode({ mediaType: 'application/json', headers: {}, payload, receivedAtMs: NOW_MS }, feed).items;
const withHeartbeat = (overrides: object) => ({ ...DOWN, heartbeat: { ...HEARTBEAT, ...overrides } });
const withMonitor = (overrides: object) => ({ ...DOWN, monitor: { ...MONITOR, ...overrides } });
const reportOf = (item: DecodedItem | undefined) => (item?.kind === 'report' ? item.report : item);

describe('Uptime Kuma', () => {
  test('[MA16] down raises the alert of its monitor, up clears it', () => {
    const raised = {
      kind: 'alert', alertId: 'monitor-7/1772326800123', conditionId: 'monitor-7', transition: 'raised', atMs: Date.parse('2026-03-01T01:00:00.123Z'), domain: 'connectivity',
      severity: 'unknown', rawSeverity: null, title: 'TSLCD Đà Lạt', localityCode: '672', placedBy: 'tag', attack: null, tlp: null,
    };
    expect(decode(DOWN).map(reportOf)).toEqual([raised]);
    expect(decode(withHeartbeat({ status: 1, time: '2026-03-01 01:05:00.000' })).map(reportOf)).toEqual([{ ...raised, alertId: 'monitor-7', transition: 'condition-cleared', atMs: Date.parse('2026-03-01T01:05:00Z') }]);
  });

  test('[MA16] a down that is sent again while it lasts is no down of its own', () => {
    const again = { time: '2026-03-01 01:30:00.000', important: false };
    expect(decode(withHeartbeat(again)).map(reportOf)).toMatchObject([{ alertId: 'monitor-7', conditionId: 'monitor-7', transition: 'still-raised', atMs: Date.parse('2026-03-01T01:30:00Z'), localityCode: '672' }]);
    expect(decode(withHeartbeat({ ...again, important: 0 })).map(reportOf)).toMatchObject([{ transition: 'still-raised' }]);
    for (const important of [true, 1, undefined]) expect(decode(withHeartbeat({ important })).map(reportOf)).toMatchObject([{ transition: 'raised' }]);
    expect(decode(withHeartbeat(again), aFeed({ format: 'uptime-kuma', states: STATES }))).toMatchObject([{ kind: 'candidate', candidate: { value: 0, observedAtMs: Date.parse('2026-03-01T01:30:00Z') } }]);
  });

  test('[MA16] its time is UTC, though it does not say so; one it cannot have, or none, is that of receipt', () => {
    const atMs = (time: unknown) => Reflect.get(Object(reportOf(decode(withHeartbeat({ time }))[0])), 'atMs');
    expect(atMs('2026-03-01 01:00:00')).toBe(Date.parse('2026-03-01T01:00:00Z'));
    expect(atMs('2026-03-01T08:00:00+07:00')).toBe(Date.parse('2026-03-01T01:00:00Z'));
    for (const time of ['2026-03-01 08:00:00', '2026-02-30 01:00:00', 'now', '', null, 7, undefined]) expect(atMs(time)).toBe(NOW_MS);
  });

  test('[MA17] what is neither up nor down is heard and changes nothing: pending, maintenance, a test', () => {
    expect(decode(withHeartbeat({ status: 2 }))).toMatchObject([{ kind: 'ignored', why: expect.stringContaining('pending') }]);
    expect(decode(withHeartbeat({ status: 3 }), aFeed({ format: 'uptime-kuma', states: STATES }))).toEqual([{ kind: 'ignored', id: 'monitor-7', why: 'maintenance' }]);
    expect(decode(TEST)).toMatchObject([{ kind: 'ignored', id: null, why: expect.stringContaining('test') }]);
    expect(decode({ msg: 'certificate expires' })).toMatchObject([{ kind: 'ignored' }]);
    expect(decode(withHeartbeat({ status: 4 }))).toMatchObject([{ kind: 'unreadable', problems: [{ where: '/heartbeat/status', got: '4' }] }]);
  });

  test('[MA7] a monitor that a rule names is the state of a series', () => {
    const feed = aFeed({ format: 'uptime-kuma', states: STATES });
    expect(decode(DOWN, feed)).toEqual([{
      kind: 'candidate', id: 'monitor-7/1772326800123',
      candidate: { sourceId: 'monitoring-68', eventId: 'monitor-7/1772326800123/raised/1772326800123', localityCode: '672', indicatorId: 'tslcd-link-state', observedAtMs: 1_772_326_800_123, value: 0, provenance: 'measured' },
    }]);
    expect(decode(withHeartbeat({ status: 1 }), feed)).toMatchObject([{ candidate: { value: 2 } }]);
  });

  test('[MA6] tags place it, then its name and host; a tag may say how bad it is', () => {
    expect(decode(withMonitor({ tags: [], name: 'Bảo Lâm' })).map(reportOf)).toMatchObject([{ localityCode: '680', placedBy: 'host' }]);
    const feed = aFeed({ format: 'uptime-kuma', placement: { names: { 'gw-672.example': '672' } } });
    expect(decode(withMonitor({ tags: null }), feed).map(reportOf)).toMatchObject([{ localityCode: '672', placedBy: 'host' }]);
    expect(decode(withMonitor({ tags: [{ name: 'severity', value: 'critical' }] })).map(reportOf)).toMatchObject([{ severity: 'critical', localityCode: null }]);
    expect(decode({ heartbeat: HEARTBEAT, monitor: null }).map(reportOf)).toMatchObject([{ title: 'monitor-7', localityCode: null }]);
  });

  test('[MA8] the example in the description of the interface can be sent as it is', () => {
    const [accepted] = adapter.accepts;
    expect(accepted?.schema.safeParse(accepted.example).success).toBe(true);
    expect(decode(accepted?.example)).toMatchObject([{ kind: 'report' }]);
  });
});

describeFeedAdapter('Uptime Kuma', adapter, {
  id: 'MA8', feeds: [aFeed({ format: 'uptime-kuma' }), aFeed({ format: 'uptime-kuma', states: [{ ...STATES[0], alert: '*' }] })],
  samples: [DOWN, withHeartbeat({ important: false }), withHeartbeat({ status: 1 }), withHeartbeat({ status: 3 }), TEST].map((payload) => ({ mediaType: 'application/json', payload })),
  itemsOf: () => 1,
});
