import type { CDPSession, Page } from 'playwright-core';
import { WallsDto } from '../../shared/protocol/answers.ts';

/** What one look at page and server found. */
export interface Sample {
  readonly atMs: number;
  /** After a forced collection. */
  readonly heapMb: number;
  readonly nodes: number;
  readonly listeners: number;
  /** Of the page that are neither lost nor collected. */
  readonly contexts: number;
  /** Of the page's main thread since the look before. */
  readonly longTasks: number;
  readonly longestTaskMs: number;
  /** How old the picture is by the wall's own report; `null`: none. */
  readonly paintedAgeMs: number | null;
  readonly wallState: string;
  readonly serverHeapMb: number;
  readonly serverRssMb: number;
  readonly sockets: number;
}

interface Probe { contexts: WeakRef<WebGL2RenderingContext | WebGLRenderingContext>[]; tasksMs: number[] }
declare global { interface Window { soakProbe: Probe; soakLeak: unknown[] } }

const MB = 1_048_576;

/** Before the page's own scripts: counts WebGL contexts and long tasks from the first on. */
export async function installProbe(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const probe: Probe = { contexts: [], tasksMs: [] };
    window.soakProbe = probe;
    for (const canvas of [HTMLCanvasElement.prototype, OffscreenCanvas.prototype]) {
      const getContext = Reflect.get(canvas, 'getContext');
      Reflect.set(canvas, 'getContext', function withNote(this: unknown, ...asked: unknown[]) {
        const context = Reflect.apply(getContext, this, asked);
        const isNew = context !== null && /^webgl/.test(String(asked[0])) && !probe.contexts.some((known) => known.deref() === context);
        if (isNew) probe.contexts.push(new WeakRef(context));
        return context;
      });
    }
    new PerformanceObserver((list) => probe.tasksMs.push(...list.getEntries().map(({ duration }) => duration))).observe({ entryTypes: ['longtask'] });
  });
}

/** Every second 64 KB, and an element with a listener, that nobody will ever let go. */
export async function plantLeak(page: Page): Promise<void> {
  await page.evaluate(() => {
    window.soakLeak = [];
    setInterval(() => {
      const element = document.createElement('div');
      element.addEventListener('click', () => window.soakLeak.length);
      window.soakLeak.push(new Array(8_192).fill(0.5), element);
    }, 1_000);
  });
}

async function readPage(page: Page, session: CDPSession) {
  await session.send('HeapProfiler.collectGarbage');
  const { metrics } = await session.send('Performance.getMetrics');
  const metric = (wanted: string) => metrics.find(({ name }) => name === wanted)?.value ?? Number.NaN;
  const own = await page.evaluate(() => {
    const { contexts, tasksMs } = window.soakProbe;
    window.soakProbe.contexts = contexts.filter((context) => context.deref() !== undefined);
    return {
      contexts: window.soakProbe.contexts.filter((context) => context.deref()?.isContextLost() === false).length,
      longTasks: tasksMs.length, longestTaskMs: Math.round(Math.max(0, ...tasksMs.splice(0))),
    };
  });
  return { ...own, heapMb: metric('JSHeapUsedSize') / MB, nodes: metric('Nodes'), listeners: metric('JSEventListeners') };
}

async function readServer(url: string, wallId: string) {
  const [text, walls] = await Promise.all([
    fetch(`${url}/metrics`).then((response) => response.text()), fetch(`${url}/api/v1/walls`).then(async (response) => WallsDto.parse(await response.json())),
  ]);
  const gauge = (name: string) => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1] ?? Number.NaN);
  const wall = walls.walls.find((listed) => listed.wallId === wallId);
  return {
    serverHeapMb: gauge('nodejs_heap_size_used_bytes') / MB, serverRssMb: gauge('process_resident_memory_bytes') / MB, sockets: gauge('ioc_sockets'),
    paintedAgeMs: wall?.paintedAgeMs ?? null, wallState: wall?.state ?? 'unknown',
  };
}

export async function takeSample(page: Page, session: CDPSession, url: string, wallId: string, atMs: number): Promise<Sample> {
  return { atMs, ...await readPage(page, session), ...await readServer(url, wallId) };
}
