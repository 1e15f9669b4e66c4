import { cpSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { buildIdOf } from '../../client/build.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const TEXT = /\.(html|js|css)$/;

/** The hash in the name of a file, and another one of the same length. */
function otherName(name: string): string {
  return name.replace(/-(.)([\w-]{7})(\.\w+)$/, (_all, first: string, rest: string, extension: string) => `-${first === 'x' ? 'y' : 'x'}${rest}${extension}`);
}

/**
 * A copy of the product in which every file of the page has another name and the build another id, as after an upgrade. `root`: where
 * it lies, for `startServer`; the caller removes it.
 */
export function makeOtherBuild(): { readonly root: string; readonly buildId: string; remove(): void } {
  const root = mkdtempSync(join(tmpdir(), 'ioc-build-'));
  for (const part of ['server', 'shared', 'seeds', 'client/dist', 'package.json']) cpSync(join(ROOT, part), join(root, part), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(root, 'node_modules'));
  const dist = join(root, 'client/dist');
  const manifest = join(dist, '.build.json');
  const before = readFileSync(manifest, 'utf8');
  const after = before.replace('"sources":"', '"sources":"other');
  writeFileSync(manifest, after);
  const ids = [buildIdOf(before), buildIdOf(after)] as const;
  const assets = readdirSync(join(dist, 'assets')).filter((name) => !/\.(br|gz)$/.test(name));
  // Compressed twins would be of the build before.
  for (const name of readdirSync(dist, { recursive: true, encoding: 'utf8' })) if (/\.(br|gz)$/.test(name)) rmSync(join(dist, name));
  const renew = (text: string) => assets.reduce((renewed, name) => renewed.replaceAll(name, otherName(name)), text).replaceAll(ids[0], ids[1]);
  for (const path of ['index.html', 'sw.js', ...assets.map((name) => join('assets', name))]) {
    if (TEXT.test(path)) writeFileSync(join(dist, path), renew(readFileSync(join(dist, path), 'utf8')));
  }
  for (const name of assets) renameSync(join(dist, 'assets', name), join(dist, 'assets', otherName(name)));
  return { root, buildId: ids[1], remove: () => rmSync(root, { recursive: true, force: true }) };
}
