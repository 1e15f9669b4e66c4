import './wall.css';
import '../../panels/panels.css';
import { type CSSProperties, lazy, Suspense, useEffect, useLayoutEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { ChannelProvider, useCatalogue } from '../../catalogue/ChannelProvider.tsx';
import { AttentionRowLine, Quiet, useAlarmNowMs, useAttentionRows } from '../../panels/Attention.tsx';
import type { Rect } from '../../map/placeLabels.ts';
import type { AttentionRow } from '../../panels/attentionRows.ts';
import { CreditLine } from '../../panels/CreditLine.tsx';
import { DomainStrip } from '../../panels/DomainStrip.tsx';
import { Clock, HoldChip, ModeChip, ProductName, SourceCounts } from '../../panels/Header.tsx';
import { LinkLostBanner } from '../../panels/LinkLostBanner.tsx';
import type { SceneId } from '../../panels/sceneIcons.tsx';
import { useIsNewBuild, useLink } from '../../store/mirrorHooks.tsx';
import { isMotionAllowed } from '../../theme/motion.ts';
import { applyTheme } from '../../theme/themeVariables.ts';
import { defaultWidthMm, type WallClass, type WallScale, wallScaleOf } from '../../theme/wallScale.ts';
import { FocusTitle } from './FocusTitle.tsx';
import { Locator } from './Locator.tsx';
import { Hero, RightColumn, SceneTitle, SecondaryFigures } from './SceneColumns.tsx';
import { SceneLegend } from './SceneLegend.tsx';
import { UltraRight } from './UltraRight.tsx';
import { useRotation } from './useRotation.ts';
import { useWallKeys } from './useWallKeys.ts';
import { type WallLayout, wallLayoutOf } from './wallLayout.ts';
import { type WallOptions, wallOptionsFrom } from './wallOptions.ts';

/** A wall without its map still has its figures; it says what is missing. */
function MapMissing() {
  const { t } = useTranslation();
  return <p className="wall-mapMissing">{t('map.missing')}</p>;
}

const WallMap = lazy(() => import('./WallMap.tsx').catch(() => ({ default: MapMissing })));

const readWindowSize = () => ({ widthPx: window.innerWidth, heightPx: window.innerHeight });

function useWindowSize(): { readonly widthPx: number; readonly heightPx: number } {
  const [size, setSize] = useState(readWindowSize);
  useEffect(() => {
    const handleResize = () => setSize(readWindowSize());
    window.addEventListener('resize', handleResize);
    return () => window.removeEventListener('resize', handleResize);
  }, []);
  return size;
}

/** Reloads for a new build only after the server went away and answered again: never a loop, never a blank wall. */
function useReloadForNewBuild(): void {
  const isNewBuild = useIsNewBuild();
  const { state } = useLink();
  const [wasLost, setWasLost] = useState(false);
  useEffect(() => {
    if (state === 'lost') setWasLost(true);
    else if (state === 'live' && wasLost && isNewBuild) window.location.reload();
  }, [state, wasLost, isNewBuild]);
}

/** Alarms of the scene's own domain, and every critical one whatever its domain. */
function rowsOf(rows: readonly AttentionRow[], scene: SceneId): readonly AttentionRow[] {
  return rows.filter(({ mark, alarms: [first] }) => first.domain === scene || mark === 'critical');
}

/** `--legend-x`, `-y`, `-w`, `-h`: where a box stands, as the map's labels were told. */
function boxVariables(name: string, box: Rect | null): Readonly<Record<`--${string}`, string>> {
  return box === null ? {} : { [`--${name}-x`]: `${box.x}px`, [`--${name}-y`]: `${box.y}px`, [`--${name}-w`]: `${box.width}px`, [`--${name}-h`]: `${box.height}px` };
}

function Waiting() {
  const { t } = useTranslation();
  return <div className="waiting" role="status"><p className="waiting-what">{t('link.connecting')}</p><p>{t('link.connectingTip')}</p></div>;
}

export default function WallScreen() {
  const [search] = useSearchParams();
  const options = useMemo(() => wallOptionsFrom(search), [search]);
  const { widthPx, heightPx } = useWindowSize();
  const scale = useMemo(
    () => wallScaleOf({ widthPx, heightPx, widthMm: options.widthMm ?? defaultWidthMm(widthPx), nearM: options.nearM }), [widthPx, heightPx, options]);
  const layout = useMemo(() => wallLayoutOf(scale, widthPx), [scale, widthPx]);
  const isMotionOn = isMotionAllowed(search, window.matchMedia('(prefers-reduced-motion: reduce)').matches);
  const sizes: CSSProperties & Readonly<Record<`--${string}`, string>> = {
    '--b': `${scale.bPx}px`, '--left': `${layout.leftB * scale.bPx}px`, '--right': `${layout.rightB * scale.bPx}px`,
    ...boxVariables('legend', layout.legend), ...boxVariables('locator', layout.locator), ...boxVariables('focus', layout.focusTitle), ...boxVariables('caption', layout.caption), ...boxVariables('state', layout.stateBox),
  };
  return (
    <main className="wall" data-class={scale.wallClass} data-motion={isMotionOn} style={sizes}>
      <ChannelProvider channel="live" topic="nation" waiting={() => <Waiting />}>
        <Wall options={options} scale={scale} widthPx={widthPx} heightPx={heightPx} layout={layout} isMotionOn={isMotionOn} />
      </ChannelProvider>
    </main>
  );
}

interface WallProps { readonly options: WallOptions; readonly scale: WallScale; readonly widthPx: number; readonly heightPx: number; readonly layout: WallLayout; readonly isMotionOn: boolean }

/** Which province the map is at, and which row the remote control has chosen. */
function useFocus(first: string | null, rows: readonly AttentionRow[], budget: number) {
  const { provinceOf } = useCatalogue();
  const [focusCode, setFocusCode] = useState(() => (first !== null && provinceOf(first) !== undefined ? first : null));
  const [selected, setSelected] = useState<number | null>(null);
  const count = Math.min(rows.length, budget);
  return {
    focusCode,
    selectedKey: selected === null ? undefined : rows[selected]?.key,
    move: (step: number) => setSelected((held) => (count === 0 ? null : ((held ?? (step > 0 ? -1 : 0)) + step + count) % count)),
    open: () => { const code = rows[selected ?? 0]?.provinceCode; if (code !== undefined) setFocusCode(code); },
    close: () => { setFocusCode(null); setSelected(null); },
  };
}

function Wall({ options, scale, widthPx, heightPx, layout, isMotionOn }: WallProps) {
  const { t } = useTranslation();
  const isLinkLost = useLink().state === 'lost';
  const allRows = useAttentionRows();
  const [isFocused, setIsFocused] = useState(false);
  const rotation = useRotation(options.scene, options.dwellMs, isFocused);
  const { scene } = rotation;
  const rows = useMemo(() => rowsOf(allRows, scene), [allRows, scene]);
  const { focusCode, selectedKey, move, open, close } = useFocus(options.focusCode, rows, scale.budget.attentionRows);
  useEffect(() => setIsFocused(focusCode !== null), [focusCode]);
  useReloadForNewBuild();
  useLayoutEffect(() => applyTheme(document.documentElement, 'dark', isLinkLost), [isLinkLost]);
  useWallKeys({ next: rotation.next, hold: rotation.hold, showScene: (position) => { close(); rotation.show(position); }, moveSelection: move, openSelection: open, goBack: close });
  const { wallClass, budget } = scale;
  const isCompact = wallClass === 'compact';
  const isUltra = wallClass === 'ultra';
  return (
    <>
      <div className="wall-map"><Suspense fallback={null}>
        <WallMap scene={scene} scale={scale} widthPx={widthPx} heightPx={heightPx} layout={layout} focusCode={focusCode} rows={rows} isMotionOn={isMotionOn && !isLinkLost} />
      </Suspense></div>
      <div className="wall-shade" aria-hidden="true" />
      <div className="wall-stage">
        <WallHeader wallClass={wallClass} isHeld={rotation.strip.isHeld} />
        <section className="wall-left" key={`left-${scene}`}>
          <div className="wall-leftMain"><SceneTitle scene={scene} /><Hero scene={scene} isShort={isCompact} isNarrow={isCompact || wallClass === 'regular'} /></div>
          {isCompact ? <CompactRows rows={rows} budget={budget.attentionRows} selectedKey={selectedKey} /> : <SecondaryFigures scene={scene} budget={budget.secondaryFigures} />}
        </section>
        {!isCompact && !isUltra && <section className="wall-right" key={`right-${scene}`}><RightColumn scene={scene} budget={budget} rows={rows} selectedKey={selectedKey} /></section>}
        {isUltra && <UltraRight scene={scene} budget={budget} rows={allRows} selectedKey={selectedKey} />}
        {(!isCompact || focusCode !== null || isLinkLost) && <SceneLegend scene={scene} isFocused={focusCode !== null} />}
        {focusCode !== null && <><FocusTitle code={focusCode} scene={scene} /><Locator focusCode={focusCode} /></>}
        {!isUltra && <DomainStrip active={scene} rotation={rotation.strip} lostLinks={lostLinkCount(allRows)} density={isCompact ? 'line' : layout.isNarrow ? 'narrow' : 'full'} />}
        <CreditLine showsCells={focusCode !== null} isShort={isCompact} notice={scale.isTooSmall ? t('wall.tooSmall') : null} />
      </div>
      <div className="wall-hatch" aria-hidden="true" />
      <LinkLostBanner />
    </>
  );
}

function lostLinkCount(rows: readonly AttentionRow[]): number {
  return rows.reduce((sum, { alarms }) => sum + alarms.filter(({ indicatorId }) => indicatorId === 'tslcd-link-state').length, 0);
}

function WallHeader({ wallClass, isHeld }: { readonly wallClass: WallClass; readonly isHeld: boolean }) {
  const { t } = useTranslation();
  const link = useLink();
  const isCompact = wallClass === 'compact';
  return (
    <header className="wall-header">
      {!isCompact && wallClass !== 'regular' && <ProductName />}
      {link.state === 'connecting' ? <span className="chip">{t('link.connecting')}</span> : <ModeChip />}
      {isHeld && <HoldChip />}
      {wallClass !== 'ultra' && <><SourceCounts isShort={isCompact} /><Clock isShort={isCompact} /></>}
    </header>
  );
}

function CompactRows({ rows, budget, selectedKey }: { readonly rows: readonly AttentionRow[]; readonly budget: number; readonly selectedKey: string | undefined }) {
  const nowMs = useAlarmNowMs();
  if (rows.length === 0) return <div className="compactRows"><Quiet /></div>;
  return <ul className="attention-rows compactRows">{rows.slice(0, budget).map((row) => <AttentionRowLine key={row.key} row={row} nowMs={nowMs} isSelected={row.key === selectedKey} isShort />)}</ul>;
}
