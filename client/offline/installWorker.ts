import { MANIFEST_PATH, WORKER_PATH } from './shell.ts';

/** A tablet is left open for weeks; browsers ask for a new worker only when a page is opened. */
const LOOK_AGAIN_MS = 3_600_000;

/** Absent where the page did not come over HTTPS or from this machine. */
function workersOf(navigator: Navigator): ServiceWorkerContainer | undefined {
  return 'serviceWorker' in navigator ? navigator.serviceWorker : undefined;
}

/** Whether this page would open without a server. */
export async function isWorkerThere(navigator: Navigator): Promise<boolean> {
  try {
    return (await workersOf(navigator)?.getRegistration())?.active != null;
  } catch {
    return false;
  }
}

/** Says how to install the pages. Not on walls: nobody installs those. */
function offerManifest(page: Document): void {
  if (page.querySelector('link[rel="manifest"]') !== null) return;
  const link = page.createElement('link');
  link.rel = 'manifest';
  // A proxy that asks for a name and a password asks for them here too.
  link.crossOrigin = 'use-credentials';
  link.href = MANIFEST_PATH;
  page.head.append(link);
}

let isStarted = false;

/** [OF1] Once per page, and late enough not to compete with its first picture. What fails is tried at the next visit. */
export function installWorker(page: Document, navigator: Navigator): void {
  if (isStarted) return;
  isStarted = true;
  offerManifest(page);
  const workers = workersOf(navigator);
  workers?.register(WORKER_PATH, { scope: '/', updateViaCache: 'none' }).then((registration) => {
    setInterval(() => { registration.update().catch(() => { /* No link; asked again in an hour. */ }); }, LOOK_AGAIN_MS);
  }, () => { /* No server, or storage that is forbidden: the pages work as before. */ });
}
