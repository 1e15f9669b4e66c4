import type { CapabilityName } from '../../shared/protocol/socket.ts';
import type { Player, ReceivedCandidate } from '../ports/player.ts';
import type { Recording } from './recording.ts';

export interface ReplayPlayerOptions {
  /** For labels and logs only. */
  readonly name: string;
  readonly recording: Recording;
  /** Where to begin, as if sought. Absent: at the recording's start. Epoch ms. */
  readonly fromMs?: number;
}

const CAPABILITIES: readonly CapabilityName[] = ['pause', 'seek', 'rate', 'loop'];

/** Plays a recording with its own arrival times, so that lateness and silence are replayed too. */
export function createReplayPlayer({ name, recording, fromMs }: ReplayPlayerOptions): Player {
  /** Everything that arrived up to here has been returned. */
  let playedUntilMs = recording.startMs - 1;
  /** The place of a seek that no read has answered yet. */
  let soughtMs: number | null = fromMs ?? null;
  let seekCount = 0;
  let isClosed = false;
  // One read at a time: two overlapping ones would both start from the same place.
  let queue: Promise<unknown> = Promise.resolve();

  async function advanceTo(untilMs: number): Promise<readonly ReceivedCandidate[]> {
    // The recording's storage may be closed with us: it is not asked again.
    if (isClosed) return [];
    const seeksBefore = seekCount;
    const received = soughtMs === null ? await recording.readBetween(playedUntilMs, untilMs) : await readAnew(Math.min(soughtMs, untilMs), untilMs);
    // The place was left while we read: what was found there belongs to another picture.
    if (isClosed || seekCount !== seeksBefore) return [];
    playedUntilMs = soughtMs === null ? Math.max(playedUntilMs, untilMs) : untilMs;
    soughtMs = null;
    return received;
  }

  async function readAnew(atMs: number, untilMs: number): Promise<readonly ReceivedCandidate[]> {
    const current = await recording.currentAt(atMs);
    return [...current, ...(await recording.readBetween(atMs, untilMs))];
  }

  return {
    name,
    // Chapters need somewhere to stop.
    capabilities: new Set(recording.marksMs.length === 0 ? CAPABILITIES : [...CAPABILITIES, 'chapters' as const]),
    startMs: recording.startMs,
    endMs: recording.endMs,
    readUntil(untilMs) {
      const turn = queue.then(() => advanceTo(untilMs));
      // A failed read is its caller's to handle; the next one asks for the same span again.
      queue = turn.catch(() => {});
      return turn;
    },
    seek(toMs) {
      soughtMs = toMs;
      seekCount += 1;
    },
    exercise: () => null,
    async close() {
      isClosed = true;
      await queue;
    },
  };
}
