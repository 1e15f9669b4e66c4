import { describe, expect, test } from 'vitest';
import { type SeverityName, THEMES, type ThemeName } from '../../../client/theme/tokens.ts';
import { themeVariables } from '../../../client/theme/themeVariables.ts';
import { colorDistance, contrastRatio, luminanceOf, type Vision } from '../../support/colorDistance.ts';

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
  test.each(NAMES)('inks of %s on background and panel: at least 4.5', (theme) => {
    const { ink, ink2, ink3, bg, panel } = THEMES[theme];
    for (const text of [ink, ink2, ink3]) for (const ground of [bg, panel]) expect(contrastRatio(text, ground)).toBeGreaterThanOrEqual(4.5);
  });

  test.each((['dark', 'light'] as const).flatMap((theme) => (Object.keys(THEMES[theme].severity) as SeverityName[]).map((severity) => ({ theme, severity }))))('the digit in a $severity symbol of $theme: at least 3', ({ theme, severity }) => {
    expect(contrastRatio(THEMES[theme].onSeverity, THEMES[theme].severity[severity])).toBeGreaterThanOrEqual(3);
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
