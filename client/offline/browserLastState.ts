import { isWorkerThere } from './installWorker.ts';
import { createLastState } from './lastState.ts';
import { createShelf } from './shelf.ts';

/** Of this browser. */
export const lastState = createLastState(createShelf(globalThis.indexedDB), () => isWorkerThere(navigator));
