import { NoteEntry } from '../../shared/protocol/notes.ts';
import type { NoteLog } from '../ports/notes.ts';
import { StoreError } from '../ports/store.ts';
import type { StoreConnection } from '../ports/storeConnection.ts';

/** The notes' end on the main thread. */
export function createNoteLog(connection: StoreConnection): NoteLog {
  return {
    append: async (entry) => { await connection.ask('appendNote', { entry: JSON.stringify(entry) }); },
    readAll: async () => (await connection.ask('readNotes', null)).map(parseEntry),
  };
}

function parseEntry(text: string): NoteEntry {
  const parsed = NoteEntry.safeParse(JSON.parse(text));
  if (parsed.success) return parsed.data;
  throw new StoreError('corrupt', `A stored note cannot be read: ${parsed.error.issues[0]?.message ?? 'it has another shape'}. Open the file with the release that wrote it.`);
}
