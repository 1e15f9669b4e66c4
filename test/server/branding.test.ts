import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { readBranding } from '../../server/branding.ts';
import { ACCENT_CONTRAST, ACCENT_NEIGHBOURS, accentFault } from '../../shared/domain/accent.ts';
import { contrastRatio } from '../../shared/domain/contrast.ts';
import { realTable } from '../support/aCatalogue.ts';
import { listen } from './http/listen.ts';

const EMBLEM = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path d="M0 0h8v8z"/></svg>';
const GOOD = { title: { vi: 'IOC tỉnh Hưng Yên', en: 'IOC of Hưng Yên' }, emblem: 'emblem.svg', homeLocality: '33', accent: { dark: '#FFD166', light: '#7A1F2B' } };

/** The file and an emblem beside it, gone when the test ends. */
function aBrandFile(content: unknown, emblem: string | Buffer = EMBLEM): string {
  const folder = mkdtempSync(join(tmpdir(), 'ioc-brand-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'emblem.svg'), emblem);
  writeFileSync(join(folder, 'emblem.png'), emblem);
  writeFileSync(join(folder, 'brand.json'), typeof content === 'string' ? content : JSON.stringify(content));
  return join(folder, 'brand.json');
}
const read = (path: string | undefined) => readBranding(path, '2021', realTable('2021').localities);

describe('[BN1] whose displays these are', () => {
  test('is what the file says, and nobody’s without a file', async () => {
    const branding = read(aBrandFile(GOOD));
    expect(branding.dto).toMatchObject({ title: GOOD.title, shortTitle: GOOD.title, homeLocality: '33', accent: GOOD.accent });
    expect(read(undefined).dto).toEqual({ title: null, shortTitle: null, emblem: null, homeLocality: null, accent: null });

    const { url } = await listen({ branding });
    expect(await (await fetch(`${url}/api/v1/branding`)).json()).toEqual(branding.dto);
    const emblem = await fetch(url + branding.dto.emblem);
    expect([emblem.headers.get('Content-Type'), await emblem.text()]).toEqual(['image/svg+xml', EMBLEM]);
    expect(emblem.headers.get('Content-Security-Policy')).toMatch(/default-src 'none'.*sandbox/);
  });

  test('without an emblem there is none to be had', async () => {
    const { url } = await listen();
    expect((await fetch(`${url}/api/v1/branding/emblem`)).status).toBe(404);
  });

  test('another picture has another address', () => {
    expect(read(aBrandFile(GOOD)).dto.emblem).not.toBe(read(aBrandFile(GOOD, EMBLEM.replace('v8', 'v7'))).dto.emblem);
  });
});

describe('[BN2] what cannot be used stops the start and says what, where and why', () => {
  test.each([
    ['no JSON', '{', /brand\.json" cannot be used: it is not JSON/],
    ['a name it does not know', { ...GOOD, colour: '#fff' }, /colour/],
    ['no title', { emblem: 'emblem.svg' }, /title: /],
    ['a long title without a short one', { title: { vi: 'Trung tâm điều hành thông minh tỉnh Hưng Yên', en: 'IOC' } }, /title "Trung tâm điều hành thông minh tỉnh Hưng Yên" is longer.*shortTitle of at most 24/],
    ['a place of no such code', { ...GOOD, homeLocality: '99' }, /homeLocality "99"; expected the code of a province of edition 2021/],
    ['a district as home', { ...GOOD, homeLocality: '323' }, /homeLocality "323"/],
    ['a colour that is none', { ...GOOD, accent: { dark: 'red', light: '#7A1F2B' } }, /accent\.dark: expected "#RRGGBB"/],
    ['an accent too dark for walls', { ...GOOD, accent: { dark: '#7A1F2B', light: '#7A1F2B' } }, /accent\.dark #7A1F2B: contrast 1\.\d\d with #.*expected at least 4\.5/],
    ['an accent too light for tablets', { ...GOOD, accent: { dark: '#FFD166', light: '#FFD166' } }, /accent\.light #FFD166: contrast/],
    ['an emblem in another folder', { ...GOOD, emblem: '../emblem.svg' }, /emblem: expected the name of/],
    ['an emblem that is not there', { ...GOOD, emblem: 'other.svg' }, /emblem "other\.svg" cannot be read/],
    ['a PNG that is none', { ...GOOD, emblem: 'emblem.png' }, /emblem "emblem\.png": not a PNG/],
  ])('%s', (_what, content, message) => {
    expect(() => read(aBrandFile(content))).toThrow(message);
  });

  test('a file that is not there', () => {
    expect(() => read('/nowhere/brand.json')).toThrow(/IOC_BRAND="\/nowhere\/brand\.json" cannot be used: it cannot be read/);
  });

  test.each([
    ['a script', EMBLEM.replace('<path', '<script>alert(1)</script><path'), /"<script"/],
    ['a handler', EMBLEM.replace('<path', '<path onload="alert(1)"'), /"onload="/],
    ['something from elsewhere', EMBLEM.replace('<path d', '<image href="https://elsewhere.example/x.png"/><path d'), /"href=/],
    ['a style from elsewhere', EMBLEM.replace('<path d', '<style>@import "https://elsewhere.example/x.css"</style><path d'), /"@import"/],
    ['a page of another kind', '<html><svg></svg></html>', /not an SVG/],
    ['too large', EMBLEM + ' '.repeat(256 * 1024), /expected at most 262144/],
  ])('an SVG with %s', (_what, emblem, message) => {
    expect(() => read(aBrandFile(GOOD, emblem))).toThrow(message);
  });

  test('an accent is refused just when some neighbour is too near to it', () => {
    const hex = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, '0')}`);
    fc.assert(fc.property(hex, fc.constantFrom('dark' as const, 'light' as const), (accent, theme) => {
      const lowest = Math.min(...Object.values(ACCENT_NEIGHBOURS[theme]).map((neighbour) => contrastRatio(neighbour, accent)));
      expect(accentFault(theme, accent)?.ratio ?? null).toBe(lowest < ACCENT_CONTRAST ? lowest : null);
    }));
  });
});
