import { useTranslation } from 'react-i18next';
import type { WallDto } from '../../../shared/protocol/answers.ts';
import type { WallCommand } from '../../../shared/protocol/socket.ts';
import { displayName } from '../../catalogue/catalogue.ts';
import { useCatalogue } from '../../catalogue/ChannelProvider.tsx';
import { formatAge, formatClock, formatNumber } from '../../i18n/format.ts';
import { FreshnessMark } from '../../panels/FreshnessMark.tsx';
import { framesPerSec, isReporting } from './wallFacts.ts';
import { formatLeft } from '../wall/rotation.ts';
import { WallControls } from './WallControls.tsx';

const MARKS = { well: 'fresh', silent: 'dead', frozen: 'stale', behind: 'stale', closed: 'never' } as const;
const NOT_TOLD = '—';

interface WallRowProps {
  readonly wall: WallDto;
  readonly nowMs: number;
  readonly onCommand: (command: WallCommand) => void;
  readonly onTakeBack: (handoverId: string) => void;
  readonly onForget: () => void;
}

function Shows({ wall: { scene, isHeld, isPreempted, focusCode, handover }, nowMs }: { readonly wall: WallDto; readonly nowMs: number }) {
  const { t } = useTranslation();
  const { locality } = useCatalogue();
  const place = locality(focusCode ?? '');
  const handedTo = handover === null ? undefined : locality(handover.localityCode);
  const notes = [
    handover === null ? null : t('handover.on', { owner: t(`handover.owners.${handover.owner}`), place: handedTo === undefined ? handover.localityCode : displayName(handedTo), left: formatLeft(handover.endsAtMs - nowMs) }),
    handover !== null || place === undefined ? null : displayName(place),
    isHeld && handover === null ? t('desk.held') : null, isPreempted ? t('desk.preempted') : null,
  ].filter((note) => note !== null);
  return <>{t(`domain.${scene}`)}{notes.length > 0 && <span className="desk-note">{notes.join(' · ')}</span>}</>;
}

/** One wall, and below it what is wrong with it and what to do. */
export function WallRow({ wall, nowMs, onCommand, onTakeBack, onForget }: WallRowProps) {
  const { t } = useTranslation();
  const { wallId, name, viewport, state, troubleSinceMs, heardAtMs, frames, map, heapMb, paintedAgeMs, pages } = wall;
  const perSec = framesPerSec(wall);
  const told = (value: number | null, unit: string, decimals = 0) => (value === null || !isReporting(wall) ? NOT_TOLD : `${formatNumber(value, decimals)}${unit}`);
  const trouble = state === 'silent' || state === 'frozen' || state === 'behind' ? state : null;
  return (
    <>
      <tr className="desk-wall" data-state={state}>
        <th scope="row">{name}<span className="desk-note">{`${wallId} · ${viewport.widthPx}×${viewport.heightPx}`}</span></th>
        <td><span className="desk-state"><FreshnessMark freshness={MARKS[state]} />{t(`desk.states.${state}`)}</span>{pages > 1 && <span className="desk-note">{t('desk.shared', { count: pages })}</span>}</td>
        <td><Shows wall={wall} nowMs={nowMs} /></td>
        <td className="num">{formatAge(nowMs - heardAtMs, t)}</td>
        <td className="num">{told(perSec, '', 1)}</td>
        <td className="num">{told(frames.maxMs, ' ms')}</td>
        <td className="num">{told(paintedAgeMs === null ? null : paintedAgeMs / 1_000, ' s', 1)}</td>
        <td className="num">{told(map?.contextLosses ?? null, '')}</td>
        <td className="num">{told(heapMb, ' MB')}</td>
        <td><WallControls wall={wall} onCommand={onCommand} onTakeBack={onTakeBack} onForget={onForget} /></td>
      </tr>
      {trouble !== null && troubleSinceMs !== null && (
        <tr className="desk-trouble"><td colSpan={10}><b>{t(`desk.message.${trouble}`, { time: formatClock(troubleSinceMs) })}</b> {t(`desk.tip.${trouble}`)}</td></tr>
      )}
    </>
  );
}
