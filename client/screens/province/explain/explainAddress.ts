import { useCallback, useMemo } from 'react';
import { useLocation, useNavigate, useSearchParams } from 'react-router';
import { z } from 'zod';
import type { Catalogue } from '../../../catalogue/catalogue.ts';

/** A number that can be explained. */
export interface ExplainedNumber {
  readonly localityCode: string;
  readonly indicatorId: string;
}

/** How many entries of the browser's history this sheet has put there: so many steps back it closes. */
const Steps = z.object({ explainSteps: z.number().int().nonnegative() });

function toNumber(text: string, fallbackCode: string, { table }: Catalogue): ExplainedNumber | null {
  const [first = '', second] = text.split('/');
  const number = second === undefined ? { localityCode: fallbackCode, indicatorId: first } : { localityCode: first, indicatorId: second };
  return table.indexOf(number.localityCode, number.indicatorId) === undefined ? null : number;
}

/**
 * The number asked for by `?explain=<indicator>` (of the place that is shown) or `?explain=<place>/<indicator>`, then every part of it
 * that was gone down to, `&part=<place>/<indicator>`, in order. Empty: none, or one that does not exist. Pure.
 */
export function readExplained(search: URLSearchParams, shownCode: string, catalogue: Catalogue): ExplainedNumber[] {
  const asked = search.get('explain');
  const first = asked === null ? null : toNumber(asked, shownCode, catalogue);
  if (first === null) return [];
  const path = [first];
  for (const text of search.getAll('part')) {
    const part = toNumber(text, shownCode, catalogue);
    if (part === null) break;
    path.push(part);
  }
  return path;
}

function writeExplained(search: URLSearchParams, path: readonly ExplainedNumber[], shownCode: string): URLSearchParams {
  const next = new URLSearchParams(search);
  next.delete('explain');
  next.delete('part');
  for (const [at, { localityCode, indicatorId }] of path.entries()) {
    if (at > 0) next.append('part', `${localityCode}/${indicatorId}`);
    else next.set('explain', localityCode === shownCode ? indicatorId : `${localityCode}/${indicatorId}`);
  }
  return next;
}

export interface ExplainAddress {
  /** From the number asked for down to the one shown. Empty: the sheet is closed. */
  readonly path: readonly ExplainedNumber[];
  readonly open: (number: ExplainedNumber) => void;
  readonly goDown: (part: ExplainedNumber) => void;
  /** Back to the number at that place of the path. */
  readonly goUp: (at: number) => void;
  readonly close: () => void;
}

/** The sheet lives in the address: a link opens it, and the browser's Back goes up one number and then closes it. */
export function useExplainAddress(shownCode: string, catalogue: Catalogue): ExplainAddress {
  const [search, setSearch] = useSearchParams();
  const navigate = useNavigate();
  const { state } = useLocation();
  const steps = Steps.safeParse(state).data?.explainSteps ?? 0;
  const path = useMemo(() => readExplained(search, shownCode, catalogue), [search, shownCode, catalogue]);
  const push = useCallback((next: readonly ExplainedNumber[]) => {
    setSearch((before) => writeExplained(before, next, shownCode), { state: { explainSteps: steps + 1 } });
  }, [setSearch, shownCode, steps]);
  /** What was pushed is taken back; what a link opened is rewritten. */
  const shorten = useCallback((length: number) => {
    const back = path.length - length;
    if (steps >= back) { void navigate(-back); return; }
    setSearch((before) => writeExplained(before, path.slice(0, length), shownCode), { replace: true });
  }, [navigate, path, setSearch, shownCode, steps]);
  return useMemo(() => ({
    path,
    open: (number) => push([number]),
    goDown: (part) => push([...path, part]),
    goUp: (at) => shorten(at + 1),
    close: () => shorten(0),
  }), [path, push, shorten]);
}
