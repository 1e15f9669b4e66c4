import { foldVietnamese } from '../home/searchLocalities.ts';

const VIETNAM_OFFSET_MS = 7 * 3_600_000;

/** "2026-11-29 07:00:00" in Viet Nam: the form that every spreadsheet takes for a time. */
export function vietnamTime(atMs: number): string {
  return new Date(atMs + VIETNAM_OFFSET_MS).toISOString().slice(0, 19).replace('T', ' ');
}

const MOST_PART_LENGTH = 48;

function slugOf(text: string): string {
  const slug = foldVietnamese(text).replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '').slice(0, MOST_PART_LENGTH).replace(/-$/, '');
  return slug === '' ? 'x' : slug;
}

/** [XE4] "ioc_lam-dong_dung-han_2026-11-29T0700.csv": ASCII without blanks, the time that of Viet Nam, so that any machine takes it and names sort. */
export function exportFileName(placeName: string, what: string, atMs: number, extension: 'csv' | 'png'): string {
  const at = vietnamTime(atMs).slice(0, 16).replace(' ', 'T').replace(':', '');
  return `ioc_${slugOf(placeName)}_${slugOf(what)}_${at}.${extension}`;
}
