import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCatalogue } from '../../catalogue/ChannelProvider.tsx';
import type { AreaLook } from '../../map/areaLook.ts';
import type { Geography } from '../../map/geography.ts';
import { loadGeography } from '../../map/loadGeography.ts';
import { OutlineMap } from '../../map/OutlineMap.tsx';
import { THEMES } from '../../theme/tokens.ts';

const NO_AREAS: ReadonlyMap<string, AreaLook> = new Map();

/** Where the close-up lies in the country, with both archipelagos: in every closer view, never closed, never covered. */
export function Locator({ focusCode }: { readonly focusCode: string }) {
  const { t } = useTranslation();
  const { edition } = useCatalogue();
  const [geography, setGeography] = useState<Geography>();
  useEffect(() => {
    let isCurrent = true;
    loadGeography(edition).then((loaded) => { if (isCurrent) setGeography(loaded); }, () => { /* The map itself says that its file is missing. */ });
    return () => { isCurrent = false; };
  }, [edition]);
  return <aside className="locator" aria-label={t('map.locator')}>{geography !== undefined && <OutlineMap geography={geography} colors={THEMES.dark} areas={NO_AREAS} focusCode={focusCode} isInset />}</aside>;
}
