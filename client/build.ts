import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { Shell } from './offline/shell.ts';
import { shellOf } from './offline/shellOf.ts';

const ROOT = resolve(import.meta.dirname, '..');
const DIST = join(ROOT, 'client/dist');
const MANIFEST = join(DIST, '.build.json');
/** Everything the pages are made of. */
const SOURCES = ['client', 'shared', 'seeds/geography', 'seeds/catalogue', 'vite.config.ts', 'package-lock.json'];
const IGNORED = /(^|\/)(node_modules|dist)(\/|$)/;
const COMPRESSIBLE = /\.(html|js|css|json|svg|txt|map)$/;

function filesUnder(path: string): string[] {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { withFileTypes: true }).flatMap((entry) => {
    const child = join(path, entry.name);
    return IGNORED.test(relative(ROOT, child)) ? [] : entry.isDirectory() ? filesUnder(child) : [child];
  });
}

/** Hash of every source's path and content: a copied or checked-out tree is unchanged whatever its file times say. */
function sourceManifest(): string {
  const hash = createHash('sha256');
  for (const file of SOURCES.flatMap((source) => filesUnder(join(ROOT, source))).sort()) {
    hash.update(relative(ROOT, file)).update('\0').update(readFileSync(file)).update('\0');
  }
  return `${JSON.stringify({ sources: hash.digest('hex'), node: process.versions.node })}\n`;
}

/** The server names a build by the hash of the manifest; the page carries the same name, so it notices a newer one. */
export function buildIdOf(manifest: string): string {
  return createHash('sha256').update(manifest).digest('hex').slice(0, 12);
}

/** A compressed twin beside each text file, so that the server never compresses while it serves. */
function compressAll(): number {
  let bytes = 0;
  for (const file of filesOf(DIST)) {
    if (!COMPRESSIBLE.test(file) || existsSync(`${file}.br`)) continue;
    const content = readFileSync(file);
    const brotli = brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } });
    writeFileSync(`${file}.br`, brotli);
    writeFileSync(`${file}.gz`, gzipSync(content, { level: 9 }));
    bytes += brotli.length;
  }
  return bytes;
}

function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

/** [OF4] The worker that keeps this build, made after it because it names its files. */
async function buildWorker(shell: Shell): Promise<void> {
  const { build } = await import('vite');
  await build({
    configFile: false, root: join(ROOT, 'client'), logLevel: 'warn', publicDir: false, define: { __SHELL__: JSON.stringify(shell) },
    build: { outDir: DIST, emptyOutDir: false, target: 'es2022', rollupOptions: { input: join(ROOT, 'client/offline/worker.ts'), output: { entryFileNames: 'sw.js' } } },
  });
}

async function main(): Promise<void> {
  const manifest = sourceManifest();
  const isForced = process.argv.includes('--force');
  if (!isForced && existsSync(MANIFEST) && readFileSync(MANIFEST, 'utf8') === manifest) {
    console.log(`Client is up to date (${buildIdOf(manifest)}).`);
    return;
  }
  const startedMs = performance.now();
  process.env.VITE_BUILD_ID = buildIdOf(manifest);
  const { build } = await import('vite');
  await build({ configFile: join(ROOT, 'vite.config.ts'), root: join(ROOT, 'client'), logLevel: 'warn' });
  await buildWorker(shellOf(buildIdOf(manifest), JSON.parse(readFileSync(join(DIST, '.vite/manifest.json'), 'utf8'))));
  const bytes = compressAll();
  // Last, so that an interrupted build is built again.
  writeFileSync(MANIFEST, manifest);
  console.log(`Client built (${buildIdOf(manifest)}): ${Math.round(bytes / 1024)} KB brotli, ${((performance.now() - startedMs) / 1000).toFixed(1)} s.`);
}

if (import.meta.main) await main();
