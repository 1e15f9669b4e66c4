import '../../panels/panels.css';
import './demo.css';
import { Quote } from 'lucide-react';
import { type ComponentType, memo, type ReactNode, useCallback, useMemo, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import attribution from '../../../seeds/geography/attribution.json' with { type: 'json' };
import type { Fact } from '../../../shared/domain/fact.ts';
import { ChannelProvider, useCatalogue } from '../../catalogue/ChannelProvider.tsx';
import { useDocumentTitle } from '../../catalogue/useBranding.ts';
import { formatDate } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { useLink, usePlayback, useReading } from '../../store/mirrorHooks.tsx';
import { THEMES } from '../../theme/tokens.ts';
import { AnswersProvider } from '../answers.tsx';
import { useAlarmSound } from '../useAlarmSound.ts';
import { useScreenTheme } from '../useScreenTheme.ts';
import { CitationDialog, type Cited } from './CitationDialog.tsx';
import { DemoControls } from './DemoControls.tsx';
import { DemoFigure, ReportedMark } from './DemoFigure.tsx';
import { DEMO_INDICATORS } from './demoIndicators.ts';
import { DemoMap, useAllProvincesConnected } from './DemoMap.tsx';
import { milestonePins } from './demoMapLooks.ts';
import { demoScaleOf } from './demoScale.ts';
import { countedTowards, counterRule } from './derivations.ts';
import { useIllustratedMap } from './illustratedMap.ts';
import { IllustrationBox } from './IllustrationBox.tsx';
import { MilestoneCard } from './MilestoneCard.tsx';
import { reportsOf } from './milestones.ts';
import { ReplayStage } from './ReplayStage.tsx';
import { Timeline } from './Timeline.tsx';
import { type Illustration, useIllustration } from './useIllustration.ts';
import { useReplay } from './useReplay.ts';

/** The figure that runs between reports. */
const COUNTED = 'ndxp-transactions-total';

function usePageSize(): string {
  return useSyncExternalStore(
    (onChange) => { window.addEventListener('resize', onChange); return () => window.removeEventListener('resize', onChange); },
    () => `${window.innerWidth}x${window.innerHeight}`,
  );
}

function DataDate({ dayMs }: { readonly dayMs: number | null }) {
  const { t } = useTranslation();
  return (
    <div className="demo-date">
      <p>{t('demo.date')}</p>
      <p className="demo-day num">{dayMs === null ? '—' : formatDate(dayMs)}</p>
    </div>
  );
}

const Figures = memo(function Figures({ facts, dayMs, onCite }: { readonly facts: readonly Fact[]; readonly dayMs: number; readonly onCite: (cited: Cited) => void }) {
  return (
    <div className="demo-figures">
      {DEMO_INDICATORS.map((id) => <DemoFigure key={id} indicatorId={id} reports={reportsOf(facts, 'VN', id, dayMs)} facts={facts} onCite={onCite} />)}
    </div>
  );
});

/** How the counter counts, while its figure is its own and not yet the reported one. */
function CounterRule({ facts }: { readonly facts: readonly Fact[] }) {
  const language = currentLanguage(useTranslation().i18n);
  const counted = countedTowards(facts, 'VN', COUNTED);
  const rule = counted === undefined ? undefined : counterRule(counted);
  if (useReading('VN', COUNTED)?.provenance !== 'derived' || rule === undefined) return null;
  return <p className="demo-legendNote">{rule[language]}</p>;
}

function Legend({ facts, isIllustrated }: { readonly facts: readonly Fact[]; readonly isIllustrated: boolean }) {
  const { t } = useTranslation();
  const areAllConnected = useAllProvincesConnected();
  const { provinces } = useCatalogue();
  return (
    <div className="demo-legend">
      <p><ReportedMark isDerived={false} />{t('demo.legendReported')} <ReportedMark isDerived />{t('demo.legendDerived')}</p>
      {areAllConnected && !isIllustrated && <p><span className="demo-swatch" />{t('demo.legendConnected', { count: provinces.length })}</p>}
      <p className="demo-legendNote">{t(isIllustrated ? 'demo.illustrative.legend' : 'demo.legendUnnamed')}</p>
      <CounterRule facts={facts} />
    </div>
  );
}

function DemoContent({ bPx, illustration, interrupt: Interrupt }: Pick<DemoProps, 'interrupt'> & { readonly bPx: number; readonly illustration: Illustration }) {
  const { t, i18n } = useTranslation();
  const { edition, provinces } = useCatalogue();
  const playback = usePlayback();
  const { facts, isWithoutFacts, milestones, dayMs, nowMs, index, controls, isLinkLost } = useReplay();
  // Pins change on the days of reports only; the map is left alone on all others.
  const reportedDay = milestones.flatMap(({ documents }) => documents.map(({ reportedOnMs }) => reportedOnMs)).findLast((atMs) => atMs <= nowMs) ?? Number.NEGATIVE_INFINITY;
  const illustrated = useIllustratedMap(illustration.isOn, THEMES.paper);
  const [cited, setCited] = useState<Cited | null>(null);
  const citeProvince = useCallback((localityCode: string) => setCited({ kind: 'province', localityCode }), []);
  const pins = useMemo(() => milestonePins(milestones, index, provinces, reportedDay), [milestones, index, provinces, reportedDay]);
  return (
    <>
      <div className="demo-left">
        <DataDate dayMs={dayMs} />
        <Figures facts={facts} dayMs={reportedDay} onCite={setCited} />
      </div>
      <div className="demo-middle">
        <DemoMap pins={pins} bPx={bPx} illustrated={illustrated} onProvince={citeProvince} />
        {illustrated !== null && <IllustrationBox map={illustrated} onCite={setCited} />}
      </div>
      <div className="demo-right">
        {isWithoutFacts ? <p className="demo-problem" role="alert"><Quote aria-hidden="true" />{t('demo.noFacts')}</p>
          : <MilestoneCard milestone={milestones[index]} number={index + 1} count={milestones.length} nowMs={reportedDay} />}
        <Legend facts={facts} isIllustrated={illustration.isOn} />
      </div>
      {Interrupt !== undefined && <Interrupt onInterrupt={controls.pause} />}
      {cited !== null && <CitationDialog cited={cited} facts={facts} nowMs={nowMs} onClose={() => setCited(null)} />}
      <div className="demo-foot">
        {playback?.startMs != null && playback.endMs !== null && (
          <Timeline startMs={playback.startMs} endMs={playback.endMs} nowMs={Math.max(nowMs, playback.startMs)} milestones={milestones} currentIndex={index}
            isDisabled={isLinkLost || !controls.can('seek')} onSeek={controls.seek} />
        )}
        <DemoControls controls={controls} illustration={illustration} milestones={milestones} nowMs={nowMs} isDisabled={isLinkLost} />
        <p className="demo-credit">{`${t('credit.units', { units: attribution.unitSets[edition][currentLanguage(i18n)] })} · ${attribution.creditLine}`}</p>
      </div>
    </>
  );
}

interface DemoProps {
  /** What may come before the replay, and pauses it then. Absent: nothing can. */
  readonly interrupt?: ComponentType<{ readonly onInterrupt: () => void }> | undefined;
}

/** What the press reported from 2019 to 2021, day by day. Never to be taken for live. */
export function Demo({ interrupt }: DemoProps) {
  useDocumentTitle(useTranslation().t('demo.banner'));
  const link = useLink();
  useAlarmSound();
  const size = usePageSize();
  const { bPx, isStacked } = useMemo(() => {
    const [width = 0, height = 1] = size.split('x').map(Number);
    return demoScaleOf(width, height);
  }, [size]);
  useScreenTheme('paper', link.state === 'lost', bPx);
  const illustration = useIllustration();
  return <ReplayStage isStacked={isStacked} isIllustrated={illustration.isOn}><DemoContent bPx={bPx} illustration={illustration} interrupt={interrupt} /></ReplayStage>;
}

function Waiting({ problem }: { readonly problem: string | null }) {
  const { t } = useTranslation();
  useScreenTheme('paper', false, 16);
  return <main className="demo-waiting"><h1>{t('link.connecting')}</h1><p>{t('link.connectingTip')}</p>{problem !== null && <p>{problem}</p>}</main>;
}

/** What the replay's pages need: its channel and the answers to them. */
export function DemoChannel({ children }: { readonly children: ReactNode }) {
  return (
    <AnswersProvider>
      <ChannelProvider channel="demo" topic="nation" waiting={(problem) => <Waiting problem={problem} />}>{children}</ChannelProvider>
    </AnswersProvider>
  );
}
