import { z } from 'zod';
import type { Shell } from './shell.ts';

/** As vite writes it with `build.manifest`: what each part of the build is called and needs. */
const BuildManifest = z.record(z.string(), z.looseObject({
  file: z.string(),
  isEntry: z.boolean().optional(),
  imports: z.array(z.string()).default([]),
  dynamicImports: z.array(z.string()).default([]),
  css: z.array(z.string()).default([]),
  assets: z.array(z.string()).default([]),
}));

/** Screens that cannot or must not open without a server. */
const NOT_KEPT = /^screens\/(wall|desk|demo|compare|report)\//;

/**
 * [OF2] Everything that the kept screens may ask for, now or later, and nothing that only the others do.
 * @throws Error when `manifest` is not one of a page.
 */
export function shellOf(buildId: string, manifest: unknown): Shell {
  const parts = new Map(Object.entries(BuildManifest.parse(manifest)));
  const entry = [...parts.values()].find(({ isEntry }) => isEntry === true);
  if (entry === undefined) throw new Error('The build manifest names no entry; expected that of client/index.html.');
  const files = new Set<string>();
  const seen = new Set<string>();
  const open = [...parts].filter(([, { isEntry }]) => isEntry === true).map(([name]) => name);
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const part = parts.get(name);
    if (part === undefined || seen.has(name)) continue;
    seen.add(name);
    for (const file of [part.file, ...part.css, ...part.assets]) files.add(`/${file}`);
    open.push(...part.imports, ...part.dynamicImports.filter((screen) => !NOT_KEPT.test(screen)));
  }
  return { buildId, entry: `/${entry.file}`, files: [...files].sort() };
}
