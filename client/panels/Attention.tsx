import { useTranslation } from 'react-i18next';
import { useRoot } from '../catalogue/RootLocality.tsx';
import { formatAge, formatNumber } from '../i18n/format.ts';
import { useAreAlarmsKnown, useReading } from '../store/mirrorHooks.tsx';
import { useAlarmNowMs } from './alarmHooks.ts';
import type { AttentionRow } from './attentionRows.ts';
import { FreshnessMark } from './FreshnessMark.tsx';
import { useRootSources } from './rootSources.ts';
import { SeveritySymbol } from './SeveritySymbol.tsx';

export function AttentionRowLine({ row, nowMs, isSelected = false, isShort = false }: { readonly row: AttentionRow; readonly nowMs: number; readonly isSelected?: boolean; readonly isShort?: boolean }) {
  const { t } = useTranslation();
  return (
    <li className="attentionRow" data-mark={row.mark} data-taken={row.isAcknowledged} data-selected={isSelected} aria-current={isSelected ? 'true' : undefined}>
      <span className="attentionRow-mark">
        {row.mark === 'silent' ? <FreshnessMark freshness="dead" /> : <SeveritySymbol severity={row.mark} isOutline={row.isAcknowledged} label={t(`severity.${row.mark}`)} />}
      </span>
      <span className="attentionRow-place">{row.place}</span>
      <span className="attentionRow-age">{formatAge(nowMs - row.sinceMs, t)}</span>
      {!isShort && <span className="attentionRow-text">{row.text}</span>}
    </li>
  );
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
  /** Rows there is room for; one is given up to say how many are left out. */
  readonly budget: number;
  readonly selectedKey?: string | undefined;
  /** No room beside the title for more than a count. */
  readonly isNarrow?: boolean;
  /** [FL2] The rows are conditions, each of many places. */
  readonly isFlood?: boolean;
  /** Rows of security are among them. */
  readonly ofSecurity?: boolean;
}

/** What needs a person. Nothing scrolls on a wall: what has no room is counted. */
export function Attention({ rows, budget, selectedKey, isNarrow = false, isFlood = false, ofSecurity = false }: AttentionProps) {
  const { t } = useTranslation();
  const nowMs = useAlarmNowMs();
  const areKnown = useAreAlarmsKnown();
  const open = rows.reduce((sum, row) => sum + row.alarms.length, 0);
  const critical = rows.reduce((sum, row) => sum + row.alarms.filter(({ severity }) => severity === 'critical').length, 0);
  const shown = rows.length > budget ? rows.slice(0, budget - 1) : rows;
  const title = t(isFlood ? 'attention.flood' : 'attention.title');
  const summary = t(isFlood ? 'attention.floodSummary' : isNarrow ? 'attention.summaryShort' : 'attention.summary', { open, critical, groups: rows.length });
  return (
    <section className="attention" data-flood={isFlood} aria-label={title}>
      <header className="panelHead"><h2>{title}</h2>{areKnown && <span className="panelHead-aside">{summary}</span>}</header>
      {rows.length === 0 ? <Quiet ofSecurity={ofSecurity} /> : (
        <ul className="attention-rows">{shown.map((row) => <AttentionRowLine key={row.key} row={row} nowMs={nowMs} isSelected={row.key === selectedKey} />)}</ul>
      )}
      {rows.length > shown.length && <p className="attention-more">{t('attention.more', { count: rows.length - shown.length })}</p>}
    </section>
  );
}
