import { post } from '../desk/post.ts';

/** `gone`: no longer held. `early`: its time has not come, or it was released before. `unreachable`: the server did not answer. */
export type ReleaseOutcome = 'done' | 'gone' | 'early' | 'refused' | 'unreachable';

const OUTCOMES: Readonly<Record<number, ReleaseOutcome>> = { 200: 'done', 404: 'gone', 409: 'early' };

/** Puts a held item through the gate again, in the name of who answers for it. */
export async function releaseItem(id: number, by: string, why: string): Promise<ReleaseOutcome> {
  const status = await post(`/api/v1/quarantine/${id}/release`, { by, why });
  return status === null ? 'unreachable' : (OUTCOMES[status] ?? 'refused');
}
