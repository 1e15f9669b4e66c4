import { useEffect } from 'react';
import { useRootAlarms } from '../../../catalogue/RootLocality.tsx';
import { useLink, useNow } from '../../../store/mirrorHooks.tsx';
import { driftAt } from './burnIn.ts';
import { brightnessAt } from './dimming.ts';

const VARIABLES = ['--drift-x', '--drift-y', '--dim'] as const;

/** [AP2] [AP3] The stage wanders by a few pixels and is dimmed at night; `appliance.css` does it from these variables. */
export function useScreenCare(bPx: number): void {
  const { serverNowMs } = useNow();
  const alarms = useRootAlarms();
  const isLinkLive = useLink().state === 'live';
  const { xPx, yPx } = driftAt(serverNowMs, bPx);
  const brightness = brightnessAt(serverNowMs, alarms, isLinkLive);
  useEffect(() => {
    const { style } = document.documentElement;
    style.setProperty('--drift-x', `${xPx}px`);
    style.setProperty('--drift-y', `${yPx}px`);
    style.setProperty('--dim', String(Math.round((1 - brightness) * 100) / 100));
  }, [xPx, yPx, brightness]);
  useEffect(() => () => { for (const variable of VARIABLES) document.documentElement.style.removeProperty(variable); }, []);
}
