/** RFC 6455, "Try Again Later". A page sees neither status nor headers of a refused upgrade, but it does see how a websocket was closed. */
export const TRY_AGAIN_LATER = 1013;

/** Reason of a close with `TRY_AGAIN_LATER`. */
export function formatRetryHint(afterMs: number): string {
  return `retry-after-ms=${Math.ceil(afterMs)}`;
}

/** ms to wait before the next attempt; `null`: the reason says none. */
export function parseRetryHint(reason: string): number | null {
  const digits = /^retry-after-ms=(\d{1,9})$/.exec(reason)?.[1];
  return digits === undefined ? null : Number(digits);
}
