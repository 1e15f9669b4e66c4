import { lazy, memo, Suspense, useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useCatalogue } from '../../catalogue/ChannelProvider.tsx';
import { buildPinLayer, drawPinAtlas, type MapPin } from '../../layers/buildPinLayer.ts';
import { buildSeatLayers } from '../../layers/buildSeatLayers.ts';
import { buildSymbolLayers } from '../../layers/buildSymbolLayers.ts';
import type { IconAtlas } from '../../layers/severityAtlas.ts';
import { useReading } from '../../store/mirrorHooks.tsx';
import { THEMES } from '../../theme/tokens.ts';
import { pinLabels, reportedAreas } from './demoMapLooks.ts';
import type { IllustratedMap } from './illustratedMap.ts';

const MapView = lazy(() => import('../../map/MapView.tsx'));

const NATION_VIEW = { kind: 'nation' } as const;
const PIN_ICON_PX = 256;
const colors = THEMES.paper;

/** Whether the documents have said by now that every province is on the dedicated network. */
export function useAllProvincesConnected(): boolean {
  return useReading('VN', 'tslcd-province-share')?.value === 100;
}

/** Text size for which seats and their rings are drawn, CSS px. */
const DRAWN_B_PX = 85;

interface DemoMapProps {
  readonly pins: readonly MapPin[];
  readonly bPx: number;
  /** `null`: the layer is off. */
  readonly illustrated: IllustratedMap | null;
  /** Keep its identity. */
  readonly onProvince: (code: string) => void;
}

/** The country with the provinces that speak. Coloured only as far as a document has said, or by what is filled in and looks so. */
export const DemoMap = memo(function DemoMap({ pins, bPx, illustrated, onProvince }: DemoMapProps) {
  const { t } = useTranslation();
  const { edition, provinces } = useCatalogue();
  const areAllConnected = useAllProvincesConnected();
  const areas = useMemo(() => illustrated?.areas ?? reportedAreas(provinces, areAllConnected, colors), [illustrated, provinces, areAllConnected]);
  const labels = useMemo(() => pinLabels(pins, provinces, bPx), [pins, provinces, bPx]);
  const padding = useMemo(() => ({ left: bPx * 0.8, top: bPx * 0.8, right: bPx * 2.6, bottom: bPx * 0.8 }), [bPx]);
  const atlas = useMemo(() => drawPinAtlas(document, { ink: colors.accent, paper: colors.raised }, PIN_ICON_PX), []);
  const buildLayers = useCallback((symbolAtlas: IconAtlas) => [
    ...(illustrated === null ? [] : [
      ...buildSeatLayers(illustrated.seats, { colors, scale: bPx / DRAWN_B_PX }),
      ...buildSymbolLayers(illustrated.symbols, symbolAtlas, { sizePx: bPx * 1.1, emphasis: null }, null),
    ]),
    buildPinLayer(pins, atlas, bPx * 1.25),
  ], [illustrated, pins, atlas, bPx]);
  return (
    <section className="demo-map" aria-label={t('map.label')}>
      <Suspense fallback={<p className="demo-mapWait">{t('map.loading')}</p>}>
        <MapView edition={edition} theme="paper" scalePx={bPx} view={NATION_VIEW} padding={padding} areas={areas} labels={labels} buildLayers={buildLayers} isMotionOn={false} onWord={onProvince} />
      </Suspense>
    </section>
  );
});
