import { useCallback } from 'react';
import { useSearchParams } from 'react-router';
import { parseInstant } from '../../../../shared/domain/instant.ts';

const EPOCH_MS_PATTERN = /^\d{1,15}$/;

/** What `?at=` of a link names: an instant with its offset, or epoch ms. `null`: nothing, or nothing that is a moment; then the page shows now. Pure. */
export function readAsOf(search: URLSearchParams): number | null {
  const asked = search.get('at')?.trim() ?? '';
  // A "+" that nobody escaped arrives as a blank, and can be nothing else there.
  return EPOCH_MS_PATTERN.test(asked) ? Number(asked) : parseInstant(asked.replace(/ (?=\d{2}:\d{2}$)/, '+'));
}

/** The moment as links write it: "2026-11-22T07:32:00Z". */
export function writeAsOf(atMs: number): string {
  return new Date(Math.floor(atMs / 1_000) * 1_000).toISOString().replace('.000Z', 'Z');
}

/** The past moment that the page shows, epoch ms; `null`: now. Whoever asks the server for this page adds `&at=` of it. */
export function useAsOf(): number | null {
  const [search] = useSearchParams();
  return readAsOf(search);
}

/** An address of the HTTP interface, as of the moment shown. */
export function askedAt(path: string, asOfMs: number | null): string {
  return asOfMs === null ? path : `${path}&at=${asOfMs}`;
}

/** The address of another page, as of the moment shown. */
export function pageAt(path: string, asOfMs: number | null): string {
  return asOfMs === null ? path : `${path}${path.includes('?') ? '&' : '?'}at=${asOfMs}`;
}

/** Shows the page as of another moment; `null`: now. A step of the browser's history, so that Back leads back. */
export function useTravel(): (atMs: number | null) => void {
  const [, setSearch] = useSearchParams();
  return useCallback((atMs) => setSearch((before) => {
    const next = new URLSearchParams(before);
    if (atMs === null) next.delete('at');
    else next.set('at', writeAsOf(atMs));
    return next;
  }), [setSearch]);
}
