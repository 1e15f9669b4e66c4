import { z } from 'zod';
import { LocalityCode, LocalizedText, SourceId } from './ids.ts';

export const Source = z.strictObject({
  id: SourceId,
  name: LocalizedText,
  /** How its figures arrive: pushed by the sender, pulled by us, or typed in by a person. */
  entryMethod: z.enum(['push', 'pull', 'manual']),
  /** The locality it speaks for; "VN" for a national platform. */
  locality: LocalityCode,
  /** `null`: it speaks only when something happens, so that its silence says nothing. */
  expectEveryMs: z.number().int().positive().nullable(),
});
export type Source = z.infer<typeof Source>;
