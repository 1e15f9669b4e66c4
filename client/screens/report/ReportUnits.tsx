import { useTranslation } from 'react-i18next';
import type { Locality } from '../../../shared/domain/locality.ts';
import { useCatalogue } from '../../catalogue/ChannelProvider.tsx';
import { formatNumber } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { useLocalUnit } from '../../panels/Figure.tsx';
import { printable, RANKED_BY, type ReadingOf, UNIT_INDICATORS, worstFirst } from './reportModel.ts';

/** "95,1", "12*" of a stale one, "—" of one that is silent or never was. */
function useCellText(readingOf: ReadingOf): (code: string, indicatorId: string) => string {
  const { t, i18n } = useTranslation();
  const { indicator } = useCatalogue();
  const language = currentLanguage(i18n);
  return (code, indicatorId) => {
    const of = indicator(indicatorId);
    const reading = readingOf(code, indicatorId);
    const value = printable(reading);
    if (of === undefined || reading === undefined || value === null) return '—';
    if (reading.denominator === 0) return t('figure.notApplicable');
    const text = of.states.find((state) => state.value === value)?.name[language] ?? formatNumber(value, of.decimals);
    return reading.freshness === 'stale' ? `${text}*` : text;
  };
}

/** The worst units by the on-time share, numbered as on the map. */
export function LowestUnits({ units, readingOf }: { readonly units: readonly Locality[]; readonly readingOf: ReadingOf }) {
  const say = useCellText(readingOf);
  return (
    <table className="report-lowest">
      <tbody>{units.map(({ code, name }, i) => <tr key={code}><td className="num">{i + 1}</td><th scope="row">{name}</th><td className="num">{say(code, RANKED_BY)}</td></tr>)}</tbody>
    </table>
  );
}

export function lowestOf(units: readonly Locality[], readingOf: ReadingOf, indicator: Parameters<typeof worstFirst>[1], count: number): Locality[] {
  return worstFirst(units, indicator, readingOf).filter(({ code }) => printable(readingOf(code, indicator.id)) !== null).slice(0, count);
}

interface ReportUnitsProps { readonly shown: readonly Locality[]; readonly isAll: boolean; readonly count: number; readonly readingOf: ReadingOf }

export function ReportUnits({ shown, isAll, count, readingOf }: ReportUnitsProps) {
  const { t } = useTranslation();
  const { edition } = useCatalogue();
  const unit = useLocalUnit();
  const say = useCellText(readingOf);
  return (
    <>
      <h2>{isAll ? t('report.unitTable', { count, unit }) : t('report.unitTableLowest', { shown: shown.length, count, unit })}<small>{t('report.unitLegend')}</small></h2>
      <table className="report-units">
        <thead>
          <tr>
            <th scope="col">{t(edition === '2021' ? 'province.districtWord' : 'province.communeWord')}</th>
            {UNIT_INDICATORS.map((id) => <th key={id} scope="col">{t(`report.short.${id}`)}</th>)}
          </tr>
        </thead>
        <tbody>
          {shown.map(({ code, name }) => (
            <tr key={code}><th scope="row">{name}</th>{UNIT_INDICATORS.map((id) => <td key={id} className="num">{say(code, id)}</td>)}</tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
