import { describe, expect, test } from 'vitest';
import type { BodyLine, DecodedItem } from '../../../server/ports/feed.ts';
import type { FeedSettings } from '../../../server/ports/feedSettings.ts';
import { createZabbixFeed } from '../../../server/sources/zabbix/decode.ts';
import { aFeed, aPlacer } from '../../support/aFeed.ts';
import { describeFeedAdapter } from '../../support/feedAdapterContract.ts';

const adapter = createZabbixFeed(aPlacer);
const EXPORT = 'application/x-ndjson';
const MEDIA_TYPE = 'application/json';
const STATES = [{ alert: 'Mất đường truyền', indicator: 'tslcd-link-state', raised: 0, cleared: 2 }];
const NOW_MS = Date.parse('2026-03-01T02:00:00Z');

// Synthetic, of the shape that Zabbix documents for its export.
const PROBLEM = {
  clock: 1_772_326_800, ns: 250_999_999, value: 1, eventid: 42, name: 'Mất đường truyền', severity: 4,
  hosts: [{ host: 'sw-672-core', name: 'Core 1' }], groups: ['Switches'], tags: [{ tag: 'scope', value: 'availability' }, { tag: 'district', value: '672' }],
};
const RECOVERY = { clock: 1_772_327_100, ns: 0, value: 0, eventid: 43, p_eventid: 42 };
const PROBLEM_OF_4_0 = { hosts: ['Core 1'], groups: ['Switches'], tags: [], name: 'Disk full', clock: 1_772_326_800, ns: 0, eventid: 44, value: 1 };
const ITEM_VALUE = { host: { host: 'sw-672-core', name: 'Core 1' }, groups: ['Switches'], item_tags: [], itemid: 9, name: 'ICMP loss', clock: 1_772_326_800, ns: 0, value: 0, type: 0 };
const TREND = { host: { host: 'sw-672-core', name: 'Core 1' }, groups: ['Switches'], item_tags: [], itemid: 9, name: 'ICMP loss', clock: 1_772_326_800, count: 60, min: 0, avg: 1, max: 2, type: 0 };
// Of our own media type.
const MESSAGE = { eventid: '42', value: 1, update: false, nseverity: 4, name: 'Mất đường truyền', host: 'sw-672-core', tags: PROBLEM.tags, clock: 1_772_326_800 };

const linesOf = (...values: readonly unknown[]): BodyLine[] => values.map((value, index) => ({ line: index + 1, value }));
const decodeLines = (lines: unknown, feed: FeedSettings = aFeed({ format: 'zabbix' })) =>
  adapter.decode({ mediaType: EXPORT, headers: {}, payload: lines, receivedAtMs: NOW_MS }, feed).items;
const decodeMessage = (payload: unknown, feed: FeedSettings = aFeed({ format: 'zabbix' })) =>
  adapter.decode({ mediaType: MEDIA_TYPE, headers: {}, payload, receivedAtMs: NOW_MS }, feed).items;
const reportOf = (item: DecodedItem | undefined) => (item?.kind === 'report' ? item.report : item);

const RAISED = {
  kind: 'alert', alertId: '42', conditionId: 'sw-672-core/Mất đường truyền', transition: 'raised', atMs: 1_772_326_800_250, domain: 'connectivity',
  severity: 'high', rawSeverity: '4', title: 'Mất đường truyền', localityCode: '672', placedBy: 'tag', attack: null, tlp: null,
};

