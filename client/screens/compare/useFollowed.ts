import { useEffect, useState } from 'react';
import type { z } from 'zod';
import { useAnswer } from '../answers.tsx';

/** [CP7] As long without a new answer, and the page says that what it shows is old; walls say so after 6 s of silence of a closer line. */
const LOST_AFTER_MS = 20_000;

export interface Followed<T> {
  /** The newest answer; `null`: none yet. */
  readonly answer: T | null;
  /** Nothing new is heard. A past moment does not grow old. */
  readonly isLost: boolean;
}

/** Asks again and again, and notices when answers stop. `everyMs` `null`: asked once. */
export function useFollowed<T>(schema: z.ZodType<T>, path: string | null, everyMs: number | null): Followed<T> {
  const query = useAnswer(schema, path, everyMs === null ? {} : { everyMs });
  const [silentSince, setSilentSince] = useState(0);
  const { dataUpdatedAt } = query;
  useEffect(() => {
    if (dataUpdatedAt === 0 || everyMs === null) return undefined;
    const timer = setTimeout(() => setSilentSince(dataUpdatedAt), LOST_AFTER_MS);
    return () => clearTimeout(timer);
  }, [dataUpdatedAt, everyMs]);
  const isSilent = dataUpdatedAt !== 0 && silentSince === dataUpdatedAt;
  return { answer: query.data ?? null, isLost: query.isError || query.fetchStatus === 'paused' || isSilent };
}
