import { Candidate, type Observation } from '../../../shared/domain/observation.ts';
import { createLogRecording } from '../../../server/players/logRecording.ts';
import { readPackedRecording } from '../../../server/players/packedRecording.ts';
import { createMemoryRecording } from '../../../server/players/recording.ts';
import { createReplayPlayer } from '../../../server/players/replayPlayer.ts';
import type { ReceivedCandidate } from '../../../server/ports/player.ts';
import type { LoggedBatch } from '../../../server/ports/store.ts';
import { realTable } from '../../support/aCatalogue.ts';
import { aPackedFile } from '../../support/aPackedFile.ts';
import { CONTRACT_SPAN_MS, describePlayerContract } from '../../support/playerContract.ts';

const table = realTable('2021');

function toObservation({ receivedAtMs, candidate }: ReceivedCandidate): Observation {
  const { localityCode, indicatorId, eventId = null, numerator = null, denominator = null, comparator = 'exactly', ref = null, ...said } = Candidate.parse(candidate);
  return { ...said, seriesIndex: table.indexOf(localityCode, indicatorId)!, receivedAtMs, eventId, numerator, denominator, comparator, ref };
}

/** A log as the store would hand it back: batches of 1, 2, 3, 1, 2, … observations, read from any offset. */
function aLogOf(received: readonly ReceivedCandidate[]) {
  const batches: LoggedBatch[] = [];
  for (let firstOffset = 0; firstOffset < received.length; ) {
    const observations = received.slice(firstOffset, firstOffset + 1 + (batches.length % 3)).map(toObservation);
    batches.push({ firstOffset, observations });
    firstOffset += observations.length;
  }
  return {
    readFrom: async (offset: number, limit: number) => batches.filter(({ firstOffset }) => firstOffset >= offset).slice(0, limit),
  };
}

describePlayerContract('replay of seed facts', (given) => ({
  player: createReplayPlayer({ name: 'facts', recording: createMemoryRecording(given) }),
  ...CONTRACT_SPAN_MS,
}));

describePlayerContract('replay of a log', async (given) => ({
  player: createReplayPlayer({ name: 'log', recording: await createLogRecording(aLogOf(given), table) }),
  ...CONTRACT_SPAN_MS,
}));

describePlayerContract('replay of a packed file', async (given) => {
  const { recording } = await readPackedRecording(aPackedFile(given), 3);
  return { player: createReplayPlayer({ name: 'packed', recording }), ...CONTRACT_SPAN_MS };
});
