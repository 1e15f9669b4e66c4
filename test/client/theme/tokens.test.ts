import { describe, expect, test } from 'vitest';
import { DISCONNECTED, type SeverityName, THEMES, type ThemeName } from '../../../client/theme/tokens.ts';
import { themeVariables } from '../../../client/theme/themeVariables.ts';
import { ACCENT_NEIGHBOURS } from '../../../shared/domain/accent.ts';
import { contrastRatio, luminanceOf } from '../../../shared/domain/contrast.ts';
import { colorDistance, type Vision } from '../../support/colorDistance.ts';

const VISIONS: readonly Vision[] = ['normal', 'deutan', 'protan', 'tritan'];
const NAMES: readonly ThemeName[] = ['dark', 'light', 'paper'];

function smallestDistance(pairs: readonly (readonly [string, string])[], vision: Vision): number {
  return Math.min(...pairs.map(([a, b]) => colorDistance(a, b, vision)));
}

describe('[TH1] colours stay apart for eyes that see fewer of them', () => {
  test('the yardstick itself: published CIEDE2000 of two colours, and black against white', () => {
    expect(colorDistance('#000000', '#FFFFFF', 'normal')).toBeCloseTo(100, 1);
    expect(colorDistance('#FF0000', '#00FF00', 'normal')).toBeCloseTo(86.61, 1);
    expect(colorDistance('#D00000', '#5A7000', 'deutan')).toBeLessThan(colorDistance('#D00000', '#5A7000', 'normal'));
  });

  test('and the design’s own table comes out of it', () => {
    const colors = Object.values(THEMES.dark.severity);
    const pairs = colors.flatMap((a, i) => colors.slice(i + 1).map((b) => [a, b] as const));
    const table = VISIONS.map((vision) => smallestDistance(pairs, vision));
    expect(table.map((distance) => distance.toFixed(1))).toEqual(['27.0', '12.6', '16.1', '14.9']);
  });

  // 9 to the one decimal the table is printed with.
  test.each((['dark', 'light'] as const).flatMap((theme) => VISIONS.map((vision) => ({ theme, vision }))))('any two severities, $theme, $vision: at least 9', ({ theme, vision }) => {
    const colors = Object.values(THEMES[theme].severity);
    const pairs = colors.flatMap((a, i) => colors.slice(i + 1).map((b) => [a, b] as const));
    expect(smallestDistance(pairs, vision)).toBeGreaterThanOrEqual(8.95);
  });

  test.each(NAMES.flatMap((theme) => VISIONS.map((vision) => ({ theme, vision }))))('neighbouring classes, $theme, $vision: at least 8', ({ theme, vision }) => {
    const { ramp } = THEMES[theme];
    expect(smallestDistance(ramp.slice(1).map((color, i) => [ramp[i]!, color] as const), vision)).toBeGreaterThanOrEqual(8);
  });

  test.each(NAMES)('classes of %s go one way in lightness, so that grey tells them apart too', (theme) => {
    const lights = THEMES[theme].ramp.map(luminanceOf);
    const direction = Math.sign(lights[1]! - lights[0]!);
    for (let i = 1; i < lights.length; i++) expect(Math.sign(lights[i]! - lights[i - 1]!)).toBe(direction);
  });
});

describe('[TH2] text can be read', () => {
  test('an accent of the brand is judged against the colours of these themes', () => {
    for (const theme of ['dark', 'light'] as const) expect(THEMES[theme]).toMatchObject(ACCENT_NEIGHBOURS[theme]);
  });

  test.each(NAMES)('inks of %s on background and panel: at least 4.5', (theme) => {
    const { ink, ink2, ink3, bg, panel } = THEMES[theme];
    for (const text of [ink, ink2, ink3]) for (const ground of [bg, panel]) expect(contrastRatio(text, ground)).toBeGreaterThanOrEqual(4.5);
  });

  test.each((['dark', 'light'] as const).flatMap((theme) => (Object.keys(THEMES[theme].severity) as SeverityName[]).map((severity) => ({ theme, severity }))))('the digit in a $severity symbol of $theme: at least 3', ({ theme, severity }) => {
    expect(contrastRatio(THEMES[theme].onSeverity, THEMES[theme].severity[severity])).toBeGreaterThanOrEqual(3);
  });
});

/** Ratios as printed in UI.md §5: on background, panel and land of the dark theme, on background of the others. */
const PRINTED = {
  dark: {
    ink: [17.0, 15.7, 11.6], ink2: [10.3, 9.6, 7.1], ink3: [6.5, 6.0, 4.4], accent: [9.7, 9.0, 6.7], critical: [5.8, 5.3, 3.9], high: [10.5, 9.7, 7.2],
    medium: [15.9, 14.8, 10.9], low: [6.5, 6.0, 4.4], unknown: [12.4, 11.5, 8.5],
  },
  light: { ink: [14.4], ink2: [6.9], ink3: [4.8], accent: [5.4], critical: [8.7], high: [5.6], medium: [4.5], low: [6.9], unknown: [11.6] },
  paper: { ink: [12.9], ink2: [6.9], ink3: [5.2], accent: [8.0] },
} as const;

describe('[TH4] the design’s contrast tables come out of the tokens', () => {
  const rows = NAMES.flatMap((theme) => Object.entries<readonly number[]>(PRINTED[theme]).map(([token, printed]) => ({ theme, token, printed })));
  const colorOf = (theme: ThemeName, token: string) => ({ ...THEMES[theme].severity, ink: THEMES[theme].ink, ink2: THEMES[theme].ink2, ink3: THEMES[theme].ink3, accent: THEMES[theme].accent })[token as SeverityName];

  test.each(rows)('$token of $theme: $printed, text on its ground at least 4.5, a mark on land at least 3', ({ theme, token, printed }) => {
    const { bg, panel, land } = THEMES[theme];
    const ratios = [bg, panel, land].map((ground) => contrastRatio(colorOf(theme, token), ground));
    expect(ratios.slice(0, printed.length).map((ratio) => ratio.toFixed(1))).toEqual(printed.map((ratio) => ratio.toFixed(1)));
    expect(Number(ratios[0]!.toFixed(1))).toBeGreaterThanOrEqual(4.5);
    expect(ratios[1]).toBeGreaterThanOrEqual(4.5);
    expect(ratios[2]).toBeGreaterThanOrEqual(3);
  });

  test('what stands on the accent and on the banner of a lost link', () => {
    expect(contrastRatio(THEMES.light.onAccent, THEMES.light.accent).toFixed(1)).toBe('6.1');
    expect(contrastRatio(THEMES.paper.onAccent, THEMES.paper.accent).toFixed(1)).toBe('9.9');
    expect(contrastRatio(DISCONNECTED.banner, DISCONNECTED.onBanner).toFixed(1)).toBe('17.3');
  });
});

describe('[TH3] panels and map take their colours from one place', () => {
  test('every colour of a theme is a CSS variable, and no two themes lack one another’s', () => {
    const [dark, light, paper] = NAMES.map((name) => [...themeVariables(name, false).keys()].sort());
    expect(dark).toEqual(light);
    expect(dark).toEqual(paper);
    expect(themeVariables('dark', false).get('--ramp-4')).toBe(THEMES.dark.ramp[4]);
    expect(themeVariables('dark', false).get('--focus-fill')).toBe(THEMES.dark.focusFill);
    expect(themeVariables('dark', false).get('--severity-high')).toBe(THEMES.dark.severity.high);
  });

  test('a lost link dims the inks of the wall', () => {
    expect(themeVariables('dark', true).get('--ink')).not.toBe(themeVariables('dark', false).get('--ink'));
  });
});
