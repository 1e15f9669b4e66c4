import { BrandingDto, NO_BRANDING } from '../../shared/protocol/branding.ts';
import type { FetchJson } from './loadCatalogue.ts';

const ASK_TIMEOUT_MS = 5_000;
const ASK_AGAIN_MS = 5_000;

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

/** Resolves after the first answer or failure, so that a page is branded from its first picture; after a failure it goes on asking. */
export async function startBranding(fetchAs: FetchJson): Promise<void> {
  try {
    holdBranding(BrandingDto.parse(await fetchAs('/api/v1/branding', AbortSignal.timeout(ASK_TIMEOUT_MS))));
  } catch {
    setTimeout(() => void startBranding(fetchAs), ASK_AGAIN_MS);
  }
}
