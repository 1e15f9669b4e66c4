import { post } from '../desk/post.ts';

/** `gone`: no longer held. `early`: its time has not come, or it was released before. `unreachable`: the server did not answer. */
export type ReleaseOutcome = 'done' | 'gone' | 'early' | 'notSignedIn' | 'notAllowed' | 'refused' | 'unreachable';

const OUTCOMES: Readonly<Record<number, ReleaseOutcome>> = { 200: 'done', 401: 'notSignedIn', 403: 'notAllowed', 404: 'gone', 409: 'early' };

/** Puts a held item through the gate again, in the name of who is signed in. */
export async function releaseItem(id: number, why: string): Promise<ReleaseOutcome> {
  const status = await post(`/api/v1/quarantine/${id}/release`, { why });
  return status === null ? 'unreachable' : (OUTCOMES[status] ?? 'refused');
}
