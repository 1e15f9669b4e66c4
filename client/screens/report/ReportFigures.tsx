import { useTranslation } from 'react-i18next';
import type { Indicator } from '../../../shared/domain/indicator.ts';
import type { ReadingDto } from '../../../shared/protocol/http.ts';
import { useCatalogue } from '../../catalogue/ChannelProvider.tsx';
import { formatNumber } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { FigureView, useLocalUnit } from '../../panels/Figure.tsx';
import { FreshnessMark } from '../../panels/FreshnessMark.tsx';
import { type FigureText, figureText } from '../../panels/figureText.ts';
import { cardName } from '../province/cardName.ts';
import { DOMAIN_VIEWS, type ProvinceDomain } from '../province/domainViews.ts';
import type { ReadingOf } from './reportModel.ts';

/** The words of one figure as of the report's moment; where the value names a state, its word. */
function useReportFigure(): (reading: ReadingDto, indicator: Indicator, atMs: number) => FigureText {
  const { t, i18n } = useTranslation();
  const language = currentLanguage(i18n);
  const memberUnit = useLocalUnit();
  return (reading, indicator, atMs) => {
    const text = figureText({ reading, freshness: reading.freshness, decimals: indicator.decimals, unit: indicator.unit[language], show: 'value', memberUnit, isLinkLost: false, nowMs: atMs }, t);
    const state = indicator.states.find(({ value }) => value === reading.value);
    const isShown = text.look !== 'never' && text.look !== 'dead' && text.look !== 'withheld';
    return state === undefined || !isShown ? text : { ...text, main: state.name[language], unit: '' };
  };
}

interface ReportFiguresProps { readonly domain: ProvinceDomain; readonly provinceCode: string; readonly readingOf: ReadingOf; readonly atMs: number }

/** Headline figures of one domain: value, target, coverage, and what kind of number it is and how old. */
export function ReportFigures({ domain, provinceCode, readingOf, atMs }: ReportFiguresProps) {
  const { t, i18n } = useTranslation();
  const language = currentLanguage(i18n);
  const catalogue = useCatalogue();
  const memberUnit = useLocalUnit();
  const say = useReportFigure();
  const rows = DOMAIN_VIEWS[domain].provinceCards.flatMap((id) => {
    const indicator = catalogue.indicator(id);
    const reading = readingOf(provinceCode, id);
    return indicator === undefined || reading === undefined ? [] : [{ indicator, reading, text: say(reading, indicator, atMs) }];
  });
  const unitCount = catalogue.table.childrenOf(provinceCode).length;
  // What rolls up from the province's own parts has one member, which is no district.
  const coverageOf = ({ membersFresh, membersExpected }: ReadingDto) => (
    membersExpected === 0 ? '—' : `${formatNumber(membersFresh)}/${formatNumber(membersExpected)}${membersExpected === unitCount ? ` ${memberUnit}` : ''}`
  );
  const unitOf = (indicator: Indicator) => (indicator.unit[language] === '%' ? '%' : indicator.unit[language] === '' ? '' : ` ${indicator.unit[language]}`);
  const targetOf = (indicator: Indicator) => {
    if (indicator.target === null) return t('report.noTarget');
    return indicator.states.find(({ value }) => value === indicator.target)?.name[language] ?? `${formatNumber(indicator.target, Number.isInteger(indicator.target) ? 0 : indicator.decimals)}${unitOf(indicator)}`;
  };
  return (
    <table className="report-figures">
      <caption>{t(`domain.${domain}`)}</caption>
      <thead><tr>{(['indicator', 'value', 'target', 'coverage', 'state'] as const).map((name) => <th key={name} scope="col">{t(`report.columns.${name}`)}</th>)}</tr></thead>
      <tbody>
        {rows.map(({ indicator, reading, text }) => (
          <tr key={indicator.id}>
            <th scope="row">{cardName(indicator, language, t)}</th>
            <td><FigureView text={text} size="row" withUnit /></td>
            <td className="num">{targetOf(indicator)}</td>
            <td>{coverageOf(reading)}</td>
            <td><span className="report-note"><FreshnessMark freshness={text.mark} />{text.note}</span></td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
