import { useState } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { QuarantineDto } from '../../../shared/protocol/answers.ts';
import { formatClock, formatDate } from '../../i18n/format.ts';
import { SignInDialog } from '../../session/SignInDialog.tsx';
import { useSession } from '../../session/useSession.ts';
import { useAnswer } from '../answers.tsx';
import { HeldReading } from './HeldReading.tsx';
import { ReleaseDialog } from './ReleaseDialog.tsx';
import { releaseItem } from './releaseRequest.ts';
import { useReasonWords } from './useReasonWords.ts';

const EVERY_MS = 5_000;
/** The server holds a thousand; more than these are seen once some are dealt with. */
const MOST_SHOWN = 50;

type HeldItem = QuarantineDto['items'][number];

/** Readings held back because of their time, newest first, each to be released by name. */
export function QuarantinePanel() {
  const { t } = useTranslation();
  const words = useReasonWords();
  const { data, isError, refetch } = useAnswer(QuarantineDto, '/api/v1/quarantine?channel=live', { everyMs: EVERY_MS });
  const [asked, setAsked] = useState<HeldItem | null>(null);
  const [said, setSaid] = useState('');
  const { person } = useSession();
  const release = async (item: HeldItem, why: string) => {
    setSaid(t(`feeds.release.outcome.${await releaseItem(item.id, why)}`));
    await refetch();
  };
  if (data === undefined) return <p className="desk-none" role="status">{t(isError ? 'desk.unreachable' : 'desk.asking')}</p>;
  const { items } = data;
  const held = items.filter(({ released }) => released === null);
  return (
    <section aria-label={t('feeds.quarantine')}>
      <div className="desk-head"><h2>{t('feeds.quarantine')}<span className="desk-count num">{held.length}</span></h2><p className="desk-said" role="status">{said}</p></div>
      {items.length === 0 ? <p className="desk-none">{t('feeds.noQuarantine')}</p> : (
        <table className="desk-walls">
          <thead><tr><th scope="col">{t('feeds.refusalColumns.last')}</th><th scope="col">{t('feeds.reading')}</th><th scope="col">{t('feeds.refusalColumns.reason')}</th><th scope="col">{t('desk.columns.control')}</th></tr></thead>
          <tbody>
            {items.slice(0, MOST_SHOWN).map((item) => (
              <tr key={item.id}>
                <td className="num">{formatClock(item.receivedAtMs)}<span className="desk-note">{formatDate(item.receivedAtMs)}</span></td>
                <th scope="row"><HeldReading candidate={item.candidate} /></th>
                <td className="feeds-detail"><b>{words(item.reason)}</b><span className="desk-note" lang="en">{item.detail}</span></td>
                <td>
                  {item.released === null
                    ? <Button className="desk-button" aria-label={t('feeds.release.openOf', { id: item.id })} onPress={() => setAsked(item)}>{t('feeds.release.open')}</Button>
                    : <>{t('feeds.release.by', { by: item.released.by })}<span className="desk-note">{formatClock(item.released.atMs)} · {item.released.why}</span></>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {items.length > MOST_SHOWN && <p className="desk-note">{t('feeds.moreHeld', { count: items.length - MOST_SHOWN })}</p>}
      {asked !== null && person === null && <SignInDialog onClose={() => setAsked(null)} />}
      {asked !== null && person !== null && <ReleaseDialog candidate={asked.candidate} onRelease={(why) => void release(asked, why)} onClose={() => setAsked(null)} />}
    </section>
  );
}
