import { useTranslation } from 'react-i18next';
import { Clock, DataDate, HoldChip, ModeChip, ProductName, SourceCounts } from '../../panels/Header.tsx';
import { SoundMark } from '../../panels/SoundMark.tsx';
import { WallTroubles } from '../../panels/WallTroubles.tsx';
import type { Handover } from '../../../shared/protocol/socket.ts';
import type { SoundStatus } from '../../sound/startAlarmSound.ts';
import { isPlayedBack } from '../../store/mirrorState.ts';
import { useLink, usePlayback, useWallTroubles } from '../../store/mirrorHooks.tsx';
import type { WallClass } from '../../theme/wallScale.ts';
import { HandoverChip } from './HandoverChip.tsx';
import { useWallIdentity } from './useWallIdentity.ts';

interface WallHeaderProps {
  readonly wallClass: WallClass;
  readonly isHeld: boolean;
  /** An alarm holds the scene, not a person. */
  readonly isPreempted: boolean;
  /** Whose picture this is; `null`: the wall's own, or an alarm's. */
  readonly handover: Handover | null;
  /** `null`: switched off. */
  readonly sound: SoundStatus | null;
}

/** Is this live, is it whole, what time is it. */
export function WallHeader({ wallClass, isHeld, isPreempted, handover, sound }: WallHeaderProps) {
  const { t } = useTranslation();
  const link = useLink();
  const { wallId } = useWallIdentity();
  const isCompact = wallClass === 'compact';
  const isPlayed = isPlayedBack(usePlayback());
  // What gives way to it is told elsewhere: who this is, that the scene is held (in the strip), how the silent sources are silent.
  const hasTroubles = useWallTroubles().some((trouble) => trouble.wallId !== wallId);
  const isNarrow = isCompact || wallClass === 'regular';
  const hasSoundMark = sound !== null && (sound.isWaiting || sound.mutedMinutes !== null);
  const isCrowded = isNarrow && hasSoundMark && hasTroubles;
  return (
    <header className="wall-header">
      {!isNarrow && !hasTroubles && handover === null && <ProductName />}
      {link.state === 'connecting' ? <span className="chip">{t('link.connecting')}</span> : <ModeChip />}
      {handover !== null && <HandoverChip handover={handover} isShort={isNarrow || hasTroubles} />}
      {handover === null && (isHeld || (isPreempted && !isCompact)) && !hasTroubles && !(isNarrow && hasSoundMark) && <HoldChip isCritical={isPreempted} />}
      <WallTroubles ownId={wallId} isShort={isNarrow} />
      <SoundMark status={sound} words={isCrowded ? 'minutes' : isNarrow ? 'short' : 'full'} />
      {isPlayed && isCompact && <DataDate />}
      {wallClass !== 'ultra' && !(isPlayed && isCompact) && !(isNarrow && handover !== null) && !(wallClass === 'regular' && hasTroubles) && !isCrowded && <SourceCounts isShort={isNarrow || hasTroubles || isPreempted || handover !== null} />}
      {wallClass !== 'ultra' && <Clock isShort={isCompact || isCrowded || (isNarrow && handover !== null)} />}
    </header>
  );
}
