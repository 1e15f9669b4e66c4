import type { WallCommand } from '../../../shared/protocol/socket.ts';

/** `unreachable`: the server did not answer. */
export type Outcome = 'done' | 'unknown' | 'not-connected' | 'refused' | 'unreachable';

const OUTCOMES: Readonly<Record<number, Outcome>> = { 404: 'unknown', 409: 'not-connected' };

async function post(path: string, body: unknown): Promise<Outcome> {
  try {
    const response = await fetch(path, {
      method: 'POST', ...(body !== undefined && { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
    });
    return response.ok ? 'done' : (OUTCOMES[response.status] ?? 'refused');
  } catch {
    return 'unreachable';
  }
}

export const sendCommand = (wallId: string, command: WallCommand) => post(`/api/v1/walls/${wallId}/command`, command);
export const forgetWall = (wallId: string) => post(`/api/v1/walls/${wallId}/forget`, undefined);
