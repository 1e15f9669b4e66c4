/** Allows bursts of `capacity` and `perSec` on average. Time is handed in. */
export class TokenBucket {
  readonly #capacity: number;
  readonly #perSec: number;
  #tokens: number;
  #filledAtMs: number;

  constructor(capacity: number, perSec: number, nowMs: number) {
    this.#capacity = capacity;
    this.#perSec = perSec;
    this.#tokens = capacity;
    this.#filledAtMs = nowMs;
  }

  /** All of `count` or nothing. */
  take(nowMs: number, count = 1): boolean {
    // A clock set back must not take tokens away.
    const elapsedMs = Math.max(0, nowMs - this.#filledAtMs);
    this.#tokens = Math.min(this.#capacity, this.#tokens + (elapsedMs / 1000) * this.#perSec);
    this.#filledAtMs = nowMs;
    if (this.#tokens < count) return false;
    this.#tokens -= count;
    return true;
  }
}
