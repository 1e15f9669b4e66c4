import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useRef, useState } from 'react';
import { SESSION_PATH } from '../../../session/sessionRequests.ts';
import type { AlarmOutcome } from './alarmRequests.ts';

export interface Sending {
  readonly isSending: boolean;
  /** Of the last one; `null`: none, or one is under way. */
  readonly outcome: AlarmOutcome | null;
  /** Resolves with what became of it; `null`: one was under way, and this was not sent. */
  run(send: () => Promise<AlarmOutcome>): Promise<AlarmOutcome | null>;
  forget(): void;
}

/** [DK12] One request at a time: a second press while the first is under way sends nothing. */
export function useSending(): Sending {
  const answers = useQueryClient();
  const isUnderWay = useRef(false);
  const [state, setState] = useState<{ readonly isSending: boolean; readonly outcome: AlarmOutcome | null }>({ isSending: false, outcome: null });
  const run = useCallback(async (send: () => Promise<AlarmOutcome>) => {
    if (isUnderWay.current) return null;
    isUnderWay.current = true;
    setState({ isSending: true, outcome: null });
    const outcome = await send();
    isUnderWay.current = false;
    setState({ isSending: false, outcome });
    if (outcome === 'signed-out') void answers.invalidateQueries({ queryKey: [SESSION_PATH] });
    return outcome;
  }, [answers]);
  const forget = useCallback(() => setState((held) => (held.outcome === null ? held : { ...held, outcome: null })), []);
  return { ...state, run, forget };
}
