import { useEffect } from 'react';
import { installWorker } from '../offline/installWorker.ts';

/** The worker asks for the whole build: first the page, then its copy. */
const AFTER_MS = 3_000;

/** On screens that open without a server. `isReady`: they have shown what they were opened for. */
export function useOffline(isReady: boolean): void {
  useEffect(() => {
    if (!isReady) return undefined;
    const timer = setTimeout(() => installWorker(document, navigator), AFTER_MS);
    return () => clearTimeout(timer);
  }, [isReady]);
}
