import type { CapabilityName, Exercise } from '../../shared/protocol/socket.ts';
import type { Outcome } from './ingest.ts';

/** An unvalidated candidate and the moment we got it. */
export interface ReceivedCandidate {
  readonly receivedAtMs: number;
  readonly candidate: unknown;
  /** Called once, after commit or refusal. Absent when nobody waits for the answer. */
  readonly onOutcome?: (outcome: Outcome) => void;
  /** Called instead of `onOutcome` when the batch could not be made durable: nothing of it was stored. */
  readonly onFailure?: (error: unknown) => void;
}

/**
 * Moves data through time. Simulated, replayed and live data all come out of this one interface, and nothing downstream
 * asks which it was: ask `capabilities` instead.
 */
export interface Player {
  /** For labels and logs only. */
  readonly name: string;
  readonly capabilities: ReadonlySet<CapabilityName>;
  /** First and last moment it can play, epoch ms. `null`: open. */
  readonly startMs: number | null;
  readonly endMs: number | null;
  /**
   * Candidates not yet returned whose `receivedAtMs` is at or before `untilMs`, in order of arrival. It may read storage but
   * never waits for the future. Arrival order, because replaying lateness faithfully is the point of a replay.
   */
  readUntil(untilMs: number): Promise<readonly ReceivedCandidate[]>;
  /**
   * Only with the `seek` capability. The next `readUntil` first returns what was current at `toMs` (one candidate per series),
   * then goes on from there.
   */
  seek(toMs: number): void;
  /** The exercise that is on; `null`: none, and never one where nothing is made up. */
  exercise(nowMs: number): Exercise | null;
  close(): Promise<void>;
}
