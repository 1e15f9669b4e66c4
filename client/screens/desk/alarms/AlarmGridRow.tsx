import { ChevronDown, ChevronRight } from 'lucide-react';
import { memo, type MouseEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { formatClock, formatNumber } from '../../../i18n/format.ts';
import { CellContent, LevelMark, RunningAge } from './AlarmCells.tsx';
import { alarmOfRow, type AlarmRow, type DeskRow, type GroupRow, type HeadingRow, isSameRow, type SingleRow } from './alarmRows.ts';
import type { AlarmTab } from './alarmTabs.ts';
import type { Wording } from './alarmWords.ts';
import { canSelect, COLUMNS, type ColumnName } from './gridColumns.ts';

export interface RowActions {
  readonly onCursor: (key: string) => void;
  readonly onOpenDetail: (row: AlarmRow) => void;
  readonly onToggleGroup: (key: string) => void;
  readonly onToggleSelect: (row: AlarmRow) => void;
}

export interface AlarmGridRowProps {
  readonly row: DeskRow;
  readonly index: number;
  readonly topPx: number;
  readonly tab: AlarmTab;
  readonly isCursor: boolean;
  readonly isSelected: boolean;
  /** Its detail is open beside the list. */
  readonly isShown: boolean;
  readonly wording: Wording;
  /** What explains it, where that hides it; `null`: nothing, or not known. */
  readonly cause: string | null;
  readonly actions: RowActions;
}

const NUMERIC: ReadonlySet<ColumnName> = new Set(['since', 'count', 'age', 'over', 'until']);

/** Opens and folds a group; the space bar does the same for the row. */
function GroupButton({ row, count, actions }: { readonly row: AlarmRow; readonly count: number; readonly actions: RowActions }) {
  const { t } = useTranslation();
  const Icon = row.isOpen ? ChevronDown : ChevronRight;
  const toggle = (event: MouseEvent) => {
    event.stopPropagation();
    actions.onToggleGroup(row.key);
  };
  return <button type="button" tabIndex={-1} className="alarms-group" aria-expanded={row.isOpen} onClick={toggle}><Icon aria-hidden="true" />{t('alarms.group', { count: formatNumber(count) })}</button>;
}

function SelectBox({ row, isSelected, actions }: { readonly row: AlarmRow; readonly isSelected: boolean; readonly actions: RowActions }) {
  const { t } = useTranslation();
  return <input type="checkbox" tabIndex={-1} className="alarms-check" aria-label={t('alarms.column.select')} checked={isSelected} onClick={(event) => event.stopPropagation()} onChange={() => actions.onToggleSelect(row)} />;
}

function SingleCells({ row, tab, isSelected, wording, cause, actions }: AlarmGridRowProps & { readonly row: SingleRow }) {
  const { alarm, members } = row;
  const canBeSelected = canSelect(tab) && !row.isInner && alarm.state !== 'ACKED' && alarm.severity !== 'critical';
  return COLUMNS[tab].map((column) => (
    <td key={column} data-column={column} className={NUMERIC.has(column) ? 'num' : undefined}>
      {column === 'select' ? canBeSelected && <SelectBox row={row} isSelected={isSelected} actions={actions} /> : <CellContent column={column} alarm={alarm} wording={wording} cause={cause} />}
      {column === 'what' && members.length > 0 && <GroupButton row={row} count={members.length} actions={actions} />}
    </td>
  ));
}

/** Up to three of them: where a group is, without a line of sixty names. */
const MOST_PLACES = 3;

function GroupCells({ row, tab, isSelected, wording, actions }: AlarmGridRowProps & { readonly row: GroupRow }) {
  const { t } = useTranslation();
  const { alarms, head } = row;
  const lead = alarmOfRow(row);
  const places = [...new Set(alarms.map((alarm) => wording.wordsOf(alarm).place))];
  const first = wording.wordsOf(lead);
  const title = row.why === 'flood' ? t('alarms.flood', { count: formatNumber(alarms.length) }) : head === null ? t('alarms.causeUnknown') : t('alarms.cause', { what: `${first.place}: ${first.what}` });
  const detail = [...(row.why === 'flood' ? [first.what, t('alarms.floodFirst', { place: first.place, time: formatClock(lead.sinceMs) })] : []), places.slice(0, MOST_PLACES).join(', ') + (places.length > MOST_PLACES ? '…' : '')];
  return (
    <>
      <td data-column="select">{canSelect(tab) && row.why === 'flood' && <SelectBox row={row} isSelected={isSelected} actions={actions} />}</td>
      <td data-column="level"><LevelMark alarm={row.why === 'cause' && head !== null ? head : alarms[0]} /></td>
      <td data-column="wide" colSpan={COLUMNS[tab].length - 3}><span className="alarms-wide"><b>{title}</b> · {detail.join(' · ')}</span><GroupButton row={row} count={alarms.length} actions={actions} /></td>
      <td data-column="age" className="num"><RunningAge sinceMs={lead.sinceMs} /></td>
    </>
  );
}

function Heading({ row, index, topPx, tab }: { readonly row: HeadingRow; readonly index: number; readonly topPx: number; readonly tab: AlarmTab }) {
  const { t } = useTranslation();
  return <tr className="alarms-heading" aria-rowindex={index + 2} style={{ transform: `translateY(${topPx}px)` }}><th scope="rowgroup" colSpan={COLUMNS[tab].length}>{t('alarms.heading', { count: formatNumber(row.count) })}</th></tr>;
}

function Row(props: AlarmGridRowProps) {
  const { row, index, topPx, tab, isCursor, isSelected, isShown, actions } = props;
  if (row.kind === 'heading') return <Heading row={row} index={index} topPx={topPx} tab={tab} />;
  const alarm = alarmOfRow(row);
  return (
    <tr
      className="alarms-row" data-key={row.key} data-kind={row.kind} data-inner={row.kind === 'alarm' && row.isInner} data-severity={alarm.severity} data-state={alarm.state} data-shown={isShown}
      aria-rowindex={index + 2} aria-selected={isSelected} tabIndex={isCursor ? 0 : -1} style={{ transform: `translateY(${topPx}px)` }}
      onFocus={() => actions.onCursor(row.key)} onClick={() => actions.onOpenDetail(row)}
    >
      {row.kind === 'alarm' ? <SingleCells {...props} row={row} /> : <GroupCells {...props} row={row} />}
    </tr>
  );
}

/** Rows are made anew with every list; in a flood that is every second. */
function isSameLine(before: AlarmGridRowProps, after: AlarmGridRowProps): boolean {
  return (Object.keys(after) as (keyof AlarmGridRowProps)[]).every((name) => (name === 'row' ? isSameRow(before.row, after.row) : Object.is(before[name], after[name])));
}

/** One line of the list; drawn again only when it is about something else. */
export const AlarmGridRow = memo(Row, isSameLine);
