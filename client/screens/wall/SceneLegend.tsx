import { useTranslation } from 'react-i18next';
import attribution from '../../../seeds/geography/attribution.json' with { type: 'json' };
import { useCatalogue } from '../../catalogue/ChannelProvider.tsx';
import { formatClock } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { useLocalUnit } from '../../panels/Figure.tsx';
import { Legend, type LegendMark } from '../../panels/Legend.tsx';
import type { SceneId } from '../../panels/sceneIcons.tsx';
import { useLink } from '../../store/mirrorHooks.tsx';
import { SCENE_INDICATORS } from './mapScene.ts';

/** What the map's classes and marks mean; while the link is lost, the moment whose state it shows; in a close-up, that cells are schematic. */
export function SceneLegend({ scene, isFocused }: { readonly scene: SceneId; readonly isFocused: boolean }) {
  const { t, i18n } = useTranslation();
  const catalogue = useCatalogue();
  const unit = useLocalUnit();
  const link = useLink();
  const caption = attribution.districtCaption[currentLanguage(i18n)];
  if (link.state === 'lost') {
    return <aside className={isFocused ? 'legend legend-focus' : 'legend legend-state'}><p>{t('map.stateAt')}</p><p className="legend-time num">{formatClock(link.sinceMs)}</p>{isFocused && <p>{caption}</p>}</aside>;
  }
  if (isFocused) return <aside className="legend legend-focus"><p>{caption}</p></aside>;
  const marks: { mark: LegendMark; label: string }[] = scene === 'connectivity' ? [{ mark: 'not-connected', label: t('connectivity.notConnected') }]
    : scene === 'dossiers' ? [{ mark: 'overdue-ring', label: t('dossiers.legendRing') }] : [{ mark: 'never', label: t('security.legendSoc') }];
  const bands = scene === 'security' ? [] : (catalogue.indicator(SCENE_INDICATORS[scene].province)?.bands ?? []);
  return <Legend title={t(scene === 'dossiers' ? 'dossiers.legend' : 'connectivity.legend', { unit })} bands={bands} marks={marks} />;
}
