import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { io as connect, type Socket } from 'socket.io-client';
import { readCatalogue } from '../../server/catalogue.ts';
import { createChannel } from '../../server/channel.ts';
import { createGate } from '../../server/ingest/gate.ts';
import { openStore } from '../../server/openStore.ts';
import { createWallClockPlayhead } from '../../server/players/wallClockPlayhead.ts';
import type { Player, ReceivedCandidate } from '../../server/ports/player.ts';
import { ROOMS_LIMITS } from '../../server/rooms/roomsLimits.ts';
import { createChannelState } from '../../server/state/channelState.ts';
import type { SeriesTable } from '../../shared/domain/seriesTable.ts';
import { DAY_MS, startOfDayMs } from '../../shared/domain/instant.ts';
import { type ClientToServerEvents, type ServerToClientEvents, Topic } from '../../shared/protocol/socket.ts';
import { launchChromium } from '../support/chromium.ts';
import { createMirror } from '../support/mirrorOf.ts';
import { startServer } from '../support/startServer.ts';
import { type BenchRow, median, quantile } from './row.ts';

/** As reported on 31 July 2020, over 578 days. */
const TRANSACTIONS = 4_400_000;
const FIRST_MS = startOfDayMs('2019-01-01');
const LAST_MS = startOfDayMs('2021-06-30');
const SPAN_MS = 578 * DAY_MS;
const BATCH = 1_000;
const IN_FLIGHT = 5;
const NATION = Topic.parse('nation');
const SEEKS = 200;
const PIXEL_SEEKS = 40;
const STARTS = 3;
/** Steps that visit days of the whole span in no order. */
const STRIDE_DAYS = 377;

/** One event a transaction, the counter after it; a batch as it would come from a recording. */
function transactionBatch(batch: number): ReceivedCandidate[] {
  return Array.from({ length: BATCH }, (_, i) => {
    const number = batch * BATCH + i + 1;
    const atMs = FIRST_MS + Math.floor((number / TRANSACTIONS) * SPAN_MS);
    return {
      receivedAtMs: atMs,
      candidate: { sourceId: 'seed-000', eventId: `transaction-${number}`, localityCode: 'VN', indicatorId: 'ndxp-transactions-total', observedAtMs: atMs, value: number, provenance: 'derived', comparator: 'about', ref: 'bench' },
    };
  });
}

async function durableRow(table: SeriesTable, sources: ReturnType<typeof readCatalogue>['sources']): Promise<BenchRow> {
  const dir = mkdtempSync(join(tmpdir(), 'ioc-bench-'));
  const store = await openStore({ path: join(dir, 'demo.sqlite'), table });
  let next = 0;
  const player: Player = {
    name: 'bench', capabilities: new Set(), startMs: null, endMs: null, seek() {}, exercise: () => null, close: async () => {},
    readUntil: async () => (next < TRANSACTIONS / BATCH ? transactionBatch(next++) : []),
  };
  const errors: unknown[] = [];
  const channel = createChannel({
    id: 'demo', edition: '2021', table, player, log: store.log, history: store.history, alarmLog: store.alarms, alarmEvents: [], publisher: createMirror(table).publisher,
    playhead: createWallClockPlayhead(() => FIRST_MS + SPAN_MS),
    createGate: () => createGate({ table, sources }), createState: () => createChannelState({ table, sources }), onError: (error) => errors.push(error),
  });
  const beganMs = performance.now();
  for (let batch = 0; batch < TRANSACTIONS / BATCH; batch += IN_FLIGHT) await Promise.all(Array.from({ length: IN_FLIGHT }, () => channel.drain()));
  const tookSec = (performance.now() - beganMs) / 1_000;
  if (errors.length > 0 || channel.acceptedCount() !== TRANSACTIONS) throw new Error(`The replay bench stored ${channel.acceptedCount()} of ${TRANSACTIONS}: ${String(errors[0])}`);
  await channel.close();
  rmSync(dir, { recursive: true });
  return { what: '4.4 million transactions one by one, gate → log → state, durable', measured: `${tookSec.toFixed(1)} s`, reach: '< 60 s', ok: tookSec < 60 };
}

function stateRow(table: SeriesTable, sources: ReturnType<typeof readCatalogue>['sources']): BenchRow {
  const gate = createGate({ table, sources });
  const state = createChannelState({ table, sources });
  let tookMs = 0;
  for (let batch = 0; batch < TRANSACTIONS / BATCH; batch++) {
    const candidates = transactionBatch(batch);
    const beganMs = performance.now();
    state.project(gate.admit(candidates).accepted, batch * BATCH);
    tookMs += performance.now() - beganMs;
  }
  if (gate.acceptedCount !== TRANSACTIONS) throw new Error(`The gate accepted ${gate.acceptedCount} of ${TRANSACTIONS}: ${JSON.stringify(gate.refusals())}`);
  return { what: 'the same, gate and state only', measured: `${(tookMs / 1_000).toFixed(1)} s`, reach: '< 15 s', ok: tookMs < 15_000 };
}

