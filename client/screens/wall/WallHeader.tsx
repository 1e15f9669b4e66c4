import { useTranslation } from 'react-i18next';
import { Clock, HoldChip, ModeChip, ProductName, SourceCounts } from '../../panels/Header.tsx';
import { useLink } from '../../store/mirrorHooks.tsx';
import type { WallClass } from '../../theme/wallScale.ts';

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
  const isCompact = wallClass === 'compact';
  return (
    <header className="wall-header">
      {!isCompact && wallClass !== 'regular' && <ProductName />}
      {link.state === 'connecting' ? <span className="chip">{t('link.connecting')}</span> : <ModeChip />}
      {(isHeld || (isPreempted && !isCompact)) && <HoldChip isCritical={isPreempted} />}
      {wallClass !== 'ultra' && <><SourceCounts isShort={isCompact} /><Clock isShort={isCompact} /></>}
    </header>
  );
}
