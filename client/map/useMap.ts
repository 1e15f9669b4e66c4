import { type RefObject, useEffect, useReducer, useRef, useState } from 'react';
import { THEMES, type ThemeName } from '../theme/tokens.ts';
import { createMap, type MapHandle } from './createMap.ts';
import type { DrawingSizes } from './drawingSizes.ts';
import type { Geography } from './geography.ts';
import type { MapHealth } from './mapHealth.ts';
import { FIRST_LIFE, type MapLife, nextLife, REPAIR_LIMIT_MS, retryWaitMs, STEADY_MS, TRY_LIMIT_MS } from './mapLife.ts';
import type { Camera } from './mercator.ts';

export interface MapMaking {
  readonly container: HTMLElement | null;
  readonly geography: Geography | undefined;
  readonly theme: ThemeName;
  readonly sizes: DrawingSizes | undefined;
  readonly interaction: 'none' | 'touch';
  /** Read when the map is made; later movements go through the handle. */
  readonly cameraRef: RefObject<Camera | undefined>;
  readonly onSelectRef: RefObject<((code: string) => void) | undefined>;
  readonly onMoved: (camera: Camera) => void;
  readonly onHealth: ((health: MapHealth) => void) | undefined;
}

/** A lost context may come without its event, so it is asked for as well; twice a second is noticed within one. */
const LOOK_EVERY_MS = 500;

type Drawn = Pick<MapHealth, 'framesDrawn' | 'lastFrameMs' | 'isSoftware'>;
const NOTHING_DRAWN: Drawn = { framesDrawn: 0, lastFrameMs: null, isSoftware: null };

function markPainted(): void {
  document.documentElement.dataset.mapPainted = 'true';
}

/** Tells the health when the map's life turns, and with every look in which it has drawn. */
function useHealthReport(life: MapLife, drawn: RefObject<Drawn>, onHealth: MapMaking['onHealth']): void {
  useEffect(() => {
    if (onHealth === undefined) return undefined;
    let told: Drawn | undefined;
    const tell = () => {
      if (told === drawn.current) return;
      told = drawn.current;
      onHealth({ contextLosses: life.contextLosses, rebuilds: life.rebuilds, isDrawing: life.stage === 'drawing', ...told });
    };
    tell();
    const timer = setInterval(tell, LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, [life, drawn, onHealth]);
}

/**
 * One map for the life of its container: a new one for another theme, edition or size of the page, and whenever the old one can no
 * longer draw. The old one gives its contexts back first.
 */
export function useMap({ container, geography, theme, sizes, interaction, cameraRef, onSelectRef, onMoved, onHealth }: MapMaking): { readonly handle: MapHandle | undefined; readonly life: MapLife } {
  const [handle, setHandle] = useState<MapHandle>();
  const [life, tell] = useReducer(nextLife, FIRST_LIFE);
  const drawn = useRef(NOTHING_DRAWN);
  const isWaiting = life.stage === 'waiting';
  useHealthReport(life, drawn, onHealth);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another try is another map, although nothing it is made of has changed.
  useEffect(() => {
    const camera = cameraRef.current;
    if (isWaiting || container === null || sizes === undefined || camera === undefined || geography === undefined) return undefined;
    tell('begun');
    let created: MapHandle;
    try {
      created = createMap({
        container, geography, colors: THEMES[theme], interaction, camera, lineScale: sizes.lineScale,
        onPainted: markPainted, onDrawn: () => tell('drawn'), onLost: () => tell('lost'),
        onFrame: (lastFrameMs) => { drawn.current = { ...drawn.current, framesDrawn: drawn.current.framesDrawn + 1, lastFrameMs }; },
        onSelect: (code) => onSelectRef.current?.(code), onMoved,
      });
    } catch {
      // The map library throws when the browser gives it no WebGL2 context.
      tell('missing');
      return undefined;
    }
    drawn.current = { ...drawn.current, isSoftware: created.isSoftware };
    setHandle(created);
    return () => {
      setHandle(undefined);
      created.close();
    };
  }, [container, sizes, geography, theme, interaction, cameraRef, onSelectRef, onMoved, isWaiting, life.tryNumber]);

  useEffect(() => {
    if (handle === undefined || isWaiting) return undefined;
    const limitMs = life.stage === 'building' ? TRY_LIMIT_MS : STEADY_MS;
    let lookedMs = 0;
    let framesSeen = drawn.current.framesDrawn;
    const timer = setInterval(() => {
      const isAdvancing = life.stage === 'building' && drawn.current.framesDrawn !== framesSeen;
      framesSeen = drawn.current.framesDrawn;
      // A page that is not shown draws nothing, and that is no failure; nor is a display so slow that frames come one by one.
      if (!document.hidden) lookedMs = isAdvancing ? 0 : lookedMs + LOOK_EVERY_MS;
      if (handle.isLost()) tell('lost');
      else if (lookedMs >= limitMs) tell(life.stage === 'building' ? 'failed' : 'steady');
    }, LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, [handle, isWaiting, life.stage]);

  useEffect(() => {
    if (!isWaiting) return undefined;
    const timer = setTimeout(() => tell('waited'), retryWaitMs(life));
    return () => clearTimeout(timer);
  }, [isWaiting, life]);

  useEffect(() => {
    if (!life.isRepair) return undefined;
    const timer = setTimeout(() => tell('overdue'), REPAIR_LIMIT_MS);
    return () => clearTimeout(timer);
  }, [life.isRepair]);
  return { handle, life };
}
