import { useTranslation } from 'react-i18next';
import { useCatalogue } from '../../catalogue/ChannelProvider.tsx';
import { useRoot } from '../../catalogue/RootLocality.tsx';
import { monthNumber } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { AlarmLoad } from '../../panels/AlarmLoad.tsx';
import { Attention, HiddenLine } from '../../panels/Attention.tsx';
import type { AttentionRow } from '../../panels/attentionRows.ts';
import { ChannelBar } from '../../panels/ChannelBar.tsx';
import { Figure, FigureNoteLine, FigureView, useFigure } from '../../panels/Figure.tsx';
import { useIndicatorFigure } from '../../panels/IndicatorFigure.tsx';
import { OverdueLeague } from '../../panels/OverdueLeague.tsx';
import type { RowRoom } from '../../panels/rowRoom.ts';
import { SceneIcon, type SceneId } from '../../panels/sceneIcons.tsx';
import { SeverityTable } from '../../panels/SeverityTable.tsx';
import { ShareBar } from '../../panels/ShareBar.tsx';
import { TrendLine } from '../../panels/TrendLine.tsx';
import { useNow } from '../../store/mirrorHooks.tsx';
import type { ContentBudget } from '../../theme/wallScale.ts';
import { secondarySet } from './secondarySets.ts';

const LONG_PARTS = 9;
export const HERO: Readonly<Record<SceneId, string>> = { connectivity: 'tslcd-share', security: 'alerts-open', dossiers: 'dossiers-on-time-share' };

export function useHeroLabel(scene: SceneId, isShort: boolean): string {
  const { t } = useTranslation();
  const { edition } = useCatalogue();
  const { dataNowMs } = useNow();
  if (scene === 'security') return t('security.hero');
  if (scene === 'dossiers') return t(isShort ? 'dossiers.heroShort' : 'dossiers.hero', { month: monthNumber(dataNowMs) });
  if (edition !== '2021') return t('connectivity.communesHero');
  return t(isShort ? 'connectivity.heroShort' : 'connectivity.hero');
}

export function SceneTitle({ scene }: { readonly scene: SceneId }) {
  const { t } = useTranslation();
  return <h1 className="sceneTitle"><SceneIcon scene={scene} />{t(`scene.${scene}`)}</h1>;
}

/** The scene's one large figure: what it counts, its parts, its coverage, where it comes from and how old it is. */
export function Hero({ scene, isShort, isNarrow }: { readonly scene: SceneId; readonly isShort: boolean; readonly isNarrow: boolean }) {
  const { code } = useRoot();
  const text = useFigure(code, HERO[scene]);
  const acknowledged = useFigure(code, 'alerts-acknowledged');
  const { t } = useTranslation();
  const coverage = isNarrow ? text.coverageShort : text.coverage;
  // Long parts need the whole line; the coverage then stands with the age.
  const isLong = text.parts !== null && `${text.parts.numerator}/${text.parts.denominator}`.length > LONG_PARTS;
  return (
    <section className="hero">
      <p className="hero-label">{useHeroLabel(scene, isShort)}</p>
      <FigureView text={text} size="hero" />
      <p className="hero-parts">
        {text.parts !== null && <span className="num figure-parts" data-long={isLong}><b>{text.parts.numerator}</b>/{text.parts.denominator}</span>}
        {scene === 'security' && acknowledged.look !== 'withheld' && <span>{t('security.acknowledgedOf', { parts: acknowledged.main })}</span>}
        {coverage !== null && !isLong && <span className="hero-coverage">{coverage}</span>}
      </p>
      {scene !== 'security' && <ShareBar localityCode={code} indicatorId={HERO[scene]} isShown={text.look !== 'never' && text.look !== 'dead' && text.look !== 'withheld'} />}
      <FigureNoteLine text={text} note={isShort || isLong ? 'short' : 'full'} coverage={isLong ? 'short' : 'none'} />
    </section>
  );
}

interface SecondaryProps { readonly label: string; readonly indicatorId: string; readonly show?: 'value' | 'parts' | 'state'; readonly withUnit?: boolean }

