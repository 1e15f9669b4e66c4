import { MonitorUp } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Locality } from '../../../../shared/domain/locality.ts';
import { WallsDto } from '../../../../shared/protocol/answers.ts';
import type { Handover, SceneName } from '../../../../shared/protocol/socket.ts';
import { useLink, useNow } from '../../../store/mirrorHooks.tsx';
import { useAnswer } from '../../answers.tsx';
import { formatLeft } from '../../wall/rotation.ts';
import { useAsOf } from '../past/asOf.tsx';
import type { BarAction } from './BarActions.tsx';
import { HandoverSheet } from './HandoverSheet.tsx';

const EVERY_MS = 2_000;

/** What this page has handed over, as long as the server says that it is on. */
function useMine() {
  const { serverNowMs } = useNow();
  const [sent, setSent] = useState<{ readonly wallId: string; readonly handover: Handover } | null>(null);
  const { data } = useAnswer(WallsDto, sent === null ? null : '/api/v1/walls', { everyMs: EVERY_MS });
  const isOver = sent !== null && (sent.handover.endsAtMs <= serverNowMs
    || (data !== undefined && data.atMs > sent.handover.sinceMs && data.walls.find(({ wallId }) => wallId === sent.wallId)?.handover?.handoverId !== sent.handover.handoverId));
  if (isOver) setSent(null);
  return { leftMs: sent === null || isOver ? null : sent.handover.endsAtMs - serverNowMs, setSent };
}

/** [TW1] The button of the bar, and the sheet it opens. Off without a link, and for a past picture: a wall shows what is now. */
export function useShowOnWall(province: Locality, scene: SceneName): { readonly action: BarAction; readonly sheet: ReactNode } {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const isLinkLost = useLink().state === 'lost';
  const isPast = useAsOf() !== null;
  const { leftMs, setSent } = useMine();
  const why = isPast ? t('handover.past') : isLinkLost ? t('handover.offline') : undefined;
  return {
    action: { id: 'wall', label: leftMs === null ? t('handover.show') : t('handover.mine', { left: formatLeft(leftMs) }), icon: MonitorUp, inBar: 'always', isMain: true, why, onPress: () => setOpen(true) },
    sheet: isOpen && <HandoverSheet province={province} scene={scene} onChange={setSent} onClose={() => setOpen(false)} />,
  };
}
