import type { NoteDraft, NoteDto, NoteEntry, NoteId, NoteWithdrawal } from '../../shared/protocol/notes.ts';

/** The log of notes in the channel's file. Append before publish ([L1]); nothing is ever edited. */
export interface NoteLog {
  /** Resolves once the entry is durable; rejects with a `StoreError` when it is not. */
  append(entry: NoteEntry): Promise<void>;
  /** Every entry, oldest first. */
  readAll(): Promise<readonly NoteEntry[]>;
}

/** Why a note was not taken. `conflict`: the id was used for another. `unknown`: there is no such note. `gone`: that note is withdrawn or corrected already. */
export type NoteRefusal = 'conflict' | 'unknown' | 'gone' | 'elsewhere' | 'too-many';

export interface NoteQuery {
  readonly localityCode: string;
  /** Notes on this indicator and on the place as a whole; `null`: all of the place. */
  readonly indicatorId: string | null;
  /** Moments the notes are about, both included; `null`: no bound. */
  readonly fromMs: number | null;
  readonly toMs: number | null;
}

export interface Notes {
  /** Newest moment first; of two of one moment the one written later. */
  list(query: NoteQuery): readonly NoteDto[];
  /** Resolves once it is durable. The same draft again is the same note. */
  write(draft: NoteDraft): Promise<NoteDto | NoteRefusal>;
  /** Resolves once it is durable. A note withdrawn already stays as it was withdrawn first. */
  withdraw(noteId: NoteId, withdrawal: NoteWithdrawal): Promise<NoteDto | NoteRefusal>;
}
