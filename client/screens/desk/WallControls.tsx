import { ChevronLeft, ChevronRight, Globe, Pin, PinOff, Undo2, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { WallDto } from '../../../shared/protocol/answers.ts';
import type { WallCommand } from '../../../shared/protocol/socket.ts';
import { SCENES, SceneIcon } from '../../panels/sceneIcons.tsx';

interface WallControlsProps {
  readonly wall: WallDto;
  readonly onCommand: (command: WallCommand) => void;
  readonly onTakeBack: (handoverId: string) => void;
  readonly onForget: () => void;
}

function Control({ label, isOn, onPress, children }: { readonly label: string; readonly isOn?: boolean; readonly onPress: () => void; readonly children: ReactNode }) {
  return <Button className="desk-button" aria-label={label} {...(isOn !== undefined && { 'aria-pressed': isOn })} onPress={onPress}>{children}</Button>;
}

/** [WR4] The same as the wall's own keys. A wall that is not connected can be told nothing, only forgotten. */
export function WallControls({ wall: { name, scene, isHeld, focusCode, handover, pages }, onCommand, onTakeBack, onForget }: WallControlsProps) {
  const { t } = useTranslation();
  const HoldIcon = isHeld ? PinOff : Pin;
  if (pages === 0) {
    return <div className="desk-controls"><Control label={t('desk.forgetOf', { name })} onPress={onForget}><X aria-hidden="true" />{t('desk.forget')}</Control></div>;
  }
  if (handover !== null) {
    return <div className="desk-controls"><Control label={t('handover.endOf', { name })} onPress={() => onTakeBack(handover.handoverId)}><Undo2 aria-hidden="true" />{t('handover.end')}</Control></div>;
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset in a table cell brings a frame and a legend nobody needs.
    <div className="desk-controls" role="group" aria-label={t('desk.controlOf', { name })}>
      <Control label={t('desk.previous')} onPress={() => onCommand({ action: 'previous' })}><ChevronLeft aria-hidden="true" /></Control>
      {SCENES.map((one) => (
        <Control key={one} label={t(`domain.${one}`)} isOn={one === scene} onPress={() => onCommand({ action: 'scene', scene: one })}><SceneIcon scene={one} />{t(`domain.${one}`)}</Control>
      ))}
      <Control label={t('desk.next')} onPress={() => onCommand({ action: 'next' })}><ChevronRight aria-hidden="true" /></Control>
      <Control label={t(isHeld ? 'desk.release' : 'desk.hold')} onPress={() => onCommand({ action: isHeld ? 'release' : 'hold' })}><HoldIcon aria-hidden="true" />{t(isHeld ? 'desk.release' : 'desk.hold')}</Control>
      {focusCode !== null && <Control label={t('desk.country')} onPress={() => onCommand({ action: 'focus', localityCode: null })}><Globe aria-hidden="true" />{t('desk.country')}</Control>}
    </div>
  );
}
