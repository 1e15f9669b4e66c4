import { SourceId } from '../../shared/domain/ids.ts';
import { describe, expect, test } from 'vitest';
import type { FiledReport } from '../../shared/domain/filedReport.ts';
import { createCoverage } from '../../server/cases/coverage.ts';
import type { FiledAs } from '../../server/cases/createCases.ts';
import { createFeedDoor } from '../../server/feedDoor.ts';
import type { DecodedItem } from '../../server/ports/feed.ts';
import type { Outcome } from '../../server/ports/ingest.ts';
import { FeedStatus } from '../../shared/protocol/feeds.ts';
import { aLand } from '../support/aCatalogue.ts';
import { aCandidate, START_MS } from '../support/anObservation.ts';
import { aFeed, anAlertReport } from '../support/someAlerts.ts';

const MINUTE_MS = 60_000;

function aDoor({ feed = aFeed({ localities: ['01'] }), filesAs = 'stored' as FiledAs, outcome = { outcome: 'stored', offset: 0 } as Outcome } = {}) {
  const received: unknown[] = [];
  const reports: FiledReport[] = [];
  const clock = { nowMs: START_MS };
  const fails: { receive: Error | null; file: Error | null } = { receive: null, file: null };
  const door = createFeedDoor({ onStored: () => {},
    feeds: [feed], coverage: createCoverage(aLand({ provinces: 2 })), seenAtMsById: new Map(), nowMs: () => clock.nowMs,
    receive: async (candidates) => {
      if (fails.receive !== null) throw fails.receive;
      received.push(...candidates);
      return candidates.map(() => outcome);
    },
    cases: {
      file: async (filed) => {
        if (fails.file !== null) throw fails.file;
        reports.push(...filed);
        return filed.map(() => filesAs);
      },
      unplacedByFeed: () => new Map([[feed.id, 3]]),
    },
  });
  const take = (items: readonly DecodedItem[], atMs = START_MS) => door.take(feed, items, atMs);
  return { door, feed, take, received, reports, clock, fails, status: () => FeedStatus.parse(door.list()[0]) };
}

const candidate = (overrides: Parameters<typeof aCandidate>[0] = {}): DecodedItem => ({ kind: 'candidate', id: 'c', candidate: aCandidate({ sourceId: 'soc-a', ...overrides }) });
const report = (overrides: Parameters<typeof anAlertReport>[0] = {}): DecodedItem => ({ kind: 'report', id: 'r', report: anAlertReport(overrides) });
const unreadable: DecodedItem = { kind: 'unreadable', id: 'u', problems: [{ where: '/name', got: '"Nguyễn Văn A"', expected: 'no name' }] };
const ignored: DecodedItem = { kind: 'ignored', id: 'i', why: 'a flow record' };

describe('[FD1] every item is answered, in order, after commit, and one bad item costs no other', () => {
  test('candidates go to the gate, reports to the cases, and the rest is answered', async () => {
    const { take, received, reports } = aDoor();
    const answers = await take([unreadable, report(), ignored, candidate(), report({ localityCode: null })]);
    expect(answers.map(({ id, outcome, reason, isPlaced }) => [id, outcome, reason, isPlaced])).toEqual([
      ['u', 'rejected', 'malformed', true], ['r', 'stored', null, true], ['i', 'ignored', 'not-shown-here', true], ['c', 'stored', null, true], ['r', 'stored', null, false],
    ]);
    expect([received.length, reports.length]).toEqual([1, 2]);
    expect(reports[0]).toMatchObject({ feedId: 'soc-a', receivedAtMs: START_MS });
  });

  test('[FD9] what cannot be read is told where, what was there, what belongs there and what to do', async () => {
    expect(await aDoor().take([{ kind: 'unreadable', id: null, problems: [{ where: '/rule/level', got: '17', expected: 'must be 0-16' }, { where: '/id', got: 'nothing', expected: 'a text' }] }]))
      .toMatchObject([{ detail: '/rule/level: 17; expected 0-16 · /id: missing; expected a text. Correct it at the sender and send it again.' }]);
  });

  test('what the gate and the book refuse is told with the reason', async () => {
    expect(await aDoor({ outcome: { outcome: 'quarantined', reason: 'too-late', detail: 'old' } }).take([candidate()])).toMatchObject([{ outcome: 'quarantined', reason: 'too-late', detail: 'old' }]);
    expect(await aDoor({ filesAs: 'book-full' }).take([report()])).toMatchObject([{ outcome: 'rejected', reason: 'book-full' }]);
    expect(await aDoor({ filesAs: 'duplicate' }).take([report()])).toMatchObject([{ outcome: 'duplicate', reason: null }]);
  });

  test('what could not be made durable is a failure of the whole, to be sent again', async () => {
    const full = Object.assign(new Error('no room'), { code: 'full' });
    const { take, fails } = aDoor();
    fails.file = full;
    await expect(take([candidate(), report()])).rejects.toMatchObject({ name: 'NotStoredError', cause: { code: 'full' } });
    fails.receive = Object.assign(new Error('inbox'), { name: 'InboxFullError' });
    await expect(take([candidate(), report()])).rejects.toMatchObject({ name: 'InboxFullError' });
  });
});

