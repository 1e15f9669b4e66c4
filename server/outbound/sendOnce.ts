import { signedHeaders } from './signature.ts';

const TIMEOUT_MS = 10_000;
/** A receiver may ask for this much patience, not for more: it could otherwise stop us by one answer. */
const MAX_RETRY_AFTER_MS = 3_600_000;

export type SendResult =
  | { readonly kind: 'delivered' }
  | { readonly kind: 'gone' }
  /** `retryAfterMs`: how long the receiver asks us to wait; 0: it does not. */
  | { readonly kind: 'failed'; readonly why: string; readonly retryAfterMs: number };

export interface Post {
  readonly url: string;
  readonly id: string;
  readonly body: string;
  readonly secrets: readonly Uint8Array[];
}

/**
 * One try. Certificates are checked, redirects not followed: they lead where the settings did not say. Never rejects.
 * The answer's body is not read.
 */
export async function sendOnce({ url, id, body, secrets }: Post, atMs: number, isClosing: AbortSignal, timeoutMs = TIMEOUT_MS): Promise<SendResult> {
  try {
    const response = await fetch(url, {
      method: 'POST', redirect: 'manual', signal: AbortSignal.any([isClosing, AbortSignal.timeout(timeoutMs)]), body,
      headers: { 'Content-Type': 'application/cloudevents+json; charset=utf-8', 'User-Agent': 'ioc-display', ...signedHeaders(id, atMs, body, secrets) },
    });
    await response.body?.cancel();
    if (response.ok) return { kind: 'delivered' };
    if (response.status === 410) return { kind: 'gone' };
    const isRedirect = response.status >= 300 && response.status < 400;
    return { kind: 'failed', why: `answered ${response.status}${isRedirect ? ', a redirect, which is not followed: put the final address into the settings' : ''}`, retryAfterMs: retryAfterMs(response.headers.get('Retry-After'), atMs) };
  } catch (error) {
    return { kind: 'failed', why: describe(error), retryAfterMs: 0 };
  }
}

/** Seconds or a date (RFC 9110). */
function retryAfterMs(header: string | null, nowMs: number): number {
  if (header === null) return 0;
  const ms = /^\d+$/.test(header.trim()) ? Number(header) * 1_000 : Date.parse(header) - nowMs;
  return ms > 0 ? Math.min(ms, MAX_RETRY_AFTER_MS) : 0;
}

/** `fetch failed` says nothing; its cause does. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return 'no answer in time';
  return error.cause instanceof Error ? error.cause.message || error.cause.name : error.message;
}
