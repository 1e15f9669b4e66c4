import { type ComponentProps, lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';

const WholeMap = lazy(() => import('./ProvinceMap.tsx').then(({ ProvinceMap }) => ({ default: ProvinceMap })));

/** The map and its 2 MB of code, once `isDue`: a person reads the figures meanwhile. */
export function ProvinceMap({ isDue, ...props }: ComponentProps<typeof WholeMap> & { readonly isDue: boolean }) {
  const { t } = useTranslation();
  const waiting = <section className="province-map" aria-label={t('province.map', { name: props.province.fullName })}><p className="province-mapWait">{t('map.loading')}</p></section>;
  return isDue ? <Suspense fallback={waiting}><WholeMap {...props} /></Suspense> : waiting;
}
