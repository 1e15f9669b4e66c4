import { useQueryClient } from '@tanstack/react-query';
import { SessionDto, type SignInDto } from '../../shared/protocol/session.ts';
import { useAnswer } from '../screens/answers.tsx';
import { SESSION_PATH, type SignInOutcome, signIn, signOut } from './sessionRequests.ts';

/** Asking does not make a session last on, so a page may look as often as people would notice. */
const LOOK_EVERY_MS = 30_000;

const NOBODY: SessionDto = { person: null, idleEndsAtMs: null };

export interface SessionHere {
  /** Who is signed in on this machine; `null`: nobody, or it is not known yet. */
  readonly person: SessionDto['person'];
  readonly isKnown: boolean;
  readonly signIn: (asked: SignInDto, newPassword: string | null) => Promise<SignInOutcome>;
  /** `false`: the server did not answer. */
  readonly signOut: () => Promise<boolean>;
}

/** Within an `AnswersProvider`. All that ask share one answer. */
export function useSession(): SessionHere {
  const answers = useQueryClient();
  const { data } = useAnswer(SessionDto, SESSION_PATH, { everyMs: LOOK_EVERY_MS });
  const hold = async (session: SessionDto) => {
    // An answer that is still on its way is of before.
    await answers.cancelQueries({ queryKey: [SESSION_PATH] });
    answers.setQueryData([SESSION_PATH], session);
  };
  return {
    person: data?.person ?? null,
    isKnown: data !== undefined,
    async signIn(asked, newPassword) {
      const outcome = await signIn(asked, newPassword);
      if (outcome.kind === 'done') await hold(outcome.session);
      return outcome;
    },
    async signOut() {
      const isDone = await signOut();
      if (isDone) await hold(NOBODY);
      return isDone;
    },
  };
}
