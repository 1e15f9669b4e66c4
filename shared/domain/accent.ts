import { contrastRatio } from './contrast.ts';

/** What an accent stands on, and what stands on it, in the theme of the walls and in that of tablets: the themes of the client, which a test compares. */
export const ACCENT_NEIGHBOURS = {
  dark: { bg: '#0B1116', panel: '#111A21', raised: '#18232C', onAccent: '#0A1016' },
  light: { bg: '#EEF1F3', panel: '#FFFFFF', raised: '#F7F9FA', onAccent: '#FFFFFF' },
} as const;

/** An accent is also the colour of links and of words on buttons: text (WCAG 2.2, 1.4.3). */
export const ACCENT_CONTRAST = 4.5;

/** The neighbour an accent is hardest to tell from, when that is too hard to read; `null`: it can be read everywhere. */
export function accentFault(theme: keyof typeof ACCENT_NEIGHBOURS, accent: string): { readonly neighbour: string; readonly ratio: number } | null {
  const ratios = Object.values(ACCENT_NEIGHBOURS[theme]).map((neighbour) => ({ neighbour, ratio: contrastRatio(accent, neighbour) }));
  const worst = ratios.reduce((low, next) => (next.ratio < low.ratio ? next : low));
  return worst.ratio < ACCENT_CONTRAST ? worst : null;
}
