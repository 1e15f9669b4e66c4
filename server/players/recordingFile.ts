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
  /** Playing begins here: what arrived from `startMs` on until here is the picture it begins with. Absent: at `startMs`. */
  shownFromMs: EpochMs.optional(),
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

/** A file that is not as it was written. `line`: the first that is missing or wrong, counted from 1. */
export class RecordingFileError extends Error {
  readonly line: number;

  constructor(line: number, why: string) {
    super(`The recording cannot be played: line ${line} ${why}. Use the file as it was written, or make it anew (\`npm run record\`; \`npm run build:recording\` for the demo).`);
    this.name = 'RecordingFileError';
    this.line = line;
  }
}

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

/** Makes the lines of one file, in their order: its header, its candidates in order of arrival, its last line. */
export function createRecordingWriter(header: RecordingHeader) {
  let check = '';
  let candidates = 0;
  const sealed = (content: object) => {
    const body = JSON.stringify(content);
    check = checkAfter(check, body);
    return `${body.slice(0, -1)},"check":"${check}"}\n`;
  };
  return {
    header: () => sealed(header),
    candidate({ receivedAtMs, candidate }: ReceivedCandidate): string {
      candidates++;
      return sealed({ receivedAtMs, candidate });
    },
    end: () => sealed({ candidates }),
  };
}

/** The same header and candidates give the same bytes. `received` is in order of arrival. Pure. */
export function writeRecording(header: RecordingHeader, received: readonly ReceivedCandidate[]): string {
  const writer = createRecordingWriter(header);
  return [writer.header(), ...received.map(writer.candidate), writer.end()].join('');
}

/** Reads a file line by line. Every method throws a `RecordingFileError`. */
export class RecordingReader {
  #check = '';
  #linesRead = 0;
  #header: RecordingHeader | null = null;
  #lastMs = Number.NEGATIVE_INFINITY;
  #candidates = 0;
  #isEnded = false;

  /** `null`: the line holds no candidate, but the header or the end. */
  take(line: string): ReceivedCandidate | null {
    if (this.#isEnded) return line === '' ? null : this.#refuse('comes after the end');
    if (this.#header === null) {
      const { check: _, ...header } = this.#parse(line, RecordingHeader.extend({ check: z.string() }));
      this.#header = header;
    } else if (line.startsWith('{"candidates":')) {
      const { candidates } = this.#parse(line, LastLine);
      if (candidates !== this.#candidates) this.#refuse(`says ${candidates} candidates, but ${this.#candidates} are there`);
      this.#isEnded = true;
    } else {
      return this.#candidate(line, this.#header);
    }
    this.#linesRead++;
    return null;
  }

  /** After the last line. */
  end(): RecordingHeader {
    if (this.#header === null || !this.#isEnded) return this.#refuse('is missing: the file was cut off');
    return this.#header;
  }

  /** What lies behind the lines read so far could not be read. */
  fail(why: string): never {
    return this.#refuse(`cannot be read (${why})`);
  }

  #candidate(line: string, header: RecordingHeader): ReceivedCandidate {
    const { receivedAtMs, candidate } = this.#parse(line, Line);
    if (receivedAtMs < Math.max(this.#lastMs, header.startMs) || receivedAtMs > header.endMs) this.#refuse('is out of order, or outside the span of the first line');
    this.#lastMs = receivedAtMs;
    this.#candidates++;
    this.#linesRead++;
    return { receivedAtMs, candidate };
  }

  #parse<T>(line: string, schema: z.ZodType<T>): T {
    const field = CHECK_FIELD.exec(line);
    if (field === null) return this.#refuse(line === '' ? 'is missing: the file was cut off' : 'has no check at its end');
    this.#check = checkAfter(this.#check, `${line.slice(0, field.index)}}`);
    if (!field[0].includes(this.#check)) return this.#refuse('is not as it was written');
    const parsed = schema.safeParse(JSON.parse(line));
    if (parsed.success) return parsed.data;
    const [issue] = parsed.error.issues;
    return this.#refuse(`is of another kind: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`);
  }

  #refuse(why: string): never {
    throw new RecordingFileError(this.#linesRead + 1, why);
  }
}

/** @throws RecordingFileError */
export function readRecording(text: string): RecordingFile {
  const reader = new RecordingReader();
  const received = text.split('\n').flatMap((line) => reader.take(line) ?? []);
  return { header: reader.end(), received };
}
