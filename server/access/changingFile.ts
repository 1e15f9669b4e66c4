import { statSync } from 'node:fs';

/** Between two looks at a file that others change. */
const LOOK_EVERY_MS = 250;

export interface ChangingFileOptions<Content> {
  readonly path: string;
  readonly read: (path: string) => Content;
  readonly nowMs: () => number;
  /** Told when the file can no longer be read; what was read before goes on counting. */
  readonly onError: (error: unknown) => void;
  /** Told after each change. */
  readonly onChange?: (before: Content, after: Content) => void;
}

export interface ChangingFile<Content> {
  /** As of a quarter of a second ago at most. */
  current(): Content;
  /** As of now. */
  latest(): Content;
}

/**
 * A file that another process replaces. Its age is looked at, not watched: watching loses a file that is replaced, and says nothing on network
 * folders, whereas a look costs microseconds and cannot be missed.
 * @throws Error as `read` does, when the file is wrong at the start.
 */
export function openChangingFile<Content>({ path, read, nowMs, onError, onChange }: ChangingFileOptions<Content>): ChangingFile<Content> {
  let content = read(path);
  let mark = markOf(path);
  let lookedAtMs = nowMs();

  function look(atMs: number): Content {
    lookedAtMs = atMs;
    try {
      const newMark = markOf(path);
      if (newMark === mark) return content;
      mark = newMark;
      const before = content;
      content = read(path);
      onChange?.(before, content);
    } catch (error) {
      onError(error);
    }
    return content;
  }

  return {
    current: () => {
      const atMs = nowMs();
      return Math.abs(atMs - lookedAtMs) >= LOOK_EVERY_MS ? look(atMs) : content;
    },
    latest: () => look(nowMs()),
  };
}

/** Changes whenever the file is replaced. `null`: there is none. */
function markOf(path: string): string | null {
  const stat = statSync(path, { throwIfNoEntry: false, bigint: true });
  return stat === undefined ? null : `${stat.ino}/${stat.mtimeNs}/${stat.size}`;
}
