import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../..');
const IMPORT = /(?:^|[\s;])(?:import|export)\s[^'";]*?from\s*['"]([^'"]+)['"]|import\s*['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)|new URL\(\s*['"](\.[^'"]+)['"]\s*,\s*import\.meta\.url/gm;

/**
 * What each folder may import of this project. A longer folder name wins over a shorter one.
 * Packages are checked below.
 */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  'shared/domain': ['shared/domain'],
  'shared/protocol': ['shared/domain', 'shared/protocol'],
  'shared/frame': ['shared/domain', 'shared/protocol', 'shared/frame'],
  'shared/playback': ['shared/domain', 'shared/protocol', 'shared/playback'],
  'server/ports': ['shared', 'server/ports'],
  'server/players': ['shared', 'server/ports', 'server/players'],
  'server/ingest': ['shared', 'server/ports', 'server/ingest'],
  'server/storage': ['shared', 'server/ports', 'server/storage'],
  'server/log': ['shared', 'server/ports', 'server/storage', 'server/log'],
  'server/state': ['shared', 'server/ports', 'server/state'],
  'server/history': ['shared', 'server/ports', 'server/storage', 'server/history'],
  'server/rooms': ['shared', 'server/ports', 'server/rooms'],
  'server/cases': ['shared', 'server/ports', 'server/cases'],
  'server/notes': ['shared', 'server/ports', 'server/notes'],
  'server/walls': ['shared', 'server/ports', 'server/walls'],
  'server/access': ['shared', 'server/ports', 'server/access'],
  'server/alarms': ['shared', 'server/ports', 'server/alarms'],
  'server/http': ['shared', 'server/ports', 'server/http'],
  'server/syslog': ['shared', 'server/ports', 'server/syslog'],
  'server/mqtt': ['shared', 'server/ports', 'server/mqtt'],
  'server/outbound': ['shared', 'server/ports', 'server/outbound'],
  'server/sources': ['shared', 'server/ports', 'server/sources'],
  'client/net': ['shared', 'client/net', 'client/store'],
  'client/store': ['shared', 'client/store'],
  'client/sound': ['shared', 'client/sound', 'client/store'],
  'client/theme': ['client/theme'],
  'client/i18n': ['shared', 'client/i18n'],
  'client/layers': ['shared', 'client/layers', 'client/theme', 'client/store'],
  'client/map': ['shared', 'client/map', 'client/layers', 'client/theme', 'client/i18n', 'client/store', 'seeds'],
  'client/panels': ['shared', 'client/panels', 'client/theme', 'client/i18n', 'client/store', 'client/catalogue', 'seeds'],
  'client': ['shared', 'client', 'seeds'],
  'server': ['shared', 'server', 'seeds'],
  'shared': ['shared'],
  'seeds': ['seeds', 'shared'],
};

/** Only these folders may import the package. */
const PACKAGE_HOMES: Readonly<Record<string, readonly string[]>> = {
  'socket.io-client': ['client/net'],
  'maplibre-gl': ['client/map'],
  '@deck.gl': ['client/layers', 'client/map'],
  'socket.io': ['server/rooms', 'server/main.ts'],
  'node:sqlite': ['server/storage', 'server/log', 'server/history', 'server/store.worker.ts', 'server/storeEngine.ts'],
  'mqtt': ['server/mqtt'],
  'express': ['server/http', 'server/main.ts'],
  'react': ['client/page.tsx', 'client/routes.ts', 'client/map', 'client/panels', 'client/screens', 'client/session', 'client/store', 'client/i18n', 'client/theme', 'client/catalogue'],
};

interface Import { readonly file: string; readonly target: string }

function sourceFiles(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|tsx|mts)$/.test(entry.name))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)))
    .filter((file) => !/node_modules|client\/dist/.test(file));
}

/** Paths of this project relative to its root; packages by name. */
function importsOf(file: string, text: string): Import[] {
  return [...text.matchAll(IMPORT)].map((match) => {
    const specifier = (match[1] ?? match[2] ?? match[3] ?? match[4] ?? '').replace(/\?.*$/, '');
    return { file, target: specifier.startsWith('.') ? relative(ROOT, resolve(ROOT, dirname(file), specifier)) : specifier };
  });
}

const isUnder = (path: string, folder: string) => path === folder || path.startsWith(`${folder}/`);
const isOurs = (target: string) => /^(shared|server|client|seeds|test|\.ci)(\/|$)/.test(target);

function homeOf(file: string): string | undefined {
  // The composition roots are where siblings meet.
  if (/^server\/[^/]+\.ts$/.test(file)) return 'server';
  return Object.keys(MAY_IMPORT).filter((folder) => isUnder(file, folder)).sort((a, b) => b.length - a.length)[0];
}

function offendingImports(imports: readonly Import[]): string[] {
  return imports.filter(({ file, target }) => {
    if (isOurs(target)) {
      const home = homeOf(file);
      return home === undefined || !(MAY_IMPORT[home] ?? []).some((folder) => isUnder(target, folder) || target.startsWith(`${folder}.`));
    }
    const homes = Object.entries(PACKAGE_HOMES).find(([name]) => isUnder(target, name))?.[1];
    if (homes !== undefined) return !homes.some((folder) => isUnder(file, folder) || file.startsWith(`${folder}.`));
    return isUnder(file, 'shared') && target !== 'zod';
  }).map(({ file, target }) => `${file} -> ${target}`);
}

