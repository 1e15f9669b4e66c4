import { type ComponentProps, lazy, Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useVersion } from '../../store/mirrorHooks.tsx';

const WholeMap = lazy(() => import('./ProvinceMap.tsx').then(({ ProvinceMap }) => ({ default: ProvinceMap })));

/** Without figures the map has nothing to say; it is drawn all the same. */
const WITHOUT_FIGURES_MS = 2_000;

/** [OF10] True once the figures have been painted, or have not come for long. */
function useFiguresStand(): boolean {
  const hasFigures = useVersion() > 0;
  const [stands, setStands] = useState(false);
  useEffect(() => {
    let frame = 0;
    // The second frame begins after the first was painted; a timer then lets what is pressed meanwhile go first.
    const afterPaint = () => { frame = requestAnimationFrame(() => { frame = requestAnimationFrame(() => { setTimeout(() => setStands(true)); }); }); };
    if (hasFigures) afterPaint();
    const timer = setTimeout(() => setStands(true), WITHOUT_FIGURES_MS);
    return () => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
    };
  }, [hasFigures]);
  return stands;
}

/** The map and its 2 MB of code, after the figures: a person reads those meanwhile. */
export function ProvinceMap(props: ComponentProps<typeof WholeMap>) {
  const { t } = useTranslation();
  const waiting = <section className="province-map" aria-label={t('province.map', { name: props.province.fullName })}><p className="province-mapWait">{t('map.loading')}</p></section>;
  return useFiguresStand() ? <Suspense fallback={waiting}><WholeMap {...props} /></Suspense> : waiting;
}
