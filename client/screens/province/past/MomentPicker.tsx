import { fromAbsolute, type Time, toCalendarDate, toTime, type ZonedDateTime } from '@internationalized/date';
import { CalendarDays, ChevronLeft, ChevronRight } from 'lucide-react';
import { useState } from 'react';
import {
  Button, Calendar, CalendarCell, CalendarGrid, CalendarGridBody, CalendarGridHeader, CalendarHeaderCell, DateField, DateInput, DateSegment, Dialog, DialogTrigger, Heading, I18nProvider, Label, Popover, TimeField,
} from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { TIME_ZONE } from '../../../i18n/format.ts';
import { currentLanguage } from '../../../i18n/i18n.ts';

interface MomentPickerProps {
  readonly label: string;
  /** Where the picker opens. */
  readonly atMs: number;
  /** From when readings are kept; `null`: not known. */
  readonly minMs: number | null;
  readonly maxMs: number;
  readonly onPick: (atMs: number) => void;
}

/** Within what can be shown; a picker cannot know the seconds that a person did not choose. Pure. */
export function clampMoment(atMs: number, minMs: number | null, maxMs: number): number {
  return Math.min(maxMs, Math.max(minMs ?? atMs, atMs));
}

/** A button that opens a calendar and a clock, day before month, 24 hours, Vietnamese time. */
export function MomentPicker({ label, ...choice }: MomentPickerProps) {
  const { t } = useTranslation();
  return (
    <DialogTrigger>
      <Button className="past-button past-pick"><CalendarDays aria-hidden="true" />{label}</Button>
      <Popover className="past-popover" placement="bottom end">
        <Dialog className="past-dialog" aria-label={t('past.pick')}>
          {({ close }) => <Chooser {...choice} onPick={(atMs) => { close(); choice.onPick(atMs); }} />}
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}

function Chooser({ atMs, minMs, maxMs, onPick }: Omit<MomentPickerProps, 'label'>) {
  const { t, i18n } = useTranslation();
  const [moment, setMoment] = useState<ZonedDateTime>(() => fromAbsolute(clampMoment(atMs, minMs, maxMs), TIME_ZONE));
  const [minDay, maxDay] = [minMs === null ? null : toCalendarDate(fromAbsolute(minMs, TIME_ZONE)), toCalendarDate(fromAbsolute(maxMs, TIME_ZONE))];
  const setDay = (day: { readonly year: number; readonly month: number; readonly day: number } | null) => {
    if (day !== null) setMoment(moment.set({ year: day.year, month: day.month, day: day.day }));
  };
  const setTime = (time: Time | null) => { if (time !== null) setMoment(moment.set({ hour: time.hour, minute: time.minute, second: 0, millisecond: 0 })); };
  const day = toCalendarDate(moment);
  const bounds = { minValue: minDay, maxValue: maxDay };
  return (
    <I18nProvider locale={currentLanguage(i18n) === 'en' ? 'en-GB' : 'vi-VN'}>
      <Calendar className="past-calendar" aria-label={t('past.day')} value={day} onChange={setDay} firstDayOfWeek="mon" {...bounds}>
        <header>
          <Button slot="previous" className="past-button" aria-label={t('past.monthBefore')}><ChevronLeft aria-hidden="true" /></Button>
          <Heading />
          <Button slot="next" className="past-button" aria-label={t('past.monthAfter')}><ChevronRight aria-hidden="true" /></Button>
        </header>
        <CalendarGrid weekdayStyle="short">
          <CalendarGridHeader>{(weekday) => <CalendarHeaderCell>{weekday}</CalendarHeaderCell>}</CalendarGridHeader>
          <CalendarGridBody>{(date) => <CalendarCell date={date} className="past-day num" />}</CalendarGridBody>
        </CalendarGrid>
      </Calendar>
      <div className="past-fields">
        <DateField className="past-field" value={day} onChange={setDay} {...bounds}><Label>{t('past.day')}</Label><DateInput className="past-input num">{(segment) => <DateSegment segment={segment} />}</DateInput></DateField>
        <TimeField className="past-field" value={toTime(moment)} onChange={setTime} hourCycle={24} granularity="minute"><Label>{t('past.time')}</Label><DateInput className="past-input num">{(segment) => <DateSegment segment={segment} />}</DateInput></TimeField>
        <Button className="past-button past-go" onPress={() => onPick(clampMoment(moment.toDate().getTime(), minMs, maxMs))}>{t('past.show')}</Button>
      </div>
    </I18nProvider>
  );
}
