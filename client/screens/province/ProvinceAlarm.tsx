import { CheckCheck, ListTree } from 'lucide-react';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { useCatalogue } from '../../catalogue/ChannelProvider.tsx';
import { formatAge, formatCounter } from '../../i18n/format.ts';
import { useAlarmNowMs, useAttentionRows } from '../../panels/alarmHooks.ts';
import { RowText } from '../../panels/Attention.tsx';
import type { AttentionRow } from '../../panels/attentionRows.ts';
import { FreshnessMark } from '../../panels/FreshnessMark.tsx';
import { SeveritySymbol } from '../../panels/SeveritySymbol.tsx';
import { AlarmSheet } from './alarm/AlarmSheet.tsx';
import { useAsOf } from './past/asOf.tsx';

const HOUR_MS = 3_600_000;

function BannerWords({ row, provinceCode, what }: { readonly row: AttentionRow; readonly provinceCode: string; readonly what: string }) {
  const { t } = useTranslation();
  const { locality } = useCatalogue();
  const [alarm] = row.alarms;
  const place = locality(alarm.localityCode);
  const isElsewhere = row.alarms.length === 1 && place !== undefined && place.code !== provinceCode && !row.text.includes(place.name);
  return (
    <span className="province-alarmWhat">
      <strong>{`${what} · ${t(`domain.${alarm.domain}`)}`}</strong>
      <span className="province-alarmText"><RowText row={row} />{isElsewhere && ` · ${place.name}`}</span>
      {row.notes.length > 0 && <span className="province-alarmMore">{row.notes.join(' · ')}</span>}
    </span>
  );
}

interface BannerProps {
  readonly provinceCode: string;
  readonly row: AttentionRow;
  /** Alarms of other rows. */
  readonly moreCount: number;
  /** `null`: the list of them. */
  readonly onOpen: (alarmId: string | null) => void;
}

function Banner({ provinceCode, row, moreCount, onOpen }: BannerProps) {
  const { t } = useTranslation();
  const nowMs = useAlarmNowMs();
  const isPast = useAsOf() !== null;
  const ageMs = nowMs - row.sinceMs;
  const what = row.mark === 'silent' ? t('freshness.dead') : t(`severity.${row.mark}`);
  return (
    <section className="province-alarm" data-mark={row.mark} data-acknowledged={row.isAcknowledged} role={row.mark === 'critical' ? 'alert' : 'status'}>
      <span className="province-alarmMark">
        {row.mark === 'silent' ? <FreshnessMark freshness="dead" /> : <SeveritySymbol severity={row.mark} isOutline={row.isAcknowledged} label={what} />}
      </span>
      <BannerWords row={row} provinceCode={provinceCode} what={what} />
      <span className="province-alarmAge">
        {isPast ? <span>{t('past.alarmSince')}</span> : <>
          <span>{row.isAcknowledged ? t('attention.acknowledged') : t('province.unacknowledged')}</span>
          <b className="num">{ageMs < HOUR_MS ? formatCounter(ageMs) : formatAge(ageMs, t)}</b>
        </>}
      </span>
      {!isPast && (
        // Of several, each is taken by itself.
        <Button className="province-alarmTake" onPress={() => onOpen(row.alarms.length === 1 ? row.alarms[0].id : null)}>
          {!row.isAcknowledged && <CheckCheck aria-hidden="true" />}{t(row.isAcknowledged ? 'acknowledge.see' : 'acknowledge.button')}
        </Button>
      )}
      {moreCount > 0 && <Button className="province-alarmOthers" onPress={() => onOpen(null)}><ListTree aria-hidden="true" />{t('acknowledge.more', { count: moreCount })}</Button>}
    </section>
  );
}

/** [AW6] The worst open alarm of the province, the way to take it, and to all others. Nothing is shown while there is none. */
export function ProvinceAlarm({ provinceCode }: { readonly provinceCode: string }) {
  const rows = useAttentionRows().filter((row) => row.unitCode === provinceCode);
  const [sheet, setSheet] = useState<{ readonly alarmId: string | null } | null>(null);
  const [row, ...others] = rows;
  return (
    <>
      {row !== undefined && <Banner provinceCode={provinceCode} row={row} moreCount={others.reduce((sum, { alarms }) => sum + alarms.length, 0)} onOpen={(alarmId) => setSheet({ alarmId })} />}
      {sheet !== null && <AlarmSheet provinceCode={provinceCode} alarmId={sheet.alarmId} onOpen={(alarmId) => setSheet({ alarmId })} onClose={() => setSheet(null)} />}
    </>
  );
}
