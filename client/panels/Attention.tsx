import { useTranslation } from 'react-i18next';
import { useRoot } from '../catalogue/RootLocality.tsx';
import { formatAge, formatNumber } from '../i18n/format.ts';
import { useAreAlarmsKnown, useReading } from '../store/mirrorHooks.tsx';
import { useAlarmNowMs, useHiddenCounts } from './alarmHooks.ts';
import { hiddenTexts } from './alarmWords.ts';
import type { AttentionRow } from './attentionRows.ts';
import { FreshnessMark } from './FreshnessMark.tsx';
import { useRootSources } from './rootSources.ts';
import { type RowRoom, rowsWithRoom, titleLines } from './rowRoom.ts';
import { SeveritySymbol } from './SeveritySymbol.tsx';

/** A sender's words may be of any script: they turn nothing around them. */
export function RowText({ row }: { readonly row: Pick<AttentionRow, 'text' | 'isSenders'> }) {
  return row.isSenders ? <bdi>{row.text}</bdi> : row.text;
}

/** Who took it, which came first, who may be told: each in words that stay together. */
function RowNotes({ row: { tlp, notes } }: { readonly row: AttentionRow }) {
  const { t } = useTranslation();
  if (tlp === null && notes.length === 0) return null;
  return (
    <span className="attentionRow-notes">
      {tlp !== null && <span className="tlpChip">{t('attention.tlp', { label: tlp })}</span>}
      {notes.map((note) => <span key={note} className="attentionRow-note">{note}</span>)}
    </span>
  );
}

interface AttentionRowLineProps {
  readonly row: AttentionRow;
  readonly nowMs: number;
  readonly isSelected?: boolean;
  /** Mark, place and age only. */
  readonly isShort?: boolean;
  /** Lines that a sender's words may take. */
  readonly lines?: number;
}

export function AttentionRowLine({ row, nowMs, isSelected = false, isShort = false, lines = 1 }: AttentionRowLineProps) {
  const { t } = useTranslation();
  return (
    <li className="attentionRow" data-mark={row.mark} data-taken={row.isAcknowledged} data-selected={isSelected} aria-current={isSelected ? 'true' : undefined}>
      <span className="attentionRow-mark">
        {row.mark === 'silent' ? <FreshnessMark freshness="dead" /> : <SeveritySymbol severity={row.mark} isOutline={row.isAcknowledged} label={t(`severity.${row.mark}`)} />}
      </span>
      <span className="attentionRow-place">{row.place}</span>
      <span className="attentionRow-age">{formatAge(nowMs - row.sinceMs, t)}</span>
      {!isShort && <span className="attentionRow-text" data-senders={row.isSenders} style={row.isSenders ? { WebkitLineClamp: lines } : undefined}><RowText row={row} /></span>}
      {!isShort && <RowNotes row={row} />}
    </li>
  );
}

/** [AW2] Open alarms that stand nowhere on the screen, so that a quiet one is not taken for more than it is. */
function Foot({ texts }: { readonly texts: readonly string[] }) {
  return texts.length === 0 ? null : <p className="attention-more">{texts.map((text) => <span key={text}>{text}</span>)}</p>;
}

/** The same where no list of alarms is. */
export function HiddenLine() {
  const { t } = useTranslation();
  return <Foot texts={hiddenTexts(useHiddenCounts(), t)} />;
}

/** Nothing to attend to is said only when every source speaks; a silent source is never good news. `ofSecurity`: nor are open high alerts, which security centres work on. */
export function Quiet({ ofSecurity }: { readonly ofSecurity: boolean }) {
  const { t } = useTranslation();
  const sources = useRootSources();
  const high = useReading(useRoot().code, 'alerts-high')?.value ?? 0;
  if (sources === null) return null;
  if (sources === 'unknown') return <p className="attention-quiet">{t('attention.quietButUnknown')}</p>;
  const silent = sources.dead + sources.never + sources.stale;
  if (ofSecurity && high > 0) {
    return <p className="attention-quiet">{silent > 0 ? t('attention.highAndSilent', { high: formatNumber(high), silent }) : t('attention.quietButHigh', { count: formatNumber(high) })}</p>;
  }
  return <p className="attention-quiet">{silent > 0 ? t('attention.quietButSilent', { count: silent }) : t('attention.quiet')}</p>;
}

interface AttentionProps {
  readonly rows: readonly AttentionRow[];
  readonly room: RowRoom;
  readonly selectedKey?: string | undefined;
  /** No room beside the title for more than a count. */
  readonly isNarrow?: boolean;
  /** [FL2] The rows are conditions, each of many places. */
  readonly isFlood?: boolean;
  /** Rows of security are among them. */
  readonly ofSecurity?: boolean;
}

/** What needs a person. Nothing scrolls on a wall: what has no room is counted. */
export function Attention({ rows, room, selectedKey, isNarrow = false, isFlood = false, ofSecurity = false }: AttentionProps) {
  const { t } = useTranslation();
  const nowMs = useAlarmNowMs();
  const areKnown = useAreAlarmsKnown();
  const open = rows.reduce((sum, row) => sum + row.alarms.length, 0);
  const critical = rows.reduce((sum, row) => sum + row.alarms.filter(({ severity }) => severity === 'critical').length, 0);
  const hidden = hiddenTexts(useHiddenCounts(), t);
  const more = (count: number) => t('attention.more', { count });
  const shown = rowsWithRoom(rows, room, { more, below: hidden }, selectedKey);
  const title = t(isFlood ? 'attention.flood' : 'attention.title');
  const summary = t(isFlood ? 'attention.floodSummary' : isNarrow ? 'attention.summaryShort' : 'attention.summary', { open, critical, groups: rows.length });
  return (
    <section className="attention" data-flood={isFlood} aria-label={title}>
      <header className="panelHead"><h2>{title}</h2>{areKnown && <span className="panelHead-aside">{summary}</span>}</header>
      {rows.length === 0 ? <Quiet ofSecurity={ofSecurity} /> : (
        <ul className="attention-rows">{shown.map((row) => <AttentionRowLine key={row.key} row={row} nowMs={nowMs} isSelected={row.key === selectedKey} lines={titleLines(row, room.widthB)} />)}</ul>
      )}
      <Foot texts={rows.length > shown.length ? [more(rows.length - shown.length), ...hidden] : hidden} />
    </section>
  );
}
