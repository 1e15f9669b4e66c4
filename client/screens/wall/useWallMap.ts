import { type ComponentType, useEffect, useState } from 'react';
import { MapTable } from './MapTable.tsx';
import type { WallMapProps } from './WallMap.tsx';

interface WallMapCode {
  /** `null`: on its way. */
  readonly WallMap: ComponentType<WallMapProps> | null;
  readonly isMissing: boolean;
}

/** The map's code, a chunk of its own. A wall that has no answer for it shows a table, until the page is taken anew: browsers remember that an import failed. */
export function useWallMap(): WallMapCode {
  const [code, setCode] = useState<WallMapCode>({ WallMap: null, isMissing: false });
  useEffect(() => {
    let isCurrent = true;
    import('./WallMap.tsx').then(
      ({ default: WallMap }) => { if (isCurrent) setCode({ WallMap, isMissing: false }); },
      () => { if (isCurrent) setCode({ WallMap: MapTable, isMissing: true }); },
    );
    return () => { isCurrent = false; };
  }, []);
  return code;
}
