import { existsSync, readFileSync } from 'node:fs';
import { type FileHandle, open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { AlarmEvent, type AlarmEventData, afterTelling } from './alarmEvent.ts';

const Line = z.discriminatedUnion('kind', [
  /** Will be sent. */
  z.strictObject({ kind: z.literal('due'), hook: z.string(), seq: z.number().int(), atMs: z.number(), event: AlarmEvent }),
  /** Need not be sent any more: delivered, or given up. */
  z.strictObject({ kind: z.literal('done'), hook: z.string(), seq: z.number().int() }),
  /** What a receiver was told of an alarm that is open; after compaction, in place of the `due` lines it came from. */
  z.strictObject({ kind: z.literal('told'), hook: z.string(), told: AlarmEvent.shape.data }),
  /** The receiver at this address answered 410. */
  z.strictObject({ kind: z.literal('gone'), hook: z.string(), url: z.string(), atMs: z.number() }),
]);
type Line = z.infer<typeof Line>;

export type DueLine = Extract<Line, { kind: 'due' }>;

/** What the log says of one receiver. */
interface HookState {
  readonly due: DueLine[];
  readonly told: Map<string, AlarmEventData>;
  /** Address that answered 410; `null`: none. */
  goneUrl: string | null;
}

export interface DeliveryLog {
  stateOf(hook: string): HookState;
  nextSeq(): number;
  /** Resolves once they are on disk. Rejects, and then none of them counts. */
  append(lines: readonly Line[]): Promise<void>;
  close(): Promise<void>;
}

/** Lines that say nothing any more before the file is written anew. */
const COMPACT_AFTER_LINES = 10_000;

/**
 * Append-only JSON Lines, flushed to disk before anything counts as taken on. A last line cut by a crash was never answered and is
 * left out. @throws Error if any other line cannot be read: what was promised must not be forgotten in silence.
 */
export async function openDeliveryLog(path: string): Promise<DeliveryLog> {
  const states = new Map<string, HookState>();
  const stateOf = (hook: string): HookState => {
    const state = states.get(hook) ?? { due: [], told: new Map(), goneUrl: null };
    states.set(hook, state);
    return state;
  };
  let lastSeq = 0;
  for (const line of readLines(path)) {
    apply(stateOf(line.hook), line);
    if ('seq' in line) lastSeq = Math.max(lastSeq, line.seq);
  }
  let file = await rewrite();
  let lineCount = 0;
  let last: Promise<void> = Promise.resolve();

  /** Beside, then in place of the old one: a crash leaves either. */
  async function rewrite(): Promise<FileHandle> {
    const lines = [...states].flatMap(([hook, { due, told, goneUrl }]): Line[] => {
      // `told` counts what is due as told: those lines say it again when they are read.
      const toldFirst = [...told.values()].map((data): Line => ({ kind: 'told', hook, told: data }));
      return [...due, ...toldFirst, ...(goneUrl === null ? [] : [{ kind: 'gone' as const, hook, url: goneUrl, atMs: 0 }])];
    });
    const beside = await open(`${path}.new`, 'w', 0o600);
    await beside.writeFile(toText(lines));
    await beside.sync();
    await beside.close();
    await rename(`${path}.new`, path);
    const folder = await open(dirname(path), 'r');
    await folder.sync();
    await folder.close();
    return open(path, 'a', 0o600);
  }

  async function write(lines: readonly Line[]): Promise<void> {
    if (lineCount > COMPACT_AFTER_LINES) {
      const old = file;
      file = await rewrite();
      lineCount = 0;
      await old.close();
    }
    const { size } = await file.stat();
    try {
      await file.appendFile(toText(lines));
      await file.datasync();
    } catch (error) {
      // Half a line would make the next one unreadable.
      await file.truncate(size).catch(() => {});
      throw error;
    }
    for (const line of lines) apply(stateOf(line.hook), line);
    lineCount += lines.length;
  }

  return {
    stateOf,
    nextSeq: () => ++lastSeq,
    append(lines) {
      const written = last.then(() => write(lines));
      last = written.catch(() => {});
      return written;
    },
    async close() {
      await last;
      await file.close();
    },
  };
}

const toText = (lines: readonly Line[]) => lines.map((line) => `${JSON.stringify(line)}\n`).join('');

function apply(state: HookState, line: Line): void {
  switch (line.kind) {
    case 'due':
      state.due.push(line);
      afterTelling(state.told, line.event);
      return;
    case 'done': {
      const at = state.due.findIndex(({ seq }) => seq === line.seq);
      if (at >= 0) state.due.splice(at, 1);
      return;
    }
    case 'told':
      state.told.set(line.told.alarmId, line.told);
      return;
    case 'gone':
      state.goneUrl = line.url;
      state.due.length = 0;
      state.told.clear();
  }
}

function readLines(path: string): Line[] {
  if (!existsSync(path)) return [];
  const texts = readFileSync(path, 'utf8').split('\n');
  // What follows the last line break is nothing, or a line that a crash cut.
  texts.pop();
  return texts.map((text, at) => {
    try {
      return Line.parse(JSON.parse(text));
    } catch (error) {
      throw new Error(`${path}, line ${at + 1} cannot be read (${error instanceof Error ? error.message.slice(0, 200) : ''}). It holds alarms that were to be sent: move the file away to start without them.`);
    }
  });
}
