import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { NotesDto } from '../../../shared/protocol/notes.ts';
import { useAnswer } from '../answers.tsx';
import { useAsOf } from '../province/past/asOf.tsx';
import { cutText } from '../report/reportModel.ts';
import { type NoteView, notesAsOf } from './notesAsOf.ts';

const EVERY_MS = 15_000;
/** Of a mark's words; the panel has the whole note. */
const LABEL_LENGTH = 80;

/** A mark on the time axis of a chart. */
interface NoteMark {
  readonly kind: 'note';
  readonly atMs: number;
  readonly label: string;
}

export interface NotesOfPlace {
  readonly state: 'asking' | 'failed' | 'known';
  /** As of the moment the page shows; newest first. */
  readonly notes: readonly NoteView[];
  /** Of those that stand. The same array until they change. */
  readonly marks: readonly NoteMark[];
  readonly leftOff: number;
  /** Asks at once, after this page has written. */
  refresh(): void;
}

/** Notes on an indicator of a place, and on the place as a whole; `null`: every note of the place. Needs `<AnswersProvider>`. */
export function useNotes(localityCode: string, indicatorId: string | null): NotesOfPlace {
  const asOfMs = useAsOf();
  const path = `/api/v1/notes?locality=${localityCode}${indicatorId === null ? '' : `&indicator=${indicatorId}`}`;
  const { data, isError } = useAnswer(NotesDto, path, { everyMs: EVERY_MS });
  const client = useQueryClient();
  const refresh = useCallback(() => { void client.invalidateQueries({ predicate: ({ queryKey: [asked] }) => String(asked).startsWith('/api/v1/notes') }); }, [client]);
  const notes = useMemo(() => notesAsOf(data?.notes ?? [], asOfMs), [data, asOfMs]);
  const marks = useMemo(() => notes.filter(({ isStanding }) => isStanding).map(({ note }): NoteMark => ({ kind: 'note', atMs: note.atMs, label: cutText(note.text, LABEL_LENGTH) })), [notes]);
  return { state: data !== undefined ? 'known' : isError ? 'failed' : 'asking', notes, marks, leftOff: data?.leftOff ?? 0, refresh };
}
