import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DossierReport } from '../../../shared/domain/dossierReport.ts';
import { SourceId } from '../../../shared/domain/ids.ts';
import { IndicatorList } from '../../../shared/domain/indicator.ts';
import { createDossierBook } from '../../../server/cases/dossierBook.ts';
import { COUNTS } from '../../../server/cases/dossierCounts.ts';
import { mergeReport, viewOf } from '../../../server/cases/dossierRecord.ts';
import { createWorkingDays } from '../../../server/cases/workingDays.ts';
import { aLand } from '../../support/aCatalogue.ts';

const at = (text: string) => Date.parse(`${text}+07:00`);
const NOW_MS = at('2026-06-15T09:00:00');
const calendar = createWorkingDays({ lunar: [], announced: [] });
const localities = aLand({ provinces: 2, localsPerProvince: 2 });
const FEED = SourceId.parse('feed-a');

const aBook = (options: { maxHeld?: number; looksPerTurn?: number } = {}) => createDossierBook({ localities, calendar, ...options });

let lastId = 0;
function nextId(): string {
  lastId += 1;
  return `d-${lastId}`;
}
/** A dossier of district 001, received on 9 June and due on the 19th, at work; except for what the test names. */
function aReport(overrides: Partial<Record<keyof DossierReport, unknown>> = {}): DossierReport {
  return DossierReport.parse({
    kind: 'dossier', dossierId: nextId(), atMs: at('2026-06-09T08:00:00'), localityCode: '001', placedBy: 'unit', status: 4,
    receivedAtMs: at('2026-06-09T08:00:00'), dueAtMs: at('2026-06-19T17:00:00'), ...overrides,
  });
}
const filed = (report: DossierReport, feedId = FEED) => ({ feedId, receivedAtMs: report.atMs, report });
function bookOf(reports: readonly DossierReport[]) {
  const book = aBook();
  for (const report of reports) book.take(filed(report));
  return book;
}
const figure = (book: ReturnType<typeof aBook>, indicatorId: string, localityCode = '001', nowMs = NOW_MS) =>
  book.figures(nowMs).find((each) => each.indicatorId === indicatorId && each.localityCode === localityCode);
const countOf = (...args: Parameters<typeof figure>) => figure(...args)?.value;
/** What one dossier is counted in, at its district or, for what is counted per province only, there. */
function countedIn(overrides: Parameters<typeof aReport>[0], nowMs = NOW_MS): string[] {
  return bookOf([aReport(overrides)]).figures(nowMs).filter(({ value }) => value === 1).map(({ indicatorId }) => indicatorId.replace('dossiers-', ''));
}
const askedOnce = { askedAtMs: at('2026-06-11T08:00:00'), answeredAtMs: null, newDueAtMs: null };

