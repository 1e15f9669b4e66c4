import type { NoteDto, NoteEntry } from '../../shared/protocol/notes.ts';

/** [NT1] The book after one more line of its log. Lines that name no note, or one that is gone, change nothing. */
export function withEntry(book: Map<string, NoteDto>, entry: NoteEntry): NoteDto | null {
  if (entry.kind === 'withdrawn') {
    const note = book.get(entry.noteId);
    if (note === undefined || note.withdrawn !== null) return note ?? null;
    return put(book, { ...note, withdrawn: { ...entry.withdrawal, atMs: entry.recordedAtMs } });
  }
  const held = book.get(entry.draft.id);
  if (held !== undefined) return held;
  const { corrects } = entry.draft;
  const corrected = corrects === null ? undefined : book.get(corrects);
  if (corrected !== undefined && corrected.correctedBy === null) {
    put(book, { ...corrected, correctedBy: { id: entry.draft.id, atMs: entry.recordedAtMs } });
  }
  return put(book, { ...entry.draft, recordedAtMs: entry.recordedAtMs, correctedBy: null, withdrawn: null });
}

function put(book: Map<string, NoteDto>, note: NoteDto): NoteDto {
  book.set(note.id, note);
  return note;
}
