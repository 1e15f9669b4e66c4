import { useTranslation } from 'react-i18next';
import attribution from '../../../seeds/geography/attribution.json' with { type: 'json' };
import { useCatalogue } from '../../catalogue/ChannelProvider.tsx';
import { useRoot } from '../../catalogue/RootLocality.tsx';
import { formatClock } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { useLocalUnit } from '../../panels/Figure.tsx';
import { bandClasses, Legend, type LegendClass, type LegendMark } from '../../panels/Legend.tsx';
import type { SceneId } from '../../panels/sceneIcons.tsx';
import { useLink } from '../../store/mirrorHooks.tsx';
import { LINK_CLASS, SCENE_INDICATORS } from './mapScene.ts';

/** Districts are connected, not yet, or lost: a state, not a share. */
function useLinkClasses(): LegendClass[] {
  const { i18n } = useTranslation();
  const states = useCatalogue().indicator('tslcd-link-state')?.states ?? [];
  return [...states].sort((a, b) => b.value - a.value).flatMap(({ value, name }) => { const classIndex = LINK_CLASS[value]; return classIndex === undefined ? [] : [{ classIndex, label: name[currentLanguage(i18n)] }]; });
}

/** What the map's classes and marks mean; while the link is lost, the moment whose state it shows; in a close-up, that cells are schematic. */
export function SceneLegend({ scene, isFocused, isShort }: { readonly scene: SceneId; readonly isFocused: boolean; readonly isShort: boolean }) {
  const { t, i18n } = useTranslation();
  const catalogue = useCatalogue();
  const unit = useLocalUnit();
  const link = useLink();
  const linkClasses = useLinkClasses();
  const { isNation } = useRoot();
  const language = currentLanguage(i18n);
  const caption = catalogue.edition === '2021' ? attribution.districtCaption[language] : t('map.noDistricts');
  if (link.state === 'lost') {
    return <aside className={isFocused ? 'legend legend-focus' : 'legend legend-state'}><p>{t('map.stateAt')}</p><p className="legend-time num">{formatClock(link.sinceMs)}</p>{isFocused && <p>{caption}</p>}</aside>;
  }
  const notice = isFocused && <aside className="legend legend-focus"><p>{caption}</p></aside>;
  if (isFocused && (isNation || isShort)) return notice;
  if (!isNation && scene === 'security') return <>{notice}<aside className="legend"><p>{t('security.provinceOnly')}</p></aside></>;
  const marks: { mark: LegendMark; label: string }[] = scene === 'connectivity' ? [{ mark: 'not-connected', label: t('connectivity.notConnected') }]
    : scene === 'dossiers' ? [{ mark: 'overdue-ring', label: t('dossiers.legendRing') }] : [{ mark: 'never', label: t('security.legendSoc') }];
  const bands = scene === 'security' ? [] : (catalogue.indicator(SCENE_INDICATORS[scene].province)?.bands ?? []);
  const isCells = !isNation && catalogue.edition === '2021';
  if (isCells && scene === 'connectivity') return <>{notice}<Legend title={t('root.legendLinks')} classes={linkClasses} isCells marks={[]} /></>;
  return <>{notice}<Legend title={t(scene === 'dossiers' ? 'dossiers.legend' : 'connectivity.legend', { unit })} classes={bandClasses(bands)} isCells={isCells} marks={marks} /></>;
}
