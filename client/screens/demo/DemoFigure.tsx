import { Quote } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Fact } from '../../../shared/domain/fact.ts';
import { useCatalogue } from '../../catalogue/ChannelProvider.tsx';
import { formatDate } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { FigureView, useFigure } from '../../panels/Figure.tsx';
import { useReading } from '../../store/mirrorHooks.tsx';
import { dayText, factFigure } from './factText.ts';

const NATION = 'VN';

/** National figures in fixed places, each of them reported at one milestone at least. */
export const DEMO_INDICATORS = ['steering-committee-province-share', 'services-level4-share', 'tslcd-share', 'sharing-platform-share', 'soc-centres', 'four-layer-share'] as const;
type DemoIndicatorId = (typeof DEMO_INDICATORS)[number];

/** Quote mark: a document says it. Dashed ring: it follows from what documents say. */
export function ReportedMark({ isDerived }: { readonly isDerived: boolean }) {
  const { t } = useTranslation();
  const label = t(isDerived ? 'provenance.derived' : 'provenance.reported');
  if (!isDerived) return <Quote className="demo-quote" role="img" aria-label={label} />;
  return <svg className="demo-quote" viewBox="0 0 20 20" role="img" aria-label={label}><circle cx="10" cy="10" r="7" fill="none" stroke="currentColor" strokeWidth="2" strokeDasharray="3.4 2.2" /></svg>;
}

interface DemoFigureProps {
  readonly indicatorId: DemoIndicatorId;
  /** What had been said of it by now, newest first. */
  readonly reports: readonly Fact[];
}

/** One national figure of the replay: its last reported value with who said it and when; nothing before its first report. */
export function DemoFigure({ indicatorId, reports }: DemoFigureProps) {
  const { t, i18n } = useTranslation();
  const language = currentLanguage(i18n);
  const indicator = useCatalogue().indicator(indicatorId);
  const reading = useReading(NATION, indicatorId);
  const [latest, before] = reports;
  const isDerived = reading?.provenance === 'derived';
  // As reported: a document that gives 62 of 63 gives no percentage.
  const text = useFigure(NATION, indicatorId, !isDerived && latest?.value === null ? 'parts' : 'value');
  const isNever = text.look === 'never';
  // The document's own precision: "96%" is not "96,0%".
  const isWhole = reading?.value != null && Number.isInteger(reading.value);
  const shown = isNever ? text : { ...text, main: isWhole ? text.main.replace(/,0+$/, '') : text.main };
  return (
    <div className="demo-figure" data-look={text.look}>
      <p className="demo-figureName">{t(`demo.names.${indicatorId}`)}</p>
      <p className="demo-figureValue">
        <FigureView text={shown} size="value" />
        {!isNever && <ReportedMark isDerived={isDerived} />}
      </p>
      <p className="demo-figureCite">
        {isNever ? t('figure.none') : isDerived || latest === undefined ? t('provenance.derived') : t('demo.reportedOn', { date: dayText(latest.reportedOn) })}
        {!isNever && isDerived && reading?.observedAtMs != null && <span>{t('demo.upTo', { date: formatDate(reading.observedAtMs) })}</span>}
        {!isNever && before !== undefined && <span>{t('demo.before', { figure: factFigure(before, indicator, language), date: dayText(before.asOf) })}</span>}
        {!isNever && before === undefined && latest !== undefined && latest.asOf !== latest.reportedOn && <span>{t('demo.upTo', { date: dayText(latest.asOf) })}</span>}
      </p>
    </div>
  );
}
