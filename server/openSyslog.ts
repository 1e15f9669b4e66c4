import type { BodyLine, DecodedItem, FeedAdapter } from './ports/feed.ts';
import type { FeedDoor } from './ports/feedDoor.ts';
import type { FeedSettings, SyslogSettings } from './ports/feedSettings.ts';
import { MAX_DEPTH, parseStrictJson } from './http/strictJson.ts';
import { parseSyslogLine } from './sources/syslogHeader.ts';
import type { ReceivedLine } from './syslog/lineFramer.ts';
import type { LineTaker, SyslogListener } from './syslog/listener.ts';
import { listenTcp } from './syslog/listenTcp.ts';
import { listenUdp } from './syslog/listenUdp.ts';

/** Judged in one turn of the loop. */
const BATCH_LINES = 500;
const RETRY_MS = 1_000;
/** `FeedSettings.itemsPerSec` is over any ten seconds. */
const PACE_WINDOW_MS = 10_000;

export interface SyslogSurroundings {
  readonly door: FeedDoor;
  readonly adapters: readonly FeedAdapter[];
  readonly nowMs: () => number;
  /** Told of faults of ours. */
  readonly onError: (error: unknown) => void;
  /** Rejects when `signal` says that it is over. */
  readonly wait: (waitMs: number, signal: AbortSignal) => Promise<void>;
}

export interface SyslogListeners {
  readonly listeners: readonly { readonly feedId: FeedSettings['id']; readonly transport: SyslogSettings['transport']; readonly port: number }[];
  /** Resolves once what the door has taken is answered. Lines that the door would not take before are lost. */
  close(): Promise<void>;
}

/**
 * A listener for every feed whose settings have one.
 * @throws Error when a port cannot be had, or a format is not sent in lines; then none is open.
 */
export async function openSyslog(surroundings: SyslogSurroundings): Promise<SyslogListeners> {
  const closing = new AbortController();
  const opened: { feedId: FeedSettings['id']; transport: SyslogSettings['transport']; listener: SyslogListener }[] = [];
  const close = async () => {
    closing.abort();
    await Promise.all(opened.map(({ listener }) => listener.close()));
  };
  const feeds = surroundings.adapters.flatMap((adapter) => surroundings.door.feedsOf(adapter.format).map((feed) => ({ adapter, feed })));
  try {
    for (const { adapter, feed } of feeds) {
      if (feed.syslog === undefined) continue;
      const { transport } = feed.syslog;
      opened.push({ feedId: feed.id, transport, listener: await openListener(feed, feed.syslog, adapter, surroundings, closing.signal) });
    }
  } catch (error) {
    await close();
    throw error;
  }
  return { listeners: opened.map(({ feedId, transport, listener }) => ({ feedId, transport, port: listener.port })), close };
}

async function openListener(feed: FeedSettings, settings: SyslogSettings, adapter: FeedAdapter, surroundings: SyslogSurroundings, closing: AbortSignal): Promise<SyslogListener> {
  const taker = createTaker(feed, adapter, surroundings, closing);
  try {
    return await (settings.transport === 'tcp' ? listenTcp : listenUdp)(settings, taker);
  } catch (error) {
    throw new Error(`Feed "${feed.id}" cannot listen for syslog on ${settings.transport} ${settings.listenOn} port ${settings.port}: ${error instanceof Error ? error.message : String(error)}. Free the port or change "syslog" of the feed.`);
  }
}

/** Lines → the feed's adapter → the door, in order, a batch at a time, at the feed's pace, and again until the door has them. */
function createTaker(feed: FeedSettings, adapter: FeedAdapter, { door, nowMs, wait, onError }: SyslogSurroundings, closing: AbortSignal): LineTaker {
  const body = adapter.accepts.find(({ reading }) => reading === 'text-lines' || reading === 'json-lines');
  if (body === undefined) throw new Error(`Feed "${feed.id}" has "syslog", but messages of format "${feed.format}" are not lines. Take "syslog" out of its settings.`);
  const toBodyLine = (received: ReceivedLine, index: number): BodyLine => {
    const line = index + 1;
    if ('problem' in received) return { line, problems: [received.problem] };
    if (body.reading === 'text-lines') return { line, value: received.text };
    return { line, ...parseStrictJson(parseSyslogLine(received.text).message, MAX_DEPTH, body) };
  };
  const pace = createPace(feed.itemsPerSec, nowMs);

  function decode(lines: readonly ReceivedLine[], receivedAtMs: number): readonly DecodedItem[] {
    try {
      return adapter.decode({ mediaType: body?.mediaType ?? '', headers: {}, payload: lines.map(toBodyLine), receivedAtMs }, feed).items;
    } catch (error) {
      // A fault of ours; thrown on, it would end the server, and again with the next such line. It costs that line alone.
      if (lines.length > 1) return lines.flatMap((line) => decode([line], receivedAtMs));
      onError(error);
      door.noteTurnedAway(feed.id, 'malformed-request', 'A fault of this server; its log says more.', receivedAtMs);
      return [];
    }
  }

  async function takeBatch(lines: readonly ReceivedLine[]): Promise<void> {
    const waitMs = pace(lines.length);
    if (waitMs > 0) await wait(waitMs, closing);
    const receivedAtMs = nowMs();
    const items = decode(lines, receivedAtMs);
    while (!closing.aborted) {
      try {
        await door.take(feed, items, receivedAtMs);
        return;
      } catch (error) {
        // What was stored is recognised when it is sent again, so again is always safe.
        door.noteTurnedAway(feed.id, 'not-stored', `${items.length} lines wait: ${error instanceof Error ? error.message : String(error)}`, nowMs());
        await wait(retryAfterMs(error), closing);
      }
    }
  }

  return {
    async takeLines(lines) {
      try {
        for (let from = 0; from < lines.length && !closing.aborted; from += BATCH_LINES) await takeBatch(lines.slice(from, from + BATCH_LINES));
      } catch (error) {
        if (!closing.aborted) throw error;
      }
    },
    noteTurnedAway: (reason, detail) => door.noteTurnedAway(feed.id, reason, detail, nowMs()),
  };
}

/** How long to wait before so many more, so that any ten seconds hold ten times `perSec` of them. */
function createPace(perSec: number, nowMs: () => number): (count: number) => number {
  let paidUntilMs = 0;
  return (count) => {
    paidUntilMs = Math.max(nowMs(), paidUntilMs) + (count * 1_000) / perSec;
    return Math.max(0, paidUntilMs - PACE_WINDOW_MS - nowMs());
  };
}

function retryAfterMs(error: unknown): number {
  const waitMs: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, 'retryAfterMs') : undefined;
  return typeof waitMs === 'number' && waitMs > 0 ? waitMs : RETRY_MS;
}