describe('Zabbix', () => {
  test('[MA14] a line of the export that is a problem raises it, at its second and nanosecond', () => {
    expect(decodeLines(linesOf(PROBLEM)).map(reportOf)).toEqual([RAISED]);
  });

  test('[MA14] a recovery ends the problem it names, and says neither what nor where', () => {
    expect(decodeLines(linesOf(RECOVERY)).map(reportOf)).toEqual([{
      kind: 'alert', alertId: '42', conditionId: '42', transition: 'cleared', atMs: 1_772_327_100_000, domain: 'connectivity',
      severity: 'unknown', rawSeverity: null, title: 'Zabbix 42', localityCode: null, placedBy: null, attack: null, tlp: null,
    }]);
    expect(reportOf(decodeLines(linesOf(RECOVERY), aFeed({ format: 'zabbix', placement: { otherwise: '68' } }))[0])).toMatchObject({ localityCode: null });
  });

  test('[MA14] Zabbix 4.0 writes hosts as plain texts and no severity', () => {
    const feed = aFeed({ format: 'zabbix', placement: { names: { 'Core 1': '680' } } });
    expect(reportOf(decodeLines(linesOf(PROBLEM_OF_4_0), feed)[0])).toMatchObject({ severity: 'unknown', rawSeverity: null, localityCode: '680', placedBy: 'host', conditionId: 'Core 1/Disk full' });
  });

  test('[MA15] values and trends of items are counted and not kept, zero among them', () => {
    expect(decodeLines(linesOf(ITEM_VALUE, TREND)).map(({ kind }) => kind)).toEqual(['ignored', 'ignored']);
  });

  test('[MA9] one bad line costs no other', () => {
    const bad: BodyLine = { line: 2, problems: [{ where: 'column 2', got: '"{"', expected: 'JSON' }] };
    const items = decodeLines([...linesOf(PROBLEM), bad, { line: 3, value: { ...PROBLEM, clock: 1_772_326_800_000 } }, { line: 4, value: { ...RECOVERY, p_eventid: null } }, { line: 5, value: 7 }, { line: 6, value: RECOVERY }]);
    expect(items.map(({ kind, id }) => [kind, id])).toEqual([['report', '42'], ['unreadable', null], ['unreadable', '42'], ['unreadable', '43'], ['unreadable', null], ['report', '42']]);
    expect(items.flatMap((item) => (item.kind === 'unreadable' ? item.problems.slice(0, 1) : []))).toMatchObject([
      { where: 'line 2 column 2' }, { where: 'line 3 /clock', expected: expect.stringContaining('not milliseconds') }, { where: 'line 4 /p_eventid' }, { where: 'line 5' },
    ]);
    expect(decodeLines({})).toMatchObject([{ kind: 'unreadable', problems: [{ where: 'body', expected: 'lines' }] }]);
  });

  test('[MA7] no line of the export is a state: its recovery could not take it back', () => {
    expect(decodeLines(linesOf(PROBLEM), aFeed({ format: 'zabbix', states: STATES })).map(reportOf)).toEqual([RAISED]);
  });

  test('[MA14] our media type says what and where in both ends, and names the same occurrence as the export', () => {
    const raised = { ...RAISED, atMs: 1_772_326_800_000 };
    expect(decodeMessage(MESSAGE).map(reportOf)).toEqual([raised]);
    expect(decodeMessage({ ...MESSAGE, value: 0, clock: 1_772_327_100 }).map(reportOf)).toEqual([{ ...raised, transition: 'cleared', atMs: 1_772_327_100_000 }]);
  });

  test('[MA7] a problem of our media type that a rule names is the state of a series', () => {
    const feed = aFeed({ format: 'zabbix', states: STATES });
    expect(decodeMessage(MESSAGE, feed)).toEqual([{
      kind: 'candidate', id: '42',
      candidate: { sourceId: 'monitoring-68', eventId: '42/raised/1772326800000', localityCode: '672', indicatorId: 'tslcd-link-state', observedAtMs: 1_772_326_800_000, value: 0, provenance: 'measured' },
    }]);
    expect(decodeMessage({ ...MESSAGE, value: 0 }, feed)).toMatchObject([{ candidate: { value: 2 } }]);
  });

  test('[MA15] updates and test messages are counted and change nothing; without a time it is that of receipt', () => {
    expect(decodeMessage({ ...MESSAGE, update: true })).toMatchObject([{ kind: 'ignored', id: '42' }]);
    expect(decodeMessage({ test: true })).toEqual([{ kind: 'ignored', id: null, why: 'test message' }]);
    expect(decodeMessage({ ...MESSAGE, clock: null }).map(reportOf)).toMatchObject([{ atMs: NOW_MS }]);
    expect(decodeMessage({ ...MESSAGE, value: 2 })).toMatchObject([{ kind: 'unreadable', id: '42', problems: [{ where: '/value' }] }]);
    expect(decodeMessage([])).toMatchObject([{ kind: 'unreadable' }]);
  });

  test('[MA8] the examples in the description of the interface can be sent as they are', () => {
    for (const { schema, example } of adapter.accepts) expect(schema.safeParse(example).success).toBe(true);
    const [line, message] = adapter.accepts;
    expect([...decodeLines(linesOf(line?.example)), ...decodeMessage(message?.example)].map(({ kind }) => kind)).toEqual(['report', 'report']);
  });
});

describeFeedAdapter('Zabbix', adapter, {
  id: 'MA8', feeds: [aFeed({ format: 'zabbix' }), aFeed({ format: 'zabbix', states: [{ ...STATES[0], alert: '*' }] })],
  samples: [
    ...[PROBLEM, RECOVERY, PROBLEM_OF_4_0, ITEM_VALUE, TREND].map((value) => ({ mediaType: EXPORT, payload: value })),
    { mediaType: MEDIA_TYPE, payload: MESSAGE }, { mediaType: MEDIA_TYPE, payload: { ...MESSAGE, value: 0 } },
  ],
  // The server hands lines over numbered; what is replaced is the value of one.
  post: ({ mediaType, payload }) => ({ mediaType, payload: mediaType === EXPORT ? linesOf(payload) : payload }),
  itemsOf: () => 1,
});
