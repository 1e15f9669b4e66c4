import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useRoot } from '../catalogue/RootLocality.tsx';
import { useLink } from '../store/mirrorHooks.tsx';
import { Figure, useFigure, useLocalUnit } from './Figure.tsx';
import { SceneIcon, SCENES, type SceneId } from './sceneIcons.tsx';

const CARD: Readonly<Record<SceneId, { readonly indicatorId: string }>> = {
  connectivity: { indicatorId: 'tslcd-share' },
  security: { indicatorId: 'alerts-open' },
  dossiers: { indicatorId: 'dossiers-on-time-share' },
};

function CardSub({ scene }: { readonly scene: SceneId }): ReactNode {
  const { t } = useTranslation();
  const root = useRoot();
  const share = useFigure(root.code, 'tslcd-share');
  const localUnit = useLocalUnit();
  if (scene === 'connectivity') return share.parts === null ? null : `${share.parts.numerator}/${share.parts.denominator} ${localUnit}`;
  return scene === 'security' ? t('security.open') : t('dossiers.onTime');
}

function CardLine({ scene, lostLinks }: { readonly scene: SceneId; readonly lostLinks: number }): ReactNode {
  const { t } = useTranslation();
  const localUnit = useLocalUnit();
  const root = useRoot();
  const critical = useFigure(root.code, 'alerts-critical');
  const overdue = useFigure(root.code, 'dossiers-overdue');
  if (scene === 'connectivity') return t('connectivity.lost', { count: lostLinks, unit: localUnit });
  return scene === 'security' ? t('security.criticalCount', { count: critical.main }) : t('dossiers.overdueCount', { count: overdue.main });
}

export interface StripRotation {
  /** 0-1 of the dwell time; `null`: not rotating. */
  readonly progress: number | null;
  /** "0:38", or `null` while not rotating. */
  readonly left: string | null;
  readonly isHeld: boolean;
}

interface DomainStripProps {
  readonly active: SceneId;
  readonly rotation: StripRotation;
  readonly lostLinks: number;
  /** A critical alarm stands before the scenes. */
  readonly isCritical?: boolean;
  /** `line`: name and value. `narrow`: the same, with room around it. */
  readonly density: 'full' | 'narrow' | 'line';
}

function useShowingText({ left, isHeld }: StripRotation): string {
  const { t } = useTranslation();
  const link = useLink();
  if (link.state === 'lost') return t('strip.stopped');
  if (isHeld) return t('strip.held');
  return left === null ? t('strip.showingNow') : t('strip.showing', { left });
}

/** Three fixed cards, one a domain: the value of every domain is on screen in every scene, always in the same place. */
export function DomainStrip({ active, rotation, lostLinks, density, isCritical = false }: DomainStripProps) {
  const { t } = useTranslation();
  const root = useRoot();
  const showing = useShowingText(rotation);
  const isCompact = density === 'line';
  const progress = isCritical ? 1 : rotation.progress;
  return (
    <div className="strip" data-compact={isCompact}>
      {SCENES.map((scene) => (
        <section key={scene} className="stripCard" data-active={scene === active} data-critical={isCritical && scene === active} aria-label={t(`domain.${scene}`)}>
          <SceneIcon scene={scene} />
          <div className="stripCard-text">
            <h2>{t(`domainShort.${scene}`)}</h2>
            {density === 'full' && <span className="stripCard-line">{scene === active ? showing : <CardLine scene={scene} lostLinks={lostLinks} />}</span>}
          </div>
          <div className="stripCard-figure">
            <Figure localityCode={root.code} indicatorId={CARD[scene].indicatorId} size="card" />
            {density === 'full' && <span className="stripCard-sub"><CardSub scene={scene} /></span>}
          </div>
          {scene === active && progress !== null && <div className="stripCard-progress" style={{ transform: `scaleX(${progress})` }} />}
        </section>
      ))}
    </div>
  );
}
