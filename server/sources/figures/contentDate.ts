import { DAY_MS, VIETNAM_OFFSET_MS } from '../../../shared/domain/instant.ts';
import type { Cell } from './sheet.ts';

/** 2000-01-01 to 2099-12-31 as Excel counts days. A plain number in a date column outside of this is a slip, not a date. */
const FIRST_SERIAL = 36_526, LAST_SERIAL = 73_050;
/** 1970-01-01 as Excel counts. */
const EPOCH_SERIAL = 25_569;
const EXPECTED = 'a day that exists, as dd/mm/yyyy or yyyy-mm-dd, from 1970 on';

export type ReadDay = { readonly observedAtMs: number } | { readonly expected: string };

/**
 * The day a figure speaks of, as the moment that day begins in Vietnam: never in the future on the day itself, and the same
 * whenever and however often the sheet is sent, so that a correction ties and the later arrival wins ([R1]).
 */
export function readContentDate(cell: Cell | undefined): ReadDay {
  const epochDay = cell === undefined ? null : toEpochDay(cell);
  return epochDay === null || epochDay < 1 ? { expected: EXPECTED } : { observedAtMs: epochDay * DAY_MS - VIETNAM_OFFSET_MS };
}

function toEpochDay(cell: Cell): number | null {
  switch (cell.kind) {
    case 'day': return cell.epochDay;
    case 'number': return Number.isInteger(cell.value) && cell.value >= FIRST_SERIAL && cell.value <= LAST_SERIAL ? cell.value - EPOCH_SERIAL : null;
    case 'text': return parseDay(cell.text.trim());
    case 'unusable': return null;
  }
}

/** Day before month, as dates are written in Vietnam; "12/31/2026" is therefore no day. */
function parseDay(text: string): number | null {
  const iso = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (iso !== null) return toDay(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const local = /^(\d{1,2})([/.-])(\d{1,2})\2(\d{4})$/.exec(text);
  return local === null ? null : toDay(Number(local[4]), Number(local[3]), Number(local[1]));
}

function toDay(year: number, month: number, day: number): number | null {
  const at = new Date(Date.UTC(year, month - 1, day));
  return at.getUTCFullYear() === year && at.getUTCMonth() === month - 1 && at.getUTCDate() === day ? at.getTime() / DAY_MS : null;
}

/** Excel's own day number, of either of its two calendars. */
export function serialToEpochDay(serial: number, is1904: boolean): number {
  return Math.floor(serial) + (is1904 ? 1_462 : 0) - EPOCH_SERIAL;
}
