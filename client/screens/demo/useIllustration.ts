import { useCallback, useEffect } from 'react';
import { useSearchParams } from 'react-router';
import { isTyping } from '../isTyping.ts';

const PARAMETER = 'illustrate';

export interface Illustration {
  readonly isOn: boolean;
  toggle(): void;
}

/** [IL5] The layer of figures that no document states: off until the address (`?illustrate=1`) or key I asks for it. */
export function useIllustration(): Illustration {
  const [search, setSearch] = useSearchParams();
  const isOn = search.get(PARAMETER) === '1';
  const toggle = useCallback(() => {
    setSearch((held) => {
      const next = new URLSearchParams(held);
      if (next.get(PARAMETER) === '1') next.delete(PARAMETER);
      else next.set(PARAMETER, '1');
      return next;
    }, { replace: true });
  }, [setSearch]);
  useEffect(() => {
    const handleKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() === 'i' && !event.ctrlKey && !event.metaKey && !event.altKey && !isTyping(event.target)) toggle();
    };
    window.addEventListener('keydown', handleKey);
    return () => window.removeEventListener('keydown', handleKey);
  }, [toggle]);
  return { isOn, toggle };
}
