import { useTranslation } from 'react-i18next';
import { Clock, HoldChip, ModeChip, ProductName, SourceCounts } from '../../panels/Header.tsx';
import { SoundMark } from '../../panels/SoundMark.tsx';
import { WallTroubles } from '../../panels/WallTroubles.tsx';
import type { SoundStatus } from '../../sound/startAlarmSound.ts';
import { useLink, useWallTroubles } from '../../store/mirrorHooks.tsx';
import type { WallClass } from '../../theme/wallScale.ts';
import { useWallIdentity } from './useWallIdentity.ts';

interface WallHeaderProps {
  readonly wallClass: WallClass;
  readonly isHeld: boolean;
  /** An alarm holds the scene, not a person. */
  readonly isPreempted: boolean;
  /** `null`: switched off. */
  readonly sound: SoundStatus | null;
}

/** Is this live, is it whole, what time is it. */
export function WallHeader({ wallClass, isHeld, isPreempted, sound }: WallHeaderProps) {
  const { t } = useTranslation();
  const link = useLink();
  const { wallId } = useWallIdentity();
  const isCompact = wallClass === 'compact';
  // What gives way to it is told elsewhere: who this is, that the scene is held (in the strip), how the silent sources are silent.
  const hasTroubles = useWallTroubles().some((trouble) => trouble.wallId !== wallId);
  const isNarrow = isCompact || wallClass === 'regular';
  const hasSoundMark = sound !== null && (sound.isWaiting || sound.mutedMinutes !== null);
  const isCrowded = isNarrow && hasSoundMark && hasTroubles;
  return (
    <header className="wall-header">
      {!isNarrow && !hasTroubles && <ProductName />}
      {link.state === 'connecting' ? <span className="chip">{t('link.connecting')}</span> : <ModeChip />}
      {(isHeld || (isPreempted && !isCompact)) && !hasTroubles && !(isNarrow && hasSoundMark) && <HoldChip isCritical={isPreempted} />}
      <WallTroubles ownId={wallId} isShort={isNarrow} />
      <SoundMark status={sound} words={isCrowded ? 'minutes' : isNarrow ? 'short' : 'full'} />
      {wallClass !== 'ultra' && !(wallClass === 'regular' && hasTroubles) && !isCrowded && <SourceCounts isShort={isNarrow || hasTroubles || isPreempted} />}
      {wallClass !== 'ultra' && <Clock isShort={isCompact || isCrowded} />}
    </header>
  );
}
