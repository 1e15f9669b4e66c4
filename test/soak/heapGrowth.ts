import type { CDPSession } from 'playwright-core';

/** Of a heap snapshot of V8: only what is read here. `nodes` is flat, one group of `node_fields` an object; sizes are bytes. */
interface HeapSnapshot {
  readonly snapshot: { readonly meta: { readonly node_fields: readonly string[]; readonly node_types: readonly (readonly string[] | string)[] } };
  readonly nodes: readonly number[];
  readonly strings: readonly string[];
}

interface Held { count: number; bytes: number }

/** Objects and bytes of the page by what they are: "object Map", "code", "closure onFrame". */
export type HeapClasses = ReadonlyMap<string, Readonly<Held>>;

const NAMED = new Set(['object', 'closure', 'native', 'array']);
const SHOWN = 20;

export async function takeHeapClasses(session: CDPSession): Promise<HeapClasses> {
  const parts: string[] = [];
  const collect = ({ chunk }: { chunk: string }) => { parts.push(chunk); };
  session.on('HeapProfiler.addHeapSnapshotChunk', collect);
  await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  session.off('HeapProfiler.addHeapSnapshotChunk', collect);
  return classesOf(JSON.parse(parts.join('')) as HeapSnapshot);
}

function classesOf({ snapshot: { meta }, nodes, strings }: HeapSnapshot): HeapClasses {
  const fields = meta.node_fields;
  const [typeAt, nameAt, sizeAt] = [fields.indexOf('type'), fields.indexOf('name'), fields.indexOf('self_size')];
  const types = meta.node_types[typeAt] ?? [];
  const classes = new Map<string, Held>();
  for (let at = 0; at < nodes.length; at += fields.length) {
    const type = types[nodes[at + typeAt] ?? 0] ?? '?';
    const name = NAMED.has(type) ? `${type} ${(strings[nodes[at + nameAt] ?? 0] ?? '').slice(0, 60)}` : type;
    const held = classes.get(name) ?? { count: 0, bytes: 0 };
    held.count++;
    held.bytes += nodes[at + sizeAt] ?? 0;
    classes.set(name, held);
  }
  return classes;
}

/** What grew most between two snapshots, largest first, a line each. */
export function heapGrowth(before: HeapClasses, after: HeapClasses): string[] {
  const grown = [...after].map(([name, { count, bytes }]) => {
    const was = before.get(name) ?? { count: 0, bytes: 0 };
    return { name, count: count - was.count, bytes: bytes - was.bytes };
  });
  return grown.sort((a, b) => b.bytes - a.bytes).slice(0, SHOWN)
    .map(({ name, count, bytes }) => `${(bytes / 1_024).toFixed(0).padStart(7)} KB ${String(count).padStart(7)} × ${name}`);
}
