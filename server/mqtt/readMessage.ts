import { describePlaces, type FieldProblem } from '../../shared/protocol/fieldProblem.ts';
import type { AcceptedBody, DecodedItem, FeedAdapter } from '../ports/feed.ts';
import type { FeedSettings } from '../ports/feedSettings.ts';

/** As the routes read posted JSON: no name twice, bounded depth, exact numbers. */
export type ParseJson = (text: string, options: Pick<AcceptedBody, 'largeIntegers'>) => { readonly value: unknown } | { readonly problems: readonly FieldProblem[] };

/** An `ObservationFeed` (CloudEvents) is one too. */
export type MessageAdapter = Pick<FeedAdapter, 'accepts' | 'decode'>;

export type ReadMessage =
  | { readonly items: readonly DecodedItem[] }
  | { readonly reason: 'unsupported-media-type' | 'too-large' | 'malformed-request'; readonly detail: string };

/** As much as one posted request may hold. */
export const MAX_PAYLOAD_BYTES = 256 * 1024;
const DEFAULT_MEDIA_TYPES = ['application/cloudevents+json', 'application/json'];
const utf8 = new TextDecoder('utf-8', { fatal: true });

export interface MqttMessage {
  readonly payload: Uint8Array;
  /** MQTT 5 "content type" of this message. */
  readonly contentType: string | undefined;
}

/** A message as what its adapter reads, or why nobody can. What a message says of itself goes before what the settings say. */
export function readMessage({ payload, contentType }: MqttMessage, feed: FeedSettings, receivedAtMs: number, { accepts, decode }: MessageAdapter, parseJson: ParseJson): ReadMessage {
  const bodies = accepts.filter(({ reading }) => reading === undefined || reading === 'json');
  const readable = bodies.map((body) => body.mediaType);
  const mediaType = (contentType ?? feed.mqtt?.mediaType ?? DEFAULT_MEDIA_TYPES.find((type) => readable.includes(type)) ?? readable[0] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  const body = bodies.find((each) => each.mediaType === mediaType);
  if (body === undefined) {
    return { reason: 'unsupported-media-type', detail: `"${mediaType}" is not read by MQTT for format "${feed.format}"; send ${readable.join(' or ') || 'another format: this one has no JSON'}.` };
  }
  if (payload.length > MAX_PAYLOAD_BYTES) return { reason: 'too-large', detail: `${payload.length} bytes; at most ${MAX_PAYLOAD_BYTES} are read.` };
  let text: string;
  try {
    text = utf8.decode(payload);
  } catch {
    return { reason: 'malformed-request', detail: 'The payload is not UTF-8; send JSON in UTF-8.' };
  }
  const json = parseJson(text, body);
  // It is listed under the feed, and what was sent may name people: where it was wrong, not what was there.
  if ('problems' in json) return { reason: 'malformed-request', detail: describePlaces(json.problems).slice(0, 1_000) };
  return { items: decode({ mediaType, headers: {}, payload: json.value, receivedAtMs }, feed).items };
}