describe('[FD2] a feed speaks for itself, of its own places and indicators', () => {
  test.each([
    ['another source', { sourceId: 'soc-b' }, 'not-its-source'], ['another province', { localityCode: '02' }, 'out-of-scope'], ['the nation', { localityCode: 'VN' }, 'out-of-scope'],
    ['an indicator of another', { indicatorId: 'tslcd-latency' }, 'out-of-scope'], ['a citation', { ref: 'released-from-quarantine' }, 'malformed'],
  ])('%s is rejected by itself', async (_, overrides, reason) => {
    const { take, received } = aDoor({ feed: aFeed({ localities: ['01'], indicators: ['dossiers-received'] }) });
    expect(await take([candidate(overrides), candidate()])).toMatchObject([{ outcome: 'rejected', reason }, { outcome: 'stored' }]);
    expect(received).toHaveLength(1);
  });

  test('a report of elsewhere is rejected, one of a district of its province is not', async () => {
    const answers = await aDoor().take([report({ localityCode: '02' }), report({ localityCode: '001' }), report({ localityCode: '99' })]);
    expect(answers.map(({ outcome, reason }) => reason ?? outcome)).toEqual(['out-of-scope', 'stored', 'out-of-scope']);
  });

  test('a report that the log could not read again is rejected', async () => {
    const broken = { kind: 'report', id: 'r', report: { ...anAlertReport(), title: '' } } as const;
    expect(await aDoor().take([broken])).toMatchObject([{ outcome: 'rejected', reason: 'malformed', detail: expect.stringContaining('/report/title') }]);
  });
});

describe('[FD3] nobody speaks for the future, and no alert is lost to a wrong clock', () => {
  test('an alert from more than a minute ahead is of when it came; a dossier is refused', async () => {
    const { take, reports } = aDoor();
    await take([report({ atMs: START_MS + MINUTE_MS }), report({ atMs: START_MS + 10 * MINUTE_MS })]);
    expect(reports.map(({ report: { atMs } }) => atMs)).toEqual([START_MS + MINUTE_MS, START_MS]);
    const dossier = { kind: 'report', id: 'd', report: { kind: 'dossier', dossierId: 'H01', atMs: START_MS + 10 * MINUTE_MS, localityCode: null, placedBy: null } } as const;
    expect(await take([dossier])).toMatchObject([{ outcome: 'rejected', reason: 'future' }]);
  });
});

