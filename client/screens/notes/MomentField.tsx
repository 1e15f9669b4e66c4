import { fromAbsolute } from '@internationalized/date';
import { DateField, DateInput, DateSegment, I18nProvider, Label } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { TIME_ZONE } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';

interface MomentFieldProps {
  readonly label: string;
  readonly atMs: number;
  readonly maxMs: number;
  readonly onChange: (atMs: number) => void;
}

/** A moment to the minute, day before month, 24 hours, Vietnamese time, whatever the browser's own language. A half-typed one changes nothing. */
export function MomentField({ label, atMs, maxMs, onChange }: MomentFieldProps) {
  const { i18n } = useTranslation();
  return (
    <I18nProvider locale={currentLanguage(i18n) === 'en' ? 'en-GB' : 'vi-VN'}>
      <DateField className="notes-field" value={fromAbsolute(atMs, TIME_ZONE)} maxValue={fromAbsolute(maxMs, TIME_ZONE)} granularity="minute" hourCycle={24} hideTimeZone
        onChange={(moment) => { if (moment !== null) onChange(moment.toDate().getTime()); }}>
        <Label>{label}</Label>
        <DateInput className="notes-moment num">{(segment) => <DateSegment segment={segment} />}</DateInput>
      </DateField>
    </I18nProvider>
  );
}