function Secondary({ label, indicatorId, show = 'value', withUnit = false }: SecondaryProps) {
  const { code } = useRoot();
  const plain = useFigure(code, indicatorId, show === 'parts' ? 'parts' : 'value');
  const stated = useIndicatorFigure(code, indicatorId);
  const text = show === 'state' ? stated : plain;
  return (
    <div className="secondary">
      <span className="secondary-label">{label}</span>
      <FigureNoteLine text={text} note="short" />
      <FigureView text={text} size="value" withUnit={withUnit} />
    </div>
  );
}

function PlainRow({ label, indicatorId }: { readonly label: string; readonly indicatorId: string }) {
  return <div className="plainRow"><span>{label}</span><Figure localityCode={useRoot().code} indicatorId={indicatorId} size="value" /></div>;
}

const SECONDARY_NAMES = {
  lgsp: 'connectivity.lgsp', axis: 'connectivity.axis', ndxp: 'connectivity.ndxp', day: 'security.day', ackMinutes: 'security.ackMinutes',
  received: 'dossiers.received', waiting: 'dossiers.waiting', overdue: 'dossiers.overdue',
} as const;

/** Lines of text a page must have for the bar of channels: whole at 43, cut by the cards at 39, with the largest numbers. */
const CHANNEL_BAR_ROWS = 41;

/** [RO3] Figures that share the place below the hero, of one round of the rotation. */
export function SecondaryFigures({ scene, round, budget, rows }: { readonly scene: SceneId; readonly round: number; readonly budget: number; readonly rows: number }) {
  const { t, i18n } = useTranslation();
  const { indicator } = useCatalogue();
  const { code, isNation } = useRoot();
  const language = currentLanguage(i18n);
  const figures = secondarySet(scene, isNation, round).map(({ name, ...figure }) => (
    { ...figure, label: name === undefined ? indicator(figure.indicatorId)?.shortName[language] ?? '' : t(SECONDARY_NAMES[name]) }
  ));
  if (scene !== 'dossiers') return <div className="secondaries">{figures.slice(0, budget).map((figure) => <Secondary key={figure.indicatorId} {...figure} />)}</div>;
  return (
    <div className="secondaries">
      {/* A plain row is lower than a figure with its age, so one more of them fits. */}
      {figures.slice(budget === 0 ? figures.length : -(budget + 1)).map(({ label, indicatorId }) => <PlainRow key={indicatorId} label={label} indicatorId={indicatorId} />)}
      {budget >= 3 && rows >= CHANNEL_BAR_ROWS && <ChannelBar localityCode={code} />}
    </div>
  );
}

interface RightColumnProps {
  readonly scene: SceneId;
  readonly budget: ContentBudget;
  readonly rows: readonly AttentionRow[];
  readonly selectedKey: string | undefined;
  /** For the list of what needs a person. */
  readonly room: RowRoom;
  readonly isNarrow: boolean;
  readonly isFlood: boolean;
}

/** What needs a person, or who needs help: attention in connectivity, levels in security, the league in dossiers. */
export function RightColumn({ scene, budget, rows, selectedKey, room, isNarrow, isFlood }: RightColumnProps) {
  const { t } = useTranslation();
  const { code, isNation } = useRoot();
  if (scene === 'connectivity') return <><Attention rows={rows} room={room} selectedKey={selectedKey} isNarrow={isNarrow} isFlood={isFlood} /><AlarmLoad isFlood={isFlood} /></>;
  if (scene === 'security') {
    return (
      <>
        <SeverityTable localityCode={code} />
        <div className="secondaries">
          <Secondary label={t('security.soc')} {...(isNation ? { indicatorId: 'soc-share', show: 'parts' } : { indicatorId: 'soc-state', show: 'state' })} />
          {budget.secondaryFigures >= 3 && <Secondary label={t('security.fourLayer')} {...(isNation ? { indicatorId: 'four-layer-share', show: 'parts' } : { indicatorId: 'four-layer-layers', withUnit: true })} />}
        </div>
        {budget.secondaryFigures >= 2 && <><AlarmLoad isFlood={isFlood} /><HiddenLine /></>}
      </>
    );
  }
  return <><OverdueLeague rows={budget.leagueRows} />{budget.secondaryFigures >= 3 && <TrendLine localityCode={code} indicatorId={HERO.dossiers} title={t('dossiers.trend')} />}<AlarmLoad isFlood={isFlood} /><HiddenLine /></>;
}
