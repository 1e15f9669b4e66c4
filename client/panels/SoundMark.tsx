import { VolumeX } from 'lucide-react';
import { useTranslation } from 'react-i18next';

/** How much is said of it: "Tắt tiếng còn 9 phút", "Tắt tiếng 9 phút", "9 phút". */
type SoundWords = 'full' | 'short' | 'minutes';
const WORDS = { full: 'sound.muted', short: 'sound.mutedShort', minutes: 'sound.mutedMinutes' } as const;

export interface SoundMarkProps {
  /** `null`: switched off. */
  readonly status: { readonly isWaiting: boolean; readonly mutedMinutes: number | null } | null;
  readonly words?: SoundWords;
}

/** [SD6] The visible twin of a silence that a person asked for; small, that the browser waits for a person before it lets anything sound. */
export function SoundMark({ status, words = 'full' }: SoundMarkProps) {
  const { t } = useTranslation();
  if (status === null || (!status.isWaiting && status.mutedMinutes === null)) return null;
  const { isWaiting, mutedMinutes } = status;
  return (
    <span className="soundMark" data-waiting={isWaiting} role="status">
      <VolumeX aria-hidden="true" strokeWidth={2} />
      <span>{isWaiting || mutedMinutes === null ? t('sound.waiting') : t(WORDS[words], { minutes: mutedMinutes })}</span>
    </span>
  );
}
