import { parseInstant } from '../../shared/domain/instant.ts';

/** The gate lets a sender's clock run ahead by as much. */
export const AHEAD_MS = 60_000;

/** What has been delivered has happened: a moment further ahead than a clock may be is that of receipt. */
export function notAfterReceipt(atMs: number, receivedAtMs: number): number {
  return atMs > receivedAtMs + AHEAD_MS ? receivedAtMs : atMs;
}

/** RFC 3339, and the same with an offset without its colon (`+0000`), as Suricata and Wazuh write it. Epoch ms; `null`: not such a time, or before 1970. */
export function parseSenderInstant(text: string): number | null {
  const atMs = parseInstant(text.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
  return atMs === null || atMs < 0 ? null : atMs;
}

/** As milliseconds, everything below would be before March 1973. */
const SECONDS_BELOW = 1e11;

/** Epoch ms of a number that is meant as such, or, as many senders have it against their standard, as seconds. */
export function fromEpoch(time: number): number {
  return Math.floor(time < SECONDS_BELOW ? time * 1_000 : time);
}
