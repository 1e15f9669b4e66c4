import { z } from 'zod';
import { ChannelId, IndicatorId, LocalityCode } from '../domain/ids.ts';
import { typedText } from '../domain/typedText.ts';

/** Longest texts, in UTF-16 units as `maxlength` of a field counts them. */
export const NOTE_LIMITS = { text: 500, author: 60 } as const;

const LINE_BREAK = /\n/;

const NoteText = typedText(NOTE_LIMITS.text);
/** Who writes, as typed: there is no login, so nothing proves it. */
const NoteAuthor = typedText(NOTE_LIMITS.author).refine((text) => !LINE_BREAK.test(text), 'must be one line');

/** Made by whoever sends, so that sending again is no second note. */
export const NoteId = z.string().regex(/^[A-Za-z0-9_-]{8,64}$/, 'must be 8 to 64 of A-Z a-z 0-9 _ -');
export type NoteId = z.infer<typeof NoteId>;

/** What a person sends. */
export const NoteDraft = z.strictObject({
  id: NoteId,
  localityCode: LocalityCode,
  /** `null`: about the place as a whole. */
  indicatorId: IndicatorId.nullable(),
  /** The moment it is about. Epoch ms; not in the future. */
  atMs: z.number().int().min(0),
  author: NoteAuthor,
  text: NoteText,
  /** The note that this one stands in place of; `null`: none. */
  corrects: NoteId.nullable(),
});
export type NoteDraft = z.infer<typeof NoteDraft>;

export const NoteWithdrawal = z.strictObject({ author: NoteAuthor, reason: NoteText });
export type NoteWithdrawal = z.infer<typeof NoteWithdrawal>;

/** One line of the log of notes: nothing is ever edited, so a note's life is the fold of its lines. `recordedAtMs`: the server's clock. */
export const NoteEntry = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('written'), recordedAtMs: z.number(), draft: NoteDraft }),
  z.strictObject({ kind: z.literal('withdrawn'), recordedAtMs: z.number(), noteId: NoteId, withdrawal: NoteWithdrawal }),
]);
export type NoteEntry = z.infer<typeof NoteEntry>;

export const NoteDto = z.strictObject({
  ...NoteDraft.shape,
  recordedAtMs: z.number(),
  /** The note that stands in its place now; `null`: none. */
  correctedBy: z.strictObject({ id: NoteId, atMs: z.number() }).nullable(),
  /** `null`: it stands. */
  withdrawn: z.strictObject({ ...NoteWithdrawal.shape, atMs: z.number() }).nullable(),
});
export type NoteDto = z.infer<typeof NoteDto>;

export const NotesDto = z.strictObject({
  channel: ChannelId,
  /** Newest moment first. */
  notes: z.array(NoteDto),
  /** How many older ones of what was asked for are left off. */
  leftOff: z.number().int(),
});
export type NotesDto = z.infer<typeof NotesDto>;
