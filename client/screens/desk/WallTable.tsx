import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type WallDto, WallsDto } from '../../../shared/protocol/answers.ts';
import { formatClock } from '../../i18n/format.ts';
import { useNow } from '../../store/mirrorHooks.tsx';
import { useAnswer } from '../answers.tsx';
import { inOrder } from './wallFacts.ts';
import { forgetWall, type Outcome, sendCommand, takeBackWall } from './wallRequests.ts';
import { WallRow } from './WallRow.tsx';

const EVERY_MS = 2_000;
const COLUMNS = ['name', 'state', 'shows', 'heard', 'framesPerSec', 'longestFrame', 'pictureAge', 'losses', 'memory', 'control'] as const;

/** Every wall that has reported, worst first, and what the desk can have it do. */
export function WallTable() {
  const { t } = useTranslation();
  const { serverNowMs } = useNow();
  const { data, isError, refetch } = useAnswer(WallsDto, '/api/v1/walls', { everyMs: EVERY_MS });
  const [said, setSaid] = useState('');
  const tell = async ({ name }: WallDto, outcome: Promise<Outcome>) => {
    setSaid(t(`desk.outcome.${await outcome}`, { name }));
    await refetch();
  };
  if (data === undefined) return <p className="desk-none" role="status">{t(isError ? 'desk.unreachable' : 'desk.asking')}</p>;
  const { walls, atMs, refusedCount, mostWalls } = data;
  return (
    <section aria-label={t('desk.walls')}>
      <div className="desk-head">
        <h2>{t('desk.walls')}<span className="desk-count num">{walls.length}</span></h2>
        <p className="desk-said" role="status">{isError ? t('desk.old', { time: formatClock(atMs) }) : said}</p>
      </div>
      {refusedCount > 0 && <p className="desk-refused">{t('desk.refusedCount', { count: refusedCount, most: mostWalls })}</p>}
      {walls.length === 0 ? <p className="desk-none">{t('desk.none')} {t('desk.noneTip')}</p> : (
        <table className="desk-walls">
          <thead><tr>{COLUMNS.map((column) => <th key={column} scope="col" data-column={column}>{t(`desk.columns.${column}`)}</th>)}</tr></thead>
          <tbody>
            {inOrder(walls).map((wall) => (
              <WallRow
                key={wall.wallId} wall={wall} nowMs={Math.max(serverNowMs, atMs)}
                onCommand={(command) => void tell(wall, sendCommand(wall.wallId, command))} 
                onTakeBack={(handoverId) => void tell(wall, takeBackWall(wall.wallId, handoverId))} onForget={() => void tell(wall, forgetWall(wall.wallId))}
              />
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
