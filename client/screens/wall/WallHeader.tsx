import { useTranslation } from 'react-i18next';
import { Clock, HoldChip, ModeChip, ProductName, SourceCounts } from '../../panels/Header.tsx';
import { WallTroubles } from '../../panels/WallTroubles.tsx';
import { useLink, useWallTroubles } from '../../store/mirrorHooks.tsx';
import type { WallClass } from '../../theme/wallScale.ts';
import { useWallIdentity } from './useWallIdentity.ts';

interface WallHeaderProps {
  readonly wallClass: WallClass;
  readonly isHeld: boolean;
  /** An alarm holds the scene, not a person. */
  readonly isPreempted: boolean;
}

/** Is this live, is it whole, what time is it. */
export function WallHeader({ wallClass, isHeld, isPreempted }: WallHeaderProps) {
  const { t } = useTranslation();
  const link = useLink();
  const { wallId } = useWallIdentity();
  const isCompact = wallClass === 'compact';
  // What gives way to it is told elsewhere: who this is, that the scene is held (in the strip), how the silent sources are silent.
  const hasTroubles = useWallTroubles().some((trouble) => trouble.wallId !== wallId);
  return (
    <header className="wall-header">
      {!isCompact && wallClass !== 'regular' && !hasTroubles && <ProductName />}
      {link.state === 'connecting' ? <span className="chip">{t('link.connecting')}</span> : <ModeChip />}
      {(isHeld || (isPreempted && !isCompact)) && !hasTroubles && <HoldChip isCritical={isPreempted} />}
      <WallTroubles ownId={wallId} isShort={isCompact || wallClass === 'regular'} />
      {wallClass !== 'ultra' && !(wallClass === 'regular' && hasTroubles) && <SourceCounts isShort={isCompact || wallClass === 'regular' || hasTroubles || isPreempted} />}
      {wallClass !== 'ultra' && <Clock isShort={isCompact} />}
    </header>
  );
}
