import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createAlertBook } from '../../../server/cases/alertBook.ts';
import { createCoverage } from '../../../server/cases/coverage.ts';
import type { DecodedItem } from '../../../server/ports/feed.ts';
import type { FeedSettings } from '../../../server/ports/feedSettings.ts';
import { createAlertmanagerFeed } from '../../../server/sources/alertmanager/decode.ts';
import type { AlertReport } from '../../../shared/domain/alertReport.ts';
import { aFeed, aPlacer } from '../../support/aFeed.ts';
import { describeFeedAdapter } from '../../support/feedAdapterContract.ts';

const adapter = createAlertmanagerFeed(aPlacer);
const STATES = [{ alert: 'LinkDown', indicator: 'tslcd-link-state', raised: 0, cleared: 2 }];
const NOW_MS = Date.parse('2026-03-01T08:00:00Z');

interface Fixture { readonly receivedAtMs: number; readonly payload: unknown }
const fixture = (name: string): Fixture => JSON.parse(readFileSync(resolve(import.meta.dirname, `alertmanager/fixtures/${name}.json`), 'utf8'));

const decode = (payload: unknown, feed: FeedSettings = aFeed(), receivedAtMs = NOW_MS) =>
  adapter.decode({ mediaType: 'application/json', headers: {}, payload, receivedAtMs }, feed).items;
const decodeFixture = (name: string, feed?: FeedSettings) => decode(fixture(name).payload, feed, fixture(name).receivedAtMs);
const reportOf = (item: DecodedItem | undefined) => (item?.kind === 'report' ? item.report : item);
const candidateOf = (item: DecodedItem | undefined) => (item?.kind === 'candidate' ? item.candidate : item);

const ALERT = {
  status: 'firing', labels: { alertname: 'Latency', severity: 'warning', district: '672' }, annotations: {}, startsAt: '2026-03-01T07:00:00Z', endsAt: '0001-01-01T00:00:00Z', fingerprint: 'abc',
};
const withLabels = (labels: Record<string, string>) => reportOf(decode({ alerts: [{ ...ALERT, labels }] })[0]);

