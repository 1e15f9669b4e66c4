import type { MirrorStore } from '../../client/store/createMirrorStore.ts';

/** Resolves when the store says so; `what` names it when it never does. */
export function until(store: MirrorStore, what: string, isSo: () => boolean, limitMs = 10_000): Promise<void> {
  return new Promise((resolve, reject) => {
    if (isSo()) {
      resolve();
      return;
    }
    const timer = setTimeout(() => {
      unsubscribe();
      const { link, isWaitingForResync } = store.getState();
      reject(new Error(`Waited ${limitMs} ms for: ${what}. Link ${JSON.stringify(link)}, position ${JSON.stringify(store.position)}, waiting for resync: ${isWaitingForResync}.`));
    }, limitMs);
    const unsubscribe = store.subscribe(() => {
      if (!isSo()) return;
      clearTimeout(timer);
      unsubscribe();
      resolve();
    });
  });
}
