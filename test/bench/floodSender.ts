import { setTimeout as wait } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';

export interface FloodOrder { readonly url: string; readonly token: string; readonly bodies: readonly string[]; readonly everyMs: number; readonly forMs: number }

/** A thread of its own, as the flooding sender is another machine: what it costs itself must not delay those that are measured. */
async function flood({ url, token, bodies, everyMs, forMs }: FloodOrder): Promise<Map<number, number>> {
  const statuses = new Map<number, number>();
  const endMs = performance.now() + forMs;
  const sending: Promise<void>[] = [];
  for (let dueMs = performance.now(), number = 0; dueMs < endMs; dueMs += everyMs, number += 1) {
    await wait(Math.max(0, dueMs - performance.now()));
    sending.push((async () => {
      const response = await fetch(url, { method: 'POST', headers: { 'Content-Type': 'application/cloudevents-batch+json', Authorization: `Bearer ${token}` }, body: bodies[number % bodies.length] ?? null });
      await response.arrayBuffer();
      statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1);
    })());
  }
  await Promise.all(sending);
  return statuses;
}

parentPort?.postMessage(await flood(workerData as FloodOrder));