const allImports = ['shared', 'server', 'client', 'seeds'].flatMap(sourceFiles)
  .flatMap((file) => importsOf(file, readFileSync(join(ROOT, file), 'utf8')))
  // The geography build has packages of its own.
  .filter(({ file, target }) => !(isUnder(file, 'seeds/geography') && !isOurs(target)));

describe('[AR1] folders import only what they may', () => {
  test('the files were read: a check that sees nothing would pass', () => {
    expect(allImports.length).toBeGreaterThan(50);
  });

  test.each(['shared', 'server', 'client', 'seeds'])('%s', (folder) => {
    expect(offendingImports(allImports.filter(({ file }) => isUnder(file, folder)))).toEqual([]);
  });

  test.each([
    ['server/state/x.ts', `import { a } from '../log/y.ts';`, 'server/state/x.ts -> server/log/y.ts'],
    ['server/http/x.ts', `import type { A } from '../../client/store/y.ts';`, 'server/http/x.ts -> client/store/y.ts'],
    ['shared/domain/x.ts', `import { a } from '../../server/ports/y.ts';`, 'shared/domain/x.ts -> server/ports/y.ts'],
    ['shared/domain/x.ts', `import fs from 'node:fs';`, 'shared/domain/x.ts -> node:fs'],
    ['client/panels/x.tsx', `import maplibregl from 'maplibre-gl';`, 'client/panels/x.tsx -> maplibre-gl'],
    ['client/panels/x.tsx', `const l = import('@deck.gl/layers');`, 'client/panels/x.tsx -> @deck.gl/layers'],
    ['client/layers/x.ts', `import { useMemo } from 'react';`, 'client/layers/x.ts -> react'],
    ['client/store/x.ts', `import { io } from 'socket.io-client';`, 'client/store/x.ts -> socket.io-client'],
    ['server/rooms/x.ts', `export * from '../state/y.ts';`, 'server/rooms/x.ts -> server/state/y.ts'],
  ])('a planted violation in %s is seen', (file, text, offence) => {
    expect(offendingImports(importsOf(file, text))).toEqual([offence]);
  });
});

describe('[AR2] only the composition roots and the net read a clock', () => {
  const CLOCK = /\bDate\.now\(|\bnew Date\(\)|\bperformance\.now\(|\bprocess\.hrtime\b/;
  /** `server/record.ts` and `server/ioc.ts` are roots of commands, `server/socket.worker.ts` of a process, as main.ts is of the server. */
  const MAY_READ = ['server/main.ts', 'server/socket.worker.ts', 'server/record.ts', 'server/ioc.ts', 'client/page.tsx', 'client/net'];

  test('a planted clock is seen', () => {
    expect(CLOCK.test('const t = Date.now();')).toBe(true);
    expect(CLOCK.test('const t = new Date(observedAtMs);')).toBe(false);
  });

  test('no other file does', () => {
    const offenders = ['shared', 'server', 'client'].flatMap(sourceFiles)
      .filter((file) => !MAY_READ.some((place) => isUnder(file, place)))
      .filter((file) => CLOCK.test(readFileSync(join(ROOT, file), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')))
      .filter((file) => file !== 'client/build.ts');
    expect(offenders).toEqual([]);
  });
});

describe('[AR3] there is one path: nothing downstream of the players asks which one runs', () => {
  const ASKS = /\b(demoMode|isDemo|isLive|isReplay|isSimulated)\b|(?:channel|channelId|id|playerName|name)\s*===?\s*'(?:demo|live|simulated|replay)'/;

  test('a planted branch is seen', () => {
    expect(ASKS.test(`if (channel === 'demo') return;`)).toBe(true);
    expect(ASKS.test('if (config.isDemo) return;')).toBe(true);
  });

  test('no such branch in the server downstream of players, and none in the client but where a screen is chosen and in that screen', () => {
    const mayAsk = ['server/players', 'server/main.ts', 'client/screens/demo', 'client/screens/home'];
    const offenders = ['server', 'client', 'shared'].flatMap(sourceFiles)
      .filter((file) => !mayAsk.some((place) => isUnder(file, place)))
      .filter((file) => ASKS.test(readFileSync(join(ROOT, file), 'utf8')));
    expect(offenders).toEqual([]);
  });

  test('the demo is a recording: the running server never decodes facts, only the builder of the recording does', () => {
    const decoding = allImports.filter(({ target }) => isUnder(target, 'server/sources/facts/decode.ts')).map(({ file }) => file);
    expect(decoding).toEqual(['server/buildRecording.ts']);
    expect(allImports.filter(({ target }) => target === 'server/buildRecording.ts')).toEqual([]);
  });

  test('[EX2] nothing that judges, stores or reckons with readings knows of exercises', () => {
    const below = ['server/ingest', 'server/log', 'server/storage', 'server/history', 'server/state', 'server/rooms', 'shared/frame', 'client/map', 'client/layers'];
    const knowing = below.flatMap(sourceFiles).filter((file) => /exercise/i.test(readFileSync(join(ROOT, file), 'utf8')));
    expect(knowing).toEqual([]);
    expect(/exercise/i.test(readFileSync(join(ROOT, 'server/players/simulated/simulatedPlayer.ts'), 'utf8'))).toBe(true);
  });

  test('only the file that opens it names the demo channel in the server', () => {
    const naming = sourceFiles('server').filter((file) => /['"]demo['"]/.test(readFileSync(join(ROOT, file), 'utf8')));
    expect(naming).toEqual(['server/openChannels.ts']);
  });
});