describe('book of dossiers: what is counted', () => {
  test('[DB1] every figure is one of the catalogue, observed at the level it is told for', () => {
    const indicators = new Map(IndicatorList.parse(JSON.parse(readFileSync(new URL('../../../seeds/catalogue/indicators.json', import.meta.url), 'utf8'))).map((each) => [each.id, each]));
    for (const { indicatorId, isLocal } of COUNTS) expect(indicators.get(indicatorId)).toMatchObject({ observedAt: isLocal ? 'local' : 'province', domain: 'dossiers', rollUp: { rule: 'sum' } });
  });

  test.each([
    ['at work and in time', {}, ['received', 'waiting', 'synced']],
    ['registered, not yet received', { status: 1 }, ['synced']],
    ['not accepted', { status: 3, finishedAtMs: at('2026-06-10T08:00:00') }, ['resolved', 'on-time', 'synced']],
    ['at work, received last month', { receivedAtMs: at('2026-05-31T23:59:59') }, ['waiting']],
    ['at work beyond its due date', { dueAtMs: at('2026-06-12T17:00:00') }, ['received', 'waiting', 'overdue', 'synced']],
    ['at work without a due date', { dueAtMs: undefined }, ['received', 'waiting', 'synced']],
    ['done in time', { status: 9, finishedAtMs: at('2026-06-12T08:00:00') }, ['received', 'resolved', 'on-time', 'synced']],
    ['done in time and returned late', { status: 10, finishedAtMs: at('2026-06-19T16:00:00'), returnedAtMs: at('2026-06-22T08:00:00') }, ['received', 'resolved', 'on-time', 'synced']],
    ['returned late, done unknown when', { status: 10, dueAtMs: at('2026-06-10T08:00:00'), returnedAtMs: at('2026-06-12T08:00:00') }, ['received', 'resolved', 'synced']],
    ['done without a due date', { status: 9, dueAtMs: undefined, finishedAtMs: at('2026-06-12T08:00:00') }, ['received', 'resolved', 'synced']],
    ['done nobody says when', { status: 9 }, ['received', 'synced']],
    ['done last month', { status: 9, receivedAtMs: at('2026-05-04T08:00:00'), finishedAtMs: at('2026-05-31T23:59:59') }, []],
    ['withdrawn after it was received', { status: 7, finishedAtMs: at('2026-06-12T08:00:00') }, ['received', 'resolved', 'on-time', 'synced']],
    ['withdrawn before', { status: 7, receivedAtMs: undefined, finishedAtMs: at('2026-06-12T08:00:00') }, []],
    ['stopped', { status: 8, finishedAtMs: at('2026-06-12T08:00:00') }, ['received', 'resolved', 'on-time', 'synced']],
  ])('[DB2] %s', (_, overrides, counts) => {
    expect(countedIn(overrides)).toEqual(counts);
  });

  test.each([
    ['papers asked for once: that moment counts', { dueAtMs: at('2026-06-12T17:00:00'), status: 5, supplements: [askedOnce] }, false],
    ['asked for once, after the due date', { dueAtMs: at('2026-06-10T17:00:00'), status: 5, supplements: [askedOnce] }, true],
    ['asked for once, told by the status alone', { dueAtMs: at('2026-06-09T17:00:00'), status: 5 }, false],
    ['asked for twice: late', { status: 5, supplements: [{ ...askedOnce, answeredAtMs: at('2026-06-12T08:00:00') }, { ...askedOnce, askedAtMs: at('2026-06-13T08:00:00') }] }, true],
    ['a day of the citizen is taken off', { dueAtMs: at('2026-06-12T17:00:00'), supplements: [{ ...askedOnce, answeredAtMs: at('2026-06-15T08:00:00') }] }, false],
    ['an hour of the citizen is not enough', { dueAtMs: at('2026-06-12T17:00:00'), supplements: [{ ...askedOnce, answeredAtMs: at('2026-06-11T09:00:00') }] }, true],
    ['a new due date stands for that time', { dueAtMs: at('2026-06-12T17:00:00'), supplements: [{ ...askedOnce, answeredAtMs: at('2026-06-11T09:00:00'), newDueAtMs: at('2026-06-16T17:00:00') }] }, false],
    ['due on a Saturday: until the end of Monday', { dueAtMs: at('2026-06-13T10:00:00') }, false],
  ])('[DB3] %s', (_, overrides, isOverdue) => {
    expect(countedIn(overrides).includes('overdue')).toBe(isOverdue);
  });

  test('[DB3] what nobody can judge is neither on time nor late, and is counted apart', () => {
    const book = bookOf([
      aReport({ status: 9, dueAtMs: undefined, finishedAtMs: at('2026-06-12T08:00:00') }), aReport({ status: 9 }), aReport({ status: 4, finishedAtMs: at('2026-06-10T08:00:00') }), aReport(),
    ]);
    expect(book.quality(NOW_MS)).toEqual({ timelinessUnknown: 1, undated: 1, reopened: 1 });
    expect(countOf(book, 'dossiers-on-time')).toBe(0);
  });

  test('[DB4] a month is one of Viet Nam, and the figures begin anew with it', () => {
    const book = bookOf([aReport({ status: 9, finishedAtMs: at('2026-06-30T23:59:59') })]);
    expect(countOf(book, 'dossiers-resolved', '001', at('2026-06-30T23:59:59'))).toBe(1);
    expect(countOf(book, 'dossiers-resolved', '001', at('2026-07-01T00:00:00'))).toBe(0);
  });

  test('[DB5] channel, post, fees and flags are counted in the month of what they are a part of', () => {
    const said = { channel: 'online', resultByPost: true, payment: 'paid-online', isDigitised: true, isDataReused: true, isResultElectronic: true };
    const book = bookOf([aReport(said), aReport({ ...said, payment: 'zero-fee', channel: 'post', status: 9, finishedAtMs: at('2026-06-12T08:00:00') }), aReport({ payment: 'due' }), aReport({ payment: 'none' })]);
    const counts = Object.fromEntries(book.figures(NOW_MS).filter(({ localityCode }) => localityCode === '01').map(({ indicatorId, value }) => [indicatorId, value]));
    expect(counts).toEqual({
      'dossiers-synced': 4, 'dossiers-online': 1, 'dossiers-post-in': 1, 'dossiers-post-out': 1, 'payments-total': 3, 'payments-online': 1, 'payments-zero-fee': 1, 'results-electronic': 1,
      'dossiers-digitised': 2, 'dossiers-data-reused': 2,
    });
  });
});

