import { SourceMap, type SourceMapPayload } from 'node:module';
import { basename, join, relative, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { build } from 'vite';
import { buildIdOf } from '../../client/build.ts';

const ROOT = resolve(import.meta.dirname, '../..');
/** Where the build's files lie: its source maps are relative to them. */
const ASSETS = resolve(ROOT, 'client/dist/assets');
const SAMPLE_EVERY_US = 200;

/** Whose code the page's main thread runs. `browser`: style, layout, paint, calls into WebGL. */
export const PARTS = ['frame', 'store', 'socket', 'react', 'views', 'layers', 'draw', 'garbage', 'browser', 'other'] as const;
export type Part = (typeof PARTS)[number];

/** By path in the sources; the first that fits. */
const PART_OF_SOURCE: readonly (readonly [RegExp, Part])[] = [
  [/shared\/frame\//, 'frame'], [/client\/store\//, 'store'], [/node_modules\/(socket\.io|engine\.io)/, 'socket'], [/node_modules\/(react|react-dom|scheduler)\//, 'react'],
  [/node_modules\/(maplibre-gl|@deck\.gl|@luma\.gl|@math\.gl|@probe\.gl|@loaders\.gl|gl-matrix|mjolnir)/, 'draw'],
  [/client\/(layers|map)\//, 'layers'], [/(client|shared)\//, 'views'],
];
const PART_OF_NATIVE: Readonly<Record<string, Part | null>> = { '(idle)': null, '(root)': null, '(program)': 'browser', '(garbage collector)': 'garbage' };

interface ProfileNode { readonly id: number; readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number; readonly columnNumber: number } }

/** The file in the sources that a function of the build comes from; the address of the build's file where it has no map. */
export type SourceOf = (node: ProfileNode) => string;

/** The build that is served, made once more with its source maps; the files are the same, byte for byte, but for the name of the build. */
export async function readSources(manifest: string): Promise<SourceOf> {
  process.env.VITE_BUILD_ID = buildIdOf(manifest);
  const built = await build({ configFile: resolve(ROOT, 'vite.config.ts'), root: resolve(ROOT, 'client'), logLevel: 'error', build: { write: false, sourcemap: 'hidden' } });
  const mapsByFile = new Map<string, SourceMap>();
  for (const bundle of Array.isArray(built) ? built : [built]) {
    if (!('output' in bundle)) continue;
    for (const file of bundle.output) {
      if (file.type === 'chunk' && file.map !== null) mapsByFile.set(basename(file.fileName), new SourceMap(file.map as unknown as SourceMapPayload));
    }
  }
  return ({ callFrame: { url, lineNumber, columnNumber } }) => {
    const entry = mapsByFile.get(basename(url))?.findEntry(lineNumber, columnNumber);
    return entry !== undefined && 'originalSource' in entry ? relative(ROOT, join(ASSETS, entry.originalSource)) : url;
  };
}

/** ms of the main thread by part, between one frame of the server and the next. */
export type TickTimes = Readonly<Record<Part, number>>;

/** Samples the page's main thread for `watchMs`. `framesMs` answers when frames came, by the page's `performance.now()`. */
export async function profilePage(page: Page, sourceOf: SourceOf, watchMs: number, framesMs: () => Promise<readonly number[]>): Promise<readonly TickTimes[]> {
  const session = await page.context().newCDPSession(page);
  await session.send('Profiler.enable');
  await session.send('Performance.enable');
  await session.send('Profiler.setSamplingInterval', { interval: SAMPLE_EVERY_US });
  await session.send('Profiler.start');
  await page.waitForTimeout(watchMs);
  const { profile } = await session.send('Profiler.stop');
  const { metrics } = await session.send('Performance.getMetrics');
  const originUs = (metrics.find(({ name }) => name === 'NavigationStart')?.value ?? 0) * 1e6;
  const framesUs = (await framesMs()).map((atMs) => originUs + atMs * 1e3).filter((atUs) => atUs > profile.startTime && atUs < profile.endTime);
  await session.detach();
  const nodesById = new Map(profile.nodes.map((node) => [node.id, { source: sourceOf(node), functionName: node.callFrame.functionName, isNative: node.callFrame.url === '' }]));
  const ticks: Record<Part, number>[] = [];
  let atUs = profile.startTime;
  for (const [i, id] of (profile.samples ?? []).entries()) {
    atUs += profile.timeDeltas?.[i] ?? 0;
    const heldMs = (profile.timeDeltas?.[i + 1] ?? 0) / 1e3;
    while (framesUs.length > 0 && atUs >= (framesUs[0] ?? 0)) {
      framesUs.shift();
      ticks.push(Object.fromEntries(PARTS.map((part) => [part, 0])) as Record<Part, number>);
    }
    const tick = ticks.at(-1);
    const node = nodesById.get(id);
    if (tick === undefined || node === undefined) continue;
    const native = node.isNative ? node.functionName in PART_OF_NATIVE ? PART_OF_NATIVE[node.functionName] : 'browser' : undefined;
    if (native === null) continue;
    tick[native ?? PART_OF_SOURCE.find(([path]) => path.test(node.source))?.[1] ?? 'other'] += heldMs;
  }
  // The last was cut short.
  ticks.pop();
  return ticks;
}
