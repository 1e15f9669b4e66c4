import './alarms.css';
import { ClipboardList, Keyboard } from 'lucide-react';
import { useMemo, useRef } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { isAnnunciated } from '../../../../shared/domain/alarm.ts';
import { formatNumber } from '../../../i18n/format.ts';
import { useWindowSize } from '../../useWindowSize.ts';
import type { ActionBarHandle } from '../detail/ActionBar.tsx';
import { ActionDialog } from '../detail/ActionDialog.tsx';
import { AlarmDetail } from '../detail/AlarmDetail.tsx';
import { useHindrance } from '../deskSession.tsx';
import { LoadStrip } from '../load/LoadStrip.tsx';
import { ShiftDialog } from '../shift/ShiftDialog.tsx';
import { AlarmGrid, type GridHandle } from './AlarmGrid.tsx';
import { alarmOfRow } from './alarmRows.ts';
import { AlarmsExport } from './AlarmsExport.tsx';
import { AlarmTabs } from './AlarmTabs.tsx';
import { Announcer } from './Announcer.tsx';
import { BulkDialog } from './BulkDialog.tsx';
import { FilterBar } from './FilterBar.tsx';
import { canSelect } from './gridColumns.ts';
import { KeysDialog } from './KeysDialog.tsx';
import { type DeskPage, useDeskPage } from './useDeskPage.ts';
import { useDeskKeys } from './useDeskKeys.ts';
import { type QuickActions, useQuickActions } from './useQuickActions.ts';

const ROW_PX = { tall: 56, low: 46 } as const;
/** Below this the list would show fewer rows than a person wants to see at once. */
const TALL_FROM_PX = 960;

/** What walls count as open: the tabs that are in sight, without what is over. */
function OnWall({ page: { open } }: { readonly page: DeskPage }) {
  const { t } = useTranslation();
  const shown = useMemo(() => open.filter(isAnnunciated), [open]);
  return <p className="alarms-onWall">{t('alarms.onWall', { open: formatNumber(shown.length), critical: formatNumber(shown.filter(({ severity }) => severity === 'critical').length) })}</p>;
}

function Head({ page, quick }: { readonly page: DeskPage; readonly quick: QuickActions }) {
  const { t } = useTranslation();
  const { view, list, closedCount, isKnown, wording, showTab } = page;
  const counts = isKnown ? { ...list.counts, closed: closedCount } : { unacknowledged: null, acknowledged: null, hidden: null, closed: closedCount };
  return (
    <div className="alarms-head">
      <AlarmTabs tab={view.tab} counts={counts} onTab={showTab} />
      <div className="alarms-tools">
        {isKnown && <OnWall page={page} />}
        <AlarmsExport rows={list.rows} tab={view.tab} wording={wording} />
        <Button className="desk-button" aria-label={t('alarms.shift.open')} onPress={() => quick.ask({ kind: 'shift' })}><ClipboardList aria-hidden="true" /><span className="alarms-word">{t('alarms.shift.open')}</span></Button>
        <Button className="desk-button" aria-label={t('alarms.keys.open')} onPress={() => quick.ask({ kind: 'keys' })}><Keyboard aria-hidden="true" />?</Button>
      </div>
    </div>
  );
}

/** What was chosen for one acknowledgement, and what became of the last key. */
function Doing({ page: { selected, clearSelection }, quick: { ask, sending, about, hasSlipped } }: { readonly page: DeskPage; readonly quick: QuickActions }) {
  const { t } = useTranslation();
  const hindrance = useHindrance();
  const said = hasSlipped ? t('alarms.act.slipped') : sending.isSending ? t('alarms.act.sending') : sending.outcome === null ? '' : t(`alarms.act.outcome.${sending.outcome}`);
  return (
    <div className="alarms-doing">
      {selected.length > 0 && (
        <>
          <b>{t('alarms.bulk.selected', { count: selected.length })}</b>
          <Button className="desk-button" data-main="true" isDisabled={hindrance !== null} onPress={() => ask({ kind: 'bulk', chosen: selected })}>{t('alarms.bulk.open', { count: selected.length })}</Button>
          <Button className="desk-button" onPress={clearSelection}>{t('alarms.bulk.clear')}</Button>
        </>
      )}
      <p role="status" data-outcome={sending.outcome ?? undefined}>{said === '' ? '' : `${about} · ${said}`}</p>
    </div>
  );
}

