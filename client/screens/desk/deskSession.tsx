import { createContext, type ReactNode, useContext } from 'react';
import type { SessionDto } from '../../../shared/protocol/session.ts';
import { useLink } from '../../store/mirrorHooks.tsx';

export interface DeskSession {
  /** `null`: nobody is signed in. */
  readonly person: SessionDto['person'];
  /** Opens what signs a person in. */
  readonly askSignIn: () => void;
}

const SessionContext = createContext<DeskSession>({ person: null, askSignIn: () => {} });

/** Who sits at this desk. */
export function DeskSessionProvider({ session, children }: { readonly session: DeskSession; readonly children: ReactNode }) {
  return <SessionContext value={session}>{children}</SessionContext>;
}

export function useDeskSession(): DeskSession {
  return useContext(SessionContext);
}

/** Why nobody can act on alarms here now; `null`: somebody can. */
export type Hindrance = 'offline' | 'signIn' | 'viewer';

/** [DK10] A lost link goes first: it helps nobody to sign in then. */
export function useHindrance(): Hindrance | null {
  const { person } = useDeskSession();
  const link = useLink();
  if (link.state !== 'live') return 'offline';
  if (person === null) return 'signIn';
  return person.role === 'operator' ? null : 'viewer';
}
