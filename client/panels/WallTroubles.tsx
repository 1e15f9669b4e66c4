import { MonitorX } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { formatAge } from '../i18n/format.ts';
import { useNow, useWallTroubles } from '../store/mirrorHooks.tsx';

interface WallTroublesProps {
  /** This screen does not speak of itself. */
  readonly ownId: string;
  /** Only how many; otherwise also which one for longest, and since when. */
  readonly isShort: boolean;
}

/** [WR3] Somebody should go and look at another wall. Nothing while all do well. */
export function WallTroubles({ ownId, isShort }: WallTroublesProps) {
  const { t } = useTranslation();
  const { serverNowMs } = useNow();
  const others = useWallTroubles().filter(({ wallId }) => wallId !== ownId);
  const [first] = others;
  if (first === undefined) return null;
  return (
    <span className="wallTroubles" role="status">
      <MonitorX aria-hidden="true" strokeWidth={2} />
      <span>
        <b>{t('walls.inTrouble', { count: others.length })}</b>
        <span className={isShort ? 'visuallyHidden' : 'wallTroubles-which'}>{`${first.name} · ${formatAge(serverNowMs - first.sinceMs, t)}`}</span>
      </span>
    </span>
  );
}
