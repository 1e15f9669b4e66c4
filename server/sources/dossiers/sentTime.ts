import { parseInstant } from '../../../shared/domain/instant.ts';

const COMPACT = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})$/;
const WITHOUT_ZONE = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}(\.\d{1,9})?$/;
/** What a sender's program writes for "no date" (the first moment that .NET knows). */
const NO_DATE = /^0001-01-01/;

export const SENT_TIME_FORMS = '"20260609083000", "2026-06-09 08:30:00", "2026-06-09T08:30:00" (all +07:00) or with an offset';

/** Epoch ms; times without a zone are Vietnamese. `undefined`: no date was meant. `null`: not such a time, or one before 1970. */
export function parseSentTime(text: string): number | null | undefined {
  const trimmed = text.trim();
  if (trimmed === '' || NO_DATE.test(trimmed)) return undefined;
  const compact = trimmed.replace(COMPACT, '$1-$2-$3T$4:$5:$6');
  const atMs = parseInstant(WITHOUT_ZONE.test(compact) ? `${compact.replace(' ', 'T')}+07:00` : compact);
  return atMs === null || atMs < 0 ? null : atMs;
}
