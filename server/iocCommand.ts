import type { z } from 'zod';

/** One subject of `npm run ioc`: "token", "user", "audit". */
export interface Command {
  /** How it is said, a line for each verb. */
  readonly usage: string;
  /** Its options; those of `flags` take no word. */
  readonly options: readonly string[];
  readonly flags: readonly string[];
  /** `words`: what comes after the subject. @throws Error to be shown, without the usage, unless it is one of `howItIsSaid` */
  run(words: readonly string[], said: Readonly<Record<string, unknown>>, nowMs: number): void | Promise<void>;
}

interface CommandOptions<Options extends z.ZodObject> extends Pick<Command, 'usage'> {
  readonly options: Options;
  readonly flags?: readonly string[];
  run(words: readonly string[], options: z.output<Options>, nowMs: number): void | Promise<void>;
}

export function defineCommand<Options extends z.ZodObject>({ usage, options, flags = [], run }: CommandOptions<Options>): Command {
  return {
    usage, flags, options: Object.keys(options.shape),
    run(words, said, nowMs) {
      const parsed = options.safeParse(said);
      if (!parsed.success) throw howItIsSaid(parsed.error.issues.map(({ path, message }) => (path.length === 0 ? message : `--${String(path[0])}: ${message}`)).join('\n'), usage);
      return run(words, parsed.data, nowMs);
    },
  };
}

/** What was said wrongly, and how it is said. */
export function howItIsSaid(wrong: string, usage: string): Error {
  return new Error(`${wrong}\nHow it is said:\n${usage}`);
}

export function showTime(atMs: number): string {
  return new Date(atMs).toISOString();
}

/** Rows of words, tabs between them, for people and for `cut`. */
export function printTable(rows: readonly (readonly string[])[]): void {
  process.stdout.write(`${rows.map((row) => row.join('\t')).join('\n')}\n`);
}
