import { lazy, type ReactNode, Suspense, useCallback, useState } from 'react';
import { useSearchParams } from 'react-router';
import type { WallOptions } from './wallOptions.ts';

/** Without its code, because no server answers, nothing opens and the wall goes on. */
const WallSettings = lazy(() => import('./WallSettings.tsx').catch(() => ({ default: () => null })));

/** The settings of this wall, which a person opens by a key. */
export function useWallSettings(options: WallOptions): { readonly open: () => void; readonly dialog: ReactNode } {
  const [isOpen, setOpen] = useState(false);
  const [, setSearch] = useSearchParams();
  const close = useCallback(() => setOpen(false), []);
  return {
    open: () => setOpen(true),
    dialog: isOpen && <Suspense><WallSettings options={options} onApply={(search) => setSearch(search, { replace: true })} onClose={close} /></Suspense>,
  };
}
