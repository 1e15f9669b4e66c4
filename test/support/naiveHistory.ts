import type { Observation } from '../../shared/domain/observation.ts';
import type { SeriesPoint } from '../../shared/protocol/http.ts';
import type { SeriesQuery } from '../../server/ports/store.ts';

/** Newest `observedAtMs`, ties to the later arrival. `observations` in order of arrival. */
export function newestOf(observations: readonly Observation[]): Observation | undefined {
  let newest: Observation | undefined;
  for (const observation of observations) {
    if (newest === undefined || observation.observedAtMs >= newest.observedAtMs) newest = observation;
  }
  return newest;
}

/** What an as-of must answer, by the slowest way there is. Event ids are kept in the log only. */
export function naiveAsOf(observations: readonly Observation[], atMs: number): Observation[] {
  const seen = observations.filter((observation) => observation.observedAtMs <= atMs);
  return [...new Set(seen.map(({ seriesIndex }) => seriesIndex))].sort((a, b) => a - b)
    .map((seriesIndex) => newestOf(seen.filter((observation) => observation.seriesIndex === seriesIndex))!)
    .map((observation) => ({ ...observation, eventId: null }));
}

/** What one slot of a tier keeps: only its newest observation. */
export function newestPerSlot(observations: readonly Observation[], slotMs: number): Observation[] {
  const bySlot = Map.groupBy(observations, ({ seriesIndex, observedAtMs }) => `${seriesIndex}/${Math.floor(observedAtMs / slotMs)}`);
  return [...bySlot.values()].map((inSlot) => newestOf(inSlot)!);
}

export function naiveSeries(observations: readonly Observation[], { seriesIndex, fromMs, toMs, points }: SeriesQuery): SeriesPoint[] {
  // In whole numbers: a width that is no whole number of milliseconds would round its own way.
  const firstMsOf = (bucket: number) => fromMs + Number((BigInt(bucket) * BigInt(toMs - fromMs) + BigInt(points - 1)) / BigInt(points));
  return Array.from({ length: points }, (_, bucket) => {
    const inBucket = observations.filter((observation) => observation.seriesIndex === seriesIndex && observation.value !== null
      && observation.observedAtMs >= firstMsOf(bucket) && observation.observedAtMs < firstMsOf(bucket + 1));
    const values = inBucket.map(({ value }) => value!);
    return {
      atMs: firstMsOf(bucket), count: values.length,
      min: values.length === 0 ? null : Math.min(...values), max: values.length === 0 ? null : Math.max(...values),
      last: newestOf(inBucket)?.value ?? null,
    };
  });
}
