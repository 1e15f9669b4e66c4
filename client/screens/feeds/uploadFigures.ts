import { z } from 'zod';
import { FeedAnswer } from '../../../shared/protocol/feeds.ts';
import { describeFields, FieldProblem } from '../../../shared/protocol/fieldProblem.ts';

/** Beyond it the server reads nothing; told before the file travels. */
const MAX_FILE_BYTES = 1024 * 1024;
/** More than these are seen once some are mended. */
const MOST_DETAILS = 20;

/** Why nothing of the file was taken. `shape`: the server answered something this page does not know. */
type UploadTrouble = 'type' | 'too-large' | 'token' | 'no-feed' | 'wait' | 'unreadable' | 'unreachable' | 'refused' | 'shape';

export type UploadResult =
  | { readonly kind: 'answered'; readonly answer: FeedAnswer }
  /** `details`: the server's own words; each place to mend, where it names any. */
  | { readonly kind: 'trouble'; readonly trouble: UploadTrouble; readonly details: readonly string[] };

/** By the name's ending: what browsers say of a CSV file depends on which programs are installed. */
const MEDIA_TYPES: readonly (readonly [ending: RegExp, mediaType: string])[] = [
  [/\.csv$/i, 'text/csv'], [/\.xlsx$/i, 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
];
const TROUBLES: Readonly<Record<number, UploadTrouble>> = { 400: 'unreadable', 401: 'token', 403: 'token', 404: 'no-feed', 409: 'token', 413: 'too-large', 415: 'type', 429: 'wait', 503: 'wait' };

/** Sends the file as it is. The token goes with this request and is kept nowhere. */
export async function uploadFigures(file: File, token: string): Promise<UploadResult> {
  const mediaType = MEDIA_TYPES.find(([ending]) => ending.test(file.name))?.[1];
  if (mediaType === undefined) return trouble('type');
  if (file.size > MAX_FILE_BYTES) return trouble('too-large');
  try {
    const response = await fetch('/api/v1/feeds/figures', { method: 'POST', headers: { 'Content-Type': mediaType, Authorization: `Bearer ${token}` }, body: file });
    const body: unknown = await response.json().catch(() => null);
    if (!response.ok) return trouble(TROUBLES[response.status] ?? 'refused', detailsOf(body));
    const answer = FeedAnswer.safeParse(body);
    return answer.success ? { kind: 'answered', answer: answer.data } : trouble('shape');
  } catch {
    return trouble('unreachable');
  }
}

const trouble = (kind: UploadTrouble, details: readonly string[] = []): UploadResult => ({ kind: 'trouble', trouble: kind, details });

/** RFC 9457. */
const Problem = z.looseObject({ detail: z.string(), errors: z.array(FieldProblem).default([]) });

function detailsOf(body: unknown): readonly string[] {
  const problem = Problem.safeParse(body);
  if (!problem.success) return [];
  const { detail, errors } = problem.data;
  if (errors.length === 0) return [detail];
  return [...new Set(errors.map((problem) => describeFields([problem])))].slice(0, MOST_DETAILS);
}
