import { BrandingDto, NO_BRANDING } from '../../shared/protocol/branding.ts';
import { BRANDING_PATH } from './askedFirst.ts';
import type { FetchJson } from './loadCatalogue.ts';

const ASK_TIMEOUT_MS = 5_000;
const ASK_AGAIN_MS = 5_000;
/** With a name to show already, nobody waits for the server to repeat it. */
const ASK_TIMEOUT_KEPT_MS = 1_500;
const KEPT_KEY = 'ioc-branding';

let branding: BrandingDto = NO_BRANDING;
const listeners = new Set<() => void>();

/** The same object until it changes. */
export function heldBranding(): BrandingDto {
  return branding;
}

export function subscribeBranding(onChange: () => void): () => void {
  listeners.add(onChange);
  return () => { listeners.delete(onChange); };
}

function holdBranding(next: BrandingDto): void {
  branding = next;
  for (const tell of listeners) tell();
}

function readKept(): BrandingDto | null {
  try {
    return BrandingDto.parse(JSON.parse(window.localStorage.getItem(KEPT_KEY) ?? ''));
  } catch {
    return null;
  }
}

function keep(answer: BrandingDto): void {
  try {
    window.localStorage.setItem(KEPT_KEY, JSON.stringify(answer));
  } catch {
    // A browser that keeps nothing asks each time.
  }
}

/**
 * Resolves after the first answer or failure, so that a page is branded from its first picture; after a failure it goes on asking, and
 * has the name of the last visit meanwhile.
 */
export async function startBranding(fetchAs: FetchJson): Promise<void> {
  const kept = readKept();
  try {
    const answer = BrandingDto.parse(await fetchAs(BRANDING_PATH, AbortSignal.timeout(kept === null ? ASK_TIMEOUT_MS : ASK_TIMEOUT_KEPT_MS)));
    holdBranding(answer);
    keep(answer);
  } catch {
    if (kept !== null && branding === NO_BRANDING) holdBranding(kept);
    setTimeout(() => void startBranding(fetchAs), ASK_AGAIN_MS);
  }
}
