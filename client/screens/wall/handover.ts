import type { Handover, SceneName, WallCommand } from '../../../shared/protocol/socket.ts';

export type HandoverEvent = { readonly kind: 'told'; readonly command: WallCommand } | { readonly kind: 'tick'; readonly nowMs: number };

/** [TW4] Pure: what a wall is handed over to after an event; the same object when nothing changed. It ends by itself, also without a link. */
export function heldHandover(held: Handover | null, event: HandoverEvent): Handover | null {
  if (event.kind === 'tick') return held !== null && held.endsAtMs <= event.nowMs ? null : held;
  const { command } = event;
  if (command.action === 'hand-over') return command.handover;
  return command.action === 'take-back' && held?.handoverId === command.handoverId ? null : held;
}

export interface ShownView {
  readonly scene: SceneName;
  /** `null`: the whole country. */
  readonly focusCode: string | null;
}

export interface Claims {
  /** The critical alarm that stands before the scenes. */
  readonly alarm: { readonly domain: SceneName | 'nation'; readonly provinceCode: string | null } | null;
  readonly handover: Pick<Handover, 'scene' | 'localityCode'> | null;
  /** The scene whose turn it is, and where a person sent the map. */
  readonly turn: ShownView;
  /** A wall of one province stays there; `null`: a wall of the country. */
  readonly rootCode: string | null;
}

/** [TW4] Pure: an alarm of level 1 comes before a hand-over, and that before the scenes. */
export function viewOf({ alarm, handover, turn, rootCode }: Claims): ShownView {
  const scene = alarm !== null ? (alarm.domain === 'nation' ? 'connectivity' : alarm.domain) : (handover?.scene ?? turn.scene);
  if (rootCode !== null) return { scene, focusCode: rootCode };
  return { scene, focusCode: alarm !== null ? alarm.provinceCode : (handover?.localityCode ?? turn.focusCode) };
}
