import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { readCatalogue } from '../../server/catalogue.ts';
import { withComputedSeries } from '../../server/history/computedSeries.ts';
import { openStore, type Store } from '../../server/openStore.ts';
import { dryRun } from '../../server/state/dryRun.ts';
import { SourceId } from '../../shared/domain/ids.ts';
import type { Observation } from '../../shared/domain/observation.ts';
import type { SeriesTable } from '../../shared/domain/seriesTable.ts';
import type { BenchRow } from './row.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const START_MS = Date.UTC(2026, 0, 1);
const END_MS = START_MS + 7 * DAY_MS;
const REACH_MS = 20_000;
const BATCH_MINUTES = 4;
const NO_FINGERPRINTS = { words: new Uint32Array(0) };

const indicesOf = (table: SeriesTable, id: string) => table.series.filter(({ indicator, locality }) => indicator.id === id && locality.level === 'district').map(({ index }) => index);

/** A week of every district: its link by the minute, cut here and there for some minutes; dossiers waiting and overdue every five minutes. Repeatable values. */
async function fill(store: Store, table: SeriesTable): Promise<number> {
  const [links, waiting, overdue] = ['tslcd-link-state', 'dossiers-waiting', 'dossiers-overdue'].map((id) => indicesOf(table, id));
  const sourceId = SourceId.parse('province-68');
  let batch: Observation[] = [];
  let total = 0;
  const put = (seriesIndex: number, atMs: number, value: number) => batch.push({ seriesIndex, sourceId, eventId: null, observedAtMs: atMs, receivedAtMs: atMs + 2_000, value, numerator: null, denominator: null, comparator: 'exactly', provenance: 'measured', ref: null });
  for (let minute = 0; minute * MINUTE_MS < END_MS - START_MS; minute++) {
    const atMs = START_MS + minute * MINUTE_MS;
    for (const [place, index] of links?.entries() ?? []) put(index, atMs + (place % 60) * 500, (minute + place * 37) % 5_000 < 12 ? 0 : 2);
    if (minute % 5 === 0) {
      for (const index of waiting ?? []) put(index, atMs, 100);
      for (const [place, index] of overdue?.entries() ?? []) put(index, atMs, minute % 1_440 > 1_200 && place % 3 === 0 ? 70 : 10);
    }
    if (minute % BATCH_MINUTES !== BATCH_MINUTES - 1) continue;
    await store.log.append(batch, NO_FINGERPRINTS);
    total += batch.length;
    batch = [];
  }
  await store.history.retain(END_MS);
  return total;
}

/** The rule on lost links of 705 districts, and the one on overdue dossiers of 63 provinces, tried over a week as the page asks. */
export async function benchDryRun(): Promise<BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-dryRun-'));
  const { tablesByEdition: { 2021: table }, alarmRules } = readCatalogue();
  const store = await openStore({ path: join(folder, 'week.sqlite'), table });
  try {
    const total = await fill(store, table);
    const channel = { table, history: withComputedSeries(store.history, table) };
    const rows: BenchRow[] = [];
    for (const id of ['link-lost', 'overdue-surge']) {
      const rule = alarmRules.find((each) => each.id === id);
      if (rule === undefined) throw new Error(`No rule "${id}" is shipped.`);
      const delay = monitorEventLoopDelay({ resolution: 5 });
      delay.enable();
      const [began, cpu] = [performance.now(), process.cpuUsage()];
      const { tried, resolution, series } = await dryRun({ channel, rule: { ...rule, onDelayMs: 5 * MINUTE_MS }, inForce: alarmRules, fromMs: START_MS, toMs: END_MS, signal: new AbortController().signal });
      const tookMs = performance.now() - began;
      const { user, system } = process.cpuUsage(cpu);
      delay.disable();
      if (tried.raised === 0) throw new Error(`A week of ${id} raised nothing.`);
      rows.push({
        what: `a rule tried over a week beside the one in force: ${id}, ${series} series, ${total.toLocaleString('en')} readings kept`,
        measured: `${(tookMs / 1_000).toFixed(1)} s, CPU of all threads ${((user + system) / 1e6).toFixed(1)} s, loop held at most ${(delay.max / 1e6).toFixed(0)} ms, p99 ${(delay.percentile(99) / 1e6).toFixed(0)} ms; ${tried.raised} raised, ${resolution}`,
        reach: `< ${REACH_MS / 1_000} s`, ok: tookMs < REACH_MS,
      });
    }
    return rows;
  } finally {
    await store.log.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

if (import.meta.main) console.table(await benchDryRun());
