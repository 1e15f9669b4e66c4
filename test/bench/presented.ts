import type { Browser, CDPSession } from 'playwright-core';

/** Of Chromium's trace format: only what is read here. Times are monotonic microseconds. */
interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly ts: number;
  readonly id2?: { readonly local?: string };
  readonly args: { readonly frame_reporter?: { readonly state: string }; readonly data?: { readonly detail?: string } };
}

export interface Presented<Detail> {
  /** What the page wrote into its mark. */
  readonly detail: Detail;
  /** From the mark to when the frame that shows it was on its way to the screen. */
  readonly afterMs: number;
}

interface Frame { readonly committedUs: number; readonly presentedUs: number }

/** One frame of the compositor from its begin to its presentation, with the page's part in it. */
function framesOf(events: readonly TraceEvent[], pid: number): Frame[] {
  const open = new Map<string, TraceEvent>();
  const commits = new Map<string, number>();
  const frames: Frame[] = [];
  for (const event of events) {
    const id = event.id2?.local;
    if (id === undefined || event.pid !== pid) continue;
    if (event.name === 'SendBeginMainFrameToCommit' && event.ph === 'e') commits.set(id, event.ts);
    if (event.name !== 'PipelineReporter') continue;
    if (event.ph === 'b') {
      open.set(id, event);
      continue;
    }
    const state = open.get(id)?.args.frame_reporter?.state ?? '';
    const committedUs = commits.get(id);
    if (state.startsWith('STATE_PRESENTED') && committedUs !== undefined) frames.push({ committedUs, presentedUs: event.ts });
    open.delete(id);
    commits.delete(id);
  }
  return frames.sort((a, b) => a.committedUs - b.committedUs);
}

/** Which frame carries a mark's change: the first that the page handed on after it and that was presented. */
function presentedMarks<Detail>(events: readonly TraceEvent[], markName: string): Presented<Detail>[] {
  const inOrder = [...events].sort((a, b) => a.ts - b.ts);
  const marks = inOrder.filter(({ name, ph }) => name === markName && ph === 'I');
  const frames = framesOf(inOrder, marks[0]?.pid ?? 0);
  return marks.flatMap(({ ts, args: { data } }) => {
    const frame = frames.find(({ committedUs }) => committedUs >= ts);
    return frame === undefined ? [] : [{ detail: JSON.parse(data?.detail ?? 'null') as Detail, afterMs: (frame.presentedUs - ts) / 1_000 }];
  });
}

async function begin(session: CDPSession): Promise<void> {
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents', traceConfig: { includedCategories: ['disabled-by-default-devtools.timeline.frame', 'blink.user_timing'], excludedCategories: ['*'] },
  });
}

/**
 * Traces while `watch` runs and says when each `performance.mark(markName, { detail })` of the page was presented. An animation frame after the
 * change says only that the page handed it on: without a GPU the swap may wait for a quarter of a second of map behind it.
 */
export async function tracePresented<Detail>(browser: Browser, markName: string, watch: () => Promise<void>): Promise<Presented<Detail>[]> {
  const session = await browser.newBrowserCDPSession();
  const events: TraceEvent[] = [];
  session.on('Tracing.dataCollected', ({ value }) => { for (const event of value) events.push(event as unknown as TraceEvent); });
  await begin(session);
  await watch();
  const complete = new Promise((done) => { session.once('Tracing.tracingComplete', done); });
  await session.send('Tracing.end');
  await complete;
  await session.detach();
  return presentedMarks<Detail>(events, markName);
}
