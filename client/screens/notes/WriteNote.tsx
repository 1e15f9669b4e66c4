import { useState } from 'react';
import { Label, Radio, RadioGroup } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { NoteDto } from '../../../shared/protocol/notes.ts';
import { useCatalogue } from '../../catalogue/ChannelProvider.tsx';
import { currentLanguage } from '../../i18n/i18n.ts';
import { useNow } from '../../store/mirrorHooks.tsx';
import { cardName } from '../province/cardName.ts';
import { useAsOf } from '../province/past/asOf.tsx';
import { MomentField } from './MomentField.tsx';
import { NoteDialog } from './NoteDialog.tsx';
import { type NoteOutcome, writeNote } from './noteRequests.ts';

/** 128 random bits. Not `randomUUID`, which a page has only over TLS or on its own machine. */
function newNoteId(): string {
  return `n-${Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

interface WriteNoteProps {
  readonly localityCode: string;
  /** Offered beside the place as a whole; `null`: only that. */
  readonly indicatorId: string | null;
  /** The note it will stand in place of. */
  readonly corrects: NoteDto | null;
  readonly author: string;
  readonly onWritten: (author: string) => void;
  readonly onClose: () => void;
}

/** A new note, or a correction: which keeps the place, indicator and moment of what it corrects. */
export function WriteNote({ localityCode, indicatorId, corrects, author, onWritten, onClose }: WriteNoteProps) {
  const { t, i18n } = useTranslation();
  const { locality, indicator } = useCatalogue();
  const { serverNowMs } = useNow();
  const asOfMs = useAsOf();
  // Made once: sending again after a lost answer is the same note.
  const [id] = useState(() => newNoteId());
  const [isOfIndicator, setOfIndicator] = useState(indicatorId !== null);
  const [momentMs, setMomentMs] = useState(() => corrects?.atMs ?? asOfMs ?? serverNowMs);
  const of = indicatorId === null ? undefined : indicator(indicatorId);
  const place = locality(localityCode)?.name ?? localityCode;
  async function send(typedAuthor: string, text: string): Promise<NoteOutcome> {
    const about = corrects === null ? (isOfIndicator ? indicatorId : null) : corrects.indicatorId;
    const outcome = await writeNote({ id, localityCode, indicatorId: about, atMs: Math.floor(momentMs), author: typedAuthor, text, corrects: corrects?.id ?? null });
    if (outcome === 'done') onWritten(typedAuthor);
    return outcome;
  }
  return (
    <NoteDialog
      title={t(corrects === null ? 'notes.write' : 'notes.correct')} about={corrects === null ? place : t('notes.correctTip')} textLabel={t('notes.text')} firstText={corrects?.text ?? ''}
      firstAuthor={author} submitLabel={t('notes.save')} onSubmit={send} onClose={onClose}
    >
      {corrects === null && (
        <>
          {of !== undefined && (
            <RadioGroup className="notes-choice" value={isOfIndicator ? 'indicator' : 'place'} onChange={(value) => setOfIndicator(value === 'indicator')}>
              <Label>{t('notes.about')}</Label>
              <Radio className="notes-radio" value="indicator">{cardName(of, currentLanguage(i18n), t)}</Radio>
              <Radio className="notes-radio" value="place">{t('notes.whole', { place })}</Radio>
            </RadioGroup>
          )}
          <MomentField label={t('notes.moment')} atMs={momentMs} maxMs={serverNowMs} onChange={setMomentMs} />
        </>
      )}
    </NoteDialog>
  );
}
