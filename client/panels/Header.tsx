import { History, Megaphone, Pin, RadioTower, TriangleAlert, Waves } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { formatClock, formatClockShort, formatDate, formatWeekday } from '../i18n/format.ts';
import { useBranding } from '../catalogue/useBranding.ts';
import { currentLanguage } from '../i18n/i18n.ts';
import { useMirrorStore, useNow, usePlayback, useVersion } from '../store/mirrorHooks.tsx';
import { isPlayedBack } from '../store/mirrorState.ts';
import { FreshnessMark } from './FreshnessMark.tsx';
import { sourceTotal, useRootSources } from './rootSources.ts';
import { type WallMode, wallModeOf } from './wallMode.ts';

const MODE_ICONS = { live: RadioTower, simulation: Waves, exercise: Megaphone, replay: History, unknown: TriangleAlert } as const;

export function useWallMode(): WallMode {
  const store = useMirrorStore();
  const version = useVersion();
  const playback = usePlayback();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the columns are one object for life; `version` says when they changed.
  return useMemo(() => wallModeOf(store.columns.status, playback), [store, version, playback]);
}

export function ModeChip() {
  const { t } = useTranslation();
  const mode = useWallMode();
  const Icon = MODE_ICONS[mode];
  return <span className="chip" data-mode={mode}><Icon aria-hidden="true" strokeWidth={2} />{t(`mode.${mode}`)}</span>;
}

/** `isCritical`: not a person holds the scene but an alarm. */
export function HoldChip({ isCritical = false }: { readonly isCritical?: boolean }) {
  const { t } = useTranslation();
  return <span className="chip" data-critical={isCritical}><Pin aria-hidden="true" strokeWidth={2} />{t('hold')}</span>;
}

/** How many sources speak; when some do not, in which way. `short`: the first count only. */
export function SourceCounts({ isShort }: { readonly isShort: boolean }) {
  const { t } = useTranslation();
  const sources = useRootSources();
  if (sources === null) return null;
  if (sources === 'unknown') return <span className="sourceCounts"><FreshnessMark freshness="never" /><span className="sourceCounts-fresh">{t('sources.unknown')}</span></span>;
  const total = sourceTotal(sources);
  const rest = (['late', 'stale', 'dead', 'never'] as const).filter((state) => sources[state] > 0).map((state) => t(`sources.${state}`, { count: sources[state] }));
  return (
    <span className="sourceCounts">
      <FreshnessMark freshness={sources.fresh === total ? 'fresh' : sources.fresh > 0 ? 'late' : 'dead'} />
      <span className="sourceCounts-fresh">{t(isShort ? 'sources.freshShort' : 'sources.fresh', { fresh: sources.fresh, total })}</span>
      {!isShort && rest.length > 0 && <span className="sourceCounts-rest">{rest.join(' · ')}</span>}
    </span>
  );
}

/** The day in what is played back, where the clock has no room for it. */
export function DataDate() {
  const { dataNowMs } = useNow();
  return <span className="sourceCounts num">{formatDate(dataNowMs)}</span>;
}

/** The server's time, or the data's where they are played back; every screen of a room shows the same second. */
export function Clock({ isShort, withZone = true }: { readonly isShort: boolean; readonly withZone?: boolean }) {
  const { t, i18n } = useTranslation();
  const { serverNowMs, dataNowMs } = useNow();
  const shownMs = isPlayedBack(usePlayback()) ? dataNowMs : serverNowMs;
  if (shownMs === 0) return null;
  return (
    <span className="clock">
      <time className="clock-time num" dateTime={new Date(shownMs).toISOString()}>{isShort ? formatClockShort(shownMs) : formatClock(shownMs)}</time>
      {!isShort && (
        <span className="clock-date">
          <span>{`${formatWeekday(shownMs, currentLanguage(i18n))}, ${formatDate(shownMs)}`}</span>
          {withZone && <span className="clock-zone">{t('time.zone')}</span>}
        </span>
      )}
    </span>
  );
}

/** Whose display this is. */
export function ProductName() {
  const { t, i18n } = useTranslation();
  const { shortTitle, emblem } = useBranding();
  return (
    <span className="product">
      {emblem !== null && <img className="product-emblem" src={emblem} alt="" />}
      {shortTitle === null ? <><b>{t('product.short')}</b> {t('product.name')}</> : <b>{shortTitle[currentLanguage(i18n)]}</b>}
    </span>
  );
}
