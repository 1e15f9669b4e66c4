import { ArrowDownUp, ChevronDown, ChevronUp } from 'lucide-react';
import { useMemo, useState } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { Indicator } from '../../../shared/domain/indicator.ts';
import { useCatalogue } from '../../catalogue/ChannelProvider.tsx';
import { formatNumber, lowerFirst } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { THEMES } from '../../theme/tokens.ts';
import { cardName } from './cardName.ts';
import { compareWorstFirst, type DotScale, dotScaleOf, rampClassOf } from './districtScale.ts';
import { IndicatorFigure } from '../../panels/IndicatorFigure.tsx';
import { comparableValue, type LocalRow } from './localRows.ts';

interface DistrictListProps {
  readonly rows: readonly LocalRow[];
  readonly indicator: Indicator;
  readonly unitCode: string | null;
  readonly onSelect: (code: string) => void;
  /** Rows while the list is short. */
  readonly shortCount: number;
}

type SortKey = 'worst' | 'name';

/** Worst first, or by name as a Vietnamese reader looks names up. Pure. */
function sortRows(rows: readonly LocalRow[], indicator: Indicator, sort: SortKey): LocalRow[] {
  const byName = (a: LocalRow, b: LocalRow) => a.locality.name.localeCompare(b.locality.name, 'vi');
  if (sort === 'name') return [...rows].sort(byName);
  return [...rows].sort((a, b) => compareWorstFirst(indicator, comparableValue(a), comparableValue(b)) || byName(a, b));
}

function Dot({ row, indicator, scale }: { readonly row: LocalRow; readonly indicator: Indicator; readonly scale: DotScale }) {
  const value = comparableValue(row);
  const place = (of: number) => `${(100 * (Math.min(Math.max(of, scale.min), scale.max) - scale.min)) / (scale.max - scale.min)}%`;
  const color = THEMES.light.ramp[rampClassOf(indicator, value) ?? 0];
  return (
    <span className="province-scale" aria-hidden="true">
      {indicator.target !== null && <span className="province-target" style={{ left: place(indicator.target) }} />}
      {value !== null && <span className="province-dot" data-freshness={row.freshness} style={{ left: place(value), background: color }} />}
    </span>
  );
}

function useListTitle(indicator: Indicator): string {
  const { t, i18n } = useTranslation();
  const { edition } = useCatalogue();
  const unit = t(edition === '2021' ? 'province.districtWord' : 'province.communeWord');
  const name = lowerFirst(cardName(indicator, currentLanguage(i18n), t));
  if (indicator.states.length > 0) return t('province.list.states', { unit, name });
  return t(indicator.direction === 'higher-is-better' ? 'province.list.lowest' : 'province.list.highest', { unit, name });
}

/** The units of the province under the map's indicator: the map's twin in words, and the way to a unit without a map. */
export function DistrictList({ rows, indicator, unitCode, onSelect, shortCount }: DistrictListProps) {
  const { t, i18n } = useTranslation();
  const { edition } = useCatalogue();
  const [isWhole, setWhole] = useState(false);
  const [sort, setSort] = useState<SortKey>('worst');
  const title = useListTitle(indicator);
  const sorted = useMemo(() => sortRows(rows, indicator, isWhole ? sort : 'worst'), [rows, indicator, isWhole, sort]);
  const scale = useMemo(() => dotScaleOf(indicator, rows.flatMap((row) => comparableValue(row) ?? [])), [indicator, rows]);
  const shown = isWhole ? sorted : sorted.slice(0, shortCount);
  const unit = indicator.unit[currentLanguage(i18n)];
  const stated = scale === null ? '' : t('province.list.scale', { min: formatNumber(scale.min, scale.min % 1 === 0 ? 0 : 1), max: formatNumber(scale.max), unit: unit === '%' ? '%' : ` ${unit}` });
  const target = indicator.target === null || scale === null ? '' : ` · ${t('province.list.target', { value: formatNumber(indicator.target), unit: unit === '%' ? '%' : ` ${unit}` })}`;
  const sortHeader = (key: SortKey, label: string) => (
    <th scope="col" aria-sort={sort === key ? 'ascending' : 'none'}>
      <Button className="province-sort" onPress={() => setSort(key)} data-on={sort === key}>{label}<ArrowDownUp aria-hidden="true" /></Button>
    </th>
  );
  return (
    <section className="province-panel" aria-label={title}>
      <header className="province-panelHead"><h2>{title}</h2><span>{`${stated}${target}`}</span></header>
      <table className="province-list">
        <thead className={isWhole ? undefined : 'visuallyHidden'}>
          <tr>{sortHeader('name', t('province.list.name'))}<td />{sortHeader('worst', t('province.list.value'))}<td /></tr>
        </thead>
        <tbody>
          {shown.map((row) => (
            <tr key={row.locality.code} data-selected={row.locality.code === unitCode} data-freshness={row.freshness}>
              <th scope="row"><Button className="province-unit" aria-pressed={row.locality.code === unitCode} onPress={() => onSelect(row.locality.code)}>{row.locality.name}</Button></th>
              <td className="province-listScale">{scale !== null && <Dot row={row} indicator={indicator} scale={scale} />}</td>
              <td className="province-listValue"><IndicatorFigure localityCode={row.locality.code} indicatorId={indicator.id} size="row" /></td>
              <td className="province-listParts num">{row.reading.numerator !== null && row.reading.denominator !== null && `${formatNumber(row.reading.numerator)}/${formatNumber(row.reading.denominator)}`}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > shortCount && (
        <Button className="province-more" aria-expanded={isWhole} onPress={() => setWhole(!isWhole)}>
          {isWhole ? t('province.list.less') : t(edition === '2021' ? 'province.list.allDistricts' : 'province.list.allCommunes', { count: rows.length })}
          {isWhole ? <ChevronUp aria-hidden="true" /> : <ChevronDown aria-hidden="true" />}
        </Button>
      )}
    </section>
  );
}
