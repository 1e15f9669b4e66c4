import { DAY_MS, parseInstant } from '../../../shared/domain/instant.ts';
import { fromEpoch } from '../senderClock.ts';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const WRITTEN = /^([A-Z][a-z]{2}) +(\d{1,2})(?: (\d{4}))? (\d{2}:\d{2}:\d{2})(\.\d{1,3})?(?: (Z|UTC|GMT|ICT|(?:UTC|GMT)?[+-]\d{2}:?\d{2}))?$/;
const OFFSETS: Readonly<Record<string, string>> = { Z: 'Z', UTC: 'Z', GMT: 'Z', ICT: '+07:00' };
/** CEF may leave out the zone; devices here keep Vietnamese time. */
const ASSUMED_OFFSET = '+07:00';

/**
 * A time as CEF allows it: epoch ms, or "MMM dd [yyyy] HH:mm:ss[.SSS] [zone]". Without a zone it is Vietnamese time; without a year the
 * newest that is at most a day after `receivedAtMs`. RFC 3339 is read too. Epoch ms; `null`: none of these, or before 1970.
 */
export function parseCefTime(text: string, receivedAtMs: number): number | null {
  if (/^\d{9,14}$/.test(text)) return fromEpoch(Number(text));
  const match = WRITTEN.exec(text);
  const atMs = match === null ? parseInstant(text) : fromWritten(match, receivedAtMs);
  return atMs === null || atMs < 0 ? null : atMs;
}

function fromWritten([, monthName = '', day = '', year, time = '', fraction = '', zone]: RegExpExecArray, receivedAtMs: number): number | null {
  const month = String(MONTHS.indexOf(monthName) + 1).padStart(2, '0');
  const offset = zone === undefined ? ASSUMED_OFFSET : OFFSETS[zone] ?? zone.replace(/^(?:UTC|GMT)?(.\d{2}):?(\d{2})$/, '$1:$2');
  const inYear = (written: string) => parseInstant(`${written}-${month}-${day.padStart(2, '0')}T${time}${fraction}${offset}`);
  if (year !== undefined) return inYear(year);
  const latestMs = receivedAtMs + DAY_MS;
  const nextYear = new Date(latestMs).getUTCFullYear() + 1;
  // 29 February may be eight years back.
  for (let written = nextYear; written > nextYear - 10; written -= 1) {
    const atMs = inYear(String(written));
    if (atMs !== null && atMs <= latestMs) return atMs;
  }
  return null;
}