describe('Alertmanager', () => {
  test('[MA10] a firing alert is a raise: who, when, how bad, where', () => {
    expect(decodeFixture('firing').map(reportOf)).toEqual([
      {
        kind: 'alert', alertId: 'f53fc0e8d9a3b380/1795951327753', conditionId: 'f53fc0e8d9a3b380', transition: 'raised', atMs: Date.parse('2026-11-29T11:22:07.753Z'),
        domain: 'connectivity', severity: 'critical', rawSeverity: 'critical', title: 'Mất đường truyền Đà Lạt', localityCode: '672', placedBy: 'label', attack: null, tlp: null,
      },
      expect.objectContaining({ conditionId: 'fec6177f1a8ed193', severity: 'medium', rawSeverity: 'warning', localityCode: '680' }),
    ]);
  });

  test('[MA11] each alert counts by its own status, whatever that of the message; an end is that of all starts of its fingerprint', () => {
    const raised = decodeFixture('firing').map(reportOf);
    const mixed = decodeFixture('mixed').map(reportOf);
    expect(mixed).toEqual([{ ...raised[0], alertId: 'f53fc0e8d9a3b380', transition: 'condition-cleared', atMs: Date.parse('2026-11-29T11:22:07.765Z') }, raised[1]]);
    expect(decodeFixture('resolved').map(reportOf)).toContainEqual({ ...raised[1], alertId: 'fec6177f1a8ed193', transition: 'condition-cleared', atMs: Date.parse('2026-11-29T11:22:08.757Z') });
  });

  test('[MA11] an alert that comes again under an earlier or a later start is over when its fingerprint is', () => {
    // Of two Prometheus servers Alertmanager takes the earlier start; one that was away for long starts anew without an end between.
    const book = createAlertBook({ feeds: [aFeed()], coverage: createCoverage([]) });
    const take = (alert: object) => {
      const report = reportOf(decode({ alerts: [{ ...ALERT, ...alert }] })[0]) as AlertReport;
      return book.take({ feedId: aFeed().id, receivedAtMs: NOW_MS, report });
    };
    for (const startsAt of ['2026-03-01T07:00:05Z', '2026-03-01T07:00:00Z', '2026-03-01T07:10:00Z']) expect(take({ startsAt })).toBe('news');
    expect(book.tally(NOW_MS).open).toBe(1);
    take({ startsAt: '2026-03-01T07:00:00Z', status: 'resolved', endsAt: '2026-03-01T07:20:00Z' });
    expect(book.tally(NOW_MS).open).toBe(0);
  });

  test('[MA12] what is told has happened: a start ahead of us counts from its receipt, and keeps its identity', () => {
    const { receivedAtMs } = fixture('future-start');
    expect(decodeFixture('future-start').map(reportOf)).toMatchObject([{ transition: 'raised', atMs: receivedAtMs, alertId: expect.stringMatching(/\/1795953129786$/) }]);
    const startsAt = (text: string) => reportOf(decode({ alerts: [{ ...ALERT, startsAt: text }] })[0]);
    expect(startsAt('2026-03-01T08:00:59Z')).toMatchObject({ atMs: NOW_MS + 59_000 });
    expect(startsAt('2026-03-01T08:01:01Z')).toMatchObject({ atMs: NOW_MS });
  });

  test('[MA12] an end of year 1, none, or one ahead of us is not a date: it ended when that was told', () => {
    for (const endsAt of ['0001-01-01T00:00:00Z', undefined, null, '', 7, '2026-03-01T09:00:00Z']) {
      expect(reportOf(decode({ alerts: [{ ...ALERT, status: 'resolved', endsAt }] })[0])).toMatchObject({ transition: 'condition-cleared', atMs: NOW_MS });
    }
    const early = { ...ALERT, status: 'resolved', endsAt: '2026-03-01T06:00:00Z' };
    expect(reportOf(decode({ alerts: [early] })[0])).toMatchObject({ atMs: Date.parse(ALERT.startsAt) });
  });

  test('[MA10] Grafana\'s message is read alike; its values are not kept', () => {
    const items = decodeFixture('grafana').map(reportOf);
    expect(items).toMatchObject([
      { alertId: `c6eadffa33fcdf37/${Date.parse('2026-03-01T02:00:00.157Z')}`, transition: 'raised', severity: 'medium', localityCode: '68', title: 'Độ trễ cao' },
      { transition: 'condition-cleared', atMs: fixture('grafana').receivedAtMs, severity: 'unknown', rawSeverity: null, localityCode: '680', title: 'Loss' },
    ]);
    expect(JSON.stringify(items)).not.toMatch(/44\.2|silence/);
  });

  test('[MA10] a summary that says whom to call does not say it here', () => {
    expect(reportOf(decode({ alerts: [{ ...ALERT, annotations: { summary: 'Độ trễ cao, gọi 0912345678, truc@example.vn' } }] })[0])).toMatchObject({ title: 'Độ trễ cao, gọi …, …' });
  });

  test('[MA13] alerts that were cut from a message are counted', () => {
    const items = decodeFixture('truncated');
    expect(items).toHaveLength(2);
    expect(items[1]).toEqual({ kind: 'ignored', id: null, why: expect.stringMatching(/^1 alerts were cut .* max_alerts/) });
    for (const truncatedAlerts of [0, -1, '3', null]) expect(decode({ alerts: [], truncatedAlerts })).toEqual([]);
  });

  test('[MA6] labels place it in the order of the settings, then its host by the feed\'s own names; else nothing does', () => {
    expect(withLabels({ ...ALERT.labels, ioc_locality: '680' })).toMatchObject({ localityCode: '680' });
    expect(withLabels({ alertname: 'a', district: 'Nowhere', province: 'Lâm Đồng' })).toMatchObject({ localityCode: '68', placedBy: 'label' });
    expect(withLabels({ alertname: 'a', instance: 'sw-1:9100' })).toMatchObject({ localityCode: null, placedBy: null });
    const feed = aFeed({ placement: { names: { 'sw-1': '672', 'db-1': '680' } } });
    expect(decode({ alerts: ['sw-1:9100', 'sw-1'].map((instance) => ({ ...ALERT, labels: { instance } })) }, feed).map(reportOf)).toMatchObject([{ localityCode: '672', placedBy: 'host' }, { localityCode: '672' }]);
    expect(decode({ alerts: [{ ...ALERT, labels: { host: 'db-1' } }] }, feed).map(reportOf)).toMatchObject([{ localityCode: '680' }]);
  });

  test('[MA7] an alert that a rule names is the state of a series, there and then', () => {
    const feed = aFeed({ states: STATES });
    const [raised] = decodeFixture('firing', feed);
    const [cleared] = decodeFixture('mixed', feed);
    const series = { sourceId: 'monitoring-68', localityCode: '672', indicatorId: 'tslcd-link-state', provenance: 'measured' };
    expect(candidateOf(raised)).toEqual({ ...series, value: 0, observedAtMs: 1_795_951_327_753, eventId: 'f53fc0e8d9a3b380/1795951327753/raised/1795951327753' });
    expect(candidateOf(cleared)).toEqual({ ...series, value: 2, observedAtMs: 1_795_951_327_765, eventId: 'f53fc0e8d9a3b380/1795951327753/cleared/1795951327765' });
  });

  test('[MA7] a rule may end in "*"; the first that fits counts; a state without a place is refused', () => {
    const states = [{ ...STATES[0], alert: 'Link*', raised: 1 }, { ...STATES[0], alert: '*' }];
    expect(decodeFixture('firing', aFeed({ states })).map(candidateOf)).toMatchObject([{ value: 1 }, { value: 1 }]);
    expect(decode({ alerts: [ALERT] }, aFeed({ states })).map(candidateOf)).toMatchObject([{ value: 0 }]);
    expect(decode({ alerts: [{ ...ALERT, labels: { alertname: 'LinkDown' } }] }, aFeed({ states }))).toMatchObject([
      { kind: 'unreadable', problems: [{ where: '/alerts/0/labels', expected: expect.stringMatching(/tslcd-link-state.*ioc_locality/) }] },
    ]);
  });

  test('[MA13] a heartbeat is heard and not counted, unless a rule names it', () => {
    const beat = { ...ALERT, labels: { alertname: 'Watchdog', ioc_heartbeat: 'true', district: '672' } };
    expect(decode({ alerts: [beat] })).toEqual([{ kind: 'ignored', id: expect.any(String), why: 'heartbeat' }]);
    expect(decode({ alerts: [beat] }, aFeed({ states: [{ ...STATES[0], alert: 'Watch*' }] }))).toMatchObject([{ kind: 'candidate' }]);
    expect(decode({ alerts: [{ ...beat, labels: { ...beat.labels, ioc_heartbeat: 'false' } }] })).toMatchObject([{ kind: 'report' }]);
  });

  test('[MA9] one bad alert costs no other, and is answered with what is wrong where', () => {
    const items = decode({ alerts: [{ ...ALERT, status: 'pending' }, ALERT, 7, { ...ALERT, startsAt: '0001-01-01T00:00:00Z', labels: { a: 1 } }, { ...ALERT, fingerprint: undefined }] });
    expect(items.map(({ kind, id }) => [kind, id])).toEqual([['unreadable', 'abc'], ['report', 'abc/1772348400000'], ['unreadable', null], ['unreadable', 'abc'], ['unreadable', null]]);
    expect(items.map((item) => (item.kind === 'unreadable' ? item.problems.map(({ where }) => where) : []))).toEqual([
      ['/alerts/0/status'], [], ['/alerts/2'], ['/alerts/3/labels/a', '/alerts/3/startsAt'], ['/alerts/4/fingerprint'],
    ]);
    expect(decode({ text: 'hello' })).toMatchObject([{ kind: 'unreadable', problems: [{ where: '/alerts', got: 'nothing' }] }]);
  });

  test('[MA9] an identity of any length, and a text of any kind, fit where they go', () => {
    const long = { ...ALERT, fingerprint: 'f'.repeat(5_000), annotations: { summary: `a\n\u202e${'😀'.repeat(400)}` } };
    const [first, again] = [reportOf(decode({ alerts: [long] })[0]), reportOf(decode({ alerts: [{ ...long, status: 'resolved' }] })[0])];
    expect(first).toMatchObject({ alertId: expect.stringMatching(/^sha256:[0-9a-f]{64}$/), title: `a ${'😀'.repeat(149)}` });
    expect(again).toMatchObject({ transition: 'condition-cleared', conditionId: Reflect.get(Object(first), 'conditionId') });
  });

  test('[MA8] the example in the description of the interface can be sent as it is', () => {
    const [accepted] = adapter.accepts;
    expect(accepted?.schema.safeParse(accepted.example).success).toBe(true);
    expect(decode(accepted?.example)).toMatchObject([{ kind: 'report' }]);
  });
});

describeFeedAdapter('Alertmanager', adapter, {
  id: 'MA8', feeds: [aFeed(), aFeed({ states: [{ ...STATES[0], alert: '*' }], placement: { otherwise: '68' } })],
  samples: ['firing', 'mixed', 'resolved', 'future-start', 'truncated', 'grafana'].map((name) => ({ mediaType: 'application/json', payload: fixture(name).payload })),
  itemsOf({ payload }) {
    const { alerts, truncatedAlerts } = Object(payload);
    return Array.isArray(alerts) ? alerts.length + (typeof truncatedAlerts === 'number' && truncatedAlerts > 0 ? 1 : 0) : 1;
  },
});
