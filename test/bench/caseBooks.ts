import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import holidays from '../../seeds/calendar/holidays.json' with { type: 'json' };
import { createAlertConditions } from '../../server/alertConditions.ts';
import { readCatalogue } from '../../server/catalogue.ts';
import { createAlertBook } from '../../server/cases/alertBook.ts';
import { createCoverage } from '../../server/cases/coverage.ts';
import { createCases } from '../../server/cases/createCases.ts';
import { createDossierBook } from '../../server/cases/dossierBook.ts';
import { createWorkingDays, HolidayFile } from '../../server/cases/workingDays.ts';
import { openStore } from '../../server/openStore.ts';
import { DAY_MS } from '../../shared/domain/instant.ts';
import { nationOf } from '../../shared/domain/seriesTable.ts';
import { realTable } from '../support/aCatalogue.ts';
import { aFeed } from '../support/someAlerts.ts';
import { watchLoop } from './loopBlock.ts';
import { FEED, type FiledAlert, MONTH_ENDS_MS, someAlerts, someDossiers } from './manyCases.ts';
import { type BenchRow, median } from './row.ts';

const DOSSIERS = 300_000;
const ALERTS = 200_000;
const ROUNDS = 5;
const REACH_MS = 50;
const MINUTE_MS = 60_000;
/** As many as one delivery holds at most. */
const DELIVERED = 2_000;

const table = realTable('2021');
const { localities } = table;
const calendar = createWorkingDays(HolidayFile.parse(holidays));
const coverage = createCoverage(localities);
const aDossierBook = () => createDossierBook({ localities, calendar });
const anAlertBook = () => createAlertBook({ feeds: [aFeed({ id: FEED })], coverage, mostCases: 2 * ALERTS });

interface Steps {
  /** Of this thread's processor: what else runs on the machine is not the book's. The system counts it coarsely. */
  readonly cpuMs: number[];
  readonly wallMs: number[];
}

const noSteps = (): Steps => ({ cpuMs: [], wallMs: [] });

function step({ cpuMs, wallMs }: Steps, work: () => unknown): void {
  const before = process.threadCpuUsage();
  const began = performance.now();
  work();
  wallMs.push(performance.now() - began);
  const { user, system } = process.threadCpuUsage(before);
  cpuMs.push((user + system) / 1_000);
}

/** What is read in parts, each part a step. */
function stepThrough(steps: Steps, parts: Iterable<unknown>): void {
  const iterator = parts[Symbol.iterator]();
  for (let isDone = false; !isDone;) step(steps, () => { isDone = iterator.next().done === true; });
}

function rowOf(what: string, { cpuMs, wallMs }: Steps): BenchRow {
  const worstCpuMs = Math.max(...cpuMs);
  const measured = `median ${median(wallMs).toFixed(2)} ms; worst ${worstCpuMs.toFixed(0)} ms of CPU, ${Math.max(...wallMs).toFixed(0)} by the clock, of ${wallMs.length.toLocaleString('en')}`;
  return { what, measured, reach: `CPU < ${REACH_MS} ms`, ok: worstCpuMs < REACH_MS };
}

/** The eve of a month to the end of its first week. What the last round has left behind is cleared away between the rounds, not in their steps. */
async function dossierRows(): Promise<BenchRow[]> {
  const reports = [...someDossiers(localities, DOSSIERS)];
  const [first, month, after, ticks, cut, delivery] = [noSteps(), noSteps(), noSteps(), noSteps(), noSteps(), noSteps()];
  for (let round = 0; round < ROUNDS; round += 1) {
    const book = aDossierBook();
    for (const report of reports) book.take(report);
    globalThis.gc?.();
    await nextTurn();
    const fromMs = MONTH_ENDS_MS - DAY_MS;
    step(first, () => book.figures(fromMs));
    for (let atMs = fromMs + MINUTE_MS; atMs < MONTH_ENDS_MS; atMs += MINUTE_MS) step(ticks, () => book.figures(atMs));
    step(month, () => book.figures(MONTH_ENDS_MS));
    // What is over leaves meanwhile.
    for (let atMs = MONTH_ENDS_MS + 1_000; atMs < MONTH_ENDS_MS + 5 * MINUTE_MS; atMs += 1_000) step(after, () => book.figures(atMs));
    const untilMs = MONTH_ENDS_MS + 7 * DAY_MS;
    for (let atMs = MONTH_ENDS_MS + 5 * MINUTE_MS; atMs < untilMs; atMs += MINUTE_MS) step(ticks, () => book.figures(atMs));
    stepThrough(cut, book.live(untilMs));
    const delivered = reports.slice(0, DELIVERED).map((each) => ({ ...each, report: { ...each.report, atMs: untilMs, status: 6 } }));
    step(delivery, () => {
      for (const each of delivered) book.judge(each);
      for (const each of delivered) book.take(each);
    });
  }
  const held = `${(DOSSIERS / 1_000).toFixed(0)} k dossiers held`;
  return [
    rowOf(`cases: ${held}, the first figures`, first), rowOf('cases: the first tick of a month', month), rowOf('cases: the ticks of its first five minutes, while what is over leaves', after),
    rowOf('cases: ticks that pass a minute, and due dates, of eight days', ticks), rowOf('cases: a part of what the cut of the log keeps', cut), rowOf(`cases: a delivery of ${DELIVERED.toLocaleString('en')} reports judged and taken`, delivery),
  ];
}

function anAlert(like: FiledAlert, atMs: number): FiledAlert {
  const alertId = `news-${atMs}`;
  return { ...like, receivedAtMs: atMs, report: { ...like.report, alertId, conditionId: alertId, transition: 'raised', atMs } };
}

