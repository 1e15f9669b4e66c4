import './notes.css';
import type { TFunction } from 'i18next';
import { ChevronDown, ChevronUp, NotebookPen } from 'lucide-react';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { NoteDto } from '../../../shared/protocol/notes.ts';
import { useCatalogue } from '../../catalogue/ChannelProvider.tsx';
import { formatClockShort, formatDate } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { NoteDialog } from './NoteDialog.tsx';
import { withdrawNote } from './noteRequests.ts';
import type { NoteView } from './notesAsOf.ts';
import { useNotes } from './useNotes.ts';
import { WriteNote } from './WriteNote.tsx';

const SHORT_COUNT = 3;

/** "14:32, 23/11/2026". */
function momentText(atMs: number): string {
  return `${formatClockShort(atMs)}, ${formatDate(atMs)}`;
}

type Asked = { readonly kind: 'write' } | { readonly kind: 'correct' | 'withdraw'; readonly note: NoteDto };

/** What became of a note: by whom and when it was withdrawn, that another stands in its place, or that it was written afterwards. */
function fateOf({ note, isLater }: NoteView, t: TFunction): string[] {
  return [
    ...(isLater ? [t('notes.later', { time: momentText(note.recordedAtMs) })] : []),
    ...(note.withdrawn === null ? [] : [t('notes.withdrawnBy', { author: note.withdrawn.author, time: momentText(note.withdrawn.atMs), reason: note.withdrawn.reason })]),
    ...(note.correctedBy === null ? [] : [t('notes.corrected', { time: momentText(note.correctedBy.atMs) })]),
  ];
}

function NoteItem({ view, onAsk }: { readonly view: NoteView; readonly onAsk: (asked: Asked) => void }) {
  const { t, i18n } = useTranslation();
  const { indicator } = useCatalogue();
  const { note } = view;
  const isOpen = note.withdrawn === null && note.correctedBy === null;
  const about = note.indicatorId === null ? t('notes.wholeShort') : (indicator(note.indicatorId)?.shortName[currentLanguage(i18n)] ?? note.indicatorId);
  return (
    <li className="notes-note" data-standing={view.isStanding}>
      <p className="notes-head"><time className="num" dateTime={new Date(note.atMs).toISOString()}>{momentText(note.atMs)}</time><span>{about}</span></p>
      <p className="notes-text">{note.text}</p>
      <p className="notes-by">{t('notes.by', { author: note.author })}</p>
      {fateOf(view, t).map((line) => <p key={line} className="notes-fate">{line}</p>)}
      {isOpen && (
        <div className="notes-own">
          <Button className="notes-quiet" onPress={() => onAsk({ kind: 'correct', note })}>{t('notes.correct')}</Button>
          <Button className="notes-quiet" onPress={() => onAsk({ kind: 'withdraw', note })}>{t('notes.withdraw')}</Button>
        </div>
      )}
    </li>
  );
}

interface NotesPanelProps {
  readonly localityCode: string;
  /** Notes on it, and on the place as a whole; `null`: every note of the place. */
  readonly indicatorId: string | null;
}

/** What people wrote about a place, as of the moment the page shows: newest first, and a way to write. */
export function NotesPanel({ localityCode, indicatorId }: NotesPanelProps) {
  const { t } = useTranslation();
  const { state, notes, leftOff, refresh } = useNotes(localityCode, indicatorId);
  const [isWhole, setWhole] = useState(false);
  const [asked, setAsked] = useState<Asked | null>(null);
  const [author, setAuthor] = useState('');
  const standing = notes.filter(({ isStanding }) => isStanding);
  const shown = isWhole ? notes : standing.slice(0, SHORT_COUNT);
  const close = () => setAsked(null);
  const written = (by: string) => {
    setAuthor(by);
    refresh();
  };
  return (
    <section className="province-panel notes" aria-label={t('notes.title')}>
      <header className="province-panelHead">
        <h2>{t('notes.title')}</h2>
        <Button className="notes-button" onPress={() => setAsked({ kind: 'write' })}><NotebookPen aria-hidden="true" />{t('notes.write')}</Button>
      </header>
      {standing.length === 0 && <p className="notes-none">{t(state === 'known' ? 'notes.none' : state === 'failed' ? 'notes.failed' : 'province.asking')}</p>}
      <ul className="notes-list">{shown.map((view) => <NoteItem key={view.note.id} view={view} onAsk={setAsked} />)}</ul>
      {(isWhole || notes.length > shown.length) && (
        <Button className="province-more" aria-expanded={isWhole} onPress={() => setWhole(!isWhole)}>
          {isWhole ? t('province.list.less') : t('notes.all', { count: notes.length })}
          {isWhole ? <ChevronUp aria-hidden="true" /> : <ChevronDown aria-hidden="true" />}
        </Button>
      )}
      {isWhole && leftOff > 0 && <p className="notes-none">{t('notes.leftOff', { count: leftOff })}</p>}
      {asked !== null && asked.kind !== 'withdraw' && (
        <WriteNote localityCode={localityCode} indicatorId={indicatorId} corrects={asked.kind === 'correct' ? asked.note : null} author={author} onWritten={written} onClose={close} />
      )}
      {asked?.kind === 'withdraw' && (
        <NoteDialog
          title={t('notes.withdraw')} about={asked.note.text} textLabel={t('notes.reason')} firstText="" firstAuthor={author} submitLabel={t('notes.withdraw')} onClose={close}
          onSubmit={async (by, reason) => {
            const outcome = await withdrawNote(asked.note.id, { author: by, reason });
            if (outcome === 'done') written(by);
            return outcome;
          }}
        />
      )}
    </section>
  );
}
