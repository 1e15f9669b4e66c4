import { useEffect } from 'react';

const IDLE_AFTER_MS = 3_000;

/** [AP4] The pointer is seen while it moves, and for three seconds after. */
export function useIdleCursor(): void {
  useEffect(() => {
    const { dataset } = document.documentElement;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const handleMove = () => {
      dataset.cursor = 'moving';
      clearTimeout(timer);
      timer = setTimeout(() => { delete dataset.cursor; }, IDLE_AFTER_MS);
    };
    window.addEventListener('pointermove', handleMove);
    return () => {
      window.removeEventListener('pointermove', handleMove);
      clearTimeout(timer);
      delete dataset.cursor;
    };
  }, []);
}
