import { createHash } from 'node:crypto';
import { z } from 'zod';
import { EditionId, SourceId } from '../../shared/domain/ids.ts';
import type { ReceivedCandidate } from '../ports/player.ts';

const EpochMs = z.number().int();

/** First line of a recording file. */
export const RecordingHeader = z.strictObject({
  format: z.literal('ioc-recording'),
  version: z.literal(1),
  name: z.string().min(1),
  edition: EditionId,
  startMs: EpochMs,
  endMs: EpochMs,
  /** Pace it begins with, data ms per real ms. */
  rate: z.number().positive(),
  /** Places worth stopping at, ascending. */
  marksMs: z.array(EpochMs),
  /** Sources expected to speak in it. */
  sourceIds: z.array(SourceId),
});
export type RecordingHeader = z.infer<typeof RecordingHeader>;

const Line = z.strictObject({ receivedAtMs: EpochMs, candidate: z.unknown(), check: z.string() });
const LastLine = z.strictObject({ candidates: z.number().int(), check: z.string() });

interface RecordingFile {
  readonly header: RecordingHeader;
  readonly received: readonly ReceivedCandidate[];
}

/** Hex digits of a line's check. It covers all lines so far, so one that was changed, moved, added or left out is named. */
const CHECK_LENGTH = 12;
const CHECK_FIELD = /,"check":"[0-9a-f]{12}"\}$/;

function checkAfter(before: string, body: string): string {
  return createHash('sha256').update(`${before}\n${body}`).digest('hex').slice(0, CHECK_LENGTH);
}

/** The same header and candidates give the same bytes. `received` is in order of arrival. Pure. */
export function writeRecording(header: RecordingHeader, received: readonly ReceivedCandidate[]): string {
  let check = '';
  const sealed = (content: object) => {
    const body = JSON.stringify(content);
    check = checkAfter(check, body);
    return `${body.slice(0, -1)},"check":"${check}"}\n`;
  };
  const lines = [sealed(header), ...received.map(({ receivedAtMs, candidate }) => sealed({ receivedAtMs, candidate }))];
  return lines.join('') + sealed({ candidates: received.length });
}

/** @throws Error that names the first line that is not as it was written, and says what to do. */
export function readRecording(text: string): RecordingFile {
  const lines = text.split('\n');
  let check = '';
  const refuse = (index: number, why: string): never => {
    throw new Error(`The recording cannot be played: line ${index + 1} ${why}. Use the file as it was written, or make it anew (\`npm run build:recording\` for the demo).`);
  };
  function read<T>(index: number, schema: z.ZodType<T>): T {
    const line = lines[index] ?? '';
    const field = CHECK_FIELD.exec(line);
    if (field === null) return refuse(index, line === '' ? 'is missing: the file was cut off' : 'has no check at its end');
    check = checkAfter(check, `${line.slice(0, field.index)}}`);
    if (!field[0].includes(check)) return refuse(index, 'is not as it was written');
    const parsed = schema.safeParse(JSON.parse(line));
    if (parsed.success) return parsed.data;
    const [issue] = parsed.error.issues;
    return refuse(index, `is of another kind: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`);
  }
  const { check: _, ...header } = read(0, RecordingHeader.extend({ check: z.string() }));
  const received: ReceivedCandidate[] = [];
  let index = 1;
  for (; !(lines[index] ?? '').startsWith('{"candidates":'); index++) {
    const { receivedAtMs, candidate } = read(index, Line);
    if (receivedAtMs < (received.at(-1)?.receivedAtMs ?? header.startMs) || receivedAtMs > header.endMs) refuse(index, 'is out of order, or outside the span of the first line');
    received.push({ receivedAtMs, candidate });
  }
  const { candidates } = read(index, LastLine);
  if (candidates !== received.length) refuse(index, `says ${candidates} candidates, but ${received.length} are there`);
  if (lines.slice(index + 1).join('') !== '') refuse(index + 1, 'comes after the end');
  return { header, received };
}
