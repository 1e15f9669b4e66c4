import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router';
import type { Catalogue } from '../../catalogue/catalogue.ts';
import { type ListOrder, readOrder } from './districtOrder.ts';
import { DOMAIN_VIEWS, isProvinceDomain, type ProvinceDomain } from './domainViews.ts';

export interface ProvinceSelection {
  readonly domain: ProvinceDomain;
  /** District or commune whose figures are asked for; `null`: the province as a whole. */
  readonly unitCode: string | null;
  /** Where the six cards read from: the unit, or the province where the domain has nothing below it. */
  readonly shownCode: string;
  /** Indicators of the cards, in their places. */
  readonly cards: readonly string[];
  /** The outlined card. */
  readonly indicatorId: string;
  /** What else there is of the domain at that place, and of the nation's own themes. In the catalogue's order. */
  readonly others: readonly string[];
  /** How the list of units stands. */
  readonly order: ListOrder;
}

/** What a link to this page asks for, with everything it asks wrongly left out. Pure. */
export function readSelection(search: URLSearchParams, provinceCode: string, catalogue: Catalogue): ProvinceSelection {
  const asked = search.get('domain');
  const domain = isProvinceDomain(asked) ? asked : 'connectivity';
  const unit = catalogue.locality(search.get('unit') ?? '');
  const unitCode = unit?.parent === provinceCode ? unit.code : null;
  const { provinceCards, localCards } = DOMAIN_VIEWS[domain];
  const isLocal = unitCode !== null && localCards.length > 0;
  const shownCode = isLocal ? unitCode : provinceCode;
  const cards = (isLocal ? localCards : provinceCards).filter((id) => catalogue.table.indexOf(shownCode, id) !== undefined);
  const chosen = search.get('indicator');
  const indicatorId = chosen !== null && cards.includes(chosen) ? chosen : (cards[0] ?? '');
  const others = catalogue.table.indicators
    .filter(({ id, domain: of }) => (of === domain || of === 'nation') && !cards.includes(id) && catalogue.table.indexOf(shownCode, id) !== undefined)
    .map(({ id }) => id);
  return { domain, unitCode, shownCode, cards, indicatorId, others, order: readOrder(search) };
}

type Choice = Partial<Readonly<Record<'domain' | 'unit' | 'indicator' | 'list' | 'sort', string | null>>>;

/** The selection lives in the address, so that a link shows the next person the same figures. */
export function useProvinceSelection(provinceCode: string, catalogue: Catalogue): readonly [ProvinceSelection, (choice: Choice) => void] {
  const [search, setSearch] = useSearchParams();
  const selection = useMemo(() => readSelection(search, provinceCode, catalogue), [search, provinceCode, catalogue]);
  const choose = useCallback((choice: Choice) => setSearch((before) => {
    const next = new URLSearchParams(before);
    for (const [name, value] of Object.entries(choice)) {
      if (value === null) next.delete(name);
      else next.set(name, value);
    }
    return next;
  }, { replace: true }), [setSearch]);
  return [selection, choose];
}
