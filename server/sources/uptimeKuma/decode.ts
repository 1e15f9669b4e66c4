import { z } from 'zod';
import type { DecodedItem, FeedAdapter } from '../../ports/feed.ts';
import type { FeedSettings } from '../../ports/feedSettings.ts';
import { type Decoding, labelHints, toHints, toUnreadable } from '../decoding.ts';
import { marksOf, toAlertItem } from '../heardAlert.ts';
import type { PlaceHint, Placer } from '../placement.ts';
import { notAfterReceipt, parseSenderInstant } from '../senderClock.ts';

const Heartbeat = z.object({
  monitorID: z.union([z.int(), z.string().min(1)], 'must be the number of the monitor').transform(String),
  status: z.literal([0, 1, 2, 3], 'must be 0 (down), 1 (up), 2 (pending) or 3 (maintenance)'),
  /** UTC, without saying so: "2026-03-01 01:00:00.123". */
  time: z.unknown(),
  /** Whether the status changed with it: `false` of a down that is sent again while it lasts. */
  important: z.unknown().transform((sent) => sent !== false && sent !== 0),
});
const Monitor = z.object({
  name: z.string().nullish(),
  hostname: z.string().nullish(),
  tags: z.array(z.object({ name: z.string(), value: z.string().nullish() }), 'must be a list of {name, value}').nullish(),
});
type Monitor = z.output<typeof Monitor>;

/** Both are null in a test message. */
const UptimeKumaMessage = z.object({ heartbeat: Heartbeat.nullish(), monitor: Monitor.nullish() }, 'must be an object');

const EXAMPLE = {
  heartbeat: { monitorID: 7, status: 0, time: '2026-03-01 01:00:00.123', msg: 'timeout', ping: null, important: true, duration: 60 },
  monitor: { id: 7, name: 'TSLCD Đà Lạt', type: 'ping', hostname: 'gw-672.example', tags: [{ name: 'district', value: '672' }] },
  msg: '[TSLCD Đà Lạt] [🔴 Down] timeout',
};

/** Webhook of Uptime Kuma, 1.x and 2.x, with the body "application/json". */
export function createUptimeKumaFeed(placer: Placer): FeedAdapter {
  return {
    format: 'uptime-kuma',
    accepts: [{ mediaType: 'application/json', description: 'One notification of a monitor.', schema: UptimeKumaMessage, example: EXAMPLE }],
    decode: ({ payload, receivedAtMs }, feed) => ({ isBatch: false, items: [decodeMessage(payload, { feed, placer, receivedAtMs })] }),
  };
}

function decodeMessage(payload: unknown, decoding: Decoding): DecodedItem {
  const parsed = UptimeKumaMessage.safeParse(payload);
  if (!parsed.success) return toUnreadable(parsed.error, payload, '');
  const { heartbeat, monitor } = parsed.data;
  if (!heartbeat) return { kind: 'ignored', id: null, why: 'no heartbeat in it: a test, or a notice such as of a certificate' };
  const monitorId = `monitor-${heartbeat.monitorID}`;
  if (heartbeat.status === 2) return { kind: 'ignored', id: monitorId, why: 'pending: tried again before it counts as down' };
  // Neither up nor down is known then; the state stands as it was and grows old.
  if (heartbeat.status === 3) return { kind: 'ignored', id: monitorId, why: 'maintenance' };
  const atMs = notAfterReceipt(momentOf(heartbeat.time) ?? decoding.receivedAtMs, decoding.receivedAtMs);
  const name = monitor?.name ?? '';
  return toAlertItem({
    alertId: `${monitorId}/${atMs}`, conditionId: monitorId,
    // An up does not say which down it ends, and a down that is sent again not which one it repeats.
    transition: heartbeat.status === 0 ? 'raised' : 'cleared', isOfCondition: heartbeat.status === 1 || !heartbeat.important,
    atMs, name, titles: [name, monitorId],
    severity: tagsOf(monitor, 'severity')[0], hints: hintsOf(monitor, decoding.feed), placeAt: '/monitor/tags',
    ...marksOf((mark) => tagsOf(monitor, mark), decoding.feed),
  }, decoding);
}

/** [MA16] Every release keeps its times in UTC and writes them so, without a zone. `null`: no such time. */
function momentOf(time: unknown): number | null {
  if (typeof time !== 'string') return null;
  const text = time.trim().replace(' ', 'T');
  return parseSenderInstant(text) ?? parseSenderInstant(`${text}Z`);
}

function tagsOf(monitor: Monitor | null | undefined, name: string) {
  return (monitor?.tags ?? []).filter((tag) => tag.name === name).map(({ value }) => value);
}

function hintsOf(monitor: Monitor | null | undefined, feed: FeedSettings): PlaceHint[] {
  return [...labelHints('tag', feed, (label) => tagsOf(monitor, label)), ...toHints('host', [monitor?.name, monitor?.hostname])];
}
