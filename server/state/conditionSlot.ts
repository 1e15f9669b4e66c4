import type { AlarmRule } from '../../shared/domain/alarmRule.ts';

/** What a slot says of itself: its condition holds (anew, or by another rule of it), or is over. */
export type SlotNews =
  | { readonly kind: 'holds'; readonly rule: AlarmRule; readonly sinceMs: number }
  | { readonly kind: 'over'; readonly atMs: number };

/**
 * One condition of one place, between its readings: it must hold for its rule's `onDelayMs` before it is an alarm, and be gone for `offDelayMs`
 * before it is over. All times are data times, so that the log alone decides, not how it was cut in ticks ([A2]).
 */
export interface ConditionSlot {
  /** The rule by which it is raised; `null`: it is not. */
  readonly raisedBy: AlarmRule | null;
  /** It waits for something that only time brings: to be asked with `passTo`. */
  readonly isWaiting: boolean;
  /** `match`: the rule that the reading of `atMs` fulfils; `null`: none. In the order of `atMs`. */
  hear(match: AlarmRule | null, atMs: number): readonly SlotNews[];
  /** Time alone has passed. */
  passTo(atMs: number): readonly SlotNews[];
  /** The clock of `passTo` has stepped: a delay lasts as long as it did before. */
  shiftClock(byMs: number): void;
  /** All that it knows; `null`: nothing holds. A slot made of it goes on from there. */
  memory(): SlotMemory | null;
}

/** That it holds, by which rule and since when. */
export interface SlotMemory {
  readonly rule: AlarmRule;
  readonly sinceMs: number;
  /** `false`: not for long enough yet. */
  readonly isRaised: boolean;
  /** Raised, but gone since then; `null`: it is there. */
  readonly goneSinceMs: number | null;
  /** What a delay is counted from: the moment it began, moved with the clock. */
  readonly waitsFromMs: number;
}

/** @param memory what another slot knew, under other rules or before this start; `null`: nothing */
export function createConditionSlot(memory: SlotMemory | null = null): ConditionSlot {
  let holding = memory === null ? null : { rule: memory.rule, sinceMs: memory.sinceMs };
  let isRaised = memory?.isRaised ?? false;
  let goneSinceMs = memory?.goneSinceMs ?? null;
  let waitsFromMs = memory?.waitsFromMs ?? 0;

  function passTo(atMs: number): SlotNews[] {
    if (holding === null) return [];
    if (!isRaised) {
      if (atMs - waitsFromMs < holding.rule.onDelayMs) return [];
      isRaised = true;
      return [{ kind: 'holds', rule: holding.rule, sinceMs: holding.sinceMs }];
    }
    if (goneSinceMs === null || atMs - waitsFromMs < holding.rule.offDelayMs) return [];
    const over: SlotNews = { kind: 'over', atMs: goneSinceMs };
    holding = null;
    isRaised = false;
    goneSinceMs = null;
    return [over];
  }

  return {
    get raisedBy() { return isRaised ? holding?.rule ?? null : null; },
    get isWaiting() { return holding !== null && (!isRaised || goneSinceMs !== null); },
    passTo,
    shiftClock: (byMs) => { waitsFromMs += byMs; },
    memory: () => (holding === null ? null : { ...holding, isRaised, goneSinceMs, waitsFromMs }),
    hear(match, atMs) {
      const news = passTo(atMs);
      if (match === null) {
        if (!isRaised) holding = null;
        else if (goneSinceMs === null) goneSinceMs = waitsFromMs = atMs;
      } else {
        goneSinceMs = null;
        if (holding === null) {
          holding = { rule: match, sinceMs: atMs };
          waitsFromMs = atMs;
        } else if (holding.rule.id !== match.id) {
          holding.rule = match;
          if (isRaised) news.push({ kind: 'holds', rule: match, sinceMs: holding.sinceMs });
        }
      }
      return [...news, ...passTo(atMs)];
    },
  };
}
