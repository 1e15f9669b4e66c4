import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createAlertBook } from '../../../server/cases/alertBook.ts';
import { createCoverage } from '../../../server/cases/coverage.ts';
import type { CaseFigure, FiledReport } from '../../../server/ports/cases.ts';
import { aLand } from '../../support/aCatalogue.ts';
import { START_MS } from '../../support/anObservation.ts';
import { createPlainAlertBook } from '../../support/aPlainAlertBook.ts';
import { aFeed, filed } from '../../support/someAlerts.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const NOW_MS = START_MS + HOUR_MS;
const coverage = createCoverage(aLand({ provinces: 2, localsPerProvince: 2 }));
const [FIRST = '', SECOND = ''] = coverage.provinces as readonly string[];
const FEEDS = [aFeed({ holdOpenMs: HOUR_MS }), aFeed({ id: 'soc-b', localities: [FIRST], holdOpenMs: 30 * HOUR_MS })];
const aBook = (mostCases?: number) => createAlertBook({ feeds: FEEDS, coverage, ...(mostCases === undefined ? {} : { mostCases }) });
type Book = ReturnType<typeof aBook>;

/** Figures of a place that are not zero. */
function shown(book: Book, place = FIRST, nowMs = NOW_MS) {
  return Object.fromEntries(book.figures(nowMs).filter(({ localityCode, value }) => localityCode === place && value !== 0).map(({ indicatorId, value }) => [indicatorId, value]));
}
const raised = (alertId: string, more: Parameters<typeof filed>[0] = {}) => filed({ alertId, localityCode: FIRST, ...more });
const cleared = (alertId: string, more: Parameters<typeof filed>[0] = {}) => raised(alertId, { transition: 'cleared', atMs: START_MS + 1_000, ...more });
const seen = (alertId: string, more: Parameters<typeof filed>[0] = {}) => raised(alertId, { transition: 'seen', ...more });
const ONE_CRITICAL = { 'alerts-critical': 1, 'alerts-open': 1, 'alerts-day': 1 };

describe('[CB2] an occurrence is open from its raise until its clear', () => {
  test('raised, it counts; cleared, only among those of the last 24 hours; then not at all', () => {
    const book = aBook();
    expect(book.take(raised('a'))).toBe('news');
    expect(shown(book)).toEqual(ONE_CRITICAL);
    expect(book.take(raised('a'))).toBe('known');
    expect(book.take(cleared('a'))).toBe('news');
    expect(shown(book)).toEqual({ 'alerts-day': 1 });
    expect(shown(book, FIRST, START_MS + DAY_MS - 1)).toEqual({ 'alerts-day': 1 });
    expect(shown(book, FIRST, START_MS + DAY_MS)).toEqual({});
  });

  test.each([['that comes before its raise', START_MS + 1_000], ['of the time of the raise', START_MS], ['of a time before the raise', START_MS - 1_000]])('a clear %s closes it', (_, atMs) => {
    const book = aBook();
    book.take(cleared('a', { atMs }));
    expect(shown(book)).toEqual({});
    book.take(raised('a'));
    expect(shown(book)).toEqual({ 'alerts-day': 1 });
  });

  test('it stays open for as long as it lasts, and began with its first raise', () => {
    const book = aBook();
    book.take(raised('a'));
    expect(shown(book, FIRST, START_MS + 30 * DAY_MS)).toEqual({ 'alerts-critical': 1, 'alerts-open': 1 });
    book.take(raised('a', { atMs: START_MS + 29 * DAY_MS, severity: 'low' }));
    expect(shown(book, FIRST, START_MS + 30 * DAY_MS)).toEqual({ 'alerts-low': 1, 'alerts-open': 1 });
  });

  test.each([1, 6])('closed %i days ago it is known, and its raise opens nothing', (days) => {
    const book = aBook();
    for (const report of [raised('a'), cleared('a')]) book.take(report);
    book.figures(START_MS + 1_000 + DAY_MS + days * DAY_MS);
    expect(book.take(raised('a'))).toBe('known');
    expect(shown(book, FIRST, START_MS + 3 * DAY_MS)).toEqual({});
  });

  test('one cleared at the time of a raise long ago is known from when we heard of it', () => {
    const book = aBook();
    const nowMs = START_MS + 30 * DAY_MS;
    book.take(raised('a'));
    book.take({ ...cleared('a', { atMs: START_MS }), receivedAtMs: nowMs });
    expect(shown(book, FIRST, nowMs)).toEqual({});
    expect(book.take(raised('a'))).toBe('known');
  });

  test('what left the book is forgotten in the end', () => {
    const book = aBook();
    for (const report of [raised('a'), cleared('a'), seen('e')]) book.take(report);
    expect(book.tally(START_MS + 20 * DAY_MS).held).toBe(0);
  });
});

