import type { Request } from 'express';
import { z } from 'zod';
import { describeIssues } from '../../../shared/protocol/fieldProblem.ts';
import { NoteDraft, NoteDto, NoteId, NotesDto, NoteWithdrawal } from '../../../shared/protocol/notes.ts';
import type { NoteRefusal } from '../../ports/notes.ts';
import type { HttpDependencies } from '../dependencies.ts';
import { AT_EXAMPLE_MS } from '../examples.ts';
import { ProblemError } from '../problem.ts';
import { findChannel, findSeries, indicatorField, instantField, localityField, requireLocality } from '../query.ts';
import { readJson } from '../requestBody.ts';
import { answers, defineRoute, json, type Route } from '../route.ts';
import { unlessStored } from '../unlessStored.ts';

const refuseUnlessStored = unlessStored({
  full: 'There is no space to store the note. Nothing was stored; send it again later with the same id.',
  lost: 'The note may or may not be stored. Send it again with the same id: what was stored is recognised.',
});

type Needed = Pick<HttpDependencies, 'channels' | 'notes'>;

/** The longest note with every letter escaped, and its names. */
const LIMIT_BYTES = 8_192;
const MOST_ANSWERED = 500;
/** Clocks of two machines on one network differ by less. */
const CLOCK_TOLERANCE_MS = 60_000;
/** Notes are about what people see live; what is replayed has its documents. */
const CHANNEL = 'live';

const DRAFT_EXAMPLE = NoteDraft.parse({
  id: 'note-20260301-0001', localityCode: '10', indicatorId: 'tslcd-share', atMs: AT_EXAMPLE_MS, author: 'Trực ban',
  text: 'Đứt cáp quang ở đèo, đơn vị thi công hẹn nối lại trong buổi chiều.', corrects: null,
});
const NOTE_EXAMPLE = NoteDto.parse({ ...DRAFT_EXAMPLE, recordedAtMs: AT_EXAMPLE_MS, correctedBy: null, withdrawn: null });
const WITHDRAWAL_EXAMPLE = NoteWithdrawal.parse({ author: 'Trực ban', reason: 'Ghi nhầm tỉnh.' });

/** @throws ProblemError of a note that was not taken */
function refuse(refusal: NoteRefusal, id: string): never {
  switch (refusal) {
    case 'conflict': throw new ProblemError('id-conflict', `Id "${id}" was used for another note. Nothing was stored; send this one under an id of its own.`);
    case 'unknown': throw new ProblemError('not-found', `There is no note "${id.slice(0, 64)}". GET /api/v1/notes lists those of a place.`);
    case 'gone': throw new ProblemError('note-refused', `Note "${id}" was withdrawn or corrected already. Read the notes again, and act on the one that stands.`);
    case 'elsewhere': throw new ProblemError('note-refused', `Note "${id}" is about another place or indicator; a correction is about the same. Withdraw it, and write a new one where it belongs.`);
    case 'too-many': throw new ProblemError('store-full', 'This server keeps no more notes. Nothing was stored.');
  }
}

function readAs<T>(schema: z.ZodType<T>, request: Request, detail: string, known: readonly string[]): T {
  const body = readJson(request);
  const asked = schema.safeParse(body);
  if (!asked.success) throw new ProblemError('malformed-request', detail, { errors: describeIssues(asked.error, body, known) });
  return asked.data;
}

