import { useCallback, useSyncExternalStore } from 'react';
import type { PaddingPx } from '../../map/mercator.ts';

export type TabletLayout = 'landscape' | 'portrait' | 'phone';

/** The same widths as in province.css. */
const LANDSCAPE = '(min-width: 1000px)';
const PHONE = '(max-width: 599px)';

/** What stands over the map: inset, legend and credits. CSS px. */
export const MAP_PADDING: Readonly<Record<TabletLayout, PaddingPx>> = {
  landscape: { left: 24, top: 24, right: 24, bottom: 222 },
  portrait: { left: 24, top: 24, right: 182, bottom: 92 },
  phone: { left: 12, top: 12, right: 12, bottom: 196 },
};

function readLayout(): TabletLayout {
  if (window.matchMedia(PHONE).matches) return 'phone';
  return window.matchMedia(LANDSCAPE).matches ? 'landscape' : 'portrait';
}

export function useTabletLayout(): TabletLayout {
  const subscribe = useCallback((onChange: () => void) => {
    const queries = [LANDSCAPE, PHONE].map((query) => window.matchMedia(query));
    for (const query of queries) query.addEventListener('change', onChange);
    return () => { for (const query of queries) query.removeEventListener('change', onChange); };
  }, []);
  return useSyncExternalStore(subscribe, readLayout);
}