type Wire = Socket<ServerToClientEvents, ClientToServerEvents>;

const open = (url: string): Wire => connect(url, { path: '/rt/', transports: ['websocket'], forceNew: true });
const nextFrame = (socket: Wire) => new Promise<void>((done) => { socket.once('frame', () => done()); });

/** From the command to start the program until its first frame of the replay is here. */
async function coldStartRow(): Promise<BenchRow> {
  const tookSec: number[] = [];
  for (let round = 0; round < STARTS; round++) {
    const beganMs = performance.now();
    const server = await startServer();
    const socket = open(server.url);
    const first = nextFrame(socket);
    socket.emit('subscribe', { channel: 'demo', topics: [NATION] });
    await first;
    tookSec.push((performance.now() - beganMs) / 1_000);
    socket.close();
    await server.stop();
  }
  return { what: `start of the server to the first frame of the replay, median of ${STARTS}`, measured: `${median(tookSec).toFixed(2)} s`, reach: '< 3 s', ok: median(tookSec) < 3 };
}

/** A session may say five things a second (roomsLimits.ts); one that says more is refused, and the bench would wait for ever. */
const breathe = () => new Promise((done) => { setTimeout(done, 1_000 / ROOMS_LIMITS.messagesPerSec); });

const dayOf = (step: number) => FIRST_MS + ((step * STRIDE_DAYS) % ((LAST_MS - FIRST_MS) / DAY_MS)) * DAY_MS;

async function seekRows(): Promise<BenchRow[]> {
  const server = await startServer();
  const socket = open(server.url);
  const browser = await launchChromium();
  try {
    const first = nextFrame(socket);
    socket.emit('subscribe', { channel: 'demo', topics: [NATION] });
    await first;
    socket.emit('playback', { channel: 'demo', action: 'pause' });
    const wireMs: number[] = [];
    for (let step = 1; step <= SEEKS; step++) {
      const beganMs = performance.now();
      const frame = nextFrame(socket);
      socket.emit('playback', { channel: 'demo', action: 'seek', toMs: dayOf(step) });
      await frame;
      wireMs.push(performance.now() - beganMs);
      await breathe();
    }
    const page = await browser.newPage({ viewport: { width: 1920, height: 1080 }, locale: 'vi-VN' });
    await page.goto(`${server.url}/demo?motion=off`);
    await page.locator('html[data-map-ready="true"]').waitFor({ state: 'attached', timeout: 120_000 });
    await page.waitForTimeout(3_000);
    const pixelMs: number[] = [];
    for (let step = 1; step <= PIXEL_SEEKS; step++) {
      const shown = page.evaluate((before) => new Promise<number>((done) => {
        const look = () => requestAnimationFrame(() => {
          if (document.querySelector('.demo-day')?.textContent === before) look();
          else requestAnimationFrame(() => done(performance.timeOrigin + performance.now()));
        });
        look();
      }), await page.locator('.demo-day').textContent());
      const beganMs = Date.now();
      socket.emit('playback', { channel: 'demo', action: 'seek', toMs: dayOf(step) });
      pixelMs.push(await shown - beganMs);
      await breathe();
    }
    const told = (values: readonly number[]) => `p50 ${median(values).toFixed(0)}, p99 ${quantile(values, 0.99).toFixed(0)} ms`;
    return [
      { what: `seek to any day, from the request to the frame, ${SEEKS} times`, measured: told(wireMs), reach: 'p99 < 200 ms', ok: quantile(wireMs, 0.99) < 200 },
      { what: `the same to the page’s next animation frame but one, ${PIXEL_SEEKS} times`, measured: told(pixelMs), reach: 'p99 < 500 ms', ok: quantile(pixelMs, 0.99) < 500 },
    ];
  } finally {
    socket.close();
    await browser.close();
    await server.stop();
  }
}

/** The 2019-2021 replay: its transactions told one by one, its start, and going to any day. */
export async function benchReplay(): Promise<BenchRow[]> {
  const catalogue = readCatalogue();
  const table = catalogue.tablesByEdition[2021];
  return [await durableRow(table, catalogue.sources), stateRow(table, catalogue.sources), await coldStartRow(), ...await seekRows()];
}

if (import.meta.main) console.table(await benchReplay());
