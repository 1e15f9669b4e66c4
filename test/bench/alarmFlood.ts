import { mkdtempSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { io as connect, type Socket } from 'socket.io-client';
import type { Alarm } from '../../shared/domain/alarm.ts';
import type { AlarmsMessage } from '../../shared/protocol/socket.ts';
import { SOCKET_PATH } from '../../shared/protocol/version.ts';
import { realTable } from '../support/aCatalogue.ts';
import { launchChromium } from '../support/chromium.ts';
import { runIoc } from '../support/ioc.ts';
import { type RunningServer, startServer } from '../support/startServer.ts';
import { type BenchRow, median, quantile } from './row.ts';

/** What the pages call their parts. */
const SELECTORS = { deskList: '.alarms-grid', deskRow: '.alarms-row', wallRow: '.attentionRow, .preemptRow' } as const;
const ALARMS = 2_000;
const FLOOD_SEC = 60;
const PRESS_EVERY_MS = 400;
const ACKS = 30;
const WALLS = 3;
const REACH_INTERACTION_MS = 100;
const REACH_ACK_MS = 1_000;
/** Rows that the list of a full-HD wall has room for, and the one below it. */
const MOST_WALL_ROWS = 8;
const LONG_TASK_MS = 50;
const SETTLED_AFTER_MS = 3_000;
const PASSWORD = 'sông Hồng chảy về đông';

declare global { interface Window { floodBench: { eventsMs: number[]; longTasksMs: number[]; framesMs: number[]; mostRows: number } } }

/** One reading that raises an alarm, and one that ends it. */
interface Switch { readonly subject: string; readonly source: string; readonly indicator: string; readonly bad: number; readonly good: number }

/** Every place of the edition whose state is an alarm's, so that the alarms are of all provinces in turn. */
function switches(): readonly Switch[] {
  const table = realTable('2021');
  return table.series.flatMap(({ locality, indicator }): Switch[] => {
    const bad = indicator.states.find(({ alarm }) => alarm !== undefined);
    const good = indicator.states.findLast(({ alarm }) => alarm === undefined);
    const province = locality.level === 'province' ? locality.code : locality.parent;
    return bad === undefined || good === undefined ? [] : [{ subject: locality.code, source: `province-${province}`, indicator: indicator.id, bad: bad.value, good: good.value }];
  }).sort((a, b) => (a.subject.split('').reverse().join('') < b.subject.split('').reverse().join('') ? -1 : 1));
}

async function postReadings(server: RunningServer, changes: readonly { readonly of: Switch; readonly value: number; readonly id: string; readonly atMs: number }[]): Promise<void> {
  const body = changes.map(({ of, value, id, atMs }) => ({
    specversion: '1.0', id, source: of.source, type: 'vn.ioc.observation.v1', subject: of.subject, time: new Date(atMs).toISOString(), data: { indicator: of.indicator, value },
  }));
  const response = await fetch(`${server.url}/api/v1/observations`, { method: 'POST', headers: { 'Content-Type': 'application/cloudevents-batch+json' }, body: JSON.stringify(body) });
  const text = await response.text();
  if (response.status !== 200) throw new Error(`The server refused readings of the flood: ${response.status} ${text.slice(0, 300)}`);
}

/** Every place says that all is well, in parts that the door takes. */
async function putInOrder(server: RunningServer): Promise<void> {
  const all = switches().map((of, number) => ({ of, value: of.good, id: `s${number}`, atMs: Date.now() - 1_000 }));
  for (let from = 0; from < all.length; from += 500) await postReadings(server, all.slice(from, from + 500));
}

/** Four times a second; a place whose alarm stands is put in order first, by a reading of its own. */
async function flood(server: RunningServer): Promise<void> {
  const all = switches();
  const startedMs = Date.now();
  const stepMs = FLOOD_SEC * 1_000 / ALARMS;
  let serial = 0;
  let raised = 0;
  while (raised < ALARMS) {
    const due = Math.min(ALARMS, Math.ceil((Date.now() - startedMs + 250) / stepMs));
    const changes = Array.from({ length: due - raised }, () => {
      const of = all[raised % all.length] as Switch;
      const atMs = Date.now() - 10;
      const again = raised++ < all.length ? [] : [{ of, value: of.good, id: `f${serial++}`, atMs: atMs - 5 }];
      return [...again, { of, value: of.bad, id: `f${serial++}`, atMs }];
    }).flat();
    if (changes.length > 0) await postReadings(server, changes);
    await wait(250);
  }
}

async function watchPage(page: Page): Promise<void> {
  await page.addInitScript((wallRow) => {
    const bench = { eventsMs: [] as number[], longTasksMs: [] as number[], framesMs: [] as number[], mostRows: 0 };
    window.floodBench = bench;
    new PerformanceObserver((list) => bench.eventsMs.push(...list.getEntries().filter(({ name }) => name === 'keydown').map(({ duration }) => duration)))
      .observe({ type: 'event', durationThreshold: 16 } as PerformanceObserverInit);
    new PerformanceObserver((list) => bench.longTasksMs.push(...list.getEntries().map(({ duration }) => duration))).observe({ entryTypes: ['longtask'] });
    let beforeMs = 0;
    const frame = (nowMs: number) => {
      if (beforeMs > 0) bench.framesMs.push(nowMs - beforeMs);
      beforeMs = nowMs;
      bench.mostRows = Math.max(bench.mostRows, document.querySelectorAll(wallRow).length);
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  }, SELECTORS.wallRow);
}

const resetBench = (page: Page) => page.evaluate(() => { Object.assign(window.floodBench, { eventsMs: [], longTasksMs: [], framesMs: [], mostRows: 0 }); });

/** What an operator does with the keyboard: through the list, one opened, the tabs. */
const KEYS = ['ArrowDown', 'ArrowDown', 'Enter', 'j', 'ArrowUp', '2', '3', 'ArrowDown', 'Enter', '1', 'End', 'Home'] as const;

/** For as long as the flood lasts. Presses that took less than a frame are not told by the browser: they count as one. */
async function pressKeys(desk: Page, isOver: () => boolean): Promise<number> {
  let presses = 0;
  for (; !isOver(); presses++) {
    await desk.keyboard.press(KEYS[presses % KEYS.length] as string);
    await wait(PRESS_EVERY_MS);
  }
  // A desk that hears no key is quick.
  await desk.keyboard.press('1');
  await desk.keyboard.press('j');
  await desk.locator(`${SELECTORS.deskRow}:focus`).waitFor({ timeout: 5_000 });
  return presses;
}

function raisedIn(dataDir: string): { readonly states: number; readonly causes: number; readonly unique: number } {
  const db = new DatabaseSync(join(dataDir, 'live-2021.sqlite'), { readOnly: true });
  const raised = db.prepare('SELECT event FROM alarm_event').all().map(({ event }) => JSON.parse(String(event))).filter(({ kind }) => kind === 'raised');
  db.close();
  const of = (kind: string) => raised.filter(({ condition }) => condition.kind === kind);
  return { states: of('state').length, causes: of('cause').length, unique: new Set(raised.map(({ occurrenceId }) => occurrenceId)).size - of('cause').length };
}

async function follow(server: RunningServer): Promise<Socket> {
  const socket = connect(server.url, { path: SOCKET_PATH, transports: ['websocket'], forceNew: true });
  await new Promise<void>((done) => { socket.once('hello', () => done()); });
  const told = new Promise<void>((done) => { socket.once('alarms', () => done()); });
  socket.emit('subscribe', { channel: 'live', topics: ['nation'] });
  await told;
  return socket;
}

/** From the press on the desk, a POST, until the last of the walls was told. */
async function ackRow(server: RunningServer, dataDir: string): Promise<BenchRow> {
  const given = (await runIoc(['user', 'create', '--account', 'ha.lt', '--name', 'Lê Thị Hà', '--role', 'operator', '--data', dataDir])).out.trim();
  const post = (path: string, body: unknown, cookie = '') => fetch(`${server.url}${path}`, { method: 'POST', headers: { 'Content-Type': 'application/json', Cookie: cookie }, body: JSON.stringify(body) });
  const session = await post('/api/v1/session/password', { account: 'ha.lt', password: given, code: null, newPassword: PASSWORD });
  const cookie = session.headers.get('Set-Cookie')?.split(';')[0] ?? '';
  const walls = await Promise.all(Array.from({ length: WALLS }, () => follow(server)));
  const { alarms } = await (await fetch(`${server.url}/api/v1/alarms`)).json() as { alarms: Alarm[] };
  const tookMs: number[] = [];
  for (const { id, occurrenceId, severity } of alarms.filter(({ state, severity }) => state === 'UNACK' && severity !== 'critical').slice(0, ACKS)) {
    const told = Promise.all(walls.map((wall) => new Promise<void>((done) => {
      const look = ({ alarms: changed }: AlarmsMessage) => {
        if (!changed.some((alarm) => alarm.id === id && alarm.state === 'ACKED')) return;
        wall.off('alarms', look);
        done();
      };
      wall.on('alarms', look);
    })));
    const sentMs = performance.now();
    const response = await post(`/api/v1/alarms/${encodeURIComponent(id)}/ack`, { occurrenceId, severity, comment: null }, cookie);
    if (!response.ok) throw new Error(`An acknowledgement was refused: ${response.status} ${await response.text()}`);
    await told;
    tookMs.push(performance.now() - sentMs);
  }
  for (const wall of walls) wall.disconnect();
  const p99Ms = quantile(tookMs, 0.99);
  return { what: `acknowledged on the desk → told to the last of ${WALLS} walls (${tookMs.length} acknowledgements)`, measured: `p50 ${median(tookMs).toFixed(0)} ms, p99 ${p99Ms.toFixed(0)} ms`, reach: `< ${REACH_ACK_MS} ms`, ok: p99Ms < REACH_ACK_MS };
}

type Seen = Window['floodBench'];

async function openPage(browser: Browser, url: string): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1920, height: 1080 }, locale: 'vi-VN' });
  await watchPage(page);
  await page.goto(url);
  return page;
}