export function notesRoute({ channels, notes }: Needed): Route {
  return defineRoute({
    path: '/api/v1/notes',
    query: z.strictObject({
      locality: localityField, indicator: indicatorField.optional().describe('Notes on this indicator, and on the place as a whole; every note of the place unless said.'),
      from: instantField('First moment the notes are about.'), to: instantField('Last moment the notes are about.'),
    }),
    summary: { vi: 'Ghi chú về một nơi', en: 'Notes on a place, those withdrawn and corrected too' },
    answer: answers('Notes', NotesDto, { channel: CHANNEL, notes: [NOTE_EXAMPLE], leftOff: 0 }),
    problems: ['not-found'],
    handle({ locality, indicator, from, to }) {
      const channel = findChannel(channels, CHANNEL);
      if (indicator === undefined) requireLocality(channel, locality);
      else findSeries(channel, locality, indicator);
      const found = notes.list({ localityCode: locality, indicatorId: indicator ?? null, fromMs: from ?? null, toMs: to ?? null });
      return json({ channel: channel.id, notes: found.slice(0, MOST_ANSWERED), leftOff: Math.max(0, found.length - MOST_ANSWERED) } satisfies NotesDto);
    },
  });
}

export function noteWriteRoute({ channels, notes }: Needed): Route {
  return defineRoute({
    method: 'post', path: '/api/v1/notes', query: z.strictObject({}),
    summary: { vi: 'Viết một ghi chú, hoặc đính chính một ghi chú', en: 'Write a note, or one in place of another. The author is as typed; nothing proves it' },
    body: { limitBytes: LIMIT_BYTES, accepts: [{ mediaType: 'application/json', description: 'The note. Sent again under its id, it is the same note.', schema: NoteDraft, example: DRAFT_EXAMPLE }] },
    answer: answers('Note', NoteDto, NOTE_EXAMPLE),
    problems: ['not-found', 'id-conflict', 'note-refused', 'too-large', 'unsupported-media-type', 'too-many-requests', 'not-stored', 'store-full'],
    async handle(_query, request) {
      const draft = readAs(NoteDraft, request, 'This is no note that can be kept.', Object.keys(NoteDraft.shape));
      const channel = findChannel(channels, CHANNEL);
      if (draft.indicatorId === null) requireLocality(channel, draft.localityCode);
      else findSeries(channel, draft.localityCode, draft.indicatorId);
      const { nowMs } = channel.playback();
      if (draft.atMs > nowMs + CLOCK_TOLERANCE_MS) {
        throw new ProblemError('malformed-request', 'A note is about what has been.', { errors: [{ where: '/atMs', got: String(draft.atMs), expected: `a time up to ${Math.floor(nowMs)}` }] });
      }
      const outcome = await notes.write(draft).catch(refuseUnlessStored);
      return typeof outcome === 'string' ? refuse(outcome, outcome === 'conflict' ? draft.id : (draft.corrects ?? draft.id)) : json(outcome);
    },
  });
}

export function noteWithdrawRoute({ notes }: Needed): Route {
  return defineRoute({
    method: 'post', path: '/api/v1/notes/{id}/withdraw', query: z.strictObject({}),
    pathParameters: { id: { description: 'Id of the note, as in /api/v1/notes.', example: DRAFT_EXAMPLE.id } },
    summary: { vi: 'Rút lại một ghi chú', en: 'Withdraw a note: it stays readable, and is said to be withdrawn, by whom and why' },
    body: { limitBytes: LIMIT_BYTES, accepts: [{ mediaType: 'application/json', description: 'Who withdraws it, and why.', schema: NoteWithdrawal, example: WITHDRAWAL_EXAMPLE }] },
    answer: answers('Note', NoteDto, { ...NOTE_EXAMPLE, withdrawn: { ...WITHDRAWAL_EXAMPLE, atMs: AT_EXAMPLE_MS } }),
    problems: ['not-found', 'note-refused', 'too-large', 'unsupported-media-type', 'too-many-requests', 'not-stored', 'store-full'],
    async handle(_query, request) {
      const withdrawal = readAs(NoteWithdrawal, request, 'This does not say who withdraws the note, and why.', Object.keys(NoteWithdrawal.shape));
      const asked = String(request.params.id);
      const id = NoteId.safeParse(asked);
      if (!id.success) return refuse('unknown', asked);
      const outcome = await notes.withdraw(id.data, withdrawal).catch(refuseUnlessStored);
      return typeof outcome === 'string' ? refuse(outcome, asked) : json(outcome);
    },
  });
}
