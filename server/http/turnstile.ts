import { ProblemError } from './problem.ts';

export interface TurnstileLimits {
  /** Pieces of work under way at once. */
  readonly atOnce: number;
  /** How many more may wait for their turn; the next is refused. */
  readonly waiting: number;
}

export type Turnstile = <T>(work: () => Promise<T> | T) => Promise<T>;

/**
 * Work enters in the order it came, few at a time. A chart of the nation asks the store 705 questions: two hundred charts at once
 * would hold up every commit behind a hundred thousand of them, and their half-made answers would fill the memory.
 */
export function createTurnstile({ atOnce, waiting }: TurnstileLimits): Turnstile {
  const queue: (() => void)[] = [];
  let inside = 0;
  return async (work) => {
    if (inside < atOnce) inside += 1;
    else if (queue.length < waiting) await new Promise<void>((enter) => { queue.push(enter); });
    else throw new ProblemError('busy', `${waiting} such requests are waiting already. Try again in 2 s.`, { headers: { 'Retry-After': '2' } });
    try {
      return await work();
    } finally {
      // The place goes to the next in line; only without one does it become free.
      const enterNext = queue.shift();
      if (enterNext === undefined) inside -= 1;
      else enterNext();
    }
  };
}
