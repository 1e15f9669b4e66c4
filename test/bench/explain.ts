import { projectAsOf } from '../../server/projectAsOf.ts';
import { createColumnReader } from '../../server/http/pastColumns.ts';
import { explainRoute } from '../../server/http/routes/explain.ts';
import { trendsRoute } from '../../server/http/routes/trends.ts';
import type { Route } from '../../server/http/route.ts';
import { openStore } from '../../server/openStore.ts';
import { createChannelState } from '../../server/state/channelState.ts';
import { toLevel } from '../../shared/domain/locality.ts';
import { buildSeriesTable, type SeriesTable } from '../../shared/domain/seriesTable.ts';
import { aChannelView } from '../support/aChannelView.ts';
import { realTable } from '../support/aCatalogue.ts';
import { anObservation, START_MS } from '../support/anObservation.ts';
import { type BenchRow, median, quantile } from './row.ts';

const SERIES = 33_000;
const REACH_MS = 150;
const MINUTE_MS = 60_000;
const ROUNDS = 6;
const BATCH = 5_000;
const RUNS = 200;
const PAST_RUNS = 40;

/** Edition 2025 cut to its first provinces, until it has about 33,000 series. */
function benchTable(): SeriesTable {
  const table = realTable('2025');
  const end = table.series[SERIES]?.locality;
  return buildSeriesTable(table.localities.slice(0, end === undefined ? undefined : table.localities.indexOf(end)), table.indicators);
}

/** CPU is that of all threads, the store's too. */
interface Times { readonly wallMs: number[]; readonly cpuMs: number[] }

/** From the query to the JSON that would be sent. */
async function answerTimes(route: Route, paths: readonly string[], runs: number): Promise<Times> {
  const times: Times = { wallMs: [], cpuMs: [] };
  for (let run = 0; run < runs; run++) {
    const cpuBefore = process.cpuUsage();
    const began = performance.now();
    const reply = await route.handle({ url: paths[run % paths.length] } as Parameters<Route['handle']>[0]);
    if (reply.kind !== 'json' || JSON.stringify(reply.value).length < 100) throw new Error(`${paths[run % paths.length]} was not answered with JSON.`);
    times.wallMs.push(performance.now() - began);
    const cpu = process.cpuUsage(cpuBefore);
    times.cpuMs.push((cpu.user + cpu.system) / 1_000);
  }
  return times;
}

const row = (what: string, { wallMs, cpuMs }: Times): BenchRow => ({
  what, measured: `median ${median(wallMs).toFixed(1)} ms, p99 ${quantile(wallMs, 0.99).toFixed(1)} ms, of which CPU ${median(cpuMs).toFixed(1)} and ${quantile(cpuMs, 0.99).toFixed(1)}`,
  reach: `p99 < ${REACH_MS} ms`, ok: quantile(wallMs, 0.99) < REACH_MS,
});

/** Computed numbers of the nation and the provinces in turn, as the sheet asks for them: down to the units of both counts of a ratio. */
export async function benchExplain(): Promise<BenchRow[]> {
  const table = benchTable();
  const observed = table.series.filter(({ locality, indicator }) => toLevel(locality) === indicator.observedAt);
  const store = await openStore({ path: ':memory:', table });
  const state = createChannelState({ table, sources: [] });
  for (let round = 0; round < ROUNDS; round++) {
    const atMs = START_MS + round * MINUTE_MS;
    const batch = observed.map(({ index, indicator }) => anObservation({
      seriesIndex: index, observedAtMs: atMs, receivedAtMs: atMs + 500, value: indicator.states.at(-1)?.value ?? Math.max(indicator.plausible.min, Math.min(indicator.plausible.max, (index + round) % 1_000)),
    }));
    for (let first = 0; first < batch.length; first += BATCH) await store.log.append(batch.slice(first, first + BATCH), { words: new Uint32Array(0) });
    state.project(batch, 0);
  }
  const nowMs = START_MS + ROUNDS * MINUTE_MS;
  state.settle(nowMs);
  const base = aChannelView();
  const channel = { ...base, table, edition: '2025' as const, readings: state.readings, history: store.history, playback: () => ({ ...base.playback(), nowMs }) };
  const dependencies = {
    channels: new Map([[channel.id, channel]]), facts: [],
    projectAsOf: ((view, answer, atMs, asked = view.table) => projectAsOf((of) => createChannelState({ table: of, sources: [] }), asked, answer, atMs)) satisfies Parameters<typeof explainRoute>[0]['projectAsOf'],
  };
  // Nation and provinces: below them a number is an observation or two, explained in no time.
  const computed = table.series.filter(({ locality, indicator }) => toLevel(locality) !== 'local' && indicator.observedAt !== toLevel(locality) && indicator.rollUp.rule !== 'none');
  const paths = computed.filter((_, at) => at % 7 === 0 || at < 60).map(({ locality, indicator }) => `/?locality=${locality.code}&indicator=${indicator.id}&depth=2`);
  const route = explainRoute(dependencies);
  await answerTimes(route, paths, RUNS);
  const now = await answerTimes(route, paths, RUNS);
  const pastPaths = paths.map((path) => `${path}&at=${nowMs - 2 * MINUTE_MS}`);
  await answerTimes(route, pastPaths, PAST_RUNS);
  const past = await answerTimes(route, pastPaths, RUNS);
  // No answer is kept: each is asked in another minute.
  let clockMs = 0;
  const cards = await answerTimes(trendsRoute(dependencies, createColumnReader({ ...dependencies, nowMs: () => (clockMs += 2 * MINUTE_MS) })), [`/?locality=01&indicators=tslcd-share,tslcd-latency,tslcd-loss,meeting-room-share,ndxp-transactions,documents-electronic-share&hours=1&at=${nowMs}`], PAST_RUNS);
  await store.log.close();
  const count = table.series.length.toLocaleString('en');
  return [row(`explain a number, ${count} series`, now), row(`explain a number of the past, ${count} series`, past), row(`six cards with their runs and the reading before, ${count} series`, cards)];
}

if (import.meta.main) console.table(await benchExplain());
