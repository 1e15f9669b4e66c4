import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { ReadingColumns } from '../../shared/domain/readingColumns.ts';

const DECODER = join(import.meta.dirname, '../interop/decode.py');

/** One line of what `test/interop/decode.py` answers; its docstring says which has what. */
interface Answer {
  readonly did: 'begun' | 'read' | 'applied' | 'old' | 'resync' | 'refused';
  readonly why?: string;
  readonly header?: Readonly<Record<string, unknown>>;
  readonly picture?: string;
  readonly integers?: readonly number[];
}

export interface PythonDecoder {
  /** One answer for each line, in order. Rejects with what it said on stderr if the process ends before. */
  ask(...lines: readonly string[]): Promise<Answer[]>;
  stop(): void;
}

/** One process decodes for as long as the test file runs. */
export function startPythonDecoder(python: string): PythonDecoder {
  // -B: nothing compiled is left beside the sources.
  const child = spawn(python, ['-B', DECODER], { stdio: ['pipe', 'pipe', 'pipe'] });
  const waiting: { resolve(answer: Answer): void; reject(error: Error): void }[] = [];
  let said = '';
  let ended: Error | null = null;
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => { said += chunk; });
  // A write after its end is reported by 'close'.
  child.stdin.on('error', () => undefined);
  createInterface({ input: child.stdout }).on('line', (line) => waiting.shift()?.resolve(JSON.parse(line) as Answer));
  const end = (why: string) => {
    ended ??= new Error(`The decoder in Python ended: ${why}\n${said}`);
    for (const { reject } of waiting.splice(0)) reject(ended);
  };
  child.on('error', (error) => end(error.message)).on('close', (code) => end(`exit code ${code}`));
  const askOne = (line: string) => new Promise<Answer>((resolve, reject) => {
    if (ended !== null) return reject(ended);
    waiting.push({ resolve, reject });
    child.stdin.write(`${line}\n`);
  });
  return { ask: (...lines) => Promise.all(lines.map(askOne)), stop: () => { child.stdin.end(); } };
}

export const topicLine = (decimals: Uint8Array): string => `topic ${Buffer.from(decimals).toString('hex')}`;
export const frameLine = (frame: Uint8Array): string => `frame ${Buffer.from(frame).toString('base64')}`;

/** The columns as the decoder in Python writes its own, bit for bit; all that is no number is one NaN. */
export function pictureBytes(columns: ReadingColumns): string {
  const { value, numerator, denominator, observedAtMs, status, membersFresh, membersExpected } = columns;
  const numbers = [value, numerator, denominator, observedAtMs].map((column) => column.map((number) => (Number.isNaN(number) ? Number.NaN : number)));
  const parts = [...numbers, status, membersFresh, membersExpected].map((column) => Buffer.from(column.buffer, column.byteOffset, column.byteLength));
  return Buffer.concat(parts).toString('base64');
}
