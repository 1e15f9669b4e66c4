import { type Handover, HANDOVER_MINUTES, type WallId } from '../../shared/protocol/socket.ts';

const MINUTE_MS = 60_000;
export const LONGEST_HANDOVER_MS = Math.max(...HANDOVER_MINUTES) * MINUTE_MS;

/** By wall: what it was last handed over to, over or not; `null`: its own scenes. No entry: this server has not heard of the wall. */
export type Handovers = ReadonlyMap<WallId, Handover | null>;

export type HandoverEvent =
  /** `replaces`: the hand-over that is to give way, `null` where none is on. */
  | { readonly kind: 'offer'; readonly wallId: WallId; readonly handover: Handover; readonly replaces: string | null; readonly nowMs: number }
  | { readonly kind: 'take-back'; readonly wallId: WallId; readonly handoverId: string; readonly nowMs: number }
  /** What a wall says it shows. */
  | { readonly kind: 'report'; readonly wallId: WallId; readonly shown: Handover | null; readonly nowMs: number }
  | { readonly kind: 'forget'; readonly wallId: WallId };

export interface HandoverStep {
  readonly handovers: Handovers;
  /** An offer found another hand-over than it meant to replace, a take-back another than it meant to end. */
  readonly isRefused: boolean;
}

/** What a wall is handed over to now. */
export function handoverOn(handovers: Handovers, wallId: WallId, nowMs: number): Handover | null {
  const held = handovers.get(wallId) ?? null;
  return held === null || held.endsAtMs <= nowMs ? null : held;
}

const isPlausible = ({ sinceMs, endsAtMs }: Handover, nowMs: number) => endsAtMs > nowMs && endsAtMs - nowMs <= LONGEST_HANDOVER_MS && endsAtMs - sinceMs <= LONGEST_HANDOVER_MS;

/**
 * [TW2] Pure. One hand-over a wall at most. Whoever offers says what is to give way and whoever takes back what is to end, so that of
 * two at once one is told. After a restart the first word of a wall counts; from then on the server's.
 */
export function handoverState(handovers: Handovers, event: HandoverEvent): HandoverStep {
  if (event.kind === 'forget') {
    const rest = new Map(handovers);
    rest.delete(event.wallId);
    return { handovers: rest, isRefused: false };
  }
  const { wallId, nowMs } = event;
  const put = (held: Handover | null): HandoverStep => ({ handovers: new Map(handovers).set(wallId, held), isRefused: false });
  if (event.kind === 'report') {
    if (handovers.has(wallId)) return { handovers, isRefused: false };
    return put(event.shown !== null && isPlausible(event.shown, nowMs) ? event.shown : null);
  }
  const on = handoverOn(handovers, wallId, nowMs)?.handoverId ?? null;
  if (event.kind === 'offer') return on === event.replaces ? put(event.handover) : { handovers, isRefused: true };
  return on === event.handoverId ? put(null) : { handovers, isRefused: true };
}
