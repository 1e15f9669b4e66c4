import { Undo2 } from 'lucide-react';
import { Button, Label, Radio, RadioGroup } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { WallDto } from '../../../../shared/protocol/answers.ts';
import { displayName } from '../../../catalogue/catalogue.ts';
import { useCatalogue } from '../../../catalogue/ChannelProvider.tsx';
import { formatLeft } from '../../wall/rotation.ts';
import { wallFit } from './wallChoice.ts';

interface WallChoicesProps {
  readonly walls: readonly WallDto[];
  readonly nowMs: number;
  readonly provinceCode: string;
  readonly chosenId: string | null;
  readonly onChoose: (wallId: string) => void;
  readonly onTakeBack: (wall: WallDto) => void;
}

/** What a wall does now, or why it cannot be chosen. */
function useStateWords(): (wall: WallDto, nowMs: number, provinceCode: string) => string {
  const { t } = useTranslation();
  const { locality } = useCatalogue();
  return (wall, nowMs, provinceCode) => {
    const fit = wallFit(wall, provinceCode);
    if (fit !== 'ready') return t(`handover.${fit}`);
    const { handover } = wall;
    if (handover === null) return t('handover.turning');
    const place = locality(handover.localityCode);
    const on = t('handover.on', { owner: t(`handover.owners.${handover.owner}`), place: place === undefined ? handover.localityCode : displayName(place), left: formatLeft(handover.endsAtMs - nowMs) });
    return `${on}${!wall.isHandoverShown ? ` · ${t('handover.waiting')}` : wall.isPreempted ? ` · ${t('handover.preempted')}` : ''}`;
  };
}

/** [TW1] The walls, what each does, and for those that are handed over the way back. */
export function WallChoices({ walls, nowMs, provinceCode, chosenId, onChoose, onTakeBack }: WallChoicesProps) {
  const { t } = useTranslation();
  const stateWords = useStateWords();
  return (
    <RadioGroup className="handover-walls" value={chosenId} onChange={onChoose}>
      <Label className="handover-label">{t('handover.wall')}</Label>
      {walls.map((wall) => (
        <div key={wall.wallId} className="handover-wallRow">
          <Radio className="handover-wall" value={wall.wallId} isDisabled={wallFit(wall, provinceCode) !== 'ready'}>
            <b>{wall.name}</b><span>{stateWords(wall, nowMs, provinceCode)}</span>
          </Radio>
          {wall.handover !== null && <Button className="handover-end" aria-label={t('handover.endOf', { name: wall.name })} onPress={() => onTakeBack(wall)}><Undo2 aria-hidden="true" />{t('handover.end')}</Button>}
        </div>
      ))}
    </RadioGroup>
  );
}
