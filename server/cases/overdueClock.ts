import type { PlaceCounts } from './placeCounts.ts';

/** Since the epoch. */
type Minute = number;

/** The counts that a dossier is in: those of its place and those of its province. One list for each place, so that it can be told apart. */
export type CountedIn = readonly PlaceCounts[];

/** Moves `overdue` of places on with the minutes. What it does depends on how many places have a due date that passes, not on how many dossiers. */
export interface OverdueClock {
  /** @param fromMinute `-Infinity`: overdue whatever the time; `Infinity`: never by itself. */
  add(countedIn: CountedIn, fromMinute: Minute, by: 1 | -1): void;
  /** Forward or back. @returns whether a count has changed */
  moveTo(minute: Minute): boolean;
}

export function createOverdueClock(): OverdueClock {
  /** How many dossiers become overdue, by minute and place: of those that wait, also after that minute has passed. */
  const countByPlaceByMinute = new Map<Minute, Map<CountedIn, number>>();
  let standsAt: Minute = Number.NEGATIVE_INFINITY;

  function change(countedIn: CountedIn, by: number): void {
    for (const counts of countedIn) counts.overdue += by;
  }

  function pass(minute: Minute, direction: 1 | -1): boolean {
    const countByPlace = countByPlaceByMinute.get(minute);
    if (countByPlace === undefined) return false;
    for (const [countedIn, count] of countByPlace) change(countedIn, direction * count);
    return true;
  }

  return {
    add(countedIn, fromMinute, by) {
      if (fromMinute === Number.POSITIVE_INFINITY) return;
      if (fromMinute <= standsAt) change(countedIn, by);
      if (fromMinute === Number.NEGATIVE_INFINITY) return;
      const countByPlace = countByPlaceByMinute.get(fromMinute) ?? new Map<CountedIn, number>();
      const count = (countByPlace.get(countedIn) ?? 0) + by;
      if (count === 0) countByPlace.delete(countedIn);
      else countByPlace.set(countedIn, count);
      if (countByPlace.size === 0) countByPlaceByMinute.delete(fromMinute);
      else countByPlaceByMinute.set(fromMinute, countByPlace);
    },
    moveTo(minute) {
      const [from, until, direction] = minute >= standsAt ? [standsAt, minute, 1 as const] : [minute, standsAt, -1 as const];
      standsAt = minute;
      let hasChanged = false;
      // At the start, and after a night's sleep, there are more minutes than due dates.
      if (until - from > countByPlaceByMinute.size) {
        for (const each of countByPlaceByMinute.keys()) if (each > from && each <= until) hasChanged = pass(each, direction) || hasChanged;
      } else for (let each = from + 1; each <= until; each += 1) hasChanged = pass(each, direction) || hasChanged;
      return hasChanged;
    },
  };
}
