import './bar.css';
import { ChevronLeft } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useSearchParams } from 'react-router';
import type { Locality } from '../../../../shared/domain/locality.ts';
import type { SceneName } from '../../../../shared/protocol/socket.ts';
import { useCatalogue } from '../../../catalogue/ChannelProvider.tsx';
import { formatClock } from '../../../i18n/format.ts';
import { currentLanguage } from '../../../i18n/i18n.ts';
import { pathIn } from '../../../i18n/pathIn.ts';
import { useWallMode } from '../../../panels/Header.tsx';
import { useNow } from '../../../store/mirrorHooks.tsx';
import { LanguageButton } from '../../LanguageButton.tsx';
import { useAsOf } from '../past/asOf.tsx';
import type { TabletLayout } from '../useTabletLayout.ts';
import { BarActions } from './BarActions.tsx';
import { provinceLink } from './provinceLink.ts';
import { ProvinceSwitcher } from './ProvinceSwitcher.tsx';
import type { SwipeHandlers } from './swipe.ts';
import { useBarActions } from './useBarActions.tsx';
import { useShowOnWall } from './useShowOnWall.tsx';

/** The order in which a Vietnamese reader names them. */
const KINDS = ['quận', 'huyện', 'thị xã', 'thành phố', 'phường', 'xã', 'đặc khu'];

/** "12 huyện, thành phố": the count, and the kinds there are in the order of the edition. */
function useUnitWords(provinceCode: string): string {
  const { t } = useTranslation();
  const { table, edition } = useCatalogue();
  const units = table.childrenOf(provinceCode);
  const kinds = [...new Set(units.map(({ kind }) => kind))].sort((a, b) => KINDS.indexOf(a) - KINDS.indexOf(b));
  return `${t(edition === '2021' ? 'province.districts' : 'province.communes', { count: units.length, kinds: kinds.join(', ') })} · ${t(`province.unitSet.${edition}`)}`;
}

/** To a place, with what is looked at kept. */
export function useOpenPlace(): (place: Locality) => void {
  const navigate = useNavigate();
  const [search] = useSearchParams();
  return (place) => void navigate(provinceLink(place, search));
}

interface TopBarProps {
  readonly province: Locality;
  readonly domain: SceneName;
  readonly layout: TabletLayout;
  readonly swipe: SwipeHandlers;
}

/** Where one is, what time it is there, where else one may go, and what can be done with it. */
export function TopBar({ province, domain, layout, swipe }: TopBarProps) {
  const { t, i18n } = useTranslation();
  const words = useUnitWords(province.code);
  const openPlace = useOpenPlace();
  const mode = useWallMode();
  const isPast = useAsOf() !== null;
  const { serverNowMs } = useNow();
  const { action, sheet } = useShowOnWall(province, domain);
  const actions = useBarActions(province, domain, action, layout);
  return (
    <header className="bar" {...swipe}>
      <Link className="bar-back" to={pathIn(currentLanguage(i18n), '/')} aria-label={t('province.back')}><ChevronLeft aria-hidden="true" /></Link>
      <ProvinceSwitcher province={province} words={words} onOpen={openPlace} />
      <p className="bar-mode" data-mode={mode}><b>{t(isPast ? 'past.mode' : `mode.${mode}`)}</b>{serverNowMs > 0 && <time className="num">{formatClock(serverNowMs)}</time>}</p>
      {layout === 'landscape' && <LanguageButton className="bar-language" />}
      <BarActions actions={actions} layout={layout} />
      {sheet}
    </header>
  );
}