describe('[CB11] a condition that is cleared as a whole', () => {
  const down = (atMs: number) => raised(`monitor/${atMs}`, { conditionId: 'monitor', atMs });
  const up = (atMs: number) => raised('monitor', { conditionId: 'monitor', transition: 'condition-cleared', atMs });

  test('closes what was raised until then, and nothing that is raised later', () => {
    const book = aBook();
    for (const report of [down(START_MS), up(START_MS + 1_000)]) expect(book.take(report)).toBe('news');
    expect(shown(book)).toEqual({ 'alerts-day': 1 });
    expect(book.take(down(START_MS + 2_000))).toBe('news');
    expect(shown(book)).toEqual({ 'alerts-critical': 1, 'alerts-open': 1, 'alerts-day': 2 });
    expect(book.take(up(START_MS + 3_000))).toBe('news');
    expect(shown(book)).toEqual({ 'alerts-day': 2 });
    expect([book.take(up(START_MS + 1_000)), book.take(down(START_MS))]).toEqual(['known', 'known']);
  });

  test('whichever comes first, and long after it', () => {
    const book = aBook();
    book.take(up(START_MS + 1_000));
    book.take(down(START_MS));
    expect(shown(book)).toEqual({ 'alerts-day': 1 });
    book.figures(START_MS + 3 * DAY_MS);
    expect(book.take(down(START_MS))).toBe('known');
    expect(shown(book, FIRST, START_MS + 3 * DAY_MS)).toEqual({});
    expect(book.tally(START_MS + 20 * DAY_MS).held).toBe(0);
  });
});

describe('[CB13] a condition that is said to be still raised', () => {
  const told = (transition: 'still-raised' | 'condition-cleared', atMs: number) => raised('monitor', { conditionId: 'monitor', transition, atMs });
  const down = (atMs: number) => raised(`monitor/${atMs}`, { conditionId: 'monitor', atMs });

  test('is open, and no further alert of the day', () => {
    const book = aBook();
    for (const report of [down(START_MS), told('still-raised', START_MS + 1_000), told('still-raised', START_MS + 2_000)]) expect(book.take(report)).toBe('news');
    expect(shown(book)).toEqual(ONE_CRITICAL);
    expect([book.take(told('still-raised', START_MS + 1_000)), book.tally(NOW_MS).held]).toEqual(['known', 2]);
    book.take(told('condition-cleared', START_MS + 3_000));
    expect(shown(book)).toEqual({ 'alerts-day': 1 });
    book.take(down(START_MS + 4_000));
    expect(shown(book)).toEqual({ ...ONE_CRITICAL, 'alerts-day': 2 });
  });

  test('is open again after it was long over, whether or not that has been let go', () => {
    const book = aBook();
    for (const report of [told('still-raised', START_MS), told('condition-cleared', START_MS + 1_000)]) book.take(report);
    book.figures(START_MS + DAY_MS);
    // Within the minute in which nothing is let go, it is over and still held.
    book.figures(START_MS + 1_000 + DAY_MS);
    expect(book.take(told('still-raised', START_MS + DAY_MS))).toBe('news');
    expect(shown(book, FIRST, START_MS + 2_000 + DAY_MS)).toEqual({ 'alerts-critical': 1, 'alerts-open': 1 });
  });

  test('is open also where its raise was never heard, until it is cleared', () => {
    const book = aBook();
    book.take(told('still-raised', START_MS));
    expect(shown(book)).toEqual({ 'alerts-critical': 1, 'alerts-open': 1 });
    book.take(told('condition-cleared', START_MS + 1_000));
    expect(shown(book)).toEqual({});
    expect(book.take(told('still-raised', START_MS))).toBe('known');
    expect(shown(book, FIRST, START_MS + 3 * DAY_MS)).toEqual({});
    expect(book.take(told('still-raised', START_MS))).toBe('known');
    expect(book.tally(START_MS + 20 * DAY_MS).held).toBe(0);
  });
});

