import { MonitorUp } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Handover } from '../../../shared/protocol/socket.ts';
import { useNow } from '../../store/mirrorHooks.tsx';
import { formatLeft } from './rotation.ts';

/** [TW4] Who shows this, and for how long. Nothing on a wall that shows its own scenes. */
export function HandoverChip({ handover, isShort }: { readonly handover: Handover; readonly isShort: boolean }) {
  const { t } = useTranslation();
  const { serverNowMs } = useNow();
  const values = { owner: t(`handover.owners.${handover.owner}`), left: formatLeft(handover.endsAtMs - serverNowMs) };
  return <span className="chip" data-handover="true"><MonitorUp aria-hidden="true" strokeWidth={2} />{t(isShort ? 'handover.onWallShort' : 'handover.onWall', values)}</span>;
}
