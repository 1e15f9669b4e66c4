import { useTranslation } from 'react-i18next';
import { formatAge } from '../../i18n/format.ts';
import { useAlarmNowMs } from '../../panels/alarmHooks.ts';
import { RowText } from '../../panels/Attention.tsx';
import type { AttentionRow } from '../../panels/attentionRows.ts';
import { SeveritySymbol } from '../../panels/SeveritySymbol.tsx';

/** The newest critical alarm that gave way unanswered: it stays, full width, until someone takes it. */
export function PreemptRow({ rows }: { readonly rows: readonly AttentionRow[] }) {
  const { t } = useTranslation();
  const nowMs = useAlarmNowMs();
  const [row] = rows;
  if (row === undefined) return null;
  return (
    <p className="preemptRow" role="alert">
      <SeveritySymbol severity="critical" isOutline={false} label={t('severity.critical')} />
      <b>{row.place}</b>
      <span className="preemptRow-text"><RowText row={row} />{row.notes.map((note) => ` · ${note}`)}{rows.length > 1 && ` · ${t('attention.more', { count: rows.length - 1 })}`}</span>
      <span>{`${t('preempt.unacknowledged')} · ${formatAge(nowMs - row.sinceMs, t)}`}</span>
    </p>
  );
}
