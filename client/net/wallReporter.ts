import { Topic, WALL_REPORT_EVERY_MS, type WallReport } from '../../shared/protocol/socket.ts';
import type { MirrorStore } from '../store/createMirrorStore.ts';
import { createFrameMeter } from './frameMeter.ts';
import type { WallLine } from './wallLine.ts';

/** What the reporter finds out by itself. */
type Measured = 'uptimeMs' | 'applied' | 'paintedAgeMs' | 'frames' | 'heapMb';
type WallDescription = Omit<WallReport, Measured>;

export interface WallReporterOptions {
  readonly line: WallLine;
  readonly store: MirrorStore;
  readonly describe: () => WallDescription;
  /** Milliseconds since the page was opened. */
  readonly monotonicMs?: () => number;
  readonly requestFrame?: (callback: () => void) => void;
}

export interface WallReporter {
  /** Something that the desk shows has changed: reports ahead of time, at most once a second. */
  soon(): void;
  stop(): void;
}

const AT_MOST_EVERY_MS = 1_000;
const MB = 1_048_576;

/** Only Chromium tells; rounded, unless it runs with --enable-precise-memory-info. */
function heapMb(): number | null {
  const memory: unknown = Reflect.get(performance, 'memory');
  const used: unknown = typeof memory === 'object' && memory !== null ? Reflect.get(memory, 'usedJSHeapSize') : undefined;
  return typeof used === 'number' ? Math.round((used / MB) * 10) / 10 : null;
}

const rounded = (valueMs: number | null) => (valueMs === null ? null : Math.max(0, Math.round(valueMs * 10) / 10));

/** [WR1] Reports when the link comes up and every five seconds, until stopped. A page that stands still cannot, and that is the sign. */
export function startWallReporter(options: WallReporterOptions): WallReporter {
  const { line, store, describe, monotonicMs = () => performance.now(), requestFrame = (callback) => requestAnimationFrame(callback) } = options;
  const meter = createFrameMeter(monotonicMs());
  let paintedAtMs: number | null = null;
  let reportedMs = Number.NEGATIVE_INFINITY;
  let soonTimer: ReturnType<typeof setTimeout> | undefined;
  let isStopped = false;

  function frame(): void {
    if (isStopped) return;
    meter.frame(monotonicMs());
    // `epoch` and `seq` of the state are what this frame or the one before paints; the store itself may be further.
    const { epoch, seq, confirmed } = store.getState();
    if (confirmed !== null && seq !== null && epoch === confirmed.epoch && seq >= confirmed.seq) paintedAtMs = confirmed.atMs;
    requestFrame(frame);
  }

  function report(): void {
    clearTimeout(soonTimer);
    soonTimer = undefined;
    reportedMs = monotonicMs();
    const { topic, position, channel } = store;
    const { drawn, overMs, medianMs, maxMs } = meter.take(reportedMs);
    line.report({
      ...describe(), uptimeMs: Math.round(reportedMs), heapMb: heapMb(),
      applied: position === null || topic === null ? [] : [{ channel, topic: Topic.parse(topic), ...position }],
      paintedAgeMs: paintedAtMs === null ? null : rounded(store.getState().serverNowMs - paintedAtMs),
      frames: { drawn, overMs: Math.round(overMs), medianMs: rounded(medianMs), maxMs: rounded(maxMs) },
    });
  }

  function soon(): void {
    soonTimer ??= setTimeout(report, Math.max(0, reportedMs + AT_MOST_EVERY_MS - monotonicMs()));
  }

  const timer = setInterval(report, WALL_REPORT_EVERY_MS);
  const unsubscribe = store.subscribe(({ link }, before) => {
    if (link.state === 'live' && before.link.state !== 'live') soon();
  });
  requestFrame(frame);
  soon();
  return {
    soon,
    stop() {
      isStopped = true;
      clearInterval(timer);
      clearTimeout(soonTimer);
      unsubscribe();
    },
  };
}
