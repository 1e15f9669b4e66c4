import { useLayoutEffect } from 'react';
import { useBranding } from '../catalogue/useBranding.ts';
import { applyTheme } from '../theme/themeVariables.ts';
import type { ThemeName } from '../theme/tokens.ts';

/** Colours and text size of the whole page, before its first paint. `bPx`: what panels are multiples of, CSS px. */
export function useScreenTheme(theme: ThemeName, isLinkLost: boolean, bPx: number): void {
  const { accent } = useBranding();
  useLayoutEffect(() => {
    const page = document.documentElement;
    applyTheme(page, theme, isLinkLost, accent);
    page.style.setProperty('--b', `${bPx}px`);
  }, [theme, isLinkLost, bPx, accent]);
}
