import './wall.css';
import '../../panels/panels.css';
import './replay.css';
import { type CSSProperties, lazy, Suspense, useLayoutEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { ChannelId } from '../../../shared/domain/ids.ts';
import { displayName } from '../../catalogue/catalogue.ts';
import { ChannelProvider, useCatalogue } from '../../catalogue/ChannelProvider.tsx';
import { RootProvider, rootOf, useRoot } from '../../catalogue/RootLocality.tsx';
import { useBranding, useDocumentTitle } from '../../catalogue/useBranding.ts';
import { useAlarmNowMs, useLostLinkCount } from '../../panels/alarmHooks.ts';
import { AttentionRowLine, HiddenLine, Quiet } from '../../panels/Attention.tsx';
import type { Rect } from '../../map/placeLabels.ts';
import type { AttentionRow } from '../../panels/attentionRows.ts';
import { CreditLine } from '../../panels/CreditLine.tsx';
import { DomainStrip } from '../../panels/DomainStrip.tsx';
import { LinkLostBanner } from '../../panels/LinkLostBanner.tsx';
import type { SceneId } from '../../panels/sceneIcons.tsx';
import { useLink, useRefusal } from '../../store/mirrorHooks.tsx';
import { isMotionAllowed } from '../../theme/motion.ts';
import { applyTheme } from '../../theme/themeVariables.ts';
import { type ContentBudget, defaultWidthMm, type WallClass, type WallScale, wallScaleOf } from '../../theme/wallScale.ts';
import { useAlarmSound } from '../useAlarmSound.ts';
import { useWindowSize } from '../useWindowSize.ts';
import { useAppliance } from './appliance/useAppliance.ts';
import { FocusTitle, RootTitle } from './FocusTitle.tsx';
import { Locator } from './Locator.tsx';
import { PreemptColumn } from './PreemptColumn.tsx';
import { PreemptRow } from './PreemptRow.tsx';
import { ReplayFrame } from './ReplayFrame.tsx';
import { Hero, RightColumn, SceneTitle, SecondaryFigures } from './SceneColumns.tsx';
import { SceneLegend } from './SceneLegend.tsx';
import { UltraRight } from './UltraRight.tsx';
import { UnknownRoot } from './UnknownRoot.tsx';
import { useWallMap } from './useWallMap.ts';
import { useWallSettings } from './useWallSettings.tsx';
import { useWallView } from './useWallView.ts';
import { WallHeader } from './WallHeader.tsx';
import { ALARM_ROW_B, type WallLayout, wallLayoutOf } from './wallLayout.ts';
import { type WallOptions, wallOptionsFrom } from './wallOptions.ts';

/** `--legend-x`, `-y`, `-w`, `-h`: where a box stands, as the map's labels were told. */
function boxVariables(name: string, box: Rect | null): Readonly<Record<`--${string}`, string>> {
  return box === null ? {} : { [`--${name}-x`]: `${box.x}px`, [`--${name}-y`]: `${box.y}px`, [`--${name}-w`]: `${box.width}px`, [`--${name}-h`]: `${box.height}px` };
}

const RecordingNotice = lazy(() => import('./RecordingNotice.tsx'));

function Waiting() {
  const { t } = useTranslation();
  return <div className="waiting" role="status"><p className="waiting-what">{t('link.connecting')}</p><p>{t('link.connectingTip')}</p></div>;
}

export default function WallScreen() {
  const [search] = useSearchParams();
  const { homeLocality } = useBranding();
  const options = useMemo(() => wallOptionsFrom(search, homeLocality), [search, homeLocality]);
  const { widthPx, heightPx } = useWindowSize();
  const scale = useMemo(
    () => wallScaleOf({ widthPx, heightPx, widthMm: options.widthMm ?? defaultWidthMm(widthPx), nearM: options.nearM }), [widthPx, heightPx, options]);
  const layout = useMemo(() => wallLayoutOf(scale, widthPx), [scale, widthPx]);
  const isMotionOn = isMotionAllowed(search, window.matchMedia('(prefers-reduced-motion: reduce)').matches);
  const sizes: CSSProperties & Readonly<Record<`--${string}`, string>> = {
    '--b': `${scale.bPx}px`, '--left': `${layout.leftB * scale.bPx}px`, '--right': `${layout.rightB * scale.bPx}px`,
    ...boxVariables('legend', options.rootCode === null ? layout.legend : layout.rootLegend), ...boxVariables('locator', layout.locator), ...boxVariables('focus', layout.focusTitle), ...boxVariables('caption', layout.caption), ...boxVariables('state', layout.stateBox),
  };
  const { recording } = options;
  // A name that no recording can have is one that the server does not have.
  const channel = ChannelId.safeParse(recording === null ? 'live' : `recording:${recording}`);
  const waiting = () => (recording === null ? <Waiting /> : <Suspense fallback={<Waiting />}><RecordingNotice name={recording} /></Suspense>);
  return (
    <main className="wall" data-class={scale.wallClass} data-motion={isMotionOn} style={sizes}>
      {!channel.success ? waiting() : <ChannelProvider key={channel.data} channel={channel.data} topic={options.rootCode !== null && /^\d{2}$/.test(options.rootCode) ? `province:${options.rootCode}` : 'nation'} waiting={waiting}>
        <RootedWall options={options} scale={scale} widthPx={widthPx} heightPx={heightPx} layout={layout} isMotionOn={isMotionOn} />
      </ChannelProvider>}
    </main>
  );
}

interface WallProps { readonly options: WallOptions; readonly scale: WallScale; readonly widthPx: number; readonly heightPx: number; readonly layout: WallLayout; readonly isMotionOn: boolean }

/** [RT1] The wall of the place its address names. */
function RootedWall(props: WallProps) {
  const catalogue = useCatalogue();
  const { rootCode } = props.options;
  const root = useMemo(() => rootOf(catalogue, rootCode), [catalogue, rootCode]);
  return root === undefined ? <UnknownRoot code={rootCode ?? ''} /> : <RootProvider root={root}><Wall {...props} /></RootProvider>;
}

/** Full-width row of an alarm that gave way, above the cards; narrow walls have it at the top of their rows already. */
const ROW_CLASSES: ReadonlySet<WallClass> = new Set(['full', 'regular']);

function Wall({ options, scale, widthPx, heightPx, layout, isMotionOn }: WallProps) {
  const { t } = useTranslation();
  const root = useRoot();
  const isLinkLost = useLink().state === 'lost';
  const isRefused = useRefusal() !== null;
  const { wallClass } = scale;
  const settings = useWallSettings(options);
  const view = useWallView(options, scale.budget.attentionRows, settings.open);
  const { scene, round, strip, preempting, focusCode, isFlood, allRows, rows, mapRows, leftRows, selectedKey } = view;
  const { status: sound } = useAlarmSound();
  const { WallMap, isMissing } = useWallMap();
  const handleMapHealth = useAppliance({ view, scale, widthPx, heightPx, isIncomplete: isMissing });
  const { accent } = useBranding();
  useLayoutEffect(() => applyTheme(document.documentElement, 'dark', isLinkLost || isRefused, accent), [isLinkLost, isRefused, accent]);
  useDocumentTitle(root.isNation ? null : displayName(root.locality));
  const lostLinks = useLostLinkCount();
  const isCompact = wallClass === 'compact';
  const isUltra = wallClass === 'ultra';
  const hasAlarmRow = preempting === null && leftRows.length > 0 && ROW_CLASSES.has(wallClass);
  const budget = hasAlarmRow ? lessOneRow(scale.budget) : scale.budget;
  const room = { rows: budget.attentionRows, widthB: layout.listB.width, heightB: layout.listB.height - (hasAlarmRow ? ALARM_ROW_B : 0) };
  return (
    <>
      <div className="wall-map">{WallMap !== null && (
        <WallMap
          scene={scene} scale={scale} widthPx={widthPx} heightPx={heightPx} layout={layout} focusCode={focusCode} emphasisId={preempting?.alarm.localityCode ?? null}
          hasAlarmRow={hasAlarmRow} rows={mapRows} isMotionOn={isMotionOn && !isLinkLost} onHealth={handleMapHealth}
        />
      )}</div>
      <div className="wall-shade" aria-hidden="true" />
      {preempting !== null && <div className="wall-edge" aria-hidden="true" />}
      <div className="wall-stage" data-row={hasAlarmRow}>
        <WallHeader wallClass={wallClass} isHeld={strip.isHeld} isPreempted={preempting !== null} handover={preempting === null ? view.handover : null} sound={sound} />
        <section className="wall-left" key={`left-${preempting?.alarm.occurrenceId ?? scene}`}>
          {preempting === null ? <SceneColumn scene={scene} round={round} scale={scale} budget={budget} rows={rows} selectedKey={selectedKey} /> : <PreemptColumn preempting={preempting} />}
        </section>
        {!isCompact && !isUltra && <section className="wall-right" key={`right-${scene}`}><RightColumn scene={scene} budget={budget} rows={rows} selectedKey={selectedKey} room={room} isNarrow={wallClass === 'regular'} isFlood={isFlood} /></section>}
        {isUltra && <UltraRight scene={scene} rows={allRows} selectedKey={selectedKey} room={room} isFlood={isFlood} />}
        {(!isCompact || focusCode !== null || isLinkLost) && <SceneLegend scene={scene} isFocused={focusCode !== null} isShort={isCompact} />}
        {focusCode !== null && <>{preempting === null && (root.isNation ? <FocusTitle code={focusCode} scene={scene} /> : <RootTitle root={root} />)}<Locator focusCode={focusCode} /></>}
        {!isUltra && (
          <div className="wall-bottom">
            {hasAlarmRow && <PreemptRow rows={leftRows} />}
            <DomainStrip active={scene} rotation={strip} isCritical={preempting !== null} lostLinks={lostLinks} density={isCompact ? 'line' : layout.isNarrow ? 'narrow' : 'full'} />
          </div>
        )}
        <CreditLine showsCells={focusCode !== null} isShort={isCompact || wallClass === 'regular'} notice={scale.isTooSmall ? t('wall.tooSmall') : null} />
      </div>
      <div className="wall-hatch" aria-hidden="true" />
      <LinkLostBanner />
      <ReplayFrame />
      {settings.dialog}
    </>
  );
}

/** The row of an alarm that gave way takes the place of one row in each column. */
function lessOneRow({ attentionRows, secondaryFigures, leagueRows }: ContentBudget): ContentBudget {
  return { attentionRows: attentionRows - 1, secondaryFigures: Math.max(0, secondaryFigures - 1), leagueRows: leagueRows - 1 };
}

function SceneColumn({ scene, round, scale: { wallClass, rows: lines }, budget, rows, selectedKey }: { readonly scene: SceneId; readonly round: number; readonly scale: WallScale; readonly budget: ContentBudget; readonly rows: readonly AttentionRow[]; readonly selectedKey: string | undefined }) {
  const isCompact = wallClass === 'compact';
  return (
    <>
      <div className="wall-leftMain"><SceneTitle scene={scene} /><Hero scene={scene} isShort={isCompact} isNarrow={isCompact || wallClass === 'regular'} /></div>
      {isCompact ? <CompactRows scene={scene} rows={rows} budget={budget.attentionRows} selectedKey={selectedKey} /> : <SecondaryFigures scene={scene} round={round} budget={budget.secondaryFigures} rows={lines} />}
    </>
  );
}

/** Letters of a name that stand on one line of the narrow column, beside an age of hours and minutes. */
const LINE_LETTERS = 12;

/** Names there are cut by nobody: a long one takes two of the lines. The first has its place whatever it takes. */
function withinLines(rows: readonly AttentionRow[], lines: number): readonly AttentionRow[] {
  let left = lines;
  return rows.filter(({ place }, at) => {
    left -= place.length > LINE_LETTERS ? 2 : 1;
    return at === 0 || left >= 0;
  });
}

function CompactRows({ scene, rows, budget, selectedKey }: { readonly scene: SceneId; readonly rows: readonly AttentionRow[]; readonly budget: number; readonly selectedKey: string | undefined }) {
  const nowMs = useAlarmNowMs();
  if (rows.length === 0) return <div className="compactRows"><Quiet ofSecurity={scene === 'security'} /><HiddenLine /></div>;
  return <ul className="attention-rows compactRows">{withinLines(rows, budget).map((row) => <AttentionRowLine key={row.key} row={row} nowMs={nowMs} isSelected={row.key === selectedKey} isShort />)}</ul>;
}