test('[CB6] [CB11] how much is held does not depend on when it was looked at, while ends of one condition come in', () => {
  const down = raised('monitor/1', { conditionId: 'monitor', atMs: START_MS - 2 * DAY_MS });
  const [yesterday, today] = [START_MS - DAY_MS, START_MS + 1].map((atMs) => raised('monitor', { conditionId: 'monitor', transition: 'condition-cleared', atMs }));
  const [asOne, looked] = [aBook(), aBook()];
  for (const report of [down, yesterday!, today!]) asOne.take(report);
  looked.take(yesterday!);
  looked.figures(START_MS);
  for (const report of [down, today!]) looked.take(report);
  for (const book of [asOne, looked]) book.letGo(NOW_MS);
  expect(looked.tally(NOW_MS)).toEqual(asOne.tally(NOW_MS));
});

describe('[CB3] an event keeps its condition open until the feed\'s time after the newest of them', () => {
  test('conditions are what counts as open, events what counts in a day', () => {
    const book = aBook();
    for (const [id, atMs] of [['e1', START_MS], ['e2', START_MS + 1_000], ['e3', START_MS + 2_000]] as const) book.take(seen(id, { conditionId: 'scan', severity: 'medium', atMs }));
    expect(shown(book, FIRST, START_MS + HOUR_MS)).toEqual({ 'alerts-medium': 1, 'alerts-open': 1, 'alerts-day': 3 });
    expect(shown(book, FIRST, START_MS + 2_000 + HOUR_MS)).toEqual({ 'alerts-day': 3 });
  });

  test('one that came again is known, also after it has left the book', () => {
    const book = aBook();
    book.take(seen('e'));
    expect(book.take(seen('e'))).toBe('known');
    for (const days of [1, 2, 7]) {
      book.figures(START_MS + days * DAY_MS);
      expect([days, book.tally(START_MS + days * DAY_MS).held, book.take(seen('e'))]).toEqual([days, 0, 'known']);
    }
  });

  test('its condition may be open longer than a day', () => {
    const book = aBook();
    book.take({ ...seen('e', { severity: 'high' }), feedId: FEEDS[1]!.id });
    expect(shown(book, FIRST, START_MS + 25 * HOUR_MS)).toEqual({ 'alerts-high': 1, 'alerts-open': 1 });
  });
});

