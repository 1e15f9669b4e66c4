import { z } from 'zod';
import { PlacedBy } from './alertReport.ts';
import { LocalityCode } from './ids.ts';

const AtMs = z.number().int().nonnegative();

const Supplement = z.strictObject({
  askedAtMs: AtMs,
  /** `null`: not yet. */
  answeredAtMs: AtMs.nullable(),
  /** The due date set anew for this supplement. `null`: the message names none. */
  newDueAtMs: AtMs.nullable(),
});
export type Supplement = z.infer<typeof Supplement>;

/**
 * What one message says of one dossier, without a word about the person it belongs to: there is no field for names, telephones,
 * addresses, identity numbers or attachments, and the shape is strict. An absent field: this message does not say.
 */
export const DossierReport = z.strictObject({
  kind: z.literal('dossier'),
  /** MaHoSo as sent, trimmed. */
  dossierId: z.string().min(1).max(100),
  /** When this was so, by the sender's clock: the newest moment the message names that has come; when it was received if it names none. Epoch ms. */
  atMs: AtMs,
  localityCode: LocalityCode.nullable(),
  placedBy: PlacedBy.nullable(),
  /** TrangThaiHoSo 1-10, `research/formats.md` §5.9. */
  status: z.number().int().min(1).max(10).optional(),
  receivedAtMs: AtMs.optional(),
  dueAtMs: AtMs.optional(),
  finishedAtMs: AtMs.optional(),
  returnedAtMs: AtMs.optional(),
  channel: z.enum(['in-person', 'online', 'post']).optional(),
  resultByPost: z.boolean().optional(),
  applicant: z.enum(['citizen', 'business', 'household']).optional(),
  payment: z.enum(['none', 'zero-fee', 'due', 'paid-online']).optional(),
  isDigitised: z.boolean().optional(),
  isDataReused: z.boolean().optional(),
  isResultElectronic: z.boolean().optional(),
  /** Each time the citizen was asked to add papers, in the order sent. */
  supplements: z.array(Supplement).max(100).optional(),
});
export type DossierReport = z.infer<typeof DossierReport>;
