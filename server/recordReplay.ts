import type { ReplayIndex } from '../shared/protocol/replayFolder.ts';
import { Topic } from '../shared/protocol/socket.ts';
import type { Channel } from './channel.ts';
import type { Surroundings } from './openChannels.ts';
import { ReplayRecorder } from './replayRecorder.ts';

/** All the series of an edition. */
const TOPIC = Topic.parse('nation');
/** Real time of one step. Any length would do: the clock is ours. */
const STEP_REAL_MS = 1_000;

export interface RecordReplayOptions {
  /** Opens the channel over what it is given: where its pictures go, and the clock that its playhead moves by. */
  readonly open: (driven: Pick<Surroundings, 'rooms' | 'elapsedMs' | 'onError'>) => Promise<Channel>;
  /** Data time from one frame to the next, ms. */
  readonly stepMs: number;
  /** Deltas from one snapshot to the next: what a seek has to apply at most. */
  readonly snapshotEvery: number;
  /** 16 hex digits that name the recording. */
  readonly epoch: string;
}

export interface RecordedReplay extends Pick<ReplayIndex, 'channel' | 'topic' | 'stopsMs' | 'sources'> {
  readonly frames: readonly Uint8Array[];
}

/**
 * [SR1] Plays a channel from its beginning to its end, on the way every reading takes (player, gate, log, state, encoder), and keeps
 * what a follower of the nation would have been sent. The same recording gives the same frames.
 * Rejects when the channel has no beginning or end, raises an alarm (a replay without a server carries none), or a step of it fails.
 */
export async function recordReplay({ open, stepMs, snapshotEvery, epoch }: RecordReplayOptions): Promise<RecordedReplay> {
  let elapsedMs = 0;
  const errors: unknown[] = [];
  const recorder = new ReplayRecorder({ topic: TOPIC, epoch, snapshotEvery });
  const channel = await open({ rooms: recorder, elapsedMs: () => elapsedMs, onError: (error) => errors.push(error) });
  try {
    const notes = createNotes(channel);
    const step = async () => {
      await channel.tick();
      if (errors.length > 0) throw errors[0];
      notes.take();
    };
    const opening = channelAtStart(channel, epoch);
    await step();
    recorder.begin();
    steer(channel, { action: 'rate', rate: stepMs / STEP_REAL_MS });
    steer(channel, { action: 'play' });
    while (channel.playback().isPlaying) {
      elapsedMs += STEP_REAL_MS;
      await step();
    }
    return { channel: opening, topic: TOPIC, frames: recorder.frames, stopsMs: notes.stopsMs(), sources: notes.sources };
  } finally {
    await channel.close();
  }
}

type Step = { readonly action: 'rate'; readonly rate: number } | { readonly action: 'play' };

function steer(channel: Channel, step: Step): void {
  const why = channel.control({ channel: channel.id, ...step });
  if (why !== null) throw new Error(`${why} So it cannot be recorded.`);
}

function channelAtStart(channel: Channel, epoch: string): ReplayIndex['channel'] {
  const playback = channel.playback();
  if (playback.startMs === null || playback.endMs === null) throw new Error(`Channel "${channel.id}" has no beginning or no end, so it cannot be recorded.`);
  return { channel: channel.id, edition: channel.edition, epoch, player: channel.playerName, seriesCount: channel.table.series.length, playback };
}

/** What goes beside the frames, as it shows while the channel plays. */
function createNotes(channel: Channel) {
  const stops = new Set<number>();
  const sources: ReplayIndex['sources'] = [];
  return {
    sources,
    stopsMs: () => [...stops].sort((a, b) => a - b),
    take(): void {
      const { nowMs, stopMs } = channel.playback();
      const [alarm] = channel.openAlarms();
      if (alarm !== undefined) throw new Error(`The recording raises alarm "${alarm.id}" at ${nowMs} ms. A replay without a server carries no alarms: show it with the server.`);
      if (stopMs !== null) stops.add(stopMs);
      const health = channel.sourceHealth();
      if (JSON.stringify(health) !== JSON.stringify(sources.at(-1)?.health)) sources.push({ fromMs: nowMs, health });
    },
  };
}
