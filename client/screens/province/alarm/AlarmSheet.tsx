import './alarm.css';
import { ChevronLeft, CheckCheck, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button, Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { Alarm } from '../../../../shared/domain/alarm.ts';
import { useCatalogue } from '../../../catalogue/ChannelProvider.tsx';
import { formatAge, formatClock } from '../../../i18n/format.ts';
import { useAlarmNowMs, useHiddenCounts } from '../../../panels/alarmHooks.ts';
import { hiddenTexts } from '../../../panels/alarmWords.ts';
import { RowText } from '../../../panels/Attention.tsx';
import { FreshnessMark } from '../../../panels/FreshnessMark.tsx';
import { SeveritySymbol } from '../../../panels/SeveritySymbol.tsx';
import { useAlarms } from '../../../store/mirrorHooks.tsx';
import { useAsOf } from '../past/asOf.tsx';
import { AckForm } from './AckForm.tsx';
import { AlarmFacts, CauseMembers, FirstAction } from './AlarmFacts.tsx';
import { useAlarmRow, useProvinceAlarms } from './provinceAlarms.ts';

function Mark({ alarm: { kind, severity, state } }: { readonly alarm: Alarm }) {
  const { t } = useTranslation();
  return kind === 'source-silent' ? <FreshnessMark freshness="dead" /> : <SeveritySymbol severity={severity} isOutline={state === 'ACKED'} label={t(`severity.${severity}`)} />;
}

function ListedAlarm({ alarm, onOpen }: { readonly alarm: Alarm; readonly onOpen: () => void }) {
  const { t } = useTranslation();
  const { locality } = useCatalogue();
  const nowMs = useAlarmNowMs();
  const isPast = useAsOf() !== null;
  const row = useAlarmRow(alarm);
  if (row === undefined) return null;
  const state = alarm.acked === null ? [t(alarm.state === 'ACKED' ? 'attention.acknowledged' : 'province.unacknowledged'), ...row.notes] : row.notes;
  return (
    <li>
      <Button className="alarm-listed" onPress={onOpen}>
        <Mark alarm={alarm} />
        <span className="alarm-listedWhat"><b><RowText row={row} /></b><span>{[locality(alarm.localityCode)?.name ?? '', t(`domain.${alarm.domain}`), ...(isPast ? [] : state)].join(' · ')}</span></span>
        {!isPast && <span className="num alarm-listedAge">{formatAge(nowMs - alarm.sinceMs, t)}</span>}
      </Button>
    </li>
  );
}

/** [AW6] Every alarm of the province, and how many more there are that nobody is told of. */
function AlarmList({ provinceCode, onOpen }: { readonly provinceCode: string; readonly onOpen: (alarmId: string) => void }) {
  const { t } = useTranslation();
  const alarms = useProvinceAlarms(provinceCode);
  const hidden = hiddenTexts(useHiddenCounts(provinceCode), t);
  return (
    <>
      {alarms.length === 0 && <p role="status">{t('acknowledge.none')}</p>}
      <ul className="alarm-list">{alarms.map((alarm) => <ListedAlarm key={alarm.id} alarm={alarm} onOpen={() => onOpen(alarm.id)} />)}</ul>
      {hidden.length > 0 && <p className="alarm-hidden">{`${t('attention.hiddenTitle')}: ${hidden.join(' · ')}`}</p>}
    </>
  );
}

function Taken({ alarm, onClose }: { readonly alarm: Alarm; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const { acked } = alarm;
  return (
    <div className="alarm-form">
      <p className="alarm-said" role="status">{acked === null ? t('attention.acknowledged') : t('acknowledge.takenAt', { by: acked.by, time: formatClock(acked.atMs) })}</p>
      <Button className="alarm-send" onPress={onClose}><CheckCheck aria-hidden="true" />{t('acknowledge.close')}</Button>
    </div>
  );
}

/** `alarm`: as it is now, or as it was last known when it is not open any more. */
function OneAlarm({ alarm, isOpen, onClose }: { readonly alarm: Alarm; readonly isOpen: boolean; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const isPast = useAsOf() !== null;
  const row = useAlarmRow(alarm);
  const what = alarm.kind === 'source-silent' ? t('freshness.dead') : t(`severity.${alarm.severity}`);
  return (
    <>
      <div className="alarm-what" data-mark={alarm.severity}>
        <Mark alarm={alarm} />
        <p><strong>{`${what} · ${t(`domain.${alarm.domain}`)}`}</strong>{row !== undefined && <span><RowText row={row} /></span>}</p>
      </div>
      <AlarmFacts alarm={alarm} isPast={isPast} />
      <FirstAction indicatorId={alarm.indicatorId} />
      <CauseMembers causeId={alarm.id} />
      {isPast ? null : !isOpen ? <p className="alarm-said" role="status">{t('acknowledge.outcome.gone')}</p>
        : alarm.state === 'ACKED' ? <Taken alarm={alarm} onClose={onClose} /> : <AckForm key={alarm.id} alarm={alarm} />}
    </>
  );
}

/** The alarm of that id; once it is not open any more, as it was last. */
function useLastKnown(alarmId: string | null): { readonly alarm: Alarm | null; readonly isOpen: boolean } {
  const now = useAlarms().find(({ id }) => id === alarmId) ?? null;
  const [last, setLast] = useState(now);
  useEffect(() => { if (now !== null) setLast(now); }, [now]);
  return { alarm: now ?? (last?.id === alarmId ? last : null), isOpen: now !== null };
}

interface AlarmSheetProps {
  readonly provinceCode: string;
  /** `null`: the list of them. */
  readonly alarmId: string | null;
  readonly onOpen: (alarmId: string | null) => void;
  readonly onClose: () => void;
}

function Sheet({ provinceCode, alarmId, onOpen, onClose }: AlarmSheetProps) {
  const { t } = useTranslation();
  const { locality } = useCatalogue();
  const { alarm, isOpen } = useLastKnown(alarmId);
  const isPast = useAsOf() !== null;
  const count = useProvinceAlarms(provinceCode).length;
  const name = locality(provinceCode)?.name ?? '';
  return (
    <Dialog className="alarm">
      <header className="alarm-head">
        {alarm !== null && count > 1 && <Button className="alarm-icon" aria-label={t('acknowledge.all', { count })} onPress={() => onOpen(null)}><ChevronLeft aria-hidden="true" /></Button>}
        <div><p>{name}</p><Heading slot="title">{alarm === null ? t('acknowledge.list', { count }) : t(isPast || !isOpen || alarm.state === 'ACKED' ? 'acknowledge.one' : 'acknowledge.title')}</Heading></div>
        <Button className="alarm-icon" aria-label={t('acknowledge.close')} onPress={onClose}><X aria-hidden="true" /></Button>
      </header>
      {alarm === null ? <AlarmList provinceCode={provinceCode} onOpen={onOpen} /> : <OneAlarm key={alarm.id} alarm={alarm} isOpen={isOpen} onClose={onClose} />}
    </Dialog>
  );
}

/** What is wrong in the province, and the place where a person takes it: beside the page where that is wide, from below where it is not. */
export function AlarmSheet(props: AlarmSheetProps) {
  return (
    <ModalOverlay className="alarm-overlay" isOpen isDismissable onOpenChange={(isOpen) => { if (!isOpen) props.onClose(); }}>
      <Modal className="alarm-modal"><Sheet {...props} /></Modal>
    </ModalOverlay>
  );
}
