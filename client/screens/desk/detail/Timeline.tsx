import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Alarm } from '../../../../shared/domain/alarm.ts';
import type { AlarmHistoryDto } from '../../../../shared/protocol/alarms.ts';
import { formatNumber } from '../../../i18n/format.ts';
import { Moment } from '../alarms/AlarmCells.tsx';
import { happenings } from '../alarms/eventSentences.ts';

interface TimelineProps {
  readonly alarm: Alarm;
  /** `undefined`: not answered yet. */
  readonly history: AlarmHistoryDto | undefined;
  readonly isFailed: boolean;
}

/** What happened, oldest first, and at its end what has not. */
export function Timeline({ alarm, history, isFailed }: TimelineProps) {
  const { t } = useTranslation();
  const told = useMemo(() => happenings(history?.events ?? [], alarm, t), [history, alarm, t]);
  return (
    <section className="detail-part" aria-label={t('alarms.detail.history')}>
      <h3>{t('alarms.detail.history')}</h3>
      {history === undefined && <p className="detail-quiet">{t(isFailed ? 'alarms.detail.historyFailed' : 'alarms.asking')}</p>}
      {history !== undefined && history.leftOff > 0 && <p className="detail-quiet">{t('alarms.detail.historyLeftOff', { count: formatNumber(history.leftOff) })}</p>}
      <ol className="detail-timeline">
        {told.map(({ key, atMs, title, detail }) => (
          <li key={key} data-happened={atMs !== null}><span className="num">{atMs === null ? '—' : <Moment atMs={atMs} />}</span><p>{title}{detail !== '' && <span>{detail}</span>}</p></li>
        ))}
      </ol>
    </section>
  );
}
