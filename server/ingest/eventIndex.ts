/** Whole days an id is kept after the day it came: at least seven times 24 hours. */
const KEPT_DAYS = 7;

const SEGMENTS = 256;
const FIRST_SLOTS = 64;
/** Linear probing stays short below this load. */
const MAX_LOAD = 0.6;
/** Slot is free: the probe ends here. */
const FREE = 0;
/** Slot was given back; it keeps its place in the probe until the next resize. */
const FORGOTTEN = 1;
const FIRST_DAY = 2;
const DAY_MS = 86_400_000;

/**
 * Event ids seen in the last seven days, as 64 bits of the id and 32 of the body: 14 bytes a slot. It is cut in 256 segments by
 * hash, so that growing moves 1/256 of the ids at a time and never holds up a tick.
 */
export interface EventIndex {
  /** `new`: unknown, or known longer ago than seven days. */
  look(words: Uint32Array, nowMs: number): 'new' | 'same-body' | 'other-body';
  /** Call only after `look` said `new`. */
  add(words: Uint32Array, nowMs: number): void;
  forget(words: Uint32Array): void;
  readonly size: number;
}

interface Segment {
  mask: number;
  used: number;
  high: Uint32Array;
  low: Uint32Array;
  body: Uint32Array;
  day: Uint16Array;
}

/** `maxIds` bounds memory; beyond it the oldest days are forgotten first, a segment at a time. */
export function createEventIndex(maxIds: number): EventIndex {
  const segments = Array.from({ length: SEGMENTS }, () => emptySegment(FIRST_SLOTS));
  const maxPerSegment = Math.max(1, Math.floor(maxIds / SEGMENTS));

  function look(words: Uint32Array, nowMs: number): 'new' | 'same-body' | 'other-body' {
    const segment = segmentOf(segments, words);
    const slot = probe(segment, words[0] ?? 0, words[1] ?? 0);
    if (!isAlive(segment.day[slot] ?? FREE, dayOf(nowMs))) return 'new';
    return segment.body[slot] === words[2] ? 'same-body' : 'other-body';
  }

  return {
    look,
    add(words, nowMs) {
      const segment = segmentOf(segments, words);
      if (segment.used >= (segment.mask + 1) * MAX_LOAD) resize(segment, dayOf(nowMs), maxPerSegment);
      put(segment, words[0] ?? 0, words[1] ?? 0, words[2] ?? 0, dayOf(nowMs));
    },
    forget(words) {
      const segment = segmentOf(segments, words);
      const slot = probe(segment, words[0] ?? 0, words[1] ?? 0);
      if (segment.day[slot] !== FREE) segment.day[slot] = FORGOTTEN;
    },
    get size() { return segments.reduce((sum, { used }) => sum + used, 0); },
  };
}

function emptySegment(slots: number): Segment {
  return { mask: slots - 1, used: 0, high: new Uint32Array(slots), low: new Uint32Array(slots), body: new Uint32Array(slots), day: new Uint16Array(slots) };
}

function segmentOf(segments: readonly Segment[], words: Uint32Array): Segment {
  const segment = segments[(words[0] ?? 0) & (SEGMENTS - 1)];
  if (segment === undefined) throw new Error(`Invariant: ${segments.length} segments, expected ${SEGMENTS}.`);
  return segment;
}

const dayOf = (nowMs: number): number => Math.max(0, Math.floor(nowMs / DAY_MS)) + FIRST_DAY;

const isAlive = (day: number, today: number): boolean => day >= FIRST_DAY && today - day <= KEPT_DAYS;

/** The slot of this id, or the free slot where it would go. */
function probe({ mask, high, low, day }: Segment, a: number, b: number): number {
  let slot = b & mask;
  while (day[slot] !== FREE && (high[slot] !== a || low[slot] !== b)) slot = (slot + 1) & mask;
  return slot;
}

function put(segment: Segment, a: number, b: number, body: number, day: number): void {
  const slot = probe(segment, a, b);
  if (segment.day[slot] === FREE) segment.used++;
  segment.high[slot] = a;
  segment.low[slot] = b;
  segment.body[slot] = body;
  segment.day[slot] = day;
}

/** Drops what is no longer kept, and makes room for as much again. */
function resize(segment: Segment, today: number, maxLive: number): void {
  const before = { ...segment };
  const liveByAge = new Uint32Array(KEPT_DAYS + 1);
  for (const day of before.day) {
    if (isAlive(day, today)) {
      const age = Math.max(0, today - day);
      liveByAge[age] = (liveByAge[age] ?? 0) + 1;
    }
  }
  let keptAge = 0;
  let live = liveByAge[0] ?? 0;
  while (keptAge < KEPT_DAYS && live + (liveByAge[keptAge + 1] ?? 0) < maxLive) live += liveByAge[++keptAge] ?? 0;
  // A flood within one day: that day's own ids are the only ones left to forget.
  if (live >= maxLive) { live = 0; keptAge = -1; }
  let slots = FIRST_SLOTS;
  while (slots * MAX_LOAD < 2 * live) slots *= 2;
  Object.assign(segment, emptySegment(slots));
  for (const [slot, day] of before.day.entries()) {
    if (isAlive(day, today) && Math.max(0, today - day) <= keptAge) put(segment, before.high[slot] ?? 0, before.low[slot] ?? 0, before.body[slot] ?? 0, day);
  }
}
