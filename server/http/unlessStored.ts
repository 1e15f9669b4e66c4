import { ProblemError } from './problem.ts';

/** What is said when there is no space, and nothing was done; and when the store has gone, and nobody knows. */
export interface NotStoredWords {
  readonly full: string;
  readonly lost: string;
}

/** For `catch`: what the store throws has a code and becomes a problem; anything else is a fault and stays one. */
export function unlessStored({ full, lost }: NotStoredWords): (error: unknown) => never {
  return (error) => {
    const code: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, 'code') : undefined;
    if (code === 'full') throw new ProblemError('store-full', full, { headers: { 'Retry-After': '60' } });
    if (code === 'io' || code === 'closed') throw new ProblemError('not-stored', lost, { headers: { 'Retry-After': '5' } });
    throw error;
  };
}