describe('book of dossiers: where it is counted', () => {
  test('[DB6] zero only where something is known: not in a district never named, not for a field that no dossier says', () => {
    const book = bookOf([aReport()]);
    expect(countOf(book, 'dossiers-overdue')).toBe(0);
    expect(figure(book, 'dossiers-overdue', '002')).toBeUndefined();
    expect(figure(book, 'dossiers-synced', '02')).toBeUndefined();
    expect(figure(book, 'dossiers-post-out', '01')).toBeUndefined();
    expect(figure(book, 'dossiers-received', '01')).toBeUndefined();
  });

  test('[DB7] dossiers known to their province only: its figures are those of all its dossiers, and say that they are derived', () => {
    const book = bookOf([aReport(), aReport({ localityCode: '01', placedBy: 'dossier-number' }), aReport({ localityCode: '003' })]);
    expect(figure(book, 'dossiers-received', '01')).toMatchObject({ value: 2, provenance: 'derived' });
    expect(figure(book, 'dossiers-received', '001')).toMatchObject({ value: 1, provenance: 'measured' });
    expect(figure(book, 'dossiers-synced', '01')).toMatchObject({ value: 2, provenance: 'measured' });
    expect(figure(book, 'dossiers-received', '02')).toBeUndefined();
  });

  test('[DB7] once a message names the district, no later one that knows the province only lifts it out', () => {
    const inDistrict = aReport();
    const book = bookOf([inDistrict, aReport({ dossierId: inDistrict.dossierId, localityCode: '01', placedBy: 'dossier-number', atMs: at('2026-06-12T08:00:00'), status: 9, finishedAtMs: at('2026-06-12T08:00:00') })]);
    expect(countOf(book, 'dossiers-resolved')).toBe(1);
    expect(figure(book, 'dossiers-resolved', '01')).toBeUndefined();
  });

  test('[DB8] what belongs to no province is held, counted as unplaced by its feed, and in no figure', () => {
    const book = bookOf([aReport({ localityCode: null, placedBy: null }), aReport({ localityCode: 'VN' }), aReport({ localityCode: '99' })]);
    expect(book.figures(NOW_MS)).toEqual([]);
    expect(book.tally(NOW_MS)).toEqual({ held: 3, open: 3, unplacedByFeed: new Map([[FEED, 3]]) });
  });

  test('[DB8] the same number from two feeds is two dossiers', () => {
    const [book, report] = [aBook(), aReport()];
    book.take(filed(report));
    book.take(filed(report, SourceId.parse('feed-b')));
    expect(countOf(book, 'dossiers-received')).toBe(2);
  });
});