describe('[FD4] how a feed does can be seen', () => {
  test('what it sent by what became of it, and when it was last heard', async () => {
    const { take, status } = aDoor({ feed: aFeed({ localities: ['01'], expectEveryMs: MINUTE_MS }) });
    expect(status()).toMatchObject({ freshness: 'never', lastSeenAtMs: null, lagMs: null, skewMs: null, unplaced: 3 });
    await take([unreadable]);
    expect(status()).toMatchObject({ freshness: 'never', items: { rejected: 1 } });
    await take([report(), ignored, candidate({ localityCode: '02' })], START_MS - 4 * MINUTE_MS);
    expect(status()).toMatchObject({ freshness: 'stale', lastSeenAtMs: START_MS - 4 * MINUTE_MS, items: { stored: 1, ignored: 1, rejected: 2, duplicate: 0, quarantined: 0 } });
    await take([], START_MS);
    expect(status().freshness).toBe('fresh');
  });

  test('the last five refused are told with what belonged there, and never with what was sent', async () => {
    const { take, status } = aDoor();
    await take([...Array.from({ length: 6 }, () => candidate({ localityCode: '02' })), unreadable]);
    expect(status().refused).toHaveLength(5);
    expect(status().refused[0]).toEqual({ atMs: START_MS, reason: 'malformed', detail: '/name: expected no name' });
    expect(JSON.stringify(status())).not.toContain('Nguyễn');
    await take([{ kind: 'unreadable', id: null, problems: Array.from({ length: 50 }, () => ({ where: '/x', got: '1', expected: 'nothing' })) }]);
    expect(status().refused[0]?.detail.length).toBe(200);
  });

  test('what reached the gate beside the door counts alike; an empty delivery says that the feed is there', () => {
    const { door, feed, status } = aDoor();
    door.noteJudged(feed, [], [], START_MS - MINUTE_MS);
    expect(status()).toMatchObject({ lastSeenAtMs: START_MS - MINUTE_MS, items: { stored: 0 }, lagMs: null });
    const outcomes: Outcome[] = [{ outcome: 'stored', offset: 7 }, { outcome: 'rejected', reason: 'implausible-value', detail: 'too much' }];
    door.noteJudged(feed, [candidate({ observedAtMs: START_MS - 2_000 }), candidate()], outcomes, START_MS);
    expect(status()).toMatchObject({
      lastSeenAtMs: START_MS, items: { stored: 1, rejected: 1 }, lagMs: { median: 2_000 }, refused: [{ reason: 'implausible-value', detail: 'too much' }],
    });
  });

  test('lag is of the last minute, over what was new; the smallest of an hour tells of the clock', async () => {
    const { take, status, clock } = aDoor();
    for (const [lagMs, agoMs] of [[500, 90 * MINUTE_MS], [-8_000, 10 * MINUTE_MS], [3_000, 30_000], [1_000, 20_000], [90_000, 10_000]] as const) {
      await take([candidate({ observedAtMs: START_MS - agoMs - lagMs }), candidate({ observedAtMs: START_MS - agoMs - lagMs - 60_000 })], START_MS - agoMs);
    }
    expect(status()).toMatchObject({ lagMs: { median: 3_000, max: 90_000 }, skewMs: -8_000 });
    clock.nowMs = START_MS + 2 * 60 * MINUTE_MS;
    expect(status()).toMatchObject({ lagMs: null, skewMs: null });
  });

  test('[SY4] a clock that is ahead is told by what is held to its receipt or refused for it', async () => {
    const quarantined = { outcome: 'quarantined', reason: 'future', detail: 'later' } as const;
    const [held, refused] = [aDoor(), aDoor({ outcome: quarantined })];
    const sent = report({ atMs: START_MS });
    if (sent.kind === 'report') await held.take([{ ...sent, statedAtMs: START_MS + 5 * MINUTE_MS }]);
    await refused.take([candidate({ observedAtMs: START_MS + 2 * MINUTE_MS })]);
    expect([held.door.skews(), refused.door.skews()].flat().map(({ id, skewMs }) => [id, skewMs])).toEqual([['soc-a', -5 * MINUTE_MS], ['soc-a', -2 * MINUTE_MS]]);
    expect([held.status().skewMs, held.reports[0]?.report.atMs]).toEqual([-5 * MINUTE_MS, START_MS]);
  });

  test('what was turned away is counted with the feed, or with none', () => {
    const { door, feed, status } = aDoor();
    for (const id of [feed.id, feed.id, SourceId.parse('no-more')]) door.noteTurnedAway(id, 'unauthorized', 'no token', START_MS);
    expect(status().turnedAway).toEqual([{ reason: 'unauthorized', count: 2, lastAtMs: START_MS, lastDetail: 'no token' }]);
    for (let kind = 0; kind < 100; kind++) door.noteTurnedAway(feed.id, `reason-${kind}`, '', START_MS);
    expect(status().turnedAway.length).toBeLessThanOrEqual(33);
  });
});
