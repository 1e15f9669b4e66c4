const INSTANT = /^(\d{4})-(\d{2})-(\d{2})[Tt](\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?(?:[Zz]|([+-])(\d{2}):(\d{2}))$/;

/**
 * An RFC 3339 time with its offset, as epoch ms; fractions finer than a millisecond are cut off. `null`: not such a time, among
 * them times without an offset (nobody knows when they were) and days that do not exist.
 */
export function parseInstant(text: string): number | null {
  const match = INSTANT.exec(text);
  if (match === null) return null;
  const field = (index: number) => Number(match[index] ?? 0);
  const [year, month, day, hour, minute, second] = [field(1), field(2), field(3), field(4), field(5), field(6)];
  const wholeMs = Date.UTC(year, month - 1, day, hour, minute, second);
  // Date.UTC turns 30 February into 2 March, 24:00 into the next day and the year 50 into 1950: what comes back must be what was said.
  const said = `${match[1]}-${match[2]}-${match[3]}T${match[4]}:${match[5]}:${match[6]}.000Z`;
  if (Number.isNaN(wholeMs) || new Date(wholeMs).toISOString() !== said) return null;
  const [offsetHours, offsetMinutes] = [field(9), field(10)];
  if (offsetHours > 23 || offsetMinutes > 59) return null;
  const offsetMs = (offsetHours * 60 + offsetMinutes) * 60_000 * (match[8] === '-' ? -1 : 1);
  const fractionMs = Math.floor(Number(`0.${match[7] ?? '0'}`) * 1_000);
  return wholeMs + fractionMs - offsetMs;
}

export const DAY_MS = 86_400_000;

/** Viet Nam has had one offset and no summer time since 1975, so a day's start needs no time-zone table. */
const VIETNAM_OFFSET = '+07:00';
export const VIETNAM_OFFSET_MS = 7 * 3_600_000;

/** Start of that day in Viet Nam: "2020-07-31". Epoch ms. */
export function startOfDayMs(isoDate: string): number {
  return Date.parse(`${isoDate}T00:00:00${VIETNAM_OFFSET}`);
}
