/** Where a browser keeps what a page wants to find again. Nothing here rejects: who may keep nothing finds nothing. */
export interface Shelf {
  /** `undefined`: nothing of this name. */
  read(key: string): Promise<unknown>;
  readAll(): Promise<ReadonlyMap<string, unknown>>;
  write(key: string, value: unknown): Promise<void>;
  remove(key: string): Promise<void>;
}

/** The leaving worker deletes it by this name (`server/http/routes/offline.ts`). */
const DATABASE = 'ioc-kept';
const OBJECTS = 'kept';

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('IndexedDB gave no reason.'));
  });
}

async function open(factory: IDBFactory): Promise<IDBDatabase> {
  const opening = factory.open(DATABASE, 1);
  opening.onupgradeneeded = () => { opening.result.createObjectStore(OBJECTS); };
  const database = await settled(opening);
  // Whoever deletes it would wait for this page to close.
  database.onversionchange = () => database.close();
  return database;
}

/** The shelf of this browser (W3C, "Indexed Database API 3.0"). Opened when first asked for. */
export function createShelf(factory: IDBFactory | undefined): Shelf {
  let opened: Promise<IDBDatabase> | undefined;
  /** Private windows, full disks and forbidden storage all end here. */
  async function ask<T>(mode: IDBTransactionMode, request: (objects: IDBObjectStore) => IDBRequest<T>): Promise<T | undefined> {
    if (factory === undefined) return undefined;
    try {
      opened ??= open(factory);
      return await settled(request((await opened).transaction(OBJECTS, mode).objectStore(OBJECTS)));
    } catch {
      return undefined;
    }
  }
  return {
    read: (key) => ask<unknown>('readonly', (objects) => objects.get(key)),
    async readAll() {
      const [keys, values] = await Promise.all([ask('readonly', (objects) => objects.getAllKeys()), ask('readonly', (objects) => objects.getAll())]);
      return new Map((keys ?? []).map((key, k) => [String(key), values?.[k]]));
    },
    async write(key, value) { await ask('readwrite', (objects) => objects.put(value, key)); },
    async remove(key) { await ask('readwrite', (objects) => objects.delete(key)); },
  };
}
