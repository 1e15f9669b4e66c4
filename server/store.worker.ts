import { parentPort, workerData } from 'node:worker_threads';
import { toStoreError } from './log/openDatabase.ts';
import { StoreError } from './ports/store.ts';
import type { StoreCalls } from './ports/storeConnection.ts';
import type { StoreQuestion, StoreReply, StoreThreadOptions } from './ports/storeThread.ts';
import { MalformedBytes } from './storage/bytes.ts';
import { openEngine, type StoreEngine, type StoreHandlers } from './storeEngine.ts';

type Append = StoreQuestion<'append'>;
type Other = StoreQuestion<keyof StoreHandlers>;

/** Refused once the disk has failed, and what finds out that it has. */
const WRITES: ReadonlySet<string> = new Set<keyof StoreHandlers>(['appendNote', 'appendReports', 'compactReports', 'appendAlarms', 'cutAlarms']);
/** Appends that share one commit: more would keep the first waiting for the last. */
const GROUP_BATCHES = 64;
const GROUP_BYTES = 4 * 1024 * 1024;

/** The thread that owns the file: answers in the order asked, folds between answers. */
function serve(options: StoreThreadOptions): void {
  const port = parentPort;
  if (port === null) throw new Error('Invariant: the store runs in a worker thread; open it with openStore.');
  const reply = (message: StoreReply, transfer: ArrayBuffer[] = []) => port.postMessage(message, transfer);
  const fail = (id: number, error: unknown) => {
    const { code, message } = toFailure(error, options.path);
    reply({ id, failure: { code, message } });
  };

  let engine: StoreEngine;
  try {
    engine = openEngine(options);
  } catch (error) {
    fail(0, error);
    port.close();
    return;
  }

  const questions: StoreQuestion[] = [];
  /** Wait until everything due is folded: what they delete must be in the coarser tiers first. */
  const retains: StoreQuestion<'retain'>[] = [];
  /** After a failed sync the disk's state is unknown; trying again could acknowledge what is not there. */
  let brokenBy: StoreError | null = null;
  let mayFold = true;
  let isScheduled = false;

  function schedule(): void {
    if (isScheduled) return;
    isScheduled = true;
    setImmediate(turn);
  }

  /** One answer or one group commit, then one step of a fold: neither waits for more than one of the other. */
  function turn(): void {
    isScheduled = false;
    const question = questions[0];
    if (question?.call === 'append') appendGroup(takeGroup(questions));
    else if (question !== undefined) {
      questions.shift();
      if (question.call === 'retain') beginRetain(question);
      else answer(question);
      if (question.call === 'close') return;
    }
    if (mayFold && brokenBy === null && engine.isFoldDue()) foldStep();
    if (!mayFold || !engine.isFoldDue()) for (const retain of retains.splice(0)) answer(retain);
    if (questions.length > 0 || retains.length > 0 || (mayFold && brokenBy === null && engine.isFoldDue())) schedule();
  }

  function appendGroup(group: readonly Append[]): void {
    try {
      if (brokenBy !== null) throw brokenBy;
      const firstOffsets = engine.appendAll(group.map(({ ask }) => ask));
      group.forEach(({ id }, i) => { reply({ id, answer: firstOffsets[i] }); });
      mayFold = true;
    } catch (error) {
      noteBroken(error);
      for (const { id } of group) fail(id, error);
    }
  }

  function beginRetain(question: StoreQuestion<'retain'>): void {
    engine.advanceClock(question.ask.nowMs);
    retains.push(question);
  }

  function answer<K extends keyof StoreHandlers>(question: StoreQuestion<K> & Other): void {
    try {
      if (brokenBy !== null && WRITES.has(question.call)) throw brokenBy;
      const handler: (ask: StoreCalls[K]['ask']) => StoreCalls[K]['answer'] = engine.handlers[question.call];
      const given = handler(question.ask);
      reply({ id: question.id, answer: given });
    } catch (error) {
      if (WRITES.has(question.call)) noteBroken(error);
      fail(question.id, error);
    }
    if (question.call === 'close') port?.close();
  }

  function foldStep(): void {
    try {
      engine.foldStep();
    } catch (error) {
      // What is not folded stays in the log and in memory; the next commit that succeeds shows that it may go on.
      mayFold = false;
      noteBroken(error);
    }
  }

  function noteBroken(error: unknown): void {
    const failure = toFailure(error, options.path);
    if (failure.code === 'io') brokenBy = failure;
  }

  port.on('message', (question: StoreQuestion) => {
    questions.push(question);
    schedule();
  });
  reply({ id: 0, answer: engine.ready });
  schedule();
}

function takeGroup(questions: StoreQuestion[]): Append[] {
  const group: Append[] = [];
  let bytes = 0;
  while (group.length < GROUP_BATCHES && bytes < GROUP_BYTES) {
    const next = questions[0];
    if (next?.call !== 'append') break;
    questions.shift();
    group.push(next);
    bytes += next.ask.payload.length;
  }
  return group;
}

function toFailure(error: unknown, path: string): StoreError {
  if (!(error instanceof MalformedBytes)) return toStoreError(error, path);
  return new StoreError('corrupt', `${path} holds bytes that cannot be read: ${error.message}. Restore it from a backup.`);
}

serve(workerData);
