import { useEffect } from 'react';

/** [AP5] The screen stays on. Browsers give the lock back whenever the page is hidden, and have none outside https and localhost. */
export function useWakeLock(): void {
  useEffect(() => {
    let lock: WakeLockSentinel | null = null;
    let isOver = false;
    const acquire = async () => {
      if (!('wakeLock' in navigator) || document.visibilityState !== 'visible') return;
      try {
        const acquired = await navigator.wakeLock.request('screen');
        if (isOver) await acquired.release();
        else lock = acquired;
      } catch {
        // Refused, as on a flat battery: the system's own settings decide (docs/kiosk.md).
      }
    };
    const handleVisibility = () => void acquire();
    void acquire();
    document.addEventListener('visibilitychange', handleVisibility);
    return () => {
      isOver = true;
      document.removeEventListener('visibilitychange', handleVisibility);
      void lock?.release();
    };
  }, []);
}
