const MINUTE_MS = 60_000;

export interface Ending {
  /** When it ends, and the minute since the epoch in which that is looked for: written here alone. `null`: never. */
  ends: { readonly atMs: number; readonly minute: number } | null;
}

/** Which of many things have ended by now. What a look takes depends on how many end in the minutes since the last. */
export interface Expiry<Thing extends Ending> {
  /** @param endMs in the place of what was said before; `Infinity`: never. Epoch ms */
  set(thing: Thing, endMs: number): void;
  /** Those whose end has come. They are listed again until their end is set anew. @param nowMs never before that of an earlier call */
  endedBy(nowMs: number): readonly Thing[];
}

export function createExpiry<Thing extends Ending>(): Expiry<Thing> {
  const thingsByMinute = new Map<number, Set<Thing>>();
  let lookedUntilMinute = Number.NEGATIVE_INFINITY;

  function forget(thing: Thing): void {
    if (thing.ends === null) return;
    const { minute } = thing.ends;
    const things = thingsByMinute.get(minute);
    thing.ends = null;
    things?.delete(thing);
    if (things?.size === 0) thingsByMinute.delete(minute);
  }

  return {
    set(thing, endMs) {
      forget(thing);
      if (endMs === Number.POSITIVE_INFINITY) return;
      // What has ended already is found by the next look.
      const minute = Math.max(Math.floor(endMs / MINUTE_MS), lookedUntilMinute);
      thing.ends = { atMs: endMs, minute };
      const things = thingsByMinute.get(minute) ?? new Set<Thing>();
      thingsByMinute.set(minute, things.add(thing));
    },
    endedBy(nowMs) {
      const minute = Math.floor(nowMs / MINUTE_MS);
      const ended: Thing[] = [];
      const look = (things: ReadonlySet<Thing> | undefined) => { for (const thing of things ?? []) if (thing.ends !== null && thing.ends.atMs <= nowMs) ended.push(thing); };
      if (minute - lookedUntilMinute > thingsByMinute.size) {
        for (const [each, things] of thingsByMinute) if (each <= minute) look(things);
      } else for (let each = lookedUntilMinute; each <= minute; each += 1) look(thingsByMinute.get(each));
      lookedUntilMinute = minute;
      return ended;
    },
  };
}
