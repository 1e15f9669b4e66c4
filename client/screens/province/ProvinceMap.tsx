import { lazy, Suspense, useCallback, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Feature } from 'geojson';
import attribution from '../../../seeds/geography/attribution.json' with { type: 'json' };
import type { Indicator } from '../../../shared/domain/indicator.ts';
import type { Locality } from '../../../shared/domain/locality.ts';
import { useCatalogue } from '../../catalogue/ChannelProvider.tsx';
import { currentLanguage } from '../../i18n/i18n.ts';
import { buildSelectionLayer } from '../../layers/buildSelectionLayer.ts';
import { buildSymbolLayers } from '../../layers/buildSymbolLayers.ts';
import type { IconAtlas } from '../../layers/severityAtlas.ts';
import type { UnitShape } from '../../map/geography.ts';
import { loadGeography } from '../../map/loadGeography.ts';
import type { PaddingPx } from '../../map/mercator.ts';
import { useAttentionRows } from '../../panels/alarmHooks.ts';
import { THEMES } from '../../theme/tokens.ts';
import { cellCentre } from './cellCentre.ts';
import { LocatorInset } from './LocatorInset.tsx';
import type { LocalRow } from './localRows.ts';
import { MapLegend } from './MapLegend.tsx';
import { LABEL_PX, provinceAreas, provinceLabels, provinceSymbols, SYMBOL_PX } from './provinceMapLooks.ts';

const SYMBOL_SIZES = { sizePx: SYMBOL_PX, emphasis: null } as const;
const MapView = lazy(() => import('../../map/MapView.tsx'));

const SELECTION_PX = 3;
const NO_SHAPES: ReadonlyMap<string, Feature<UnitShape>> = new Map();
const colors = THEMES.light;

interface ProvinceMapProps {
  readonly province: Locality;
  readonly unitCode: string | null;
  readonly rows: readonly LocalRow[];
  readonly indicator: Indicator | undefined;
  readonly padding: PaddingPx;
  readonly onSelect: (code: string) => void;
}

/** Shapes of the province's units by code; empty until the map file is there, and where units are points. */
function useUnitShapes(provinceCode: string): ReadonlyMap<string, Feature<UnitShape>> {
  const { edition } = useCatalogue();
  const [shapes, setShapes] = useState<ReadonlyMap<string, Feature<UnitShape>>>(NO_SHAPES);
  useEffect(() => {
    let isCurrent = true;
    loadGeography(edition).then(({ districts }) => {
      if (isCurrent) setShapes(new Map(districts.features.filter(({ properties }) => properties.parent === provinceCode).map((shape) => [shape.properties.code, shape])));
    }, () => { /* The map itself says that its file is missing; the list names every unit. */ });
    return () => { isCurrent = false; };
  }, [edition, provinceCode]);
  return shapes;
}

/** The province by district, with where it lies in the country, what the colours mean, and whose map it is. */
export function ProvinceMap({ province, unitCode, rows, indicator, padding, onSelect }: ProvinceMapProps) {
  const { t, i18n } = useTranslation();
  const catalogue = useCatalogue();
  const language = currentLanguage(i18n);
  const attention = useAttentionRows();
  const symbols = useMemo(() => provinceSymbols(attention, catalogue, province.code), [attention, catalogue, province.code]);
  const areas = useMemo(() => provinceAreas(catalogue, province.code, rows, indicator, colors), [catalogue, province.code, rows, indicator]);
  const shapes = useUnitShapes(province.code);
  const centres = useMemo(() => new Map([...shapes].map(([code, { geometry }]) => [code, cellCentre(geometry)])), [shapes]);
  const labels = useMemo(
    () => provinceLabels({ catalogue, provinceCode: province.code, rows, indicator, symbols, language, centres }), [catalogue, province.code, rows, indicator, symbols, language, centres]);
  const view = useMemo(() => ({ kind: 'province' as const, code: province.code, bounds: province.bounds ?? [102, 8, 110, 23.5] as const }), [province]);
  const shape = unitCode === null ? undefined : shapes.get(unitCode);
  const buildLayers = useCallback((atlas: IconAtlas) => [
    ...(shape === undefined ? [] : buildSelectionLayer(shape, { color: colors.accent, halo: colors.halo, widthPx: SELECTION_PX })),
    ...buildSymbolLayers(symbols, atlas, SYMBOL_SIZES, null),
  ], [shape, symbols]);
  const handleSelect = useCallback((code: string) => { if (catalogue.locality(code)?.parent === province.code) onSelect(code); }, [catalogue, province.code, onSelect]);
  const showsCells = catalogue.edition === '2021';
  const isMadeUp = rows.some(({ reading }) => reading.provenance === 'simulated' || reading.provenance === 'illustrative');
  return (
    <section className="province-map" aria-label={t('province.map', { name: province.fullName })}>
      <Suspense fallback={<p className="province-mapWait">{t('map.loading')}</p>}>
        <MapView edition={catalogue.edition} theme="light" scalePx={LABEL_PX} view={view} padding={padding} areas={areas} labels={labels}
          buildLayers={buildLayers} isMotionOn={false} interaction="touch" onSelect={handleSelect} />
      </Suspense>
      {indicator !== undefined && <MapLegend indicator={indicator} isMadeUp={isMadeUp} />}
      {indicator === undefined && <p className="province-legend province-legendNone">{t('province.noUnits')}</p>}
      <LocatorInset edition={catalogue.edition} provinceCode={province.code} colors={colors} />
      <p className="province-credit">{showsCells && <b title={t('map.schematicNote')}>{attribution.districtCaption[language]} · </b>}{attribution.creditLine}</p>
    </section>
  );
}
