/** Readings of one unit and system that come in one delivery, so that figures which belong together are of one moment. */
export interface Delivery {
  readonly periodMs: number;
  /** 0 to `periodMs`: when in the period it arrives. */
  readonly phaseMs: number;
}

export interface Schedule {
  /** Calls `visit` for every arrival after `fromMs` and at or before `toMs`, by time and then by position in the list. */
  forEachArrival(fromMs: number, toMs: number, visit: (delivery: number, atMs: number) => void): void;
  /** The last arrival at or before a moment. Epoch ms. */
  lastArrivalMs(delivery: number, atMs: number): number;
}

interface Group {
  readonly periodMs: number;
  /** By phase. */
  readonly deliveries: Int32Array;
  readonly phaseMs: Float64Array;
  nextAtMs: number;
  cycle: number;
  position: number;
}

/** Arrivals are arithmetic, so any window is found without walking there; those of one period are kept sorted and the few periods merged. */
export function createSchedule(deliveries: readonly Delivery[]): Schedule {
  const groups = [...Map.groupBy(deliveries.keys(), (index) => deliveries[index]?.periodMs ?? 0)].map(([periodMs, members]): Group => {
    const phaseOf = (index: number) => deliveries[index]?.phaseMs ?? 0;
    const sorted = members.toSorted((a, b) => phaseOf(a) - phaseOf(b) || a - b);
    return { periodMs, deliveries: Int32Array.from(sorted), phaseMs: Float64Array.from(sorted, phaseOf), nextAtMs: 0, cycle: 0, position: 0 };
  });
  return {
    forEachArrival(fromMs, toMs, visit) {
      for (const group of groups) seekAfter(group, fromMs);
      for (;;) {
        const group = earliest(groups);
        if (group === undefined || group.nextAtMs > toMs) return;
        const delivery = group.deliveries[group.position] ?? 0;
        const atMs = group.nextAtMs;
        advance(group);
        visit(delivery, atMs);
      }
    },
    lastArrivalMs(delivery, atMs) {
      const { periodMs, phaseMs } = deliveries[delivery] ?? { periodMs: 1, phaseMs: 0 };
      return Math.floor((atMs - phaseMs) / periodMs) * periodMs + phaseMs;
    },
  };
}

function seekAfter(group: Group, fromMs: number): void {
  group.cycle = Math.floor(fromMs / group.periodMs);
  const intoMs = fromMs - group.cycle * group.periodMs;
  let low = 0;
  let high = group.phaseMs.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((group.phaseMs[middle] ?? 0) > intoMs) high = middle;
    else low = middle + 1;
  }
  group.position = low - 1;
  advance(group);
}

function advance(group: Group): void {
  group.position += 1;
  if (group.position >= group.phaseMs.length) {
    group.position = 0;
    group.cycle += 1;
  }
  group.nextAtMs = group.cycle * group.periodMs + (group.phaseMs[group.position] ?? 0);
}

function earliest(groups: readonly Group[]): Group | undefined {
  let best: Group | undefined;
  for (const group of groups) {
    if (best === undefined || group.nextAtMs < best.nextAtMs) best = group;
    else if (group.nextAtMs === best.nextAtMs && (group.deliveries[group.position] ?? 0) < (best.deliveries[best.position] ?? 0)) best = group;
  }
  return best;
}
