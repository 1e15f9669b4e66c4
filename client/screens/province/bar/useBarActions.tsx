import { GitCompare, Languages } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Locality } from '../../../../shared/domain/locality.ts';
import type { SceneName } from '../../../../shared/protocol/socket.ts';
import { currentLanguage } from '../../../i18n/i18n.ts';
import { pathIn } from '../../../i18n/pathIn.ts';
import { switchLanguage } from '../../../i18n/switchLanguage.ts';
import { pageAt, useAsOf } from '../past/asOf.tsx';
import type { TabletLayout } from '../useTabletLayout.ts';
import type { BarAction } from './BarActions.tsx';

/** What can be done with a province besides reading it. A further action is one more line here. */
export function useBarActions(province: Locality, domain: SceneName, showOnWall: BarAction, layout: TabletLayout): readonly BarAction[] {
  const { t, i18n } = useTranslation();
  const path = (to: string) => pathIn(currentLanguage(i18n), to);
  const asOfMs = useAsOf();
  const other = currentLanguage(i18n) === 'vi' ? 'en' : 'vi';
  return [
    { id: 'compare', label: t('bar.compare'), icon: GitCompare, inBar: 'landscape', href: path(pageAt(`/compare?places=${province.code}&domain=${domain}`, asOfMs)) },
    showOnWall,
    // The widest bar has room for its own button.
    ...(layout === 'landscape' ? [] : [{ id: 'language', label: t(`home.languages.${other}`), icon: Languages, inBar: 'never' as const, onPress: () => void switchLanguage(i18n, other) }]),
  ];
}
