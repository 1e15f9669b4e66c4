import { createNotes } from '../../server/notes/createNotes.ts';
import type { Notes } from '../../server/ports/notes.ts';
import { NoteDraft, type NoteEntry } from '../../shared/protocol/notes.ts';
import { NOW_MS } from './aChannelView.ts';

/** A log of notes in memory. `failWith`: what the next append rejects with, once. */
export function aNoteLog() {
  const log = {
    entries: [] as NoteEntry[], failWith: null as Error | null,
    append: async (entry: NoteEntry) => {
      const failure = log.failWith;
      log.failWith = null;
      if (failure !== null) throw failure;
      log.entries.push(entry);
    },
  };
  return log;
}

/** Notes that nobody has written yet, kept in memory. */
export function someNotes(nowMs: () => number, log = aNoteLog(), mostEntries = 1_000): Notes {
  return createNotes({ log, entries: [], nowMs, mostEntries });
}

export function aDraft(over: Partial<Record<keyof NoteDraft, unknown>> = {}): NoteDraft {
  return NoteDraft.parse({ id: 'note-0001', localityCode: '10', indicatorId: null, atMs: NOW_MS - 1_000, author: 'Trực ban', text: 'Đứt cáp ở đèo.', corrects: null, ...over });
}
