export interface KeptAnswers<T> {
  /** The answer to `question` as it was made less than the time of keeping ago, or a new one. Asked twice at once it is made once; one that failed is not kept. */
  get(question: string, nowMs: number, make: () => Promise<T>): Promise<T>;
}

/** Answers that many clients ask for in the same words: the newest `most` of them, each for `keptForMs`. */
export function createKeptAnswers<T>({ keptForMs, most }: { readonly keptForMs: number; readonly most: number }): KeptAnswers<T> {
  const keptByQuestion = new Map<string, { readonly answer: Promise<T>; readonly madeAtMs: number }>();
  return {
    get(question, nowMs, make) {
      const kept = keptByQuestion.get(question);
      // A clock set back would keep it for ever.
      if (kept !== undefined && Math.abs(nowMs - kept.madeAtMs) < keptForMs) return kept.answer;
      keptByQuestion.delete(question);
      const made = { answer: make(), madeAtMs: nowMs };
      keptByQuestion.set(question, made);
      made.answer.catch(() => { if (keptByQuestion.get(question) === made) keptByQuestion.delete(question); });
      const oldest = keptByQuestion.keys().next();
      if (keptByQuestion.size > most && oldest.done !== true) keptByQuestion.delete(oldest.value);
      return made.answer;
    },
  };
}
