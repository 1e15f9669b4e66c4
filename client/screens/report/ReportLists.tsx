import { useTranslation } from 'react-i18next';
import { AlarmsMessage } from '../../../shared/protocol/socket.ts';
import { useCatalogue } from '../../catalogue/ChannelProvider.tsx';
import { useRoot } from '../../catalogue/RootLocality.tsx';
import { formatClockShort, formatDate } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { attentionRows } from '../../panels/attentionRows.ts';
import { SeveritySymbol } from '../../panels/SeveritySymbol.tsx';
import { FreshnessMark } from '../../panels/FreshnessMark.tsx';
import { useAnswer } from '../answers.tsx';
import { useNotes } from '../notes/useNotes.ts';
import { cutText } from './reportModel.ts';

const ALARM_LENGTH = 90;
const NOTE_LENGTH = 190;
const AUTHOR_LENGTH = 40;

const momentText = (atMs: number) => `${formatClockShort(atMs)}, ${formatDate(atMs)}`;

/** Open alarms of the province, worst first, as the wall groups them. `atMs` `null`: now; the past has none. */
export function ReportAlarms({ provinceCode, atMs, most }: { readonly provinceCode: string; readonly atMs: number | null; readonly most: number }) {
  const { t, i18n } = useTranslation();
  const catalogue = useCatalogue();
  const root = useRoot();
  const { data } = useAnswer(AlarmsMessage, atMs === null ? '/api/v1/alarms?channel=live' : null);
  if (atMs !== null) return <p>{t('report.alarmsUnknown')}</p>;
  const rows = attentionRows(data?.alarms ?? [], { catalogue, root, language: currentLanguage(i18n), t }).filter(({ unitCode }) => unitCode === provinceCode);
  const shown = rows.length > most ? rows.slice(0, most - 1) : rows;
  return (
    <>
      <h2>{t('report.alarms', { count: rows.reduce((sum, { alarms }) => sum + alarms.length, 0) })}</h2>
      {rows.length === 0 && <p>{t('report.noAlarms')}</p>}
      <ul className="report-lines">
        {shown.map(({ key, mark, text, sinceMs, alarms: [alarm] }) => (
          <li key={key}>
            {mark === 'silent' ? <FreshnessMark freshness="dead" /> : <SeveritySymbol severity={mark} isOutline={false} label={t(`severity.${mark}`)} />}
            <span>{`${mark === 'silent' ? t('freshness.dead') : t(`severity.${mark}`)} · ${t(`domain.${alarm.domain}`)} · ${cutText(text, ALARM_LENGTH)} · ${t('report.since', { time: momentText(sinceMs) })}`}</span>
          </li>
        ))}
        {rows.length > shown.length && <li>{t('report.moreAlarms', { count: rows.length - shown.length })}</li>}
      </ul>
    </>
  );
}

/** Notes that stand on the province, newest first. */
export function ReportNotes({ provinceCode, most }: { readonly provinceCode: string; readonly most: number }) {
  const { t, i18n } = useTranslation();
  const { indicator } = useCatalogue();
  const { notes, leftOff } = useNotes(provinceCode, null);
  const standing = notes.filter(({ isStanding }) => isStanding);
  const shown = standing.length + leftOff > most ? standing.slice(0, most - 1) : standing;
  const placeOf = (id: string | null) => (id === null ? t('notes.wholeShort') : (indicator(id)?.shortName[currentLanguage(i18n)] ?? id));
  return (
    <>
      <h2>{t('report.notes', { count: standing.length + leftOff })}</h2>
      {standing.length === 0 && <p>{t('report.noNotes')}</p>}
      <ul className="report-lines">
        {shown.map(({ note }) => (
          <li key={note.id}>{t('report.noteLine', { time: momentText(note.atMs), place: placeOf(note.indicatorId), author: cutText(note.author, AUTHOR_LENGTH), text: cutText(note.text, NOTE_LENGTH) })}</li>
        ))}
        {standing.length + leftOff > shown.length && <li>{t('report.moreNotes', { count: standing.length + leftOff - shown.length })}</li>}
      </ul>
    </>
  );
}