/** A map drawn by the processor takes seconds until it stands; that is not the flood's. */
async function settled(page: Page): Promise<void> {
  for (let before = -1, now = 0; before !== now;) {
    before = now;
    await wait(SETTLED_AFTER_MS);
    now = await page.evaluate(() => window.floodBench.longTasksMs.length);
  }
}

interface Flooded { readonly presses: number; readonly desk: Seen; readonly wall: Seen | null }

/** The wall is a browser of its own: the two would otherwise share the process that draws, which no wall and no desk do. */
async function floodOnce(server: RunningServer, hasWall: boolean): Promise<Flooded> {
  const browsers = await Promise.all(Array.from({ length: hasWall ? 2 : 1 }, () => launchChromium()));
  try {
    const [ofDesk, ofWall] = browsers as [Browser, Browser?];
    await putInOrder(server);
    const wall = ofWall === undefined ? null : await openPage(ofWall, `${server.url}/wall?scene=connectivity&rotate=0`);
    await wall?.locator('.wall-map canvas').first().waitFor({ timeout: 60_000 });
    const desk = await openPage(ofDesk, `${server.url}/desk`);
    const list = desk.locator(SELECTORS.deskList).first();
    await list.waitFor({ timeout: 60_000 });
    if (wall !== null) await settled(wall);
    for (const page of [desk, ...(wall === null ? [] : [wall])]) await resetBench(page);
    let isOver = false;
    const pressing = pressKeys(desk, () => isOver);
    await flood(server);
    isOver = true;
    const presses = await pressing;
    return { presses, desk: await desk.evaluate(() => window.floodBench), wall: wall === null ? null : await wall.evaluate(() => window.floodBench) };
  } finally {
    for (const browser of browsers) await browser.close();
  }
}

