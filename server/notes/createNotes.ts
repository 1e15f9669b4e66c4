import type { NoteDraft, NoteDto, NoteEntry } from '../../shared/protocol/notes.ts';
import type { NoteLog, NoteQuery, NoteRefusal, Notes } from '../ports/notes.ts';
import { withEntry } from './noteBook.ts';

/** Lines of the log, which are kept in memory: at most 40 MB of the longest notes. Five years of ten a day. */
const MOST_NOTE_ENTRIES = 20_000;

interface NotesOptions {
  readonly log: Pick<NoteLog, 'append'>;
  /** What the log holds. */
  readonly entries: readonly NoteEntry[];
  readonly nowMs: () => number;
  readonly mostEntries?: number;
}

/** The notes of one channel, as its log tells them. One line of work: what is judged has been written down before the next is judged. */
export function createNotes({ log, entries, nowMs, mostEntries = MOST_NOTE_ENTRIES }: NotesOptions): Notes {
  const book = new Map<string, NoteDto>();
  for (const entry of entries) withEntry(book, entry);
  let entryCount = entries.length;
  let last: Promise<unknown> = Promise.resolve();

  /** Judges, appends, and only then lets others see it ([L1]). */
  function inTurn<T>(step: () => Promise<T>): Promise<T> {
    const done = last.then(step, step);
    last = done;
    return done;
  }

  async function record(entry: NoteEntry): Promise<NoteDto | NoteRefusal> {
    if (entryCount >= mostEntries) return 'too-many';
    await log.append(entry);
    entryCount += 1;
    return withEntry(book, entry) ?? 'unknown';
  }

  return {
    list: (query) => [...book.values()].filter((note) => isAskedFor(note, query)).reverse().sort((a, b) => b.atMs - a.atMs),
    write: (draft) => inTurn(async () => {
      const held = book.get(draft.id);
      if (held !== undefined) return isSameDraft(held, draft) ? held : 'conflict';
      if (draft.corrects !== null) {
        const corrected = book.get(draft.corrects);
        if (corrected === undefined) return 'unknown';
        if (corrected.localityCode !== draft.localityCode || corrected.indicatorId !== draft.indicatorId) return 'elsewhere';
        if (corrected.withdrawn !== null || corrected.correctedBy !== null) return 'gone';
      }
      return record({ kind: 'written', recordedAtMs: nowMs(), draft });
    }),
    withdraw: (noteId, withdrawal) => inTurn(async () => {
      const held = book.get(noteId);
      if (held === undefined) return 'unknown';
      if (held.withdrawn !== null) return held;
      if (held.correctedBy !== null) return 'gone';
      return record({ kind: 'withdrawn', recordedAtMs: nowMs(), noteId, withdrawal });
    }),
  };
}

function isAskedFor(note: NoteDto, { localityCode, indicatorId, fromMs, toMs }: NoteQuery): boolean {
  return note.localityCode === localityCode
    && (indicatorId === null || note.indicatorId === null || note.indicatorId === indicatorId)
    && (fromMs === null || note.atMs >= fromMs) && (toMs === null || note.atMs <= toMs);
}

function isSameDraft(note: NoteDto, draft: NoteDraft): boolean {
  return note.localityCode === draft.localityCode && note.indicatorId === draft.indicatorId && note.atMs === draft.atMs
    && note.author === draft.author && note.text === draft.text && note.corrects === draft.corrects;
}
