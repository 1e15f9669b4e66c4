import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { RecordingDto } from '../../../shared/protocol/answers.ts';
import { AnswersProvider, useAnswer } from '../answers.tsx';

const RecordingList = z.array(RecordingDto);
const ASK_EVERY_MS = 5_000;

/** [LR3] Stands where the wall would: the recording of its address is unknown, refused, or still being checked. `name` as the address says it. */
export default function RecordingNotice({ name }: { readonly name: string }) {
  return <AnswersProvider><Notice name={name} /></AnswersProvider>;
}

function Notice({ name }: { readonly name: string }) {
  const { t } = useTranslation();
  const { data: recordings } = useAnswer(RecordingList, '/api/v1/recordings', { everyMs: ASK_EVERY_MS });
  if (recordings === undefined) return <div className="waiting" role="status"><p className="waiting-what">{t('link.connecting')}</p><p>{t('link.connectingTip')}</p></div>;
  const found = recordings.find((recording) => recording.name === name);
  if (found !== undefined && found.state !== 'refused') return <div className="waiting" role="status"><p className="waiting-what">{t('recording.opening', { name })}</p><p>{t('recording.openingTip')}</p></div>;
  const names = recordings.filter(({ state }) => state !== 'refused').map((recording) => recording.name);
  return (
    <div className="waiting" role="alert">
      <p className="waiting-what">{t(found === undefined ? 'recording.unknown' : 'recording.refused', { name })}</p>
      {found?.line != null && <p>{t('recording.line', { line: found.line })}</p>}
      <p>{names.length === 0 ? t('recording.none') : t('recording.known', { names: names.join(', ') })}</p>
      <p>{t('recording.whatToDo')}</p>
    </div>
  );
}