describe('[CB4] figures are of provinces, of security, and of those that somebody listens to', () => {
  test('a condition is as bad as the newest of what is open of it says; of one moment, the worst', () => {
    const book = aBook();
    book.take(raised('a', { conditionId: 'c', severity: 'critical' }));
    book.take(raised('b', { conditionId: 'c', severity: 'low', atMs: START_MS + 1 }));
    expect(shown(book)).toEqual({ 'alerts-low': 1, 'alerts-open': 1, 'alerts-day': 2 });
    book.take(raised('d', { conditionId: 'c', severity: 'high', atMs: START_MS + 1 }));
    expect(shown(book)).toMatchObject({ 'alerts-high': 1, 'alerts-open': 1 });
    for (const id of ['b', 'd']) book.take(cleared(id, { conditionId: 'c' }));
    expect(shown(book)).toMatchObject({ 'alerts-critical': 1 });
  });

  test('a district\'s is its province\'s, zero is a figure, and nobody says how many are acknowledged', () => {
    const book = aBook();
    book.take(raised('a', { localityCode: '001' }));
    expect(shown(book)).toEqual(ONE_CRITICAL);
    const ids = (place: string) => book.figures(NOW_MS).filter(({ localityCode }) => localityCode === place).map(({ indicatorId }) => indicatorId.slice('alerts-'.length)).sort();
    expect(ids(SECOND)).toEqual(['critical', 'day', 'high', 'low', 'medium', 'open', 'unknown']);
    expect(shown(book, SECOND)).toEqual({});
  });

  test.each([
    ['only of the first province', { localities: [FIRST] }, [FIRST]], ['of a district of it', { localities: ['001'] }, [FIRST]], ['of links', { domain: 'connectivity' }, []],
    ['of readings alone', { format: 'cloudevents' }, []], ['that may not count alerts', { indicators: ['tslcd-latency'] }, []],
  ])('a feed %s gives zeros there alone', (_, settings, places) => {
    const book = createAlertBook({ feeds: [aFeed(settings)], coverage });
    expect([...new Set(book.figures(NOW_MS).map(({ localityCode }) => localityCode as string))]).toEqual(places);
  });

  test('what is not placed, or of another domain, is in no figure, and is held', () => {
    const book = aBook();
    book.take(raised('a', { localityCode: null }));
    book.take(raised('b', { domain: 'connectivity' }));
    book.take(raised('c', { localityCode: 'VN' }));
    expect(shown(book)).toEqual({});
    expect(book.tally(NOW_MS)).toEqual({ held: 3, open: 3, unplacedByFeed: new Map([['soc-a', 2], ['soc-b', 0]]) });
  });

  test('two feeds never share a case', () => {
    const book = aBook();
    book.take(raised('a'));
    expect(book.take({ ...raised('a'), feedId: FEEDS[1]!.id })).toBe('news');
    expect(shown(book)).toEqual({ 'alerts-critical': 2, 'alerts-open': 2, 'alerts-day': 2 });
  });
});

describe('[CB5] a full book refuses new cases, and nothing else', () => {
  test('of a case that it holds it takes what comes, and what leaves makes room', () => {
    const book = aBook(2);
    for (const report of [raised('a'), seen('e')]) book.take(report);
    expect([book.judge(raised('b')), book.take(raised('b')), book.take(seen('f'))]).toEqual(['full', 'full', 'full']);
    expect([book.take(raised('a')), book.take(cleared('a'))]).toEqual(['known', 'news']);
    book.figures(START_MS + DAY_MS);
    expect(book.take(raised('b'))).toBe('news');
  });
});

test('[CB5] a full book takes the end of a condition of which it holds a raise, and of no other', () => {
  const book = aBook(1);
  const up = (conditionId: string) => raised(conditionId, { conditionId, transition: 'condition-cleared', atMs: START_MS + 1_000 });
  book.take(raised('m/1', { conditionId: 'm' }));
  expect([book.take(up('n')), book.take(up('m'))]).toEqual(['full', 'news']);
  expect(shown(book)).toEqual({ 'alerts-day': 1 });
});

