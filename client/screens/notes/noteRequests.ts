import type { NoteDraft, NoteWithdrawal } from '../../../shared/protocol/notes.ts';
import { post } from '../desk/post.ts';

/** `gone`: corrected or withdrawn already. `full`: the server keeps no more. `unreachable`: it did not answer; sending again is safe. */
export type NoteOutcome = 'done' | 'gone' | 'refused' | 'full' | 'unreachable';

const OUTCOMES: Readonly<Record<number, NoteOutcome>> = { 200: 'done', 404: 'gone', 409: 'gone', 503: 'unreachable', 507: 'full' };

async function send(path: string, body: unknown): Promise<NoteOutcome> {
  const status = await post(path, body);
  return status === null ? 'unreachable' : (OUTCOMES[status] ?? 'refused');
}

export const writeNote = (draft: Readonly<Record<keyof NoteDraft, unknown>>) => send('/api/v1/notes', draft);
export const withdrawNote = (id: string, withdrawal: NoteWithdrawal) => send(`/api/v1/notes/${id}/withdraw`, withdrawal);
