import { lazy, memo, Suspense, useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useCatalogue } from '../../catalogue/ChannelProvider.tsx';
import { buildPinLayer, drawPinAtlas, type MapPin } from '../../layers/buildPinLayer.ts';
import { useReading } from '../../store/mirrorHooks.tsx';
import { THEMES } from '../../theme/tokens.ts';
import { pinLabels, reportedAreas } from './demoMapLooks.ts';

const MapView = lazy(() => import('../../map/MapView.tsx'));

const NATION_VIEW = { kind: 'nation' } as const;
const PIN_ICON_PX = 256;
const colors = THEMES.paper;

/** Whether the documents have said by now that every province is on the dedicated network. */
export function useAllProvincesConnected(): boolean {
  return useReading('VN', 'tslcd-province-share')?.value === 100;
}

/** The country with the provinces that speak. Coloured only as far as a document has said. */
export const DemoMap = memo(function DemoMap({ pins, bPx }: { readonly pins: readonly MapPin[]; readonly bPx: number }) {
  const { t } = useTranslation();
  const { edition, provinces } = useCatalogue();
  const areAllConnected = useAllProvincesConnected();
  const areas = useMemo(() => reportedAreas(provinces, areAllConnected, colors), [provinces, areAllConnected]);
  const labels = useMemo(() => pinLabels(pins, provinces, bPx), [pins, provinces, bPx]);
  const padding = useMemo(() => ({ left: bPx * 0.8, top: bPx * 0.8, right: bPx * 2.6, bottom: bPx * 0.8 }), [bPx]);
  const atlas = useMemo(() => drawPinAtlas(document, { ink: colors.accent, paper: colors.raised }, PIN_ICON_PX), []);
  const buildLayers = useCallback(() => [buildPinLayer(pins, atlas, bPx * 1.25)], [pins, atlas, bPx]);
  return (
    <section className="demo-map" aria-label={t('map.label')}>
      <Suspense fallback={<p className="demo-mapWait">{t('map.loading')}</p>}>
        <MapView edition={edition} theme="paper" scalePx={bPx} view={NATION_VIEW} padding={padding} areas={areas} labels={labels} buildLayers={buildLayers} isMotionOn={false} />
      </Suspense>
    </section>
  );
});