function Dialogs({ page, quick: { dialog, ask } }: { readonly page: DeskPage; readonly quick: QuickActions }) {
  const close = () => ask(null);
  switch (dialog?.kind) {
    case undefined: return null;
    case 'keys': return <KeysDialog onClose={close} />;
    case 'shift': return <ShiftDialog alarms={page.open} wording={page.wording} onClose={close} />;
    case 'bulk': return <BulkDialog chosen={dialog.chosen} wording={page.wording} onDone={page.clearSelection} onClose={close} />;
    case 'action': return <ActionDialog action={dialog.action} alarm={dialog.alarm} wording={page.wording} onClose={close} />;
  }
}

function Empty({ page: { list, view, isKnown, closedCount } }: { readonly page: DeskPage }) {
  const { t } = useTranslation();
  if (list.rows.length > 0) return null;
  if (view.tab === 'closed' ? closedCount === null : !isKnown) return <p className="desk-none" role="status">{t(view.tab === 'closed' ? 'alarms.closedUnknown' : 'alarms.unknown')}</p>;
  return <p className="desk-none" role="status">{t(list.leftOut > 0 ? 'alarms.noneMatch' : 'alarms.noOpen')}</p>;
}

/** `/desk`: every alarm there is, what is known of one of them, and what can be done. */
export function AlarmsPage() {
  const { t } = useTranslation();
  const page = useDeskPage();
  const { view, list, wording, cursor, open } = page;
  const bar = useRef<ActionBarHandle>(null);
  const grid = useRef<GridHandle>(null);
  const search = useRef<HTMLInputElement>(null);
  const detail = useRef<HTMLDivElement>(null);
  const quick = useQuickActions(page, bar);
  const { heightPx } = useWindowSize();
  const move = (step: number) => { cursor.move(step); grid.current?.focusCursor(); };
  useDeskKeys({
    onMove: move, onAcknowledge: quick.acknowledge, onTakeOver: quick.takeOver, onShelve: quick.shelve, onComment: quick.comment, onHelp: () => quick.ask({ kind: 'keys' }), onTab: page.showTab,
    onSelect: () => { if (cursor.row !== null && canSelect(view.tab)) page.toggleSelect(cursor.row); }, onSearch: () => search.current?.focus(),
  });
  const { show, toggleGroup, toggleSelect } = page;
  const actions = useMemo(() => ({ onCursor: cursor.moveTo, onOpenDetail: (row: Parameters<typeof alarmOfRow>[0]) => { cursor.settle(); show(alarmOfRow(row)); }, onToggleGroup: toggleGroup, onToggleSelect: toggleSelect }), [cursor.moveTo, cursor.settle, show, toggleGroup, toggleSelect]);
  return (
    <div className="alarms">
      <section id="alarms-panel" className="alarms-main" role="tabpanel" aria-label={t(`alarms.tab.${view.tab}`)}>
        <Head page={page} quick={quick} />
        <FilterBar filter={view.filter} alarms={open} leftOut={list.leftOut} searchRef={search} onFilter={page.filterBy} />
        <Doing page={page} quick={quick} />
        <AlarmGrid ref={grid} rows={list.rows} tab={view.tab} rowPx={heightPx >= TALL_FROM_PX ? ROW_PX.tall : ROW_PX.low} cursor={cursor} selectedIds={page.selectedIds} shownId={view.alarmId} wording={wording} causeOf={page.causeOf} actions={actions} />
        <Empty page={page} />
        {view.tab === 'closed' && page.closedLeftOff > 0 && <p className="desk-note">{t('alarms.leftOff', { count: formatNumber(page.closedLeftOff) })}</p>}
        <LoadStrip />
      </section>
      <div ref={detail} className="alarms-detail">
        {view.alarmId === null ? <aside className="detail" aria-label={t('alarms.detail.title')}><p className="detail-none">{t('alarms.detail.none')}<span className="desk-note">{t('alarms.detail.noneTip')}</span></p></aside>
          : <AlarmDetail key={view.alarmId} alarmId={view.alarmId} alarm={page.shown} cause={page.cause} members={page.members} wording={wording} actRef={bar} onShow={page.show} onAsk={(action, alarm) => quick.ask({ kind: 'action', action, alarm })} />}
      </div>
      <Announcer alarms={open} isKnown={page.isKnown} wording={wording} />
      <Dialogs page={page} quick={quick} />
    </div>
  );
}
