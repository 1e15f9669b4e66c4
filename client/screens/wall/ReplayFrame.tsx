import { useTranslation } from 'react-i18next';
import { isPlayedBack } from '../../store/mirrorState.ts';
import { usePlayback } from '../../store/mirrorHooks.tsx';

/** [LR2] Over everything of a wall that plays a recording: frame and words that no scene can hide. */
export function ReplayFrame() {
  const { t } = useTranslation();
  if (!isPlayedBack(usePlayback())) return null;
  return (
    <div className="wall-replay" aria-hidden="true">
      <span className="wall-replayWord">{t('mode.replay')}</span>
      <span className="wall-replayWord">{t('mode.replay')}</span>
    </div>
  );
}
