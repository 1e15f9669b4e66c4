/** The gate lets a sender's clock run ahead by as much. */
const AHEAD_MS = 60_000;

/**
 * What has been delivered has happened: a moment further ahead than a clock may be is that of receipt. Within that allowance it
 * stays as sent, so that a repeat says the same.
 */
export function notAfterReceipt(atMs: number, receivedAtMs: number): number {
  return atMs > receivedAtMs + AHEAD_MS ? receivedAtMs : atMs;
}
