import { readFileSync } from 'node:fs';
import { connect, type IClientOptions, type MqttClient } from 'mqtt';
import type { FeedDoor } from '../ports/feedDoor.ts';
import type { FeedLink } from '../ports/feedLinks.ts';
import type { FeedSettings, MqttSettings } from '../ports/feedSettings.ts';
import { MAX_PAYLOAD_BYTES, type MessageAdapter, type MqttMessage, type ParseJson, readMessage } from './readMessage.ts';

/** As long as the gate knows event ids: what the broker keeps for longer could come twice and be stored twice. */
const SESSION_EXPIRY_SEC = 7 * 24 * 3_600;
/** Messages the broker may send ahead of our acknowledgement: small, because each is up to 256 KB of ours. */
const RECEIVE_MAXIMUM = 16;
/** Topic, properties and header around the largest payload. */
const PACKET_OVERHEAD_BYTES = 64 * 1024;
const KEEPALIVE_SEC = 30;
const CONNECT_TIMEOUT_MS = 10_000;

export interface MqttFeedOptions {
  readonly door: Pick<FeedDoor, 'take' | 'noteTurnedAway'>;
  readonly adapter: MessageAdapter;
  readonly parseJson: ParseJson;
  readonly nowMs: () => number;
  /** 0-1. */
  readonly random: () => number;
  /** Told of faults of ours. */
  readonly onError: (error: unknown) => void;
  /** First and longest wait before the next try to connect. */
  readonly retryMs?: { readonly first: number; readonly longest: number };
}

type Settled = FeedSettings & { readonly mqtt: MqttSettings };

/**
 * [MQ1] Subscribes with QoS 1 and a session that the broker keeps. A message is acknowledged once it is stored, one at a time. When it cannot be, the
 * connection is dropped without acknowledgement and opened again later, upon which the broker sends it again: the broker is the queue.
 *
 * Each connection is a client of its own, so that nothing of an earlier one can acknowledge on a later one.
 * @throws Error at once if a file of the settings cannot be read
 */
