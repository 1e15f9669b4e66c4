import { mkdtempSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import type { Alarm } from '../../shared/domain/alarm.ts';
import { AlarmEvent } from '../../shared/domain/alarmEvent.ts';
import type { IngestAnswer } from '../../shared/protocol/http.ts';
import { seededRandom } from '../support/aLongWatch.ts';
import { createFakedClock } from '../support/fakedClock.ts';
import { runIoc } from '../support/ioc.ts';
import { type RunningServer, startServer } from '../support/startServer.ts';
import { createAlarmModel, type LinkReading } from './alarmModel.ts';

const TRIALS = Number(process.env.ALARM_TRIALS ?? 200);
/** One server lives through so many on average. */
const TRIALS_A_LIFE = 12;
const SEED = Number(process.env.ALARM_TRIALS_SEED ?? 20_261_129);
const SETTLES_WITHIN_MS = 20_000;
const DISTRICTS: readonly string[] = ['080', '082', '083', '084', '085', '672', '673', '674', '675', '676', '677'];
const OFFSETS_MS = [-5_400_000, 0, 5_400_000];
const PASSWORD = 'sông Hồng chảy về đông';

const folder = mkdtempSync(join(tmpdir(), 'ioc-trials-'));
const dataDir = join(folder, 'data');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const random = seededRandom(SEED);
const below = (count: number) => Math.floor(random() * count);
const pick = <T>(from: readonly T[]) => from[below(from.length)] as T;
const model = createAlarmModel();
const clock = createFakedClock(folder);
const failures: string[] = [];
/** Sent, and not answered yet: they are sent again until they are. */
const unanswered: LinkReading[][] = [];
let pendingAcks: Alarm[] = [];
let dataMs = Date.now() - 10 * 3_600_000;
let serial = 0;
let cookie = '';

function aDelivery(): LinkReading[] {
  return Array.from({ length: 1 + below(4) }, (): LinkReading => {
    dataMs += 1_000;
    // Some come late, and say nothing of now.
    const atMs = random() < 0.2 ? dataMs - 4_500 : dataMs;
    return { id: `r${serial++}`, district: pick(DISTRICTS), value: random() < 0.55 ? 0 : 2, atMs };
  });
}

async function post(server: RunningServer, readings: readonly LinkReading[]): Promise<void> {
  const events = readings.map(({ id, district, value, atMs }) => ({
    specversion: '1.0', id, source: `province-${district.startsWith('0') ? '10' : '68'}`, type: 'vn.ioc.observation.v1', subject: district, time: new Date(atMs).toISOString(),
    data: { indicator: 'tslcd-link-state', value },
  }));
  const response = await fetch(`${server.url}/api/v1/observations`, { method: 'POST', headers: { 'Content-Type': 'application/cloudevents-batch+json' }, body: JSON.stringify(events) });
  const answer = await response.json() as IngestAnswer;
  if (!response.ok || answer.items.some(({ outcome }) => outcome !== 'stored' && outcome !== 'duplicate')) throw new Error(`POST answered ${response.status}: ${JSON.stringify(answer)}`);
  for (const reading of readings) model.noteStored(reading);
}

const postJson = (server: RunningServer, path: string, body: unknown) =>
  fetch(`${server.url}${path}`, { method: 'POST', headers: { 'Content-Type': 'application/json', Cookie: cookie }, body: JSON.stringify(body) });
const openAlarms = async (server: RunningServer) => (await (await fetch(`${server.url}/api/v1/alarms`)).json() as { alarms: Alarm[] }).alarms;

async function acknowledge(server: RunningServer, { id, occurrenceId, severity }: Alarm): Promise<void> {
  const response = await postJson(server, `/api/v1/alarms/${encodeURIComponent(id)}/ack`, { occurrenceId, severity, comment: null });
  const text = await response.text();
  // Another occurrence by now: there is nothing of this one to acknowledge.
  if (response.status === 404) return;
  if (!response.ok) throw new Error(`An acknowledgement was answered ${response.status}: ${text}`);
  model.noteAcknowledged(occurrenceId);
}

async function signIn(server: RunningServer, given: string | null): Promise<void> {
  const asked = { account: 'ha.lt', password: given ?? PASSWORD, code: null };
  const response = given === null ? await postJson(server, '/api/v1/session', asked) : await postJson(server, '/api/v1/session/password', { ...asked, newPassword: PASSWORD });
  expect(response.status).toBe(200);
  cookie = response.headers.get('Set-Cookie')?.split(';')[0] ?? '';
}

/** Deliveries one after the other, and acknowledgements beside them; what the server's end cuts off stays to be sent again. */
async function work(server: RunningServer): Promise<void> {
  const feed = async () => {
    for (let delivery = unanswered[0]; delivery !== undefined; delivery = unanswered[0]) {
      await post(server, delivery);
      // Some are sent again though they were answered.
      if (random() < 0.2) await post(server, delivery);
      unanswered.shift();
    }
  };
  const desk = async () => {
    for (let alarm = pendingAcks[0]; alarm !== undefined; alarm = pendingAcks[0]) {
      await acknowledge(server, alarm);
      pendingAcks.shift();
    }
  };
  const ends = await Promise.allSettled([feed(), desk()]);
  for (const end of ends) {
    // A connection that broke is what a killed server leaves.
    if (end.status === 'rejected' && !(end.reason instanceof TypeError)) throw end.reason;
  }
}

/** Until the alarms are as promised: they follow with a tick. */
async function settle(server: RunningServer, trial: string): Promise<readonly Alarm[]> {
  const deadlineMs = performance.now() + SETTLES_WITHIN_MS;
  for (;;) {
    const alarms = await openAlarms(server);
    const silent = alarms.filter(({ kind }) => kind === 'source-silent').map(({ id }) => `${id} raised though it was heard`);
    const faults = [...model.faultsIn(alarms), ...silent];
    if (faults.length === 0) {
      model.noteSettled();
      return alarms;
    }
    if (performance.now() > deadlineMs) {
      failures.push(`${trial}: ${faults.join('; ')}`);
      return alarms;
    }
    await wait(20);
  }
}

/** One event after the other as the file holds them. */
function eventsInFile(): AlarmEvent[] {
  const db = new DatabaseSync(join(dataDir, 'live-2021.sqlite'), { readOnly: true });
  const events = db.prepare('SELECT event FROM alarm_event ORDER BY seq').all().map(({ event }) => AlarmEvent.parse(JSON.parse(String(event))));
  db.close();
  return events;
}

/** No occurrence twice, none raised while the one before stands, no time that goes back. */
function faultsInLog(events: readonly AlarmEvent[]): string[] {
  const faults: string[] = [];
  const occurrences = new Set<string>();
  const standing = new Set<string>();
  let lastMs = Number.NEGATIVE_INFINITY;
  for (const event of events) {
    if (event.atMs < lastMs) faults.push(`the time of ${event.kind} ${event.alarmId} goes back by ${lastMs - event.atMs} ms`);
    lastMs = event.atMs;
    if (event.kind === 'returned') standing.delete(event.alarmId);
    if (event.kind !== 'raised') continue;
    if (occurrences.has(event.occurrenceId)) faults.push(`${event.occurrenceId} is raised twice`);
    if (standing.has(event.alarmId)) faults.push(`${event.alarmId} is raised while it stands`);
    if (event.condition.kind === 'source-silent') faults.push(`${event.alarmId} was raised`);
    occurrences.add(event.occurrenceId);
    standing.add(event.alarmId);
  }
  return faults;
}

test(`[LC1] [LC3] [LC12] [CK1] over ${TRIALS} trials of kill -9, restart, clock step and resend no alarm is cleared, lost or doubled`, async () => {
  const made = await runIoc(['user', 'create', '--account', 'ha.lt', '--name', 'Lê Thị Hà', '--role', 'operator', '--data', dataDir]);
  const start = () => startServer({ dataDir, env: { IOC_LIVE: 'feeds', IOC_TICK_MS: '100', ...clock?.env } });
  let server = await start();
  await signIn(server, made.out.trim());
  const counts = { kill: 0, stop: 0, step: 0, plain: 0 };
  for (let trial = 0; trial < TRIALS; trial++) {
    const chance = random();
    const kind = chance < 0.8 / TRIALS_A_LIFE ? 'kill' : chance < 1 / TRIALS_A_LIFE ? 'stop' : chance < 0.35 && clock !== null ? 'step' : 'plain';
    counts[kind]++;
    const name = `trial ${trial} (${kind}, seed ${SEED})`;
    unanswered.push(...Array.from({ length: 1 + below(3) }, aDelivery));
    const working = work(server);
    if (kind === 'step') clock?.stepTo(pick(OFFSETS_MS));
    if (kind === 'kill' || kind === 'stop') {
      // At any moment of it: before the first answer, between commit and tick, after everything.
      await wait(below(160));
      await (kind === 'kill' ? server.kill() : server.stop());
    }
    await working;
    if (kind === 'kill' || kind === 'stop') {
      if (random() < 0.5) clock?.stepTo(pick(OFFSETS_MS));
      if (kind === 'kill') model.noteKilled();
      server = await start();
      await signIn(server, null);
      await work(server);
    }
    const alarms = await settle(server, name);
    pendingAcks = alarms.filter(({ kind: of, acked, state }) => of === 'state' && acked === null && state !== 'NORMAL' && random() < 0.3);
  }
  await work(server);
  await settle(server, 'the end');
  await server.kill();
  const events = eventsInFile();
  process.stdout.write(`alarm trials: ${TRIALS} (${Object.entries(counts).map(([kind, count]) => `${count} ${kind}`).join(', ')}${clock === null ? '; no clock to step here' : ''}), ${events.length} events, ${model.mergedCount()} went on over a kill as the occurrence before, ${failures.length} failures\n`);
  expect([...failures, ...faultsInLog(events)]).toEqual([]);
}, 600_000);