const MOMENTS = ['2026-05-20T08:00:00', '2026-05-31T23:59:59', '2026-06-09T08:00:00', '2026-06-12T17:00:00', '2026-06-15T08:59:00', '2026-06-19T17:00:00', '2026-07-01T00:00:00', '2026-07-02T10:00:00'].map(at);
const moment = fc.constantFrom(...MOMENTS);
const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 2 });
const supplement = fc.record({ askedAtMs: moment, answeredAtMs: fc.option(moment), newDueAtMs: fc.option(moment) });
const anyReport = fc.record({
  dossierId: fc.constantFrom('a', 'b', 'c'), atMs: moment, status: optional(fc.integer({ min: 1, max: 10 })), receivedAtMs: optional(moment), dueAtMs: optional(moment), finishedAtMs: optional(moment), returnedAtMs: optional(moment),
  channel: optional(fc.constantFrom('in-person', 'online', 'post')), payment: optional(fc.constantFrom('none', 'zero-fee', 'due', 'paid-online')), isDigitised: optional(fc.boolean()), applicant: optional(fc.constantFrom('citizen', 'business')),
  supplements: optional(fc.array(supplement, { maxLength: 2 })),
  place: fc.constantFrom({ localityCode: '001', placedBy: 'unit' }, { localityCode: '002', placedBy: 'unit' }, { localityCode: '01', placedBy: 'dossier-number' }, { localityCode: '01', placedBy: 'feed' }, { localityCode: null, placedBy: null }, { localityCode: 'VN', placedBy: 'unit' }),
}).map(({ place, ...said }) => DossierReport.parse({ kind: 'dossier', ...Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined)), ...place }));
const anyReports = fc.array(anyReport, { maxLength: 12 });
const times = fc.array(fc.constantFrom(...MOMENTS, ...MOMENTS.map((atMs) => atMs + 61_000)), { maxLength: 5 });

const liveOf = (book: ReturnType<typeof aBook>, nowMs: number) => [...book.live(nowMs)].flat();
const byText = (a: unknown, b: unknown) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);
const figuresOf = (book: ReturnType<typeof aBook>, nowMs: number) => [...book.figures(nowMs)].sort(byText);
/** What the live reports say of each dossier. */
function sayingsOf(book: ReturnType<typeof aBook>, nowMs: number) {
  const reports = liveOf(book, nowMs).flatMap(({ report }) => (report.kind === 'dossier' ? [report] : []));
  return Object.fromEntries([...new Set(reports.map(({ dossierId }) => dossierId))].sort().map((id) => [id, viewOf(reports.filter(({ dossierId }) => dossierId === id))]));
}