/** Ten minutes of ticks, each with news, beside a day of alerts; half an hour later those of the day before begin to leave. */
async function alertRows(): Promise<BenchRow[]> {
  const reports = [...someAlerts(localities, ALERTS)];
  const [ticks, cut] = [noSteps(), noSteps()];
  for (let round = 0; round < ROUNDS; round += 1) {
    const book = anAlertBook();
    for (const report of reports) book.take(report);
    book.figures(MONTH_ENDS_MS - MINUTE_MS);
    globalThis.gc?.();
    await nextTurn();
    for (let atMs = MONTH_ENDS_MS; atMs < MONTH_ENDS_MS + 10 * MINUTE_MS; atMs += 1_000) {
      book.take(anAlert(reports[0]!, atMs));
      step(ticks, () => book.figures(atMs));
    }
    stepThrough(cut, book.live(MONTH_ENDS_MS + 10 * MINUTE_MS));
  }
  return [rowOf(`cases: ${(ALERTS / 1_000).toFixed(0)} k alerts of one day, a tick with news`, ticks), rowOf('cases: a part of what the cut of their log keeps', cut)];
}

/** Some of its turns also clear away what the books have left behind, which costs what all of them hold. */
function floodRow({ cpuMs }: Steps): BenchRow {
  const sorted = cpuMs.toSorted((a, b) => a - b);
  const most = sorted[Math.floor(0.95 * sorted.length)] ?? Number.NaN;
  const measured = `median ${median(cpuMs).toFixed(1)} ms of CPU; 95 of 100 within ${most.toFixed(0)}, worst ${sorted.at(-1)?.toFixed(0)}, of ${sorted.length}`;
  return { what: `alarms by identity: a tick of a flood of ${DELIVERED.toLocaleString('en')} new alerts a second`, measured, reach: '95 of 100 < 20 ms', ok: most < 20 };
}

/** [AI11] The same day, of which each open condition may be an alarm: the first look, ticks with news, and floods of a whole delivery a second. */
async function conditionRows(): Promise<BenchRow[]> {
  const reports = [...someAlerts(localities, ALERTS)];
  const [first, ticks, floods] = [noSteps(), noSteps(), noSteps()];
  const rules = readCatalogue().alarmRules;
  const feeds = [aFeed({ id: FEED })];
  for (let round = 0; round < ROUNDS; round += 1) {
    const book = anAlertBook();
    for (const report of reports) book.take(report);
    const beganMs = MONTH_ENDS_MS - MINUTE_MS;
    book.figures(beganMs);
    const conditions = createAlertConditions({ feeds, rules, nationCode: nationOf(table), open: [], cases: book, lastSeenAtMs: () => beganMs });
    globalThis.gc?.();
    await nextTurn();
    step(first, () => conditions.take(beganMs));
    for (let atMs = MONTH_ENDS_MS; atMs < MONTH_ENDS_MS + 5 * MINUTE_MS; atMs += 1_000) {
      book.take(anAlert(reports[0]!, atMs));
      book.figures(atMs);
      step(ticks, () => conditions.take(atMs));
    }
    for (let atMs = MONTH_ENDS_MS + 5 * MINUTE_MS; atMs < MONTH_ENDS_MS + 6 * MINUTE_MS; atMs += 1_000) {
      for (let index = 0; index < DELIVERED; index += 1) book.take(anAlert(reports[2 * index + 1]!, atMs + index / DELIVERED));
      book.figures(atMs);
      step(floods, () => conditions.take(atMs));
    }
  }
  return [
    { ...rowOf(`alarms by identity: ${(ALERTS / 1_000).toFixed(0)} k alerts held, the first look, before the server listens`, first), reach: 'told', ok: true },
    rowOf('alarms by identity: a tick with news', ticks), floodRow(floods),
  ];
}

/** Both books from the log of a real file, as at a start, and the cut of that log ten days later. */
async function restartRows(): Promise<BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-cases-'));
  const path = join(folder, 'cases.sqlite');
  try {
    const written = await openStore({ path, table });
    await written.reports.compact([...someDossiers(localities, DOSSIERS), ...someAlerts(localities, ALERTS)]);
    await written.log.close();
    const store = await openStore({ path, table });
    const began = performance.now();
    const filed = await store.reports.readAll();
    const readMs = performance.now() - began;
    const cases = createCases({ log: store.reports, books: { alert: anAlertBook(), dossier: aDossierBook() }, filed, nowMs: MONTH_ENDS_MS });
    const foldedMs = performance.now() - began - readMs;
    // The cut is made once the log holds twice of what is needed: most of the dossiers have gone with the month, and all alerts with the day.
    globalThis.gc?.();
    const loop = watchLoop();
    await cases.compact(MONTH_ENDS_MS + 45 * DAY_MS);
    const { cpuMs, wallMs } = loop.stop();
    await store.log.close();
    return [
      { what: `cases: a start from ${Math.round(filed.length / 1_000)} k reports of both, before the server listens`, measured: `${(readMs / 1_000).toFixed(1)} s read, ${(foldedMs / 1_000).toFixed(1)} s into the books`, reach: 'told', ok: true },
      { what: 'cases: the cut of that log, longest turn of the event loop', measured: `${cpuMs.toFixed(0)} ms of CPU, ${wallMs.toFixed(0)} by the clock`, reach: `CPU < ${REACH_MS} ms`, ok: cpuMs < REACH_MS },
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** No step of the books may hold the loop that streams to walls each second. */
export async function benchCaseBooks(): Promise<BenchRow[]> {
  return [...await dossierRows(), ...await alertRows(), ...await conditionRows(), ...await restartRows()];
}

if (import.meta.main) console.table(await benchCaseBooks());
