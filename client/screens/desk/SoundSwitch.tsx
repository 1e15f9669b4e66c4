import { Volume2, VolumeX } from 'lucide-react';
import { Button, ToggleButton } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { SoundMark } from '../../panels/SoundMark.tsx';
import type { AlarmSoundSwitch } from '../useAlarmSound.ts';

/** Alarms aloud at this desk: off until somebody wants them. */
export function SoundSwitch({ sound: { status, toggle, toggleMute } }: { readonly sound: AlarmSoundSwitch }) {
  const { t } = useTranslation();
  const isMuted = status !== null && status.mutedMinutes !== null;
  return (
    <span className="desk-sound">
      <ToggleButton className="desk-button" isSelected={status !== null} onChange={toggle}>{status === null ? <VolumeX aria-hidden="true" /> : <Volume2 aria-hidden="true" />}{t('sound.switch')}</ToggleButton>
      {status !== null && <Button className="desk-button" onPress={toggleMute}>{t(isMuted ? 'sound.unmute' : 'sound.mute')}</Button>}
      <SoundMark status={status} />
    </span>
  );
}
