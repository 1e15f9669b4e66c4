import { TokenBucket } from './tokenBucket.ts';

/** What a refusal tells to wait is not longer than the longest wait of one who is told nothing (client/net/retryDelay.ts). */
const LONGEST_WAIT_MS = 30_000;

/** Places for those who are to come again, so many in a second. Where the longest wait is full, those of its second half are given again and again. */
export class WaitingLine {
  readonly #everyMs: number;
  #lastPlaceMs: number;

  constructor(perSec: number, nowMs: number) {
    this.#everyMs = 1000 / perSec;
    this.#lastPlaceMs = nowMs;
  }

  /** How many ms until the next free place. */
  take(nowMs: number): number {
    const nextMs = Math.max(this.#lastPlaceMs, nowMs) + this.#everyMs;
    this.#lastPlaceMs = nextMs - nowMs > LONGEST_WAIT_MS ? nowMs + LONGEST_WAIT_MS / 2 : nextMs;
    // A whole ms more, so that a turn that lacks a rounding is there by then.
    return Math.ceil(this.#lastPlaceMs - nowMs) + 1;
  }
}

/**
 * [O4] Lets so many in a second; those who come in vain are told to come when it is their turn. Nobody is known again then: a newcomer
 * may take the turn of one who waits, who is then given the last place. Time is handed in.
 */
export class HandshakePace {
  readonly #turns: TokenBucket;
  readonly #line: WaitingLine;

  /** `burst`: at once, after a calm. Those who come less than (burst − 1)/perSec later than they were told waste no turn. */
  constructor(perSec: number, burst: number, nowMs: number) {
    this.#turns = new TokenBucket(burst, perSec, nowMs);
    this.#line = new WaitingLine(perSec, nowMs);
  }

  /** `null`: let in. Otherwise how many ms to wait. */
  ask(nowMs: number): number | null {
    return this.#turns.take(nowMs) ? null : this.#line.take(nowMs);
  }
}
