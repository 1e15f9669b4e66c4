import { describe, expect, test } from 'vitest';
import { createLivePlayer } from '../../../server/players/livePlayer.ts';
import { createMergedPlayer } from '../../../server/players/mergedPlayer.ts';
import { createMemoryRecording } from '../../../server/players/recording.ts';
import { createReplayPlayer } from '../../../server/players/replayPlayer.ts';
import type { Outcome } from '../../../server/ports/ingest.ts';
import type { ReceivedCandidate } from '../../../server/ports/player.ts';
import { aCandidate, START_MS } from '../../support/anObservation.ts';
import { CONTRACT_SPAN_MS, describePlayerContract } from '../../support/playerContract.ts';

const nobody = () => {};
const STORED: Outcome = { outcome: 'stored', offset: 0 };

/** Stands for the simulator: plays what it is given, and nobody waits for its outcomes. */
const inventing = (given: readonly ReceivedCandidate[]) => createReplayPlayer({ name: 'invented', recording: createMemoryRecording(given) });

const simulatedEvery = (everyMs: number, count: number, overrides: Parameters<typeof aCandidate>[0] = {}): ReceivedCandidate[] =>
  Array.from({ length: count }, (_, index) => ({
    receivedAtMs: START_MS + (index + 1) * everyMs,
    candidate: aCandidate({ sourceId: 'province-01', provenance: 'simulated', observedAtMs: START_MS + (index + 1) * everyMs, value: index, ...overrides }),
  }));

const measured = aCandidate({ value: 500, provenance: 'measured' });

describePlayerContract('merged, without feeds', (given) => ({
  player: createMergedPlayer(createLivePlayer({ onArrival: nobody }), inventing(given)), ...CONTRACT_SPAN_MS,
}));

describePlayerContract('merged, with feeds only', (given) => {
  const live = createLivePlayer({ onArrival: nobody });
  for (const { candidate, receivedAtMs } of given) live.receive([candidate], receivedAtMs).catch(nobody);
  return { player: createMergedPlayer(live, createLivePlayer({ onArrival: nobody })), ...CONTRACT_SPAN_MS };
});

describe('feeds and the simulator', () => {
  test('[PL10] both come in one stream by time of arrival, the feed first at the same moment', async () => {
    const live = createLivePlayer({ onArrival: nobody });
    const player = createMergedPlayer(live, inventing(simulatedEvery(1_000, 4, { indicatorId: 'dossiers-waiting' })));
    live.receive([measured], START_MS + 1_500).catch(nobody);
    live.receive([measured], START_MS + 3_000).catch(nobody);
    const played = await player.readUntil(START_MS + 10_000);
    expect(played.map(({ receivedAtMs, candidate }) => [receivedAtMs - START_MS, candidate === measured])).toEqual([
      [1_000, false], [1_500, true], [2_000, false], [3_000, true], [3_000, false], [4_000, false],
    ]);
    await player.close();
  });

  test('[PL11] a series that a feed has reported is simulated no more; its neighbours still are', async () => {
    const live = createLivePlayer({ onArrival: nobody });
    const other = simulatedEvery(1_000, 5, { localityCode: '002' });
    const given = [...simulatedEvery(1_000, 5), ...other].sort((a, b) => a.receivedAtMs - b.receivedAtMs);
    const player = createMergedPlayer(live, inventing(given));
    expect(await player.readUntil(START_MS + 1_000)).toHaveLength(2);
    const answer = live.receive([measured], START_MS + 2_500);
    const taken = await player.readUntil(START_MS + 3_000);
    // In the step of the feed's own arrival the simulator is silent too: the feed's reading may be about to be stored.
    expect(taken.map(({ candidate }) => candidate)).toEqual([other[1]!.candidate, measured, other[2]!.candidate]);
    for (const { onOutcome } of taken) onOutcome?.(STORED);
    expect(await answer).toEqual([STORED]);
    expect((await player.readUntil(START_MS + 5_000)).map(({ candidate }) => candidate)).toEqual([other[3]!.candidate, other[4]!.candidate]);
    expect([...player.reportedSeries]).toEqual(['001/dossiers-received']);
  });

  test.each<Outcome>([
    { outcome: 'rejected', reason: 'implausible-value', detail: '' }, { outcome: 'quarantined', reason: 'future', detail: '' }, { outcome: 'duplicate' },
  ])('[PL11] a reading that was $outcome takes nothing over', async (outcome) => {
    const live = createLivePlayer({ onArrival: nobody });
    const player = createMergedPlayer(live, inventing(simulatedEvery(1_000, 2)));
    const answer = live.receive([measured], START_MS + 500);
    for (const { onOutcome } of await player.readUntil(START_MS + 500)) onOutcome?.(outcome);
    expect(await answer).toEqual([outcome]);
    expect(await player.readUntil(START_MS + 2_000)).toHaveLength(2);
  });

  test('[PL11] what feeds reported in an earlier run stays theirs after a restart', async () => {
    const player = createMergedPlayer(createLivePlayer({ onArrival: nobody }), inventing(simulatedEvery(1_000, 2)), ['001/dossiers-received']);
    expect(await player.readUntil(START_MS + 2_000)).toEqual([]);
  });

  test('[PL11] nonsense from a feed passes through to the gate and takes nothing over', async () => {
    const live = createLivePlayer({ onArrival: nobody });
    const player = createMergedPlayer(live, inventing(simulatedEvery(1_000, 1)));
    live.receive([null, 'text', { localityCode: 1, indicatorId: [] }], START_MS).catch(nobody);
    expect(await player.readUntil(START_MS + 1_000)).toHaveLength(4);
  });
});
