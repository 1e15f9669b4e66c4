import { joinParcels, type Parcel } from './parcel.ts';
import type { Session } from './session.ts';

/**
 * Each session in its own turn, every 24 s: before engine.io's own ping is due, 26 s after the last answer. A client notices a dead
 * server by its heartbeats, in 6 s; pings only free what a dead client held, and each answer costs the server about as much as a
 * frame (docs/adr/0007). Turns keep the answers of thousands of clients from arriving at once.
 */
export const PING_TURNS = 12;

/** A topic's heartbeat, and the same with the ping for the sessions whose turn it is. */
export interface HeartbeatParcels { readonly plain: Parcel; readonly withPing: Parcel; readonly pingTurn: number }

/** What travels to a session in this tick: the same bytes for all, or for all whose turn to be pinged it is. */
export function newsFor(delta: Parcel | null, heartbeat: HeartbeatParcels | null): (session: Session) => Parcel | null {
  const joined = (second: Parcel) => (delta === null ? second : joinParcels([delta, second]));
  if (heartbeat === null) return () => delta;
  const plain = joined(heartbeat.plain);
  const withPing = joined(heartbeat.withPing);
  return ({ number }) => (number % PING_TURNS === heartbeat.pingTurn ? withPing : plain);
}
