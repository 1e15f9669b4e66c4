import './history.css';
import { useMemo } from 'react';
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import type { Indicator } from '../../../../shared/domain/indicator.ts';
import { useCatalogue } from '../../../catalogue/ChannelProvider.tsx';
import { currentLanguage } from '../../../i18n/i18n.ts';
import { useNow } from '../../../store/mirrorHooks.tsx';
import { useNotes } from '../../notes/useNotes.ts';
import { cardName } from '../cardName.ts';
import { useAsOf } from '../past/asOf.tsx';
import { PastEntry } from '../past/PastEntry.tsx';
import type { ChartMark } from './chartModel.ts';
import { CustomSpan } from './CustomSpan.tsx';
import { MarkList } from './MarkList.tsx';
import { SeriesHistory } from './SeriesHistory.tsx';
import { readSpan, type SpanName, type TimeSpan, writeSpan } from './timeSpan.ts';
import { useAlarmMarks } from './useAlarmMarks.ts';

const NAMES = ['1h', '24h', '7d', '30d', 'custom'] as const satisfies readonly SpanName[];
const MINUTE_MS = 60_000;
const NO_MARKS: readonly ChartMark[] = [];

/** The span that the link asks for, ending at the moment the page shows; `null`: the time is not known yet. */
function useSpan(): readonly [TimeSpan | null, (asked: string) => void] {
  const [search, setSearch] = useSearchParams();
  const asOf = useAsOf();
  const { serverNowMs } = useNow();
  const asked = search.get('range');
  // Whole minutes of now, so that a minute is one question; a past moment is exact.
  const endMs = asOf ?? Math.floor(serverNowMs / MINUTE_MS) * MINUTE_MS;
  const span = useMemo(() => (endMs === 0 ? null : readSpan(asked, endMs)), [asked, endMs]);
  const choose = (range: string) => setSearch((before) => {
    const next = new URLSearchParams(before);
    next.set('range', range);
    return next;
  }, { replace: true });
  return [span, choose];
}

interface HistoryPanelProps {
  readonly localityCode: string;
  readonly indicator: Indicator;
  /** Of the domain's other cards, whose charts stand under it, on the same time. */
  readonly otherIds: readonly string[];
}

/** How the chosen figure came to be what it is: its chart, those of the domain's others, and the ways into the past. */
export function HistoryPanel({ localityCode, indicator, otherIds }: HistoryPanelProps) {
  const { t, i18n } = useTranslation();
  const catalogue = useCatalogue();
  const [span, choose] = useSpan();
  const notes = useNotes(localityCode, indicator.id);
  const allMarks = useAlarmMarks(localityCode, indicator.domain, notes.marks);
  const language = currentLanguage(i18n);
  const name = cardName(indicator, language, t);
  const others = otherIds.flatMap((id) => (id === indicator.id ? [] : catalogue.indicator(id) ?? []));
  return (
    <section className="province-panel history" aria-label={t('history.titleOf', { name })}>
      <header className="history-head">
        <h2>{t('history.titleOf', { name })}</h2>
        <ToggleButtonGroup className="history-spans" aria-label={t('history.range')} disallowEmptySelection selectedKeys={span === null ? [] : [span.name]} onSelectionChange={(keys) => {
          const [key] = [...keys].map(String);
          if (key !== undefined && span !== null) choose(key === 'custom' ? writeSpan({ ...span, name: 'custom' }) : key);
        }}>
          {NAMES.map((id) => <ToggleButton key={id} id={id} className="history-span">{t(`history.ranges.${id}`)}</ToggleButton>)}
        </ToggleButtonGroup>
      </header>
      {span === null ? <p className="history-none">{t('history.asking')}</p> : (
        <>
          {span.name === 'custom' && <CustomSpan span={span} onChoose={choose} />}
          <SeriesHistory localityCode={localityCode} indicator={indicator} span={span} marks={allMarks} isMain />
          <MarkList marks={allMarks} span={span} />
          {others.length > 0 && (
            <section className="history-others" aria-label={t('history.others')}>
              <h3>{t('history.others')}</h3>
              <div>{others.map((other) => <SeriesHistory key={other.id} localityCode={localityCode} indicator={other} span={span} marks={NO_MARKS} isMain={false} />)}</div>
            </section>
          )}
        </>
      )}
      <PastEntry />
    </section>
  );
}
