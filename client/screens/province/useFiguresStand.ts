import { useEffect, useState } from 'react';
import { useVersion } from '../../store/mirrorHooks.tsx';

/** Without figures the map has nothing to say; it is drawn all the same, and so is the rest. */
const WITHOUT_FIGURES_MS = 2_000;

/** [OF10] True once the figures have been painted, or have not come for long. */
export function useFiguresStand(): boolean {
  const hasFigures = useVersion() > 0;
  const [stands, setStands] = useState(false);
  useEffect(() => {
    let frame = 0;
    // The second frame begins after the first was painted; a timer then lets what is pressed meanwhile go first.
    const afterPaint = () => { frame = requestAnimationFrame(() => { frame = requestAnimationFrame(() => { setTimeout(() => setStands(true)); }); }); };
    if (hasFigures) afterPaint();
    const timer = setTimeout(() => setStands(true), WITHOUT_FIGURES_MS);
    return () => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
    };
  }, [hasFigures]);
  return stands;
}
