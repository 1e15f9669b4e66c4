import type { NoteDto } from '../../../shared/protocol/notes.ts';

export interface NoteView {
  readonly note: NoteDto;
  /** Stood at the moment shown. One that did not was withdrawn, or has another in its place. */
  readonly isStanding: boolean;
  /** Written after the moment shown: known now, not then. */
  readonly isLater: boolean;
}

const endedAtMs = ({ withdrawn, correctedBy }: NoteDto) => Math.min(withdrawn?.atMs ?? Number.POSITIVE_INFINITY, correctedBy?.atMs ?? Number.POSITIVE_INFINITY);

/**
 * [NT10] The notes of a page as of `asOfMs`; `null`: now. Only what is about that moment or before. As history is corrected by late data,
 * so what was written later about then is shown, and marked; what stood then and was taken back later is shown with that said. Keeps the order.
 */
export function notesAsOf(notes: readonly NoteDto[], asOfMs: number | null): NoteView[] {
  const momentMs = asOfMs ?? Number.POSITIVE_INFINITY;
  return notes.filter(({ atMs }) => atMs <= momentMs).map((note) => {
    const isLater = note.recordedAtMs > momentMs;
    const endMs = endedAtMs(note);
    // What was written and taken back after that moment never stood for anyone who looked at it.
    return { note, isStanding: endMs === Number.POSITIVE_INFINITY || (endMs > momentMs && !isLater), isLater };
  });
}
