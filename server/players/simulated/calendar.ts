/** Office time in Asia/Ho_Chi_Minh, which has been UTC+7 without summer time since 1975. Public holidays are not modelled. */
export const DAY_MS = 86_400_000;
const ZONE_MS = 7 * 3_600_000;
const HALF_HOUR_MS = 1_800_000;

/** Share of a day's flow by half-hour, 00:00 first: offices open 07:30-11:30 and 13:30-17:00; at night only what is filed online. */
const OFFICE_HALF_HOURS = [
  ...Array<number>(15).fill(0.05),
  5.5, 7, 8, 8.5, 8.5, 8, 7, 5,
  0.6, 0.4, 0.4, 0.8,
  5, 6.5, 7, 7, 6.5, 5.5, 3.5,
  ...Array<number>(14).fill(0.12),
];

/** Monday is 1. Saturdays only the larger offices open, in the morning; Sundays only the portals. */
const WEEKDAY_WEIGHT = [0.02, 1, 1, 1, 1, 1, 0.15];
/** Deadlines fall at month's end: the last days carry this much more. */
const MONTH_END_DAYS = 4;
const MONTH_END_FACTOR = 1.6;

const CUMULATIVE = cumulate(OFFICE_HALF_HOURS);
const PEAK_SHARE = Math.max(...OFFICE_HALF_HOURS);

/** One calendar month, measured in working days: 1 is an ordinary weekday's flow. */
export interface Month {
  /** Year × 12 + month from 0. */
  readonly index: number;
  readonly startMs: number;
  /** Exclusive. */
  readonly endMs: number;
  /** Working days before each day of the month, and after the last. */
  readonly workedBefore: Float64Array;
  readonly workingDays: number;
}

export interface Calendar {
  monthAt(atMs: number): Month;
  /** Working days from one moment to another; 0 when the second is earlier. */
  workedBetween(fromMs: number, toMs: number): number;
}

export function createCalendar(): Calendar {
  const monthsByIndex = new Map<number, Month>();
  let held = buildMonth(1970 * 12);
  function monthAt(atMs: number): Month {
    if (atMs >= held.startMs && atMs < held.endMs) return held;
    const date = new Date(atMs + ZONE_MS);
    const index = date.getUTCFullYear() * 12 + date.getUTCMonth();
    held = monthsByIndex.get(index) ?? buildMonth(index);
    monthsByIndex.set(index, held);
    return held;
  }
  return {
    monthAt,
    workedBetween(fromMs, toMs) {
      let worked = 0;
      for (let atMs = fromMs; atMs < toMs;) {
        const month = monthAt(atMs);
        worked += workedIn(month, toMs) - workedIn(month, atMs);
        atMs = month.endMs;
      }
      return worked;
    },
  };
}

/** Working days of the month that have passed; 0 before it, all of them after it. */
export function workedIn(month: Month, atMs: number): number {
  if (atMs <= month.startMs) return 0;
  if (atMs >= month.endMs) return month.workingDays;
  const day = Math.floor((atMs - month.startMs) / DAY_MS);
  const before = month.workedBefore[day] ?? 0;
  return before + ((month.workedBefore[day + 1] ?? before) - before) * officeDayDone(atMs);
}

/** Working days that the whole local day counts for, without the month-end peak. */
export function weekdayWeight(atMs: number): number {
  return WEEKDAY_WEIGHT[(localDay(atMs) + 4) % 7] ?? 1;
}

/** Days since 1 Jan 1970 on the local calendar. */
export function localDay(atMs: number): number {
  return Math.floor((atMs + ZONE_MS) / DAY_MS);
}

/** The moment a local day begins. Epoch ms. */
export function localDayStartMs(day: number): number {
  return day * DAY_MS - ZONE_MS;
}

/** 0 at local midnight, 1 at the next: how much of a day's office flow has passed. */
export function officeDayDone(atMs: number): number {
  const position = msOfDay(atMs) / HALF_HOUR_MS;
  const slot = Math.floor(position);
  const before = CUMULATIVE[slot] ?? 0;
  return before + ((CUMULATIVE[slot + 1] ?? 1) - before) * (position - slot);
}

/** 0-1: how busy offices are, 1 in the busiest half-hour of a weekday. */
export function busyRatio(atMs: number): number {
  return ((OFFICE_HALF_HOURS[Math.floor(msOfDay(atMs) / HALF_HOUR_MS)] ?? 0) / PEAK_SHARE) * weekdayWeight(atMs);
}

function msOfDay(atMs: number): number {
  return (atMs + ZONE_MS) % DAY_MS;
}

function buildMonth(index: number): Month {
  const year = Math.floor(index / 12);
  const startMs = monthStartMs(year, index % 12);
  const endMs = monthStartMs(year, (index % 12) + 1);
  const days = Math.round((endMs - startMs) / DAY_MS);
  const workedBefore = new Float64Array(days + 1);
  for (let day = 0; day < days; day += 1) {
    const factor = day >= days - MONTH_END_DAYS ? MONTH_END_FACTOR : 1;
    workedBefore[day + 1] = (workedBefore[day] ?? 0) + weekdayWeight(startMs + day * DAY_MS) * factor;
  }
  return { index, startMs, endMs, workedBefore, workingDays: workedBefore[days] ?? 0 };
}

function monthStartMs(year: number, month: number): number {
  return Date.UTC(year, month, 1) - ZONE_MS;
}

function cumulate(shares: readonly number[]): Float64Array {
  const total = shares.reduce((sum, share) => sum + share, 0);
  const cumulative = new Float64Array(shares.length + 1);
  for (const [slot, share] of shares.entries()) cumulative[slot + 1] = (cumulative[slot] ?? 0) + share / total;
  return cumulative;
}
