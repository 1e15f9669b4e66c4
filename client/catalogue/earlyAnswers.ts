import type { FetchJson } from './loadCatalogue.ts';

interface EarlyAnswer {
  readonly answer: Promise<unknown>;
  readonly abort: AbortController;
}

const earlyAnswers = new Map<string, EarlyAnswer>();

async function askServer(path: string, signal: AbortSignal): Promise<unknown> {
  const response = await fetch(path, { signal, headers: { accept: 'application/json' } });
  if (!response.ok) throw new Error(`${path} was answered with ${response.status} ${response.statusText}; expected 200.`);
  return response.json();
}

/** Asks for what code that is still to come will ask for. */
export function askEarly(path: string): void {
  const abort = new AbortController();
  const answer = askServer(path, abort.signal);
  // Told to whoever asks for it.
  answer.catch(() => {});
  earlyAnswers.set(path, { answer, abort });
}

/** The answer that was asked for early, once; after that, and of everything else, a new one. */
export const fetchFromServer: FetchJson = (path, signal) => {
  const early = earlyAnswers.get(path);
  if (early === undefined) return askServer(path, signal);
  earlyAnswers.delete(path);
  if (signal.aborted) early.abort.abort(signal.reason);
  else signal.addEventListener('abort', () => early.abort.abort(signal.reason), { once: true });
  return early.answer;
};
