import type { Locality } from '../../../shared/domain/locality.ts';
import { useCatalogue } from '../../catalogue/ChannelProvider.tsx';
import { mapIndicatorOf } from './domainViews.ts';
import { useExplainAddress } from './explain/explainAddress.ts';
import { useLocalRows } from './localRows.ts';
import { useProvinceSelection } from './provinceSelection.ts';

/** What the address chooses of a province, and the ways to choose otherwise. */
export function useProvincePage(province: Locality) {
  const catalogue = useCatalogue();
  const [selection, choose] = useProvinceSelection(province.code, catalogue);
  const { domain, unitCode, shownCode, indicatorId } = selection;
  const explanation = useExplainAddress(shownCode, catalogue);
  const indicator = catalogue.indicator(indicatorId);
  const mapIndicator = mapIndicatorOf(domain, indicator, (id) => catalogue.indicator(id));
  const rows = useLocalRows(province.code, mapIndicator);
  const selectUnit = (code: string) => {
    if (code !== unitCode) choose({ unit: code });
    else if (mapIndicator !== undefined) explanation.open({ localityCode: shownCode, indicatorId: mapIndicator.id });
  };
  return { province, selection, choose, explanation, indicator, mapIndicator, rows, selectUnit };
}
export type ProvincePage = ReturnType<typeof useProvincePage>;
