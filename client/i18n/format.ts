import type { TFunction } from 'i18next';
import type { Comparator } from '../../shared/domain/provenance.ts';

/** Numerals and dates are written the Vietnamese way in both languages: one wall, one way to read a figure. */
const LOCALE = 'vi-VN';
export const TIME_ZONE = 'Asia/Ho_Chi_Minh';

const formatterByDecimals = new Map<number, Intl.NumberFormat>();

/** 182406 → "182.406"; 95.14 with one decimal → "95,1". */
export function formatNumber(value: number, decimals = 0): string {
  let formatter = formatterByDecimals.get(decimals);
  if (formatter === undefined) {
    formatter = new Intl.NumberFormat(LOCALE, { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
    formatterByDecimals.set(decimals, formatter);
  }
  return formatter.format(value);
}

/** Larger figures are said in these, with four digits: no wall has room for "63.000.000.000". */
const ROUND_STEPS = [{ unit: 1e12, key: 'number.trillions' }, { unit: 1e9, key: 'number.billions' }, { unit: 1e6, key: 'number.millions' }] as const;
const rounded = new Intl.NumberFormat(LOCALE, { maximumSignificantDigits: 4 });

/** 182406 → "182.406"; 63000000 → "63 tr". For figures read at a glance; explanations and tables give every digit. */
export function formatFigure(value: number, decimals: number, t: TFunction): string {
  const step = ROUND_STEPS.find(({ unit }) => Math.abs(value) >= unit);
  return step === undefined ? formatNumber(value, decimals) : t(step.key, { n: rounded.format(value / step.unit) });
}

const COMPARATOR_SIGN: Readonly<Record<Comparator, string>> = { exactly: '', about: '≈ ', 'more-than': '> ', 'less-than': '< ' };

export function comparatorSign(comparator: Comparator | null): string {
  return COMPARATOR_SIGN[comparator ?? 'exactly'];
}

const clock = new Intl.DateTimeFormat(LOCALE, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23', timeZone: TIME_ZONE });
const clockShort = new Intl.DateTimeFormat(LOCALE, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: TIME_ZONE });
const date = new Intl.DateTimeFormat(LOCALE, { day: 'numeric', month: 'numeric', year: 'numeric', timeZone: TIME_ZONE });
const monthOnly = new Intl.DateTimeFormat('en-GB', { month: 'numeric', timeZone: TIME_ZONE });

/** "14:32:07", Vietnamese time. */
export function formatClock(atMs: number): string { return clock.format(atMs); }

/** "14:32". */
export function formatClockShort(atMs: number): string { return clockShort.format(atMs); }

/** "23/11/2026". */
export function formatDate(atMs: number): string { return date.format(atMs); }

/** "28/11". */
export function formatDayMonth(atMs: number): string { return formatDate(atMs).replace(/\/\d+$/, ''); }

/** "Thứ Hai" or "Monday". */
export function formatWeekday(atMs: number, language: 'vi' | 'en'): string {
  return new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : LOCALE, { weekday: 'long', timeZone: TIME_ZONE }).format(atMs);
}

/** Month of the year, 1-12, in Vietnam. */
export function monthNumber(atMs: number): string { return monthOnly.format(atMs); }

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

/** "12 giây", "41 phút", "3 giờ 12", "2 ngày". A negative age (clocks apart by a little) reads as 0 seconds. */
export function formatAge(ageMs: number, t: TFunction): string {
  const age = Math.max(0, ageMs);
  if (age < MINUTE_MS) return t('age.seconds', { n: Math.floor(age / SECOND_MS) });
  if (age < HOUR_MS) return t('age.minutes', { n: Math.floor(age / MINUTE_MS) });
  if (age >= DAY_MS) return t('age.days', { n: Math.floor(age / DAY_MS) });
  const hours = Math.floor(age / HOUR_MS);
  const minutes = Math.floor((age % HOUR_MS) / MINUTE_MS);
  return minutes === 0 ? t('age.hours', { n: hours }) : t('age.hoursMinutes', { h: hours, m: String(minutes).padStart(2, '0') });
}

/** "04:12"; an hour and more "1:04:12". For counters that run while nobody answers. */
export function formatCounter(durationMs: number): string {
  const total = Math.max(0, Math.floor(durationMs / SECOND_MS));
  const pair = (n: number) => String(n).padStart(2, '0');
  const hours = Math.floor(total / 3_600);
  const rest = `${pair(Math.floor((total % 3_600) / 60))}:${pair(total % 60)}`;
  return hours === 0 ? rest : `${hours}:${rest}`;
}

/** "Huyện đã nối" → "huyện đã nối"; an abbreviation stays as it is. */
export function lowerFirst(text: string): string {
  const [first = '', second = ''] = text;
  return second === second.toLowerCase() ? first.toLowerCase() + text.slice(first.length) : text;
}

/** The server writes a formula as in JSON; people read "8.441 / 9.102 × 100". */
export function localFormula(formula: string): string {
  return formula.replace(/\d+(?:\.(\d+))?/g, (number, decimals: string | undefined) => formatNumber(Number(number), decimals?.length ?? 0));
}