describe('book of dossiers: a function of the set of reports', () => {
  test('[DB9] any order and any repetition give the same book', () => {
    fc.assert(fc.property(anyReports.chain((reports) => fc.tuple(fc.constant(reports), fc.shuffledSubarray([...reports, ...reports, ...reports], { minLength: 3 * reports.length }))), ([reports, shuffled]) => {
      const [one, other] = [bookOf(reports), bookOf(shuffled)];
      for (const report of reports) expect(one.take(filed(report))).toBe('known');
      expect(figuresOf(other, NOW_MS)).toEqual(figuresOf(one, NOW_MS));
      expect(sayingsOf(other, NOW_MS)).toEqual(sayingsOf(one, NOW_MS));
      expect(other.tally(NOW_MS)).toEqual(one.tally(NOW_MS));
    }), { numRuns: 200 });
  });

  test('[DB9] figures asked for in between, at any times, change nothing: what is counted step by step is what is counted at once', () => {
    fc.assert(fc.property(anyReports, times, (reports, asked) => {
      const stepped = aBook();
      // Only forward: a month that is over takes its finished dossiers along.
      const forward = [...asked].sort((a, b) => a - b);
      for (const [index, report] of reports.entries()) {
        stepped.take(filed(report));
        stepped.figures(forward[Math.floor((index * forward.length) / reports.length)] ?? MOMENTS[0] ?? 0);
      }
      const nowMs = Math.max(NOW_MS, ...forward);
      const atOnce = aBook();
      for (const report of reports) atOnce.take(filed(report));
      // A dossier that left with its month comes back with what is heard of it later, and no more.
      if (forward.every((atMs) => atMs < at('2026-07-01T00:00:00') && atMs >= at('2026-06-01T00:00:00'))) expect(figuresOf(stepped, nowMs)).toEqual(figuresOf(atOnce, nowMs));
      const made = aBook();
      for (const each of liveOf(stepped, nowMs)) if (each.report.kind === 'dossier') made.take({ ...each, report: each.report });
      expect(figuresOf(made, nowMs)).toEqual(figuresOf(stepped, nowMs));
    }), { numRuns: 200 });
  });

  test('[DB10] from what is live the same book is made, now and later; it is no more than one report for each moment that still says something', () => {
    fc.assert(fc.property(anyReports, fc.constantFrom(NOW_MS, ...MOMENTS.slice(4)), times, (reports, nowMs, later) => {
      const book = bookOf(reports);
      book.figures(nowMs);
      const made = aBook();
      const live = liveOf(book, nowMs);
      for (const each of live) if (each.report.kind === 'dossier') made.take({ ...each, report: each.report });
      expect(live.length).toBeLessThanOrEqual(reports.length);
      for (const atMs of [nowMs, ...later.filter((each) => each > nowMs).sort((a, b) => a - b)]) {
        expect(figuresOf(made, atMs)).toEqual(figuresOf(book, atMs));
        expect(sayingsOf(made, atMs)).toEqual(sayingsOf(book, atMs));
      }
    }), { numRuns: 200 });
  });

  test('[DB11] a late message with an older status never overrides a newer one; of one moment an ending stands', () => {
    const dossierId = 'x';
    const older = aReport({ dossierId, status: 2 });
    const newer = aReport({ dossierId, status: 9, atMs: at('2026-06-12T08:00:00'), finishedAtMs: at('2026-06-12T08:00:00') });
    for (const order of [[older, newer], [newer, older]]) expect(countOf(bookOf(order), 'dossiers-resolved')).toBe(1);
    const sameMoment = [aReport({ dossierId, status: 9, finishedAtMs: at('2026-06-09T08:00:00') }), aReport({ dossierId, status: 4 })];
    for (const order of [sameMoment, [...sameMoment].reverse()]) expect(countOf(bookOf(order), 'dossiers-resolved')).toBe(1);
    const reopened = aReport({ dossierId, status: 4, atMs: at('2026-06-14T08:00:00') });
    expect(countOf(bookOf([newer, reopened]), 'dossiers-waiting')).toBe(1);
  });

  test('[DB11] a field that a later message leaves out keeps what was said of it', () => {
    const first = aReport({ dossierId: 'x', channel: 'online' });
    const step = DossierReport.parse({ kind: 'dossier', dossierId: 'x', atMs: at('2026-06-12T08:00:00'), localityCode: null, placedBy: null, status: 9 });
    expect(viewOf(mergeReport([first], step) ?? [])).toMatchObject({ status: 9, statusAtMs: step.atMs, channel: 'online', localityCode: '001', receivedAtMs: first.receivedAtMs });
    expect(mergeReport([first], first)).toBeNull();
  });
});

