import type { WallCommand } from '../../../shared/protocol/socket.ts';
import { post } from './post.ts';

/** `unreachable`: the server did not answer. */
export type Outcome = 'done' | 'unknown' | 'not-connected' | 'refused' | 'unreachable';

const OUTCOMES: Readonly<Record<number, Outcome>> = { 200: 'done', 204: 'done', 404: 'unknown', 409: 'not-connected' };

async function ask(path: string, body: unknown): Promise<Outcome> {
  const status = await post(path, body);
  return status === null ? 'unreachable' : (OUTCOMES[status] ?? 'refused');
}

export const sendCommand = (wallId: string, command: WallCommand) => ask(`/api/v1/walls/${wallId}/command`, command);
export const takeBackWall = (wallId: string, handoverId: string) => ask(`/api/v1/walls/${wallId}/handover/end`, { handoverId });
export const forgetWall = (wallId: string) => ask(`/api/v1/walls/${wallId}/forget`, undefined);
