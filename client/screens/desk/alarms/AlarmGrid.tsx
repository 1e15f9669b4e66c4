import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useCallback, useEffect, useImperativeHandle, useLayoutEffect, useRef, type Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { formatNumber } from '../../../i18n/format.ts';
import { AlarmGridRow, type RowActions } from './AlarmGridRow.tsx';
import { alarmOfRow, alarmsOf, type DeskRow, type SingleRow } from './alarmRows.ts';
import { type AlarmTab, hidingOf } from './alarmTabs.ts';
import type { Wording } from './alarmWords.ts';
import { COLUMNS } from './gridColumns.ts';
import type { Cursor } from './useCursor.ts';

const OVERSCAN = 6;

export interface GridHandle {
  /** Puts the keyboard's focus on the cursor's row, wherever it is. */
  focusCursor(): void;
}

interface AlarmGridProps {
  readonly ref?: Ref<GridHandle>;
  readonly rows: readonly DeskRow[];
  readonly tab: AlarmTab;
  readonly rowPx: number;
  readonly cursor: Cursor;
  readonly selectedIds: ReadonlySet<string>;
  readonly shownId: string | null;
  readonly wording: Wording;
  readonly causeOf: (row: SingleRow) => string | null;
  readonly actions: RowActions;
}

/** What is seen, and the cursor's row wherever it is: the focus must not vanish with a row that is scrolled away. */
function useVirtualRows({ rows, rowPx, cursor }: AlarmGridProps, scroller: { readonly current: HTMLElement | null }) {
  const rangeExtractor = useCallback((range: Range) => [...new Set([...defaultRangeExtractor(range), ...(cursor.index === null ? [] : [cursor.index])])].sort((a, b) => a - b), [cursor.index]);
  return useVirtualizer({ count: rows.length, getScrollElement: () => scroller.current, estimateSize: () => rowPx, overscan: OVERSCAN, rangeExtractor, getItemKey: (index) => rows[index]?.key ?? index, initialRect: { width: 1_000, height: 600 } });
}

function isAllSelected(row: DeskRow, selectedIds: ReadonlySet<string>): boolean {
  const alarms = alarmsOf(row);
  return alarms.length > 0 && alarms.every(({ id }) => selectedIds.has(id));
}

/** [DK13] The list: thousands of rows, of which those in sight are drawn. Arrow keys, Home, End, Enter and the space bar work in it. */
export function AlarmGrid(props: AlarmGridProps) {
  const { ref, rows, tab, rowPx, cursor, selectedIds, shownId, wording, causeOf, actions } = props;
  const { t } = useTranslation();
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualRows(props, scroller);
  const isFocusWanted = useRef(false);
  const isFocused = useRef(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height is not read, its change is the reason to measure.
  useEffect(() => { virtual.measure(); }, [virtual, rowPx]);
  const focusRow = useCallback(() => {
    const rowElement = scroller.current?.querySelector<HTMLElement>('tr[tabindex="0"]');
    rowElement?.focus({ preventScroll: true });
  }, []);
  // Not at once: the row that the cursor leaves would take the focus, and with it the cursor. Where the cursor cannot move, no effect follows.
  const toCursor = useCallback(() => {
    isFocusWanted.current = true;
    requestAnimationFrame(() => { if (isFocusWanted.current) focusRow(); isFocusWanted.current = false; });
  }, [focusRow]);
  useImperativeHandle(ref, () => ({ focusCursor: toCursor }), [toCursor]);
  // The row that had the focus may have gone to another tab: the one in its place takes it over.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another row in the same place is as good a reason as another place.
  useLayoutEffect(() => {
    if (cursor.index === null) return;
    const isLost = isFocused.current && document.activeElement === document.body;
    if (!isFocusWanted.current && !isLost) return;
    virtual.scrollToIndex(cursor.index, { align: 'auto' });
    focusRow();
    isFocusWanted.current = false;
  }, [cursor.index, cursor.key, virtual, focusRow]);
  const handleKey = (event: KeyboardEvent) => {
    if (event.target instanceof HTMLElement && event.target.closest('button, input') !== null && event.key === 'Enter') return;
    const step = gridStep(event.key);
    const row = cursor.row;
    if (step !== null) { isFocusWanted.current = true; cursor.move(step); }
    else if (event.key === 'Enter' && row !== null) actions.onOpenDetail(row);
    else if (event.key === ' ' && row !== null) actions.onToggleGroup(row.key);
    else return;
    event.preventDefault();
  };
  return (
    <div ref={scroller} className="alarms-scroll">
      {/* biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a grid is a table whose rows take the focus. */}
      <table role="grid" className="alarms-grid" data-tab={tab} aria-label={t('alarms.list', { count: formatNumber(rows.length) })} aria-rowcount={rows.length + 1} aria-multiselectable="true"
        onKeyDown={handleKey} onFocus={() => { isFocused.current = true; }} onBlur={(event) => { if (event.relatedTarget !== null) isFocused.current = false; }}>
        <thead><tr aria-rowindex={1}>{COLUMNS[tab].map((column) => <th key={column} scope="col" data-column={column}>{column === 'select' ? <span className="visuallyHidden">{t('alarms.column.select')}</span> : t(`alarms.column.${column}`)}</th>)}</tr></thead>
        <tbody style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, start }) => {
            const row = rows[index];
            return row === undefined ? null : (
              <AlarmGridRow key={row.key} row={row} index={index} topPx={start} tab={tab} isCursor={cursor.key === row.key} isSelected={isAllSelected(row, selectedIds)}
                isShown={row.kind !== 'heading' && alarmOfRow(row).id === shownId} wording={wording} cause={row.kind === 'alarm' && hidingOf(row.alarm) === 'suppressed' ? causeOf(row) : null} actions={actions} />
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

/** How far a key goes; `null`: it goes nowhere. */
function gridStep(key: string): number | null {
  if (key === 'ArrowDown' || key === 'j') return 1;
  if (key === 'ArrowUp' || key === 'k') return -1;
  if (key === 'PageDown') return 10;
  if (key === 'PageUp') return -10;
  if (key === 'End') return Number.POSITIVE_INFINITY;
  return key === 'Home' ? Number.NEGATIVE_INFINITY : null;
}