describe('book of dossiers: what is held', () => {
  test('[DB12] with the month go those that are over; what waits stays, and of each place the newest, so that its zeros stay', () => {
    const lastDays = aReport({ status: 9, atMs: at('2026-06-25T08:00:00'), finishedAtMs: at('2026-06-25T08:00:00') });
    const late = bookOf([lastDays]);
    late.figures(at('2026-07-01T08:00:00'));
    late.take(filed(aReport({ dossierId: lastDays.dossierId, atMs: at('2026-06-24T08:00:00'), status: 5 })));
    expect(countOf(late, 'dossiers-waiting', '001', at('2026-07-01T08:01:00'))).toBe(0);
    const gone = [aReport({ status: 9, finishedAtMs: at('2026-06-10T08:00:00') }), aReport({ status: 9, atMs: at('2026-06-11T08:00:00'), finishedAtMs: at('2026-06-11T08:00:00') })];
    const book = bookOf([...gone, aReport({ localityCode: '002' })]);
    book.figures(NOW_MS);
    expect(book.tally(at('2026-08-01T00:00:00'))).toMatchObject({ held: 2, open: 1 });
    expect(countOf(book, 'dossiers-resolved', '001', at('2026-08-01T00:00:00'))).toBe(0);
    expect(countOf(book, 'dossiers-overdue', '002', at('2026-08-01T00:00:00'))).toBe(1);
  });

  test('[DB10] what is over and still held tells no more than that its place was spoken of', () => {
    const book = aBook();
    book.figures(NOW_MS);
    for (const report of [aReport({ status: 9, channel: 'online', atMs: at('2026-05-10T08:00:00'), receivedAtMs: at('2026-05-04T08:00:00'), finishedAtMs: at('2026-05-10T08:00:00') }), aReport()]) book.take(filed(report));
    expect(figure(book, 'dossiers-online', '01')).toBeUndefined();
    expect(countOf(book, 'dossiers-received')).toBe(1);
  });

  test('[DB12] beyond its bound nothing new is held, and it is said of each', () => {
    const book = aBook({ maxHeld: 1 });
    const [held, turnedAway] = [aReport(), aReport()];
    expect([book.judge(filed(held)), book.take(filed(held))]).toEqual(['news', 'news']);
    expect([book.judge(filed(turnedAway)), book.take(filed(turnedAway))]).toEqual(['full', 'full']);
    expect([book.judge(filed(held)), book.take(filed(held))]).toEqual(['known', 'known']);
    expect(countOf(book, 'dossiers-received')).toBe(1);
    book.take(filed(aReport({ dossierId: held.dossierId, atMs: at('2026-06-12T08:00:00'), status: 9, finishedAtMs: at('2026-06-12T08:00:00') })));
    expect(countOf(book, 'dossiers-resolved')).toBe(1);
  });

  test('[DB12] years of history that a sender delivers give way to what is at work', () => {
    const book = aBook({ maxHeld: 3 });
    const old = () => aReport({ status: 10, atMs: at('2025-02-03T08:00:00'), receivedAtMs: at('2025-02-01T08:00:00'), returnedAtMs: at('2025-02-03T08:00:00') });
    const taken = [old(), old(), old(), aReport(), aReport()].map((report) => book.take({ feedId: FEED, receivedAtMs: NOW_MS, report }));
    expect(taken).not.toContain('full');
    expect(countOf(book, 'dossiers-waiting')).toBe(2);
  });

  test('[DB13] a due date that passes between two ticks is counted, and a tick in which nothing happens tells the same list', () => {
    const book = bookOf([aReport(), aReport({ dueAtMs: at('2026-06-19T16:30:30') })]);
    expect(countOf(book, 'dossiers-overdue', '001', at('2026-06-19T16:30:00'))).toBe(0);
    expect(countOf(book, 'dossiers-overdue', '001', at('2026-06-19T16:31:00'))).toBe(1);
    expect(countOf(book, 'dossiers-overdue', '001', at('2026-06-19T17:00:59'))).toBe(1);
    expect(countOf(book, 'dossiers-overdue', '001', at('2026-06-19T17:01:00'))).toBe(2);
    expect(book.figures(at('2026-06-19T17:01:01'))).toBe(book.figures(at('2026-06-19T17:02:00')));
    expect(countOf(book, 'dossiers-overdue', '001', at('2026-06-19T16:00:00'))).toBe(0);
  });
});
