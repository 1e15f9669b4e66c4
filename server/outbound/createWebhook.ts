import type { WebhookStatus } from '../../shared/protocol/feeds.ts';
import type { DeliveryLog, DueLine } from './deliveryLog.ts';
import { sendOnce } from './sendOnce.ts';
import type { Webhook } from './webhookSettings.ts';

const GIVE_UP_AFTER_MS = 24 * 3_600_000;
const FIRST_WAIT_MS = 5_000;
const LONGEST_WAIT_MS = 15 * 60_000;

export interface WebhookOptions {
  readonly hook: Webhook;
  readonly log: DeliveryLog;
  readonly nowMs: () => number;
  /** 0-1. */
  readonly random: () => number;
  readonly onError: (error: unknown) => void;
  readonly timeoutMs?: number;
}

/** Sends what is due to one receiver, one at a time; of one alarm always in order. */
export interface WebhookSender {
  readonly isGone: boolean;
  pump(): Promise<void>;
  noteNotTaken(count: number): void;
  status(): WebhookStatus;
  close(): Promise<void>;
}

interface Tries { readonly count: number; readonly notBeforeMs: number }
const UNTRIED: Tries = { count: 0, notBeforeMs: 0 };

/**
 * [WH3] After a failure the whole receiver is left alone for a while that grows with each one, and the delivery that failed (with all later ones of
 * its alarm) for one of its own. So a receiver that is down gets one try a wait, and one delivery that it does not like holds up nobody else.
 */
export function createWebhook({ hook, log, nowMs, random, onError, timeoutMs }: WebhookOptions): WebhookSender {
  const { due } = log.stateOf(hook.id);
  const triesBySeq = new Map<number, Tries>();
  const closing = new AbortController();
  let running: Promise<void> | null = null;
  let failuresInARow = 0, notBeforeMs = 0;
  let delivered = 0, givenUp = 0, notTaken = 0;
  let lastDeliveredAtMs: number | null = null, lastError: WebhookStatus['lastError'] = null;
  const isGone = () => log.stateOf(hook.id).goneUrl === hook.url;

  const waitMs = (failures: number) => Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(failures - 1, 20)) * (0.5 + random() / 2);

  /** Of those whose alarm has no earlier one waiting, the one tried least: a delivery that is not liked must not go before all others again and again. */
  function nextDue(): DueLine | undefined {
    const waiting = new Set<string>();
    let best: DueLine | undefined, bestCount = Number.POSITIVE_INFINITY;
    for (const delivery of due) {
      const { count, notBeforeMs: laterMs } = triesBySeq.get(delivery.seq) ?? UNTRIED;
      if (!waiting.has(delivery.event.data.alarmId) && laterMs <= nowMs() && count < bestCount) [best, bestCount] = [delivery, count];
      if (bestCount === 0) break;
      waiting.add(delivery.event.data.alarmId);
    }
    return best;
  }

  async function settle({ seq }: DueLine): Promise<void> {
    triesBySeq.delete(seq);
    // Should this line be lost, the delivery is repeated, which its id tells the receiver.
    await log.append([{ kind: 'done', hook: hook.id, seq }]);
  }

  async function sendNext(delivery: DueLine): Promise<void> {
    const atMs = nowMs();
    if (atMs - delivery.atMs > GIVE_UP_AFTER_MS) {
      givenUp += 1;
      return settle(delivery);
    }
    const result = await sendOnce({ url: hook.url, id: delivery.event.id, body: JSON.stringify(delivery.event), secrets: hook.secrets }, atMs, closing.signal, timeoutMs);
    if (closing.signal.aborted) return;
    if (result.kind === 'delivered') {
      delivered += 1;
      failuresInARow = 0;
      lastDeliveredAtMs = nowMs();
      return settle(delivery);
    }
    if (result.kind === 'gone') {
      lastError = { atMs: nowMs(), text: 'answered 410: nothing more is sent until its settings change' };
      givenUp += due.length;
      return log.append([{ kind: 'gone', hook: hook.id, url: hook.url, atMs }]);
    }
    const count = (triesBySeq.get(delivery.seq) ?? UNTRIED).count + 1;
    failuresInARow += 1;
    lastError = { atMs: nowMs(), text: result.why.slice(0, 300) };
    notBeforeMs = nowMs() + Math.max(result.retryAfterMs, waitMs(failuresInARow));
    triesBySeq.set(delivery.seq, { count, notBeforeMs: nowMs() + waitMs(count) });
  }

  async function run(): Promise<void> {
    while (!closing.signal.aborted && !isGone() && nowMs() >= notBeforeMs) {
      const delivery = nextDue();
      if (delivery === undefined) return;
      await sendNext(delivery);
    }
  }

  return {
    get isGone() { return isGone(); },
    pump() {
      running ??= run().catch(onError).finally(() => { running = null; });
      return running;
    },
    noteNotTaken: (count) => { notTaken += count; },
    status() {
      const first = due[0];
      return {
        id: hook.id, origin: new URL(hook.url).origin, state: isGone() ? 'gone' : failuresInARow > 0 ? 'failing' : 'well',
        pending: due.length, delivered, givenUp, notTaken, oldestPendingAtMs: first?.atMs ?? null, lastDeliveredAtMs,
        nextTryAtMs: first === undefined || isGone() ? null : Math.max(notBeforeMs, Math.min(...due.map(({ seq }) => (triesBySeq.get(seq) ?? UNTRIED).notBeforeMs))),
        lastError,
      };
    },
    async close() {
      closing.abort();
      await running;
    },
  };
}
