import './detail.css';
import type { Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { type Alarm, attackIds } from '../../../../shared/domain/alarm.ts';
import { useCatalogue } from '../../../catalogue/ChannelProvider.tsx';
import { formatClockShort, formatFigure, formatNumber } from '../../../i18n/format.ts';
import { currentLanguage } from '../../../i18n/i18n.ts';
import { actionIndicatorOf } from '../../../panels/alarmWords.ts';
import { FigureNoteLine, useFigure } from '../../../panels/Figure.tsx';
import { LevelMark } from '../alarms/AlarmCells.tsx';
import { aboutAlarm, shortPerson, type Wording } from '../alarms/alarmWords.ts';
import { AckTimers } from './AckTimers.tsx';
import { ActionBar, type ActionBarHandle } from './ActionBar.tsx';
import type { ActionName } from './ActionDialog.tsx';
import { ReadingsChart } from './ReadingsChart.tsx';
import { Timeline } from './Timeline.tsx';
import { useAlarmHistory } from './useAlarmHistory.ts';

interface AlarmDetailProps {
  readonly alarmId: string;
  /** As the list has it; `null`: it is in no list, and only the history may know it. */
  readonly alarm: Alarm | null;
  readonly cause: Alarm | null;
  readonly members: readonly Alarm[];
  readonly wording: Wording;
  readonly actRef: Ref<ActionBarHandle>;
  readonly onShow: (alarm: Alarm) => void;
  readonly onAsk: (action: ActionName, alarm: Alarm) => void;
}

function What({ alarm, wording }: { readonly alarm: Alarm; readonly wording: Wording }) {
  const { t } = useTranslation();
  const words = wording.wordsOf(alarm);
  const reading = useFigure(alarm.localityCode, alarm.indicatorId ?? '');
  const ids = attackIds(alarm.attack);
  const where = [words.system, ...(ids.length === 0 ? [] : [t('alarms.detail.attack', { ids: ids.join(', ') })])].filter((part) => part !== '');
  const said = [words.source === '' ? t('alarms.detail.noSource') : t('alarms.detail.source', { source: words.source }), ...(alarm.value === null ? [] : [t('alarms.detail.reading', { value: formatFigure(alarm.value, 0, t) })])];
  return (
    <header className="detail-what">
      <p className="detail-level"><LevelMark alarm={alarm} /><b>{t(`severity.${alarm.severity}`)}</b>{alarm.tlp !== null && <span className="detail-tlp">{t('alarms.detail.tlp', { label: alarm.tlp })}</span>}</p>
      <h2>{aboutAlarm(words, t)}</h2>
      {where.length > 0 && <p>{where.join(' · ')}</p>}
      {alarm.kind !== 'cause' && <p className="detail-said">{said.join(' · ')}{alarm.indicatorId !== null && <FigureNoteLine text={reading} note="full" />}</p>}
    </header>
  );
}

/** What a person must know of its condition before they act. */
function Conditions({ alarm }: { readonly alarm: Alarm }) {
  const { t } = useTranslation();
  const { shelved, outOfService, assignee, disposition } = alarm;
  const lines = [
    ...(alarm.isLatched ? [t('alarms.detail.latched')] : []), ...(alarm.dataLost ? [t('alarms.detail.dataLost')] : []), ...(alarm.isChattering ? [t('alarms.detail.chattering')] : []),
    ...(shelved === null ? [] : [t('alarms.detail.shelved', { until: formatClockShort(shelved.untilMs), by: shortPerson(shelved.by), why: shelved.why })]),
    ...(outOfService === null ? [] : [t('alarms.detail.outOfService', { by: shortPerson(outOfService.by), why: outOfService.why })]),
    ...(assignee === null ? [] : [t('alarms.detail.assignee', { to: assignee })]), ...(disposition === null ? [] : [t('alarms.detail.verdict', { disposition: t(`alarms.disposition.${disposition}`) })]),
  ];
  return lines.length === 0 ? null : <ul className="detail-conditions">{lines.map((line) => <li key={line}>{line}</li>)}</ul>;
}

const MOST_MEMBERS = 8;

function Family({ cause, members, wording, onShow }: Pick<AlarmDetailProps, 'cause' | 'members' | 'wording' | 'onShow'>) {
  const { t } = useTranslation();
  const about = (alarm: Alarm) => aboutAlarm(wording.wordsOf(alarm), t);
  if (cause === null && members.length === 0) return null;
  return (
    <section className="detail-part">
      {cause !== null && <p>{t('alarms.detail.cause', { what: about(cause) })} <button type="button" className="detail-link" onClick={() => onShow(cause)}>{t('alarms.detail.causeOpen')}</button></p>}
      {members.length > 0 && <h3>{t('alarms.detail.members', { count: formatNumber(members.length) })}</h3>}
      <ul className="detail-members">{members.slice(0, MOST_MEMBERS).map((alarm) => <li key={alarm.id}><LevelMark alarm={alarm} /><button type="button" className="detail-link" onClick={() => onShow(alarm)}>{about(alarm)}</button></li>)}</ul>
      {members.length > MOST_MEMBERS && <p className="detail-quiet">{t('alarms.detail.more', { count: formatNumber(members.length - MOST_MEMBERS) })}</p>}
    </section>
  );
}

/** UI.md §12: everything about one alarm, and what can be done with it. Its edge has the colour of its level. */
export function AlarmDetail({ alarmId, alarm, cause, members, wording, actRef, onShow, onAsk }: AlarmDetailProps) {
  const { t, i18n } = useTranslation();
  const { indicator } = useCatalogue();
  const history = useAlarmHistory(alarmId, alarm);
  const shown = alarm ?? history.data?.alarm ?? null;
  if (shown === null) return <aside className="detail" aria-label={t('alarms.detail.title')}><p className="detail-none" role="status">{t(history.isPending ? 'alarms.asking' : 'alarms.detail.gone')}</p></aside>;
  const firstAction = indicator(actionIndicatorOf(shown))?.firstAction?.[currentLanguage(i18n)];
  return (
    <aside className="detail" aria-label={t('alarms.detail.title')} data-severity={shown.severity} tabIndex={-1}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard. */}
      <section className="detail-scroll" aria-label={t('alarms.detail.title')} tabIndex={0}>
        <What alarm={shown} wording={wording} />
        <AckTimers alarm={shown} />
        <Conditions alarm={shown} />
        <Timeline alarm={shown} history={history.data} isFailed={history.isError} />
        {firstAction !== undefined && <section className="detail-part"><h3>{t('alarms.detail.doNow')}</h3><p>{firstAction}</p></section>}
        <Family cause={cause} members={members} wording={wording} onShow={onShow} />
        <ReadingsChart alarm={shown} />
      </section>
      <ActionBar ref={actRef} alarm={shown} onAsk={(action) => onAsk(action, shown)} />
    </aside>
  );
}