const anyReport: fc.Arbitrary<ReturnType<typeof filed>> = fc.record({
  alertId: fc.constantFrom('a', 'b', 'c'), conditionId: fc.constantFrom('x', 'y'), transition: fc.constantFrom('raised', 'cleared', 'seen'),
  atMs: fc.oneof(fc.constantFrom(START_MS, START_MS + 1), fc.integer({ min: START_MS - 3 * DAY_MS, max: START_MS + HOUR_MS })),
  severity: fc.constantFrom('critical', 'low', 'unknown'), domain: fc.constantFrom('security', 'connectivity'), localityCode: fc.constantFrom(FIRST, SECOND, '001', null),
}).chain((report) => fc.oneof(
  { arbitrary: fc.constant(report), weight: 3 },
  // A sender that says ends without saying of which: its raises have one moment each.
  fc.constantFrom<[string, 'raised' | 'condition-cleared' | 'still-raised', number]>(
    ['m/1', 'raised', START_MS - 2 * DAY_MS], ['m/2', 'raised', START_MS], ['m', 'condition-cleared', START_MS - DAY_MS], ['m', 'condition-cleared', START_MS + 1],
    ['m', 'still-raised', START_MS - 1.5 * DAY_MS], ['m', 'still-raised', START_MS], ['m', 'still-raised', START_MS + 2],
  )
    .map(([alertId, transition, atMs]) => ({ ...report, alertId, transition, atMs, conditionId: 'm' })),
)).chain((report) => fc.constantFrom('soc-a', 'soc-b').map((feedId) => filed({ ...report, placedBy: report.localityCode === null ? null : 'label' }, feedId)));
const text = (list: readonly (CaseFigure | FiledReport)[]) => list.map((each) => JSON.stringify(each)).sort();
const liveOf = (book: Book) => [...book.live(NOW_MS)].flat();
/** `held` is how many once nothing more can go. */
function lookOf(book: Book) {
  book.letGo(NOW_MS);
  return { figures: text(book.figures(NOW_MS)), tally: book.tally(NOW_MS), live: text(liveOf(book)) };
}

describe('[CB6] the book is a function of the set of reports', () => {
  test('in any order, with any repeats, and looked at whenever', () => {
    fc.assert(fc.property(fc.array(anyReport, { maxLength: 12 }).chain((reports) => fc.record({
      reports: fc.constant(reports),
      other: fc.shuffledSubarray([...reports, ...reports], { minLength: 2 * reports.length }),
      looksMs: fc.array(fc.integer({ min: START_MS - 2 * DAY_MS, max: NOW_MS }), { maxLength: 12 }),
    })), ({ reports, other, looksMs }) => {
      const [inOrder, mixed] = [aBook(), aBook()];
      for (const report of reports) inOrder.take(report);
      other.forEach((report, index) => {
        const judged = mixed.judge(report);
        expect(mixed.take(report)).toBe(judged);
        expect(mixed.take(report)).toBe('known');
        const lookMs = looksMs[index];
        if (lookMs !== undefined) mixed.figures(lookMs);
      });
      const expected = lookOf(inOrder);
      const found = lookOf(mixed);
      expect(found.figures).toEqual(expected.figures);
      expect(found.tally).toEqual(expected.tally);
      expect(found.live).toEqual(expected.live);
    }), { numRuns: 500 });
  });

  test('[CB12] what is counted step by step is what a plain recount of every case says', () => {
    const lookMs = fc.oneof(fc.integer({ min: START_MS - 2 * DAY_MS, max: START_MS + 3 * DAY_MS }), fc.constantFrom(-1, 0, 1).map((besideMs) => START_MS + DAY_MS + besideMs), fc.constantFrom(-1, 0, 1).map((besideMs) => START_MS + HOUR_MS + besideMs));
    fc.assert(fc.property(fc.array(fc.oneof({ arbitrary: anyReport, weight: 2 }, lookMs), { maxLength: 40 }), (steps) => {
      const [book, plain] = [aBook(), createPlainAlertBook(FEEDS, coverage)];
      for (const step of steps) {
        if (typeof step !== 'number') {
          if (book.take(step) === 'news') plain.put(step);
          continue;
        }
        const { figures, open, unplacedByFeed } = plain.lookAt(step);
        expect(book.figures(step)).toEqual(figures);
        expect(book.tally(step)).toMatchObject({ open, unplacedByFeed });
      }
    }), { numRuns: 1_000 });
  });

  test('and is made again from what it holds', () => {
    fc.assert(fc.property(fc.array(anyReport, { maxLength: 12 }), (reports) => {
      const [book, again] = [aBook(), aBook()];
      for (const report of reports) book.take(report);
      const expected = lookOf(book);
      for (const report of liveOf(book)) if (report.report.kind === 'alert') again.take({ ...report, report: report.report });
      expect(lookOf(again)).toEqual(expected);
    }), { numRuns: 300 });
  });
});
