import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { RECENT_MS } from '../../../client/store/recentChange.ts';
import { isMotionAllowed } from '../../../client/theme/motion.ts';
import { MOTION } from '../../../client/theme/tokens.ts';

const CLIENT = resolve(import.meta.dirname, '../../../client');

interface Rule { readonly selector: string; readonly property: string; readonly value: string }

/** Every declaration that moves something. Rules inside `@media` and `@supports` are found as well: the innermost braces are the rules. */
function movingRules(css: string): Rule[] {
  const text = css.replace(/\/\*[\s\S]*?\*\//g, '').replace(/@keyframes\s+[\w-]+\s*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}/g, '');
  return [...text.matchAll(/([^{}]+)\{([^{}]*)\}/g)].flatMap(([, selector = '', body = '']) => body.split(';').flatMap((declaration) => {
    const [property = '', value = ''] = declaration.split(/:(.*)/s).map((part) => part.trim());
    return /^(-webkit-)?(animation|transition)(-|$)/.test(property) || property === 'scroll-behavior' ? [{ selector: selector.trim().replace(/\s+/g, ' '), property, value }] : [];
  }));
}

const files = readdirSync(CLIENT, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.css') && !name.startsWith('dist'));
const rules = files.flatMap((name) => movingRules(readFileSync(join(CLIENT, name), 'utf8')));

/** All that moves by CSS (UI.md §7): nothing is added without a line here. The pulse, flights and flow are drawn by the map. */
const LISTED: readonly Rule[] = [
  { selector: "[data-motion='true'] .figure-main[data-before]", property: 'animation', value: `digits-in ${MOTION.valueMs}ms linear` },
  { selector: "[data-motion='true'] .figure-main[data-before]::after", property: 'animation', value: `digits-out ${MOTION.valueMs}ms linear` },
  { selector: ".wall[data-motion='true'] .wall-left, .wall[data-motion='true'] .wall-right", property: 'animation', value: `scene-in ${MOTION.sceneInMs}ms ease-out` },
  { selector: ".wall[data-motion='true']", property: 'transition', value: 'transform 4s ease-in-out' },
  { selector: ".wall[data-motion='true']::after", property: 'transition', value: 'opacity 4s linear' },
];

describe('[MV1] only what the design lists moves, and only where motion is allowed', () => {
  test('the reader of style sheets sees what it must', () => {
    expect(files.length).toBeGreaterThan(5);
    expect(movingRules('@keyframes a { from { opacity: 0; } } @media (x) { .b { color: red; animation: a 1s infinite } } .c { transition-duration: 2s; }')).toEqual([
      { selector: '.b', property: 'animation', value: 'a 1s infinite' }, { selector: '.c', property: 'transition-duration', value: '2s' },
    ]);
  });

  test('every animation and transition of every style sheet is listed', () => {
    const inOrder = (a: Rule, b: Rule) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);
    expect([...rules].sort(inOrder)).toEqual([...LISTED].sort(inOrder));
  });

  test('each asks for motion in every selector it names', () => {
    for (const { selector } of rules) for (const one of selector.split(',')) expect(one).toContain("[data-motion='true']");
  });

  test('motion is off when the system or the address asks for it', () => {
    expect(isMotionAllowed(new URLSearchParams(''), false)).toBe(true);
    expect(isMotionAllowed(new URLSearchParams(''), true)).toBe(false);
    expect(isMotionAllowed(new URLSearchParams('motion=off'), false)).toBe(false);
  });
});

describe('[MV3] what a tick moves makes no layers', () => {
  test('the digits of a figure change colour and nothing else', () => {
    const css = readFileSync(join(CLIENT, 'panels/panels.css'), 'utf8');
    const digits = [...css.matchAll(/@keyframes (digits-\w+)\s*\{((?:[^{}]*\{[^{}]*\})*)/g)];
    expect(digits.map(([, name]) => name)).toEqual(['digits-in', 'digits-out']);
    for (const [, , frames = ''] of digits) for (const [, property] of frames.matchAll(/([\w-]+)\s*:/g)) expect(property).toBe('color');
  });
});

describe('[MV2] nothing flashes', () => {
  test('nothing repeats by CSS; the one thing that does, the pulse of an unacknowledged critical alarm, is slower than once a second', () => {
    for (const { value } of rules) expect(value).not.toMatch(/infinite|\balternate\b|\b[2-9]\d*\b(?!\d*m?s)/);
    // WCAG 2.3.1 allows three a second, UI.md §7 one.
    expect(MOTION.pulseMs).toBeGreaterThanOrEqual(1_000);
  });

  test('figures change at most once a second, and cross-fade in less; their mark lasts as the design says', () => {
    expect(MOTION.valueMs).toBeLessThan(1_000);
    expect(RECENT_MS).toBe(MOTION.recentMarkSec * 1_000);
  });
});
