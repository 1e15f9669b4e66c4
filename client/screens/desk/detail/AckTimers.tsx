import { useTranslation } from 'react-i18next';
import type { Alarm } from '../../../../shared/domain/alarm.ts';
import { formatAge, formatClock, formatCounter } from '../../../i18n/format.ts';
import { useAlarmNowMs } from '../../../panels/alarmHooks.ts';
import { RunningAge } from '../alarms/AlarmCells.tsx';
import { RESPONSE_TARGET_MS } from '../alarms/responseTargets.ts';

function Waiting({ alarm }: { readonly alarm: Alarm }) {
  const { t } = useTranslation();
  const targetMs = RESPONSE_TARGET_MS[alarm.severity];
  const waitedMs = useAlarmNowMs() - alarm.sinceMs;
  return (
    <>
      <dl>
        <div><dt>{t(alarm.state === 'RTN_UNACK' ? 'alarms.detail.waited' : 'alarms.detail.waiting')}</dt><dd className="num" data-late={waitedMs > targetMs}><RunningAge sinceMs={alarm.sinceMs} /></dd></div>
        <div><dt>{t('alarms.detail.target')}</dt><dd className="num detail-target">{formatCounter(targetMs)}</dd></div>
      </dl>
      {waitedMs > targetMs && <p className="detail-late">{t('alarms.detail.late')}</p>}
    </>
  );
}

function Taken({ alarm }: { readonly alarm: Alarm }) {
  const { t } = useTranslation();
  const nowMs = useAlarmNowMs();
  return (
    <dl>
      <div><dt>{t('alarms.detail.standing')}</dt><dd className="num"><RunningAge sinceMs={alarm.sinceMs} /></dd></div>
      <div className="detail-taken"><dt>{t('alarms.detail.taken')}</dt><dd>{alarm.acked !== null && t('alarms.detail.takenBy', { by: alarm.acked.by, age: formatAge(nowMs - alarm.acked.atMs, t) })}</dd></div>
    </dl>
  );
}

/** UI.md §12: how long nobody has answered, large, against the time there is to answer in; once answered, by whom. */
export function AckTimers({ alarm }: { readonly alarm: Alarm }) {
  const { t } = useTranslation();
  const isWaiting = alarm.state === 'UNACK' || alarm.state === 'RTN_UNACK';
  return (
    <div className="detail-timers">
      {alarm.state === 'NORMAL' ? <p className="detail-closed">{t('alarms.state.closed')}</p> : isWaiting ? <Waiting alarm={alarm} /> : <Taken alarm={alarm} />}
      <p className="detail-stands">{alarm.returnedAtMs === null ? t('alarms.detail.stands') : t('alarms.detail.over', { time: formatClock(alarm.returnedAtMs) })}</p>
    </div>
  );
}
