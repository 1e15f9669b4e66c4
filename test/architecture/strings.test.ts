import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseSync } from 'vite';
import { describe, expect, test } from 'vitest';
import vi from '../../client/i18n/vi.json' with { type: 'json' };

const CLIENT = resolve(import.meta.dirname, '../../client');
const LETTER = /\p{L}/u;
const LETTER_BEYOND_ASCII = /[^\P{L}A-Za-z]/u;
/** Attributes whose text a person sees or hears. */
const SHOWN_ATTRIBUTES: ReadonlySet<string> = new Set(['aria-label', 'aria-description', 'aria-valuetext', 'title', 'placeholder', 'alt', 'label', 'description', 'errorMessage']);
/** Vietnamese that nobody reads on a screen. */
const MAY_NAME: Readonly<Record<string, string>> = {
  'theme/fonts.ts': 'letters that make the browser fetch the Vietnamese part of a font',
  'screens/home/searchLocalities.ts': 'the one letter that a search has to fold by itself',
  'screens/province/FigureCard.tsx': 'units of the catalogue of indicators, to compare with',
  'screens/province/bar/TopBar.tsx': 'kinds of units in the list of localities, to put in order',
};

interface Node { readonly type: string; readonly start: number; readonly [field: string]: unknown }
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && 'type' in value;

function childrenOf(node: Node): Node[] {
  return Object.values(node).flatMap((value) => (Array.isArray(value) ? value : [value])).filter(isNode);
}

function everyNode(root: Node): Node[] {
  return [root, ...childrenOf(root).flatMap(everyNode)];
}

function literalTexts(node: Node): { readonly text: string; readonly start: number }[] {
  if (node.type === 'Literal') return typeof node.value === 'string' ? [{ text: node.value, start: node.start }] : [];
  if (node.type === 'TemplateElement') return [{ text: (node.value as { readonly cooked: string }).cooked, start: node.start }];
  return [];
}

/** Literals that an expression comes to, not those that it only compares or passes on. */
function resultsOf(node: Node): { readonly text: string; readonly start: number }[] {
  if (node.type === 'ConditionalExpression') return [node.consequent, node.alternate].filter(isNode).flatMap(resultsOf);
  if (node.type === 'LogicalExpression') return [node.left, node.right].filter(isNode).flatMap(resultsOf);
  if (node.type === 'TemplateLiteral') return (node.quasis as Node[]).flatMap(literalTexts);
  return literalTexts(node);
}

function shownTexts(node: Node): { readonly text: string; readonly start: number }[] {
  if (node.type === 'JSXText') return [{ text: String(node.value), start: node.start }];
  const isElement = node.type === 'JSXElement' || node.type === 'JSXFragment';
  const contained = isElement ? node.children as Node[] : [];
  const attribute = node.type === 'JSXAttribute' && SHOWN_ATTRIBUTES.has(String((node.name as Node).name)) && isNode(node.value) ? [node.value] : [];
  return [...contained, ...attribute].flatMap((child) => (child.type === 'JSXExpressionContainer' ? resultsOf(child.expression as Node) : literalTexts(child)));
}

/** "file:line text" of everything a person reads that is not from a catalogue. */
function stringsOutside(file: string, text: string): string[] {
  const nodes = everyNode(parseSync(file, text).program as unknown as Node);
  const shown = nodes.flatMap(shownTexts).filter((found) => LETTER.test(found.text));
  const foreign = file in MAY_NAME ? [] : nodes.flatMap(literalTexts).filter((found) => LETTER_BEYOND_ASCII.test(found.text));
  return [...new Set([...shown, ...foreign].map((found) => `${file}:${text.slice(0, found.start).split('\n').length} ${found.text.trim()}`))];
}

const sources = readdirSync(CLIENT, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file) && !file.startsWith('dist') && file !== 'build.ts')
  .map((file) => ({ file, text: readFileSync(join(CLIENT, file), 'utf8') }));

describe('[I18N6] every word that a person reads is in the catalogues', () => {
  test.each([
    ['<p>Hello</p>', 'Hello'], ['<p>{isOn ? "On" : t("off")}</p>', 'On'], [`<p>{isOn && \`now \${n}\`}</p>`, 'now'], ['<input aria-label="Search" />', 'Search'], ['f("Tỉnh")', 'Tỉnh'],
  ])('a planted one is seen: %s', (code, said) => {
    expect(stringsOutside('x.tsx', `const a = ${code};`)).toEqual([`x.tsx:1 ${said}`]);
  });

  test('what is only a name for the program is not', () => {
    expect(stringsOutside('x.tsx', 'const a = <p className="quiet" role="alert" data-x={b === "c" ? d : e}>{t("a.b")} · {f("g")}</p>;')).toEqual([]);
  });

  test('there is none', () => {
    expect(sources.length).toBeGreaterThan(100);
    expect(sources.flatMap(({ file, text }) => stringsOutside(file, text))).toEqual([]);
  });
});

function keysOf(node: object, path = ''): string[] {
  return Object.entries(node).flatMap(([key, child]) => (typeof child === 'string' ? [`${path}${key}`] : keysOf(child as object, `${path}${key}.`)));
}

/** Whether some code says this key, whole or as a template ("age.${unit}"); a plural is said without its ending. */
function saidKeys(): (key: string) => boolean {
  const whole = new Set<string>();
  const templates: RegExp[] = [];
  for (const { file, text } of sources) {
    for (const node of everyNode(parseSync(file, text).program as unknown as Node)) {
      for (const { text: said } of literalTexts(node)) whole.add(said);
      if (node.type !== 'TemplateLiteral') continue;
      const parts = (node.quasis as Node[]).flatMap(literalTexts).map((part) => part.text);
      if (/^[a-z]\w*\./i.test(parts[0] ?? '')) templates.push(new RegExp(`^${parts.map((part) => part.replaceAll('.', '\\.')).join('[\\w-]+')}$`));
    }
  }
  return (key) => whole.has(key) || templates.some((template) => template.test(key));
}

describe('[I18N7] nothing is in the catalogues that nobody says', () => {
  test('every key', () => {
    const isSaid = saidKeys();
    expect(isSaid('nobody.says.this')).toBe(false);
    expect(keysOf(vi).filter((key) => !isSaid(key) && !isSaid(key.replace(/_(zero|one|two|few|many|other)$/, '')))).toEqual([]);
  });
});
