import { useTranslation } from 'react-i18next';
import { useCatalogue } from '../../catalogue/ChannelProvider.tsx';
import { formatAge, formatCounter } from '../../i18n/format.ts';
import { useAlarmNowMs, useAttentionRows } from '../../panels/alarmHooks.ts';
import { FreshnessMark } from '../../panels/FreshnessMark.tsx';
import { SeveritySymbol } from '../../panels/SeveritySymbol.tsx';
import { useAsOf } from './past/asOf.tsx';

const HOUR_MS = 3_600_000;

/** The worst open alarm of the province, and how many more there are. Nothing is shown while there is none. */
export function ProvinceAlarm({ provinceCode }: { readonly provinceCode: string }) {
  const { t } = useTranslation();
  const catalogue = useCatalogue();
  const rows = useAttentionRows().filter((row) => row.unitCode === provinceCode);
  const nowMs = useAlarmNowMs();
  const isPast = useAsOf() !== null;
  const [row] = rows;
  if (row === undefined) return null;
  const [alarm] = row.alarms;
  const ageMs = nowMs - row.sinceMs;
  const more = rows.slice(1).reduce((sum, { alarms }) => sum + alarms.length, 0);
  const place = catalogue.locality(alarm.localityCode);
  const isElsewhere = row.alarms.length === 1 && place !== undefined && place.code !== provinceCode && !row.text.includes(place.name);
  const what = row.mark === 'silent' ? t('freshness.dead') : t(`severity.${row.mark}`);
  return (
    <section className="province-alarm" data-mark={row.mark} data-acknowledged={row.isAcknowledged} role={row.mark === 'critical' ? 'alert' : 'status'}>
      <span className="province-alarmMark">
        {row.mark === 'silent' ? <FreshnessMark freshness="dead" /> : <SeveritySymbol severity={row.mark} isOutline={row.isAcknowledged} label={what} />}
      </span>
      <span className="province-alarmWhat">
        <strong>{`${what} · ${t(`domain.${alarm.domain}`)}`}</strong>
        <span>{isElsewhere ? `${row.text} · ${place.name}` : row.text}</span>
        {more > 0 && <span className="province-alarmMore">{t('attention.more', { count: more })}</span>}
      </span>
      <span className="province-alarmAge">
        {isPast ? <span>{t('past.alarmSince')}</span> : <>
          <span>{row.isAcknowledged ? t('attention.acknowledged') : t('province.unacknowledged')}</span>
          <b className="num">{ageMs < HOUR_MS ? formatCounter(ageMs) : formatAge(ageMs, t)}</b>
        </>}
      </span>
    </section>
  );
}