const taskRow = (tasksMs: readonly number[]) => `${tasksMs.length} tasks over ${LONG_TASK_MS} ms, longest ${Math.max(0, ...tasksMs).toFixed(0)} ms`;
const keyRow = ({ eventsMs, longTasksMs }: Seen) => `${Math.max(0, ...eventsMs).toFixed(0)} ms (over 16 ms: ${eventsMs.length}); ${taskRow(longTasksMs)}`;

/** The desk as it is used, on a machine of its own but for server and senders. */
async function deskRows(): Promise<BenchRow[]> {
  return withFloodServer(async (server, dataDir) => {
    const { presses, desk } = await floodOnce(server, false);
    const ack = await ackRow(server, dataDir);
    await server.kill();
    const { states, causes, unique } = raisedIn(dataDir);
    return [
      { what: `${ALARMS.toLocaleString('en')} alarms in ${FLOOD_SEC} s: a key pressed on the desk (move, open, change tab) → painted, worst of ${presses}`, measured: keyRow(desk), reach: `< ${REACH_INTERACTION_MS} ms`, ok: Math.max(0, ...desk.eventsMs) < REACH_INTERACTION_MS },
      { what: `of them in the log, each once; causes that explain them`, measured: `${states.toLocaleString('en')}, ${unique.toLocaleString('en')} different; ${causes}`, reach: `${ALARMS.toLocaleString('en')}`, ok: states === ALARMS && unique === ALARMS },
      ack,
    ];
  });
}

/** A wall that is drawn by the processor beside it: what the two cores of one machine make of both. */
async function wallRows(): Promise<BenchRow[]> {
  return withFloodServer(async (server) => {
    const { desk, wall } = await floodOnce(server, true);
    if (wall === null) throw new Error('Invariant: a flood with a wall has a wall.');
    return [
      { what: 'the same with a wall drawn by the same two cores: the key', measured: keyRow(desk), reach: 'told', ok: true },
      { what: `that wall: most rows at once; frames`, measured: `${wall.mostRows} rows; p99 ${quantile(wall.framesMs, 0.99).toFixed(0)} ms of ${wall.framesMs.length}; ${taskRow(wall.longTasksMs)}`, reach: `1 to ${MOST_WALL_ROWS} rows`, ok: wall.mostRows > 0 && wall.mostRows <= MOST_WALL_ROWS },
    ];
  });
}

async function withFloodServer(measure: (server: RunningServer, dataDir: string) => Promise<BenchRow[]>): Promise<BenchRow[]> {
  const dataDir = mkdtempSync(join(tmpdir(), 'bench-flood-'));
  const server = await startServer({ dataDir, env: { IOC_LIVE: 'feeds' } });
  try {
    return await measure(server, dataDir);
  } finally {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** 2,000 alarms in a minute by HTTP, and a desk whose keys are pressed meanwhile: alone, then with a wall beside it. */
export async function benchAlarmFlood(): Promise<BenchRow[]> {
  return [...await deskRows(), ...await wallRows()];
}

if (import.meta.main) console.table(await benchAlarmFlood());
