import { useTranslation } from 'react-i18next';
import { formatNumber } from '../../../i18n/format.ts';
import { useNow } from '../../../store/mirrorHooks.tsx';
import { DAY_TARGETS, dayStartMs, totalOf } from './loadFacts.ts';
import { Histogram } from './Histogram.tsx';
import { useAlarmLoadAnswer } from './useAlarmLoadAnswer.ts';

/** A watch of eight hours, in buckets of ten minutes. */
const SHIFT_BUCKETS = 48;
/** The strip shows a watch, and its head tells the whole day. */
const ASKED_HOURS = 24;

/** UI.md §12: the load of one watch under the list, and the day against what one person can take in. */
export function LoadStrip() {
  const { t } = useTranslation();
  const { serverNowMs } = useNow();
  const { data, isError } = useAlarmLoadAnswer(ASKED_HOURS);
  const today = data === undefined ? null : totalOf(data.buckets.filter(({ fromMs }) => fromMs >= dayStartMs(serverNowMs)));
  return (
    <section className="load-strip" aria-label={t('alarms.load.strip')}>
      <header>
        <h2>{t('alarms.load.strip')}</h2>
        <p>{today !== null && <b data-over={today > DAY_TARGETS.manageable}>{t('alarms.load.today', { count: formatNumber(today) })}</b>}{` · ${t('alarms.load.acceptable', { count: DAY_TARGETS.acceptable })} · ${t('alarms.load.manageable', { count: DAY_TARGETS.manageable })}`}</p>
      </header>
      {data === undefined ? <p className="desk-note" role="status">{t(isError ? 'alarms.load.failed' : 'alarms.asking')}</p> : <Histogram buckets={data.buckets.slice(-SHIFT_BUCKETS)} bucketMs={data.bucketMs} />}
    </section>
  );
}
