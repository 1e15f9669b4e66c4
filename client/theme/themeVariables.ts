import { DISCONNECTED, THEMES, type ThemeName } from './tokens.ts';

function toKebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** Name → value of every colour variable of a theme: `--ink2`, `--severity-high`, `--ramp-0`, `--channel-online`. */
export function themeVariables(theme: ThemeName, isLinkLost: boolean): ReadonlyMap<string, string> {
  const variables = new Map<string, string>();
  for (const [name, value] of Object.entries(THEMES[theme])) {
    if (typeof value === 'string') {
      variables.set(`--${toKebab(name)}`, value);
      continue;
    }
    for (const [key, color] of Object.entries<string>(value)) variables.set(`--${toKebab(name)}-${key}`, color);
  }
  variables.set('--banner', DISCONNECTED.banner);
  variables.set('--on-banner', DISCONNECTED.onBanner);
  variables.set('--hollow', isLinkLost ? DISCONNECTED.outline : THEMES[theme].ink2);
  // On the light themes the last values stay readable in their own inks; hollow figures, hatch and banner carry the message.
  if (isLinkLost && theme === 'dark') {
    variables.set('--land', DISCONNECTED.land);
    variables.set('--ink', DISCONNECTED.ink);
    variables.set('--ink2', DISCONNECTED.ink2);
    variables.set('--ink3', DISCONNECTED.ink3);
  }
  return variables;
}

/** Colour of focus, links and selection of whose displays these are. The map keeps its own: its colours are measured against each other. The replay keeps its purple. */
export type BrandAccent = Readonly<Record<'dark' | 'light', string>>;

/** Sets the variables through the object model, which a strict `style-src 'self'` allows. */
export function applyTheme(element: HTMLElement, theme: ThemeName, isLinkLost: boolean, accent: BrandAccent | null = null): void {
  for (const [name, value] of themeVariables(theme, isLinkLost)) element.style.setProperty(name, value);
  if (accent !== null && theme !== 'paper') element.style.setProperty('--accent', accent[theme]);
  element.dataset.theme = theme;
  element.dataset.link = isLinkLost ? 'lost' : 'live';
}
