import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { AlarmRow, DeskRow } from './alarmRows.ts';

export interface Cursor {
  /** `null`: there is no row to stand on. */
  readonly key: string | null;
  readonly index: number | null;
  readonly row: AlarmRow | null;
  /** Whether another row has just come under it, and nobody moved it there. */
  hasSlipped(): boolean;
  /** A person has pointed at its row. */
  settle(): void;
  /** By rows one can stand on; infinite: to the end. */
  move(step: number): void;
  moveTo(key: string): void;
}

export interface Place {
  readonly key: string;
  readonly index: number;
}

const canStand = (row: DeskRow | undefined): row is AlarmRow => row !== undefined && row.kind !== 'heading';

/** The nearest row to stand on, at `index` or before it, else after. */
function nearest(rows: readonly DeskRow[], index: number): number | null {
  for (let before = Math.min(index, rows.length - 1); before >= 0; before--) if (canStand(rows[before])) return before;
  const after = rows.findIndex(canStand);
  return after === -1 ? null : after;
}

/** [DK14] Where the cursor stands now: on its row wherever that has gone; where it has left the list, on what has come into its place. Pure. */
export function placeIn(rows: readonly DeskRow[], held: Place | null): number | null {
  if (held === null) return nearest(rows, 0);
  const index = rows.findIndex(({ key }) => key === held.key);
  return index === -1 ? nearest(rows, held.index) : index;
}

/** `step` rows on among those one can stand on. Pure. */
export function stepIn(rows: readonly DeskRow[], index: number, step: number): number {
  if (step === 0) return index;
  const direction = Math.sign(step);
  let reached = index;
  for (let next = index + direction, left = Math.abs(step); left > 0 && next >= 0 && next < rows.length; next += direction) {
    if (!canStand(rows[next])) continue;
    reached = next;
    left -= 1;
  }
  return reached;
}

/** Nobody reads a row and presses a key in less. */
const LOOK_MS = 1_000;

/** Set for as long as nobody can have read what came. */
function useSlip() {
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const settle = useCallback(() => {
    if (timer.current !== null) clearTimeout(timer.current);
    timer.current = null;
  }, []);
  const slip = useCallback(() => {
    settle();
    timer.current = setTimeout(() => { timer.current = null; }, LOOK_MS);
  }, [settle]);
  useEffect(() => settle, [settle]);
  return { slip, settle, hasSlipped: useCallback(() => timer.current !== null, []) };
}

export function useCursor(rows: readonly DeskRow[]): Cursor {
  const [held, setHeld] = useState<Place | null>(null);
  // Where its row was last, which is not where it was when the cursor came to it.
  const lastIndex = useRef(0);
  const index = useMemo(() => placeIn(rows, held === null ? null : { key: held.key, index: lastIndex.current }), [rows, held]);
  const found = index === null ? undefined : rows[index];
  const row = canStand(found) ? found : null;
  const { slip, settle, hasSlipped } = useSlip();
  useLayoutEffect(() => {
    if (index !== null) lastIndex.current = index;
    if (held === null || index === null || row === null || row.key === held.key) return;
    slip();
    setHeld({ key: row.key, index });
  }, [index, row, held, slip]);
  const latest = useRef({ rows, index });
  useLayoutEffect(() => { latest.current = { rows, index }; });
  const moveTo = useCallback((key: string) => {
    const at = latest.current.rows.findIndex((candidate) => candidate.key === key);
    if (at === -1) return;
    lastIndex.current = at;
    setHeld((before) => (before?.key === key ? before : { key, index: at }));
  }, []);
  const move = useCallback((step: number) => {
    const { rows: now, index: from } = latest.current;
    if (from === null) return;
    const at = stepIn(now, from, step);
    const next = now[at];
    if (next === undefined) return;
    lastIndex.current = at;
    settle();
    setHeld({ key: next.key, index: at });
  }, [settle]);
  return useMemo(() => ({ key: row?.key ?? null, index, row, hasSlipped, settle, move, moveTo }), [row, index, hasSlipped, settle, move, moveTo]);
}
