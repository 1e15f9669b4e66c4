import { describe, expect, test } from 'vitest';
import { cacheNameOf, cachesToDelete, isPageOf, wayOf } from '../../../client/offline/shell.ts';
import { shellOf } from '../../../client/offline/shellOf.ts';

const ORIGIN = 'https://ioc.example';
const visit = (path: string) => wayOf({ method: 'GET', mode: 'navigate', url: ORIGIN + path }, ORIGIN);
const ask = (path: string, method = 'GET') => wayOf({ method, mode: 'cors', url: path.startsWith('/') ? ORIGIN + path : path }, ORIGIN);

describe('[OF3] what the worker answers', () => {
  test.each(['/', '/?lang=en', '/province/68', '/province/68?unit=672', '/province/68/'])('a copy stands in for %s', (path) => expect(visit(path)).toBe('page'));
  test.each(['/wall', '/wall?root=68', '/desk', '/desk/load', '/demo', '/feeds', '/province/xx', '/api/v1/openapi.json'])('never for %s', (path) => expect(visit(path)).toBe('network'));
  test('parts of a build are told by the hash in their name', () => {
    expect(ask('/assets/index-B7x2kQ9a.js')).toBe('file');
    expect(ask('/assets/index.js')).toBe('network');
    expect(ask('/icon.svg')).toBe('network');
  });
  test.each(['/api/v1/channels', '/api/v1/branding/emblem?v=assets', '/rt/?EIO=4', '/healthz', '/sw.js', '/manifest.webmanifest', 'https://elsewhere.example/assets/index-B7x2kQ9a.js'])('nothing that could be out of date or of others: %s', (path) => expect(ask(path)).toBe('network'));
  test('nothing that is sent', () => expect(ask('/assets/index-B7x2kQ9a.js', 'POST')).toBe('network'));
});

describe('[OF4] one build at a time', () => {
  const manifest = {
    'index.html': { file: 'assets/index-AAAAAAAA.js', isEntry: true, imports: ['_shared.js'], css: ['assets/index-BBBBBBBB.css'], assets: ['assets/font-CCCCCCCC.woff2'], dynamicImports: ['screens/province/ProvinceScreen.tsx', 'screens/wall/WallScreen.tsx'] },
    '_shared.js': { file: 'assets/shared-DDDDDDDD.js', imports: ['index.html'] },
    'screens/province/ProvinceScreen.tsx': { file: 'assets/ProvinceScreen-EEEEEEEE.js', dynamicImports: ['map/MapView.tsx'] },
    'screens/wall/WallScreen.tsx': { file: 'assets/WallScreen-FFFFFFFF.js', imports: ['_wall.js'] },
    '_wall.js': { file: 'assets/wall-GGGGGGGG.js' },
    'map/MapView.tsx': { file: 'assets/MapView-HHHHHHHH.js', assets: ['assets/worker-IIIIIIII.mjs'] },
  };

  test('[OF2] it holds all that the kept screens may ask for, and nothing of the wall alone', () => {
    expect(shellOf('b1', manifest)).toEqual({
      buildId: 'b1', entry: '/assets/index-AAAAAAAA.js',
      files: ['/assets/MapView-HHHHHHHH.js', '/assets/ProvinceScreen-EEEEEEEE.js', '/assets/font-CCCCCCCC.woff2', '/assets/index-AAAAAAAA.js', '/assets/index-BBBBBBBB.css', '/assets/shared-DDDDDDDD.js', '/assets/worker-IIIIIIII.mjs'],
    });
  });

  test('a page of another build is not taken for its own', () => {
    const shell = shellOf('b1', manifest);
    expect(isPageOf('<script type="module" src="/assets/index-AAAAAAAA.js">', shell)).toBe(true);
    expect(isPageOf('<script type="module" src="/assets/index-AAAAAAAB.js">', shell)).toBe(false);
  });

  test('this build and the one before are kept, for pages that are still open; nobody else’s caches are touched', () => {
    const names = ['theirs', ...['b1', 'b2', 'b3'].map(cacheNameOf)];
    expect(cachesToDelete(names)).toEqual([cacheNameOf('b1')]);
    expect(cachesToDelete(names.slice(0, 3))).toEqual([]);
  });

  test('what is no build manifest is refused', () => expect(() => shellOf('b1', { a: { file: 'a.js' } })).toThrow(/no entry/));
});
