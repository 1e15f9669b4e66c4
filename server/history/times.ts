export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
export const DAY_HOURS = 24;
export const DAY_MS = DAY_HOURS * HOUR_MS;

/** Hours and days are counted from 1970 in UTC. */
export const hourOf = (atMs: number) => Math.floor(atMs / HOUR_MS);
export const dayOfHour = (hour: number) => Math.floor(hour / DAY_HOURS);
