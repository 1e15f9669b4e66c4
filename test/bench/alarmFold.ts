import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAlarms } from '../../server/alarms/createAlarms.ts';
import { cutAlarmLog } from '../../server/alarms/cutAlarmLog.ts';
import { openStore } from '../../server/openStore.ts';
import type { AlarmCheckpoint } from '../../server/ports/alarmCheckpoint.ts';
import type { Alarms } from '../../server/ports/alarms.ts';
import type { AlarmEvent } from '../../shared/domain/alarmEvent.ts';
import { keepLongWatch } from '../support/aLongWatch.ts';
import { smallTable } from '../support/storeContract.ts';
import { watchLoop } from './loopBlock.ts';
import { type BenchRow, median } from './row.ts';

const TRANSITIONS = 100_000;
const CONDITIONS = 2_000;
const ROUNDS = 5;
const REACH_MS = 2_000;
const DAY_MS = 24 * 3_600_000;
const HISTORY_DAYS = 90;

/** Of this thread's processor and by the clock: what else runs on the machine is not the fold's. */
function timed(work: () => void): { readonly cpuMs: number; readonly wallMs: number } {
  const before = process.threadCpuUsage();
  const began = performance.now();
  work();
  const { user, system } = process.threadCpuUsage(before);
  return { cpuMs: (user + system) / 1_000, wallMs: performance.now() - began };
}

const restart = (events: readonly AlarmEvent[], endedAtMs: number, checkpoint: AlarmCheckpoint | null = null) => createAlarms({
  log: { append: async () => {} }, events, checkpoint, nowMs: () => endedAtMs, onTransitions: () => {}, onError: (error) => { throw error; },
});

/** Everything that screens ask of the alarms, by part. */
function picture(alarms: Alarms, endedAtMs: number): Readonly<Record<string, string>> {
  const parts = { open: alarms.open(), closed: alarms.closedSince(endedAtMs - DAY_MS), load: alarms.load(24), shifts: alarms.shifts() };
  return Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, JSON.stringify(part)]));
}

/** @throws Error that names the part that differs: a printed difference of megabytes takes all memory. */
function requireSame(alarms: Alarms, live: Alarms, endedAtMs: number): string {
  const [made, expected] = [picture(alarms, endedAtMs), picture(live, endedAtMs)];
  const differing = Object.keys(expected).filter((name) => made[name] !== expected[name]);
  if (differing.length > 0) throw new Error(`The fold is not what was seen live: ${differing.join(', ')} differ.`);
  return `same as live: ${live.open().length.toLocaleString('en')} open, ${live.closedSince(endedAtMs - DAY_MS).length.toLocaleString('en')} closed in a day`;
}

/** A restart's fold of a long log, beside reading the JSON of the same lines in the same run. */
export async function benchAlarmFold(): Promise<BenchRow[]> {
  const { alarms, events, endedAtMs } = await keepLongWatch({ transitions: TRANSITIONS, conditions: CONDITIONS });
  const lines = events.map((event) => JSON.stringify(event));
  const [folds, reads]: { cpuMs: number; wallMs: number }[][] = [[], []];
  let same = '';
  for (let round = 0; round < ROUNDS; round++) {
    globalThis.gc?.();
    reads?.push(timed(() => { for (const line of lines) JSON.parse(line); }));
    globalThis.gc?.();
    let made: Alarms | undefined;
    folds?.push(timed(() => { made = restart(events, endedAtMs); }));
    same = requireSame(made as Alarms, alarms, endedAtMs);
  }
  const cpuMs = median(folds?.map((each) => each.cpuMs) ?? []);
  const wallMs = folds?.map((each) => each.wallMs) ?? [];
  const baselineMs = median(reads?.map((each) => each.cpuMs) ?? []);
  return [{
    what: `${events.length.toLocaleString('en')} alarm transitions of ${CONDITIONS.toLocaleString('en')} conditions replayed through the fold, ${ROUNDS} times`,
    measured: `median ${cpuMs.toFixed(0)} ms of CPU, ${median(wallMs).toFixed(0)} by the clock, worst ${Math.max(...wallMs).toFixed(0)}; ${(cpuMs / baselineMs).toFixed(1)} × JSON.parse of the same lines (${baselineMs.toFixed(0)} ms); ${same}`,
    reach: `< ${REACH_MS / 1_000} s, same as live`, ok: Math.max(...wallMs) < REACH_MS,
  }];
}

/** A start from a file whose log is that long, and from the same log once most of it is a checkpoint. */
export async function benchAlarmStart(): Promise<BenchRow[]> {
  const { alarms, events, endedAtMs } = await keepLongWatch({ transitions: TRANSITIONS, conditions: CONDITIONS });
  const folder = mkdtempSync(join(tmpdir(), 'bench-alarms-'));
  const path = join(folder, 'alarms.sqlite');
  const start = async () => {
    const cpuBefore = process.threadCpuUsage();
    const beganMs = performance.now();
    const store = await openStore({ path, table: smallTable });
    const openedMs = performance.now();
    const checkpoint = await store.alarms.readCheckpoint();
    const kept = await store.alarms.readAll();
    const readMs = performance.now();
    const made = restart(kept, endedAtMs, checkpoint);
    const { user, system } = process.threadCpuUsage(cpuBefore);
    return {
      cpuMs: (user + system) / 1_000, store, made, kept: kept.length, openMs: openedMs - beganMs, readMs: readMs - openedMs, foldMs: performance.now() - readMs,
    };
  };
  const rowOf = (what: string, each: Awaited<ReturnType<typeof start>>, said: string): BenchRow => ({
    what, measured: `${(each.readMs + each.foldMs).toFixed(0)} ms: read ${each.readMs.toFixed(0)}, fold ${each.foldMs.toFixed(0)} (open the file ${each.openMs.toFixed(0)}); CPU of this thread ${each.cpuMs.toFixed(0)} ms${said}`,
    reach: `< ${REACH_MS / 1_000} s`, ok: each.readMs + each.foldMs < REACH_MS,
  });
  try {
    const written = await openStore({ path, table: smallTable });
    for (let from = 0; from < events.length; from += 1_000) await written.alarms.append(events.slice(from, from + 1_000), []);
    await written.log.close();
    const first = await start();
    const same = requireSame(first.made, alarms, endedAtMs);
    const loop = watchLoop();
    let cuts = 0;
    // All but the last day, as if 90 days had gone by since.
    for (let cut = -1; cut !== 0; cuts++) cut = await cutAlarmLog(first.store.alarms, endedAtMs + (HISTORY_DAYS - 1) * DAY_MS);
    const { cpuMs } = loop.stop();
    await first.store.log.close();
    const second = await start();
    if (JSON.stringify(second.made.open()) !== JSON.stringify(alarms.open())) throw new Error('The open alarms are not the same after the cut.');
    await second.store.log.close();
    return [
      rowOf(`a start from a file with ${first.kept.toLocaleString('en')} alarm events: read, then fold`, first, `; ${same}`),
      rowOf(`the same once all but the last day is a checkpoint: ${second.kept.toLocaleString('en')} events left`, second, `; same open alarms; cut in ${cuts} parts, longest turn of the event loop ${cpuMs.toFixed(0)} ms of CPU`),
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

if (import.meta.main) console.table([...await benchAlarmFold(), ...await benchAlarmStart()]);
