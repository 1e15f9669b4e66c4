import { Quote } from 'lucide-react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { Fact } from '../../../shared/domain/fact.ts';
import { useCatalogue } from '../../catalogue/ChannelProvider.tsx';
import { formatDate, lowerFirst } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { FigureView, useFigure } from '../../panels/Figure.tsx';
import { useReading } from '../../store/mirrorHooks.tsx';
import type { Reading } from '../../store/selectReading.ts';
import type { Cited } from './CitationDialog.tsx';
import { countedTowards, derivedFrom } from './derivations.ts';
import type { DemoIndicatorId } from './demoIndicators.ts';
import { asReported, dayText, factFigure, printedParts } from './factText.ts';

const NATION = 'VN';

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
  /** Every fact: a report may replace one of another series, and a derived figure says what it follows from. */
  readonly facts: readonly Fact[];
  readonly onCite: (cited: Cited) => void;
}

/** Who says the figure that is shown, of when, and what it replaces or follows from. */
function Citation({ reading, indicatorId, reports: [latest, before], facts }: Omit<DemoFigureProps, 'onCite'> & { readonly reading: Reading }) {
  const { t, i18n } = useTranslation();
  const language = currentLanguage(i18n);
  const { indicator } = useCatalogue();
  /** "> 70% chưa có nền tảng", or without the name where the series is the one shown. */
  const said = (fact: Fact) => {
    const figure = factFigure(fact, indicator(fact.indicatorId), language);
    return fact.indicatorId === indicatorId ? figure : `${figure} ${lowerFirst(indicator(fact.indicatorId)?.shortName[language] ?? '')}`;
  };
  if (reading.provenance === 'derived' || latest === undefined) {
    const counted = countedTowards(facts, NATION, indicatorId);
    const [parent] = derivedFrom(facts, NATION, indicatorId);
    return (
      <>
        {t(counted === undefined ? 'provenance.derived' : 'demo.spread')}
        {counted !== undefined && <span>{t('demo.total', { date: dayText(counted.reportedOn) })}</span>}
        {counted === undefined && parent !== undefined && <span>{t('demo.from', { figure: said(parent) })}</span>}
        {counted === undefined && parent === undefined && reading.observedAtMs !== null && <span>{t('demo.upTo', { date: formatDate(reading.observedAtMs) })}</span>}
      </>
    );
  }
  const replaced = before ?? facts.find(({ id }) => latest.supersedes.includes(id) || latest.contradicts.includes(id));
  return (
    <>
      {t('demo.reportedOn', { date: dayText(latest.reportedOn) })}
      {replaced !== undefined && <span>{t('demo.before', { figure: said(replaced), date: dayText(replaced.asOf) })}</span>}
      {replaced === undefined && latest.asOf !== latest.reportedOn && <span>{t('demo.upTo', { date: dayText(latest.asOf) })}</span>}
    </>
  );
}

/** One national figure of the replay: its last reported value with who said it and when; nothing before its first report, whatever is filled in elsewhere. */
export function DemoFigure({ onCite, ...props }: DemoFigureProps) {
  const { indicatorId } = props;
  const { t } = useTranslation();
  const reading = useReading(NATION, indicatorId);
  const text = useFigure(NATION, indicatorId, printedParts(reading));
  const shown = asReported(text, reading);
  const isNever = shown.look === 'never' || reading === undefined;
  return (
    <div className="demo-figure" data-look={shown.look}>
      <p className="demo-figureName">{t(`demo.names.${indicatorId}`)}</p>
      <p className="demo-figureValue">
        <FigureView text={shown} size="value" />
        {!isNever && <ReportedMark isDerived={reading.provenance === 'derived'} />}
      </p>
      <p className="demo-figureCite">{isNever ? t('figure.none') : <Citation {...props} reading={reading} />}</p>
      <Button className="demo-open" aria-label={t('province.explainOf', { name: t(`demo.names.${indicatorId}`) })} onPress={() => onCite({ kind: 'figure', localityCode: NATION, indicatorId })} />
    </div>
  );
}
