import { z } from 'zod';
import { median } from './row.ts';

export const SYSTEMS = ['product', 'naive', 'ws', 'tcp'] as const;
/** W1: every client follows the nation and a fifth of the series change each tick; W2: all of them change; T1: as W1, and each client, a tablet, follows one province. */
export const WORKLOADS = ['W1', 'W2', 'T1'] as const;
export type System = (typeof SYSTEMS)[number];
export type Workload = (typeof WORKLOADS)[number];

export interface Case { readonly system: System; readonly workload: Workload; readonly clients: number; readonly tickMs: number; readonly seconds: number }

const Figures = z.object({
  /** Processor time of all threads of the server. */
  serverUsPerClientTick: z.number(),
  /** Read from the sockets: websocket heads, heartbeats and pings counted, TCP and IP heads not. */
  bytesPerClientTick: z.number(),
  /** From the server's stamp until the last byte was parsed by the client. */
  p50Ms: z.number(),
  p99Ms: z.number(),
  rssKbPerConnection: z.number(),
  clientsBehind: z.number(),
  clientUsPerClientTick: z.number(),
  /** Of the client process that worked most. */
  clientBusiestPercentOfCore: z.number(),
});
export type Figures = z.infer<typeof Figures>;

const MeasuredCase = z.object({
  workload: z.enum(WORKLOADS),
  clients: z.number(),
  system: z.enum(SYSTEMS),
  /** Of the rounds that could be measured; `null`: none could. */
  medians: Figures.nullable(),
  roundsMeasured: z.number(),
  /** Why rounds are missing, each reason once. */
  troubles: z.array(z.string()),
});
export type MeasuredCase = z.infer<typeof MeasuredCase>;

/** What `docs/benchmarks.fanout.json` holds. */
export const FanoutRun = z.object({
  measuredOn: z.string(),
  machine: z.object({ cores: z.number(), cpuModel: z.string(), kernel: z.string(), loadAtStart: z.number() }),
  versions: z.object({ node: z.string(), 'socket.io': z.string(), ws: z.string() }),
  rounds: z.number(),
  secondsPerRound: z.number(),
  cases: z.array(MeasuredCase),
});
export type FanoutRun = z.infer<typeof FanoutRun>;

/** `null` for no rounds. */
export function mediansOf(rounds: readonly Figures[]): Figures | null {
  if (rounds.length === 0) return null;
  const names = Object.keys(Figures.shape) as (keyof Figures)[];
  return Figures.parse(Object.fromEntries(names.map((name) => [name, median(rounds.map((round) => round[name]))])));
}
