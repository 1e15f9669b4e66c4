import type { Outcome } from '../ports/ingest.ts';
import type { Player, ReceivedCandidate } from '../ports/player.ts';

/** Too much is waiting for its answer: the sender should try again later. Nothing of its delivery was taken. */
export class InboxFullError extends Error {
  override readonly name = 'InboxFullError';
  readonly waiting: number;
  readonly limit: number;
  constructor(offered: number, waiting: number, limit: number) {
    super(`The inbox cannot take ${offered} more candidates: ${waiting} of at most ${limit} are waiting to be stored. Send them again in a few seconds, or in smaller batches.`);
    this.waiting = waiting;
    this.limit = limit;
  }
}

/** The batch could not be made durable, or the player was closed first. The sender should send it again, with the same event ids. */
export class NotStoredError extends Error {
  override readonly name = 'NotStoredError';
}

export interface LivePlayer extends Player {
  /**
   * Takes one delivery, all or nothing, and resolves after commit with one outcome per candidate, in order.
   * Rejects with `InboxFullError` or `NotStoredError`. `receivedAtMs` is of the channel's playhead.
   */
  receive(candidates: readonly unknown[], receivedAtMs: number): Promise<readonly Outcome[]>;
  /** Candidates taken and not yet answered. */
  readonly waitingCount: number;
}

export interface LivePlayerOptions {
  /** Called after a delivery was taken, so that the channel need not wait for its next tick. */
  readonly onArrival: () => void;
  /** Candidates that may wait for their answer at once. */
  readonly limit?: number;
}

/** About a minute of the whole country at ten times its usual cadence. */
const DEFAULT_LIMIT = 50_000;

/** The inbox of the ingest routes. */
export function createLivePlayer({ onArrival, limit = DEFAULT_LIMIT }: LivePlayerOptions): LivePlayer {
  let inbox: ReceivedCandidate[] = [];
  const rejectWaiting = new Set<(error: NotStoredError) => void>();
  let waitingCount = 0;
  let newestMs = Number.NEGATIVE_INFINITY;
  let isClosed = false;

  function take(candidates: readonly unknown[], receivedAtMs: number): Promise<readonly Outcome[]> {
    const outcomes = new Array<Outcome>(candidates.length);
    let unanswered = candidates.length;
    waitingCount += candidates.length;
    return new Promise((resolve, reject) => {
      const settle = (finish: () => void) => {
        if (!rejectWaiting.delete(fail)) return;
        waitingCount -= candidates.length;
        finish();
      };
      const fail = (error: NotStoredError) => settle(() => reject(error));
      const onFailure = (cause: unknown) => fail(new NotStoredError('The batch could not be made durable; nothing of it was stored. Send it again with the same event ids.', { cause }));
      rejectWaiting.add(fail);
      for (const [position, candidate] of candidates.entries()) {
        const onOutcome = (outcome: Outcome) => {
          outcomes[position] = outcome;
          unanswered -= 1;
          if (unanswered === 0) settle(() => resolve(outcomes));
        };
        inbox.push({ receivedAtMs, candidate, onOutcome, onFailure });
      }
    });
  }

  return {
    name: 'live',
    capabilities: new Set(),
    startMs: null,
    endMs: null,
    get waitingCount() { return waitingCount; },
    async receive(candidates, receivedAtMs) {
      if (isClosed) throw new NotStoredError('The server is closing and takes no more candidates. Send them again when it is back.');
      if (waitingCount + candidates.length > limit) throw new InboxFullError(candidates.length, waitingCount, limit);
      if (candidates.length === 0) return [];
      // The order of arrival is the order of the calls, also for a caller whose clock stepped back.
      newestMs = Math.max(newestMs, receivedAtMs);
      const answered = take(candidates, newestMs);
      onArrival();
      return answered;
    },
    async readUntil(untilMs) {
      const firstLater = inbox.findIndex(({ receivedAtMs }) => receivedAtMs > untilMs);
      if (firstLater === -1) {
        const all = inbox;
        inbox = [];
        return all;
      }
      return inbox.splice(0, firstLater);
    },
    seek() {
      throw new Error('Invariant: the live player cannot seek; ask its capabilities first.');
    },
    exercise: () => null,
    async close() {
      isClosed = true;
      inbox = [];
      const error = new NotStoredError('The server closed before it could answer: these candidates may or may not be stored. Send them again with the same event ids; what was stored is recognised.');
      for (const reject of [...rejectWaiting]) reject(error);
    },
  };
}
