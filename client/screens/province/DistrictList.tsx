import { ArrowDown, ArrowDownUp, ArrowUp, ChevronRight, ChevronUp } from 'lucide-react';
import { useMemo } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { Indicator } from '../../../shared/domain/indicator.ts';
import { useCatalogue } from '../../catalogue/ChannelProvider.tsx';
import { formatNumber, lowerFirst } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { DistrictExport } from '../export/DistrictExport.tsx';
import { cardName } from './cardName.ts';
import { ariaSort, type ListOrder, pressed, SHORT_ORDER, type SortKey, sortRows } from './districtOrder.ts';
import { DistrictTable } from './DistrictRows.tsx';
import { dotScaleOf } from './districtScale.ts';
import { comparableValue, type LocalRow } from './localRows.ts';

interface DistrictListProps {
  readonly rows: readonly LocalRow[];
  readonly indicator: Indicator;
  readonly unitCode: string | null;
  readonly order: ListOrder;
  readonly onOrder: (order: ListOrder) => void;
  readonly onSelect: (code: string) => void;
  /** Rows while the list is short. */
  readonly shortCount: number;
}

function useListTitle(indicator: Indicator): string {
  const { t, i18n } = useTranslation();
  const { edition } = useCatalogue();
  const unit = t(edition === '2021' ? 'province.districtWord' : 'province.communeWord');
  const name = lowerFirst(cardName(indicator, currentLanguage(i18n), t));
  if (indicator.states.length > 0) return t('province.list.states', { unit, name });
  return t(indicator.direction === 'higher-is-better' ? 'province.list.lowest' : 'province.list.highest', { unit, name });
}

function SortHeader({ column, indicator, order, onOrder }: { readonly column: SortKey } & Pick<DistrictListProps, 'indicator' | 'order' | 'onOrder'>) {
  const { t } = useTranslation();
  const isOn = order.key === column;
  const sort = isOn ? ariaSort(indicator, order) : 'none';
  const Icon = !isOn ? ArrowDownUp : sort === 'ascending' ? ArrowUp : ArrowDown;
  return (
    <th scope="col" aria-sort={sort} data-column={column}>
      <Button className="province-sort" onPress={() => onOrder(pressed(order, column))} data-on={isOn}>{t(`bar.list.${column}`)}<Icon aria-hidden="true" /></Button>
    </th>
  );
}

/** The scale of the dots in words. */
function useScaleWords(indicator: Indicator, scale: ReturnType<typeof dotScaleOf>): string {
  const { t, i18n } = useTranslation();
  if (scale === null) return '';
  const named = indicator.unit[currentLanguage(i18n)];
  const unit = named === '%' ? '%' : ` ${named}`;
  const stated = t('province.list.scale', { min: formatNumber(scale.min, scale.min % 1 === 0 ? 0 : 1), max: formatNumber(scale.max), unit });
  return indicator.target === null ? stated : `${stated} · ${t('province.list.target', { value: formatNumber(indicator.target), unit })}`;
}

/** The units of the province under the map's indicator: the map's twin in words, and the way to a unit without a map. */
export function DistrictList({ rows, indicator, unitCode, order, onOrder, onSelect, shortCount }: DistrictListProps) {
  const { t } = useTranslation();
  const { edition } = useCatalogue();
  const title = useListTitle(indicator);
  const { isWhole } = order;
  const sorted = useMemo(() => sortRows(rows, indicator, isWhole ? order : SHORT_ORDER), [rows, indicator, isWhole, order]);
  const scale = useMemo(() => dotScaleOf(indicator, rows.flatMap((row) => comparableValue(row) ?? [])), [indicator, rows]);
  const words = useScaleWords(indicator, scale);
  const header = { indicator, order, onOrder };
  const head = !isWhole ? <thead className="visuallyHidden"><tr><th scope="col">{t('bar.list.name')}</th><td /><th scope="col">{t('bar.list.value')}</th><th scope="col">{t('bar.list.parts')}</th></tr></thead> : (
    <thead>
      <tr aria-rowindex={1}>
        <SortHeader column="name" {...header} /><td className="province-listScale" /><SortHeader column="value" {...header} /><SortHeader column="parts" {...header} /><SortHeader column="freshness" {...header} />
      </tr>
    </thead>
  );
  return (
    <section className="province-panel" aria-label={title}>
      <header className="province-panelHead"><h2>{title}</h2><span>{words}</span><DistrictExport title={title} indicator={indicator} rows={sorted} /></header>
      <DistrictTable head={head} className={isWhole ? 'province-list province-listWhole' : 'province-list'} label={title} rows={isWhole ? sorted : sorted.slice(0, shortCount)}
        indicator={indicator} scale={scale} unitCode={unitCode} showsAge={isWhole} onSelect={onSelect} />
      {rows.length > shortCount && (
        <Button className="province-more" aria-expanded={isWhole} onPress={() => onOrder(isWhole ? SHORT_ORDER : { ...SHORT_ORDER, isWhole: true })}>
          {isWhole ? t('province.list.less') : t(edition === '2021' ? 'province.list.allDistricts' : 'province.list.allCommunes', { count: rows.length })}
          {isWhole ? <ChevronUp aria-hidden="true" /> : <ChevronRight aria-hidden="true" />}
        </Button>
      )}
    </section>
  );
}
