import type { Outcome } from '../ports/ingest.ts';
import type { Player, ReceivedCandidate } from '../ports/player.ts';

export interface MergedPlayer extends Player {
  /** Series a real feed has reported, as `<locality code>/<indicator id>`: the simulator is silent about them. */
  readonly reportedSeries: ReadonlySet<string>;
}

/**
 * What feeds report and what the simulator fills in, in one stream by time of arrival; at the same moment the feeds' first.
 *
 * [PL11] A series that a feed has reported, and that was stored, is simulated no more: a measured reading is never replaced by
 * an invented one, and a feed that falls silent shows as silent. A simulated reading that comes in the same step as a
 * feed's for its series is dropped too, because the feed's may be about to be stored.
 *
 * @param alreadyReported such series of earlier runs (from history), so that a restart does not bring the simulator back.
 */
export function createMergedPlayer(live: Player, simulated: Player, alreadyReported: Iterable<string> = []): MergedPlayer {
  const reported = new Set(alreadyReported);

  function noteWhenStored(received: ReceivedCandidate, key: string): ReceivedCandidate {
    const onOutcome = (outcome: Outcome) => {
      if (outcome.outcome === 'stored') reported.add(key);
      received.onOutcome?.(outcome);
    };
    return { ...received, onOutcome };
  }

  return {
    name: `${live.name}+${simulated.name}`,
    capabilities: new Set(),
    startMs: live.startMs === null || simulated.startMs === null ? null : Math.min(live.startMs, simulated.startMs),
    endMs: null,
    reportedSeries: reported,
    async readUntil(untilMs) {
      const [fromFeeds, invented] = await Promise.all([live.readUntil(untilMs), simulated.readUntil(untilMs)]);
      if (fromFeeds.length === 0 && reported.size === 0) return invented;
      const arrivingKeys = new Set<string>();
      const real = fromFeeds.map((received) => {
        const key = seriesKeyOf(received.candidate);
        if (key === null) return received;
        arrivingKeys.add(key);
        return noteWhenStored(received, key);
      });
      const kept = invented.filter(({ candidate }) => {
        const key = seriesKeyOf(candidate);
        return key === null || !(reported.has(key) || arrivingKeys.has(key));
      });
      return mergeByArrival(real, kept);
    },
    seek() {
      throw new Error('Invariant: the merged player cannot seek; ask its capabilities first.');
    },
    exercise: (nowMs) => live.exercise(nowMs) ?? simulated.exercise(nowMs),
    async close() {
      await Promise.all([live.close(), simulated.close()]);
    },
  };
}

/** `null`: the candidate does not say which series it is about; the gate will refuse it. */
function seriesKeyOf(candidate: unknown): string | null {
  if (typeof candidate !== 'object' || candidate === null || !('localityCode' in candidate) || !('indicatorId' in candidate)) return null;
  const { localityCode, indicatorId } = candidate;
  return typeof localityCode === 'string' && typeof indicatorId === 'string' ? `${localityCode}/${indicatorId}` : null;
}

function mergeByArrival(first: readonly ReceivedCandidate[], second: readonly ReceivedCandidate[]): readonly ReceivedCandidate[] {
  const merged: ReceivedCandidate[] = [];
  let at = 0;
  for (const received of first) {
    for (let other = second[at]; other !== undefined && other.receivedAtMs < received.receivedAtMs; other = second[at]) {
      merged.push(other);
      at += 1;
    }
    merged.push(received);
  }
  for (; at < second.length; at += 1) {
    const rest = second[at];
    if (rest !== undefined) merged.push(rest);
  }
  return merged;
}