export function openMqttFeed(feed: Settled, options: MqttFeedOptions): FeedLink {
  const { door, adapter, parseJson, nowMs, random, onError, retryMs = { first: 1_000, longest: 60_000 } } = options;
  const clientOptions = toClientOptions(feed);
  let client: MqttClient | null = null;
  let timer: NodeJS.Timeout | undefined;
  let inHand: Promise<void> = Promise.resolve();
  let isClosed = false, hasBeenConnected = false;
  let failures = 0;
  let isConnected = false, sinceMs = nowMs(), taken = 0, unreadable = 0;
  let lastMessageAtMs: number | null = null, lastError: { atMs: number; text: string } | null = null;
  let refusedTopics: readonly string[] = [];

  const noteError = (text: string) => { lastError = { atMs: nowMs(), text: text.slice(0, 500) }; };
  const noteConnected = (connected: boolean) => {
    if (connected !== isConnected) sinceMs = nowMs();
    isConnected = connected;
  };

  /** Half of the doubled wait is chance: a hundred feeds must not come back to a broker in one moment. */
  function nextWaitMs(atLeastMs: number): number {
    const waitMs = Math.min(retryMs.longest, retryMs.first * 2 ** Math.min(failures, 20));
    failures += 1;
    return Math.max(atLeastMs, waitMs / 2 + random() * waitMs / 2);
  }

  /** @throws what the door throws: then the message is not ours yet */
  async function take(message: MqttMessage): Promise<void> {
    const receivedAtMs = nowMs();
    lastMessageAtMs = receivedAtMs;
    let read: ReturnType<typeof readMessage>;
    try {
      read = readMessage(message, feed, receivedAtMs, adapter, parseJson);
    } catch (error) {
      // A fault of ours that would come back with every delivery and hold up all that waits behind it.
      onError(error);
      read = { reason: 'malformed-request', detail: 'A fault of this server; its log says more.' };
    }
    if ('reason' in read) {
      unreadable += 1;
      door.noteTurnedAway(feed.id, read.reason, read.detail, receivedAtMs);
      return;
    }
    if (read.items.length > 0) await door.take(feed, read.items, receivedAtMs);
    taken += 1;
  }

  function open(): void {
    const mine = connect(feed.mqtt.url, clientOptions);
    client = mine;
    let isOver = false;
    const drop = (why: string, atLeastMs = 0) => {
      if (isOver) return;
      isOver = true;
      noteConnected(false);
      mine.end(true);
      if (isClosed) return;
      noteError(why);
      timer = setTimeout(open, nextWaitMs(atLeastMs));
    };
    mine.handleMessage = ({ payload, properties }, acknowledge) => {
      if (isOver) return;
      const bytes = typeof payload === 'string' ? Buffer.from(payload) : payload;
      inHand = take({ payload: bytes, contentType: properties?.contentType }).then(() => {
        failures = 0;
        acknowledge();
      }, (error: unknown) => {
        drop(`a message could not be stored, and stays with the broker: ${describe(error)}`, retryAfterMsOf(error));
      });
    };
    mine.on('connect', ({ sessionPresent }) => {
      noteConnected(true);
      if (hasBeenConnected && !sessionPresent) noteError('the broker no longer knew our session: what it was sent while we were away may be missing');
      hasBeenConnected = true;
      // "rh: 1": retained messages come with the first subscription only, not at every reconnection.
      mine.subscribe(feed.mqtt.topics, { qos: 1, rh: 1 }, (error, granted = []) => {
        refusedTopics = granted.filter(({ qos }) => qos >= 128).map(({ topic }) => topic);
        if (error !== null && error !== undefined && !isOver) drop(`subscribing failed: ${error.message}`);
        else if (refusedTopics.length > 0) noteError(`the broker refuses ${refusedTopics.join(', ')}: check its access list`);
      });
    });
    mine.on('error', (error) => drop(describe(error)));
    mine.on('close', () => drop('the connection was closed'));
  }

  open();
  return {
    status: () => ({ feedId: feed.id, carrier: 'mqtt', url: feed.mqtt.url, isConnected, sinceMs, taken, unreadable, lastMessageAtMs, refusedTopics: [...refusedTopics], lastError }),
    async close() {
      isClosed = true;
      clearTimeout(timer);
      await inHand;
      await client?.endAsync().catch(onError);
    },
  };
}

function toClientOptions({ id, mqtt: { clientId, username, passwordFile, caFile } }: Settled): IClientOptions {
  const read = (file: string): Buffer => {
    try {
      return readFileSync(file);
    } catch (error) {
      throw new Error(`Feed "${id}": a file that its "mqtt" names cannot be read: ${describe(error)}.`, { cause: error });
    }
  };
  return {
    clientId, protocolVersion: 5, clean: false, reconnectPeriod: 0, resubscribe: false, keepalive: KEEPALIVE_SEC, connectTimeout: CONNECT_TIMEOUT_MS,
    rejectUnauthorized: true, timerVariant: 'native',
    properties: { sessionExpiryInterval: SESSION_EXPIRY_SEC, receiveMaximum: RECEIVE_MAXIMUM, maximumPacketSize: MAX_PAYLOAD_BYTES + PACKET_OVERHEAD_BYTES },
    ...(username !== undefined && { username }),
    ...(passwordFile !== undefined && { password: (new TextDecoder().decode(read(passwordFile)).split('\n')[0] ?? '').trim() }),
    ...(caFile !== undefined && { ca: read(caFile) }),
  };
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // Node gives several addresses of one name as an AggregateError without a message.
  return error.message === '' && error instanceof AggregateError ? error.errors.map(describe).join('; ') : error.message;
}

/** What a full inbox asks for. */
function retryAfterMsOf(error: unknown): number {
  const retryAfterMs: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, 'retryAfterMs') : undefined;
  return typeof retryAfterMs === 'number' && retryAfterMs > 0 ? retryAfterMs : 0;
}
