import { type BrandingDto, NO_BRANDING } from '../../shared/protocol/branding.ts';

/** A picture that passed the checks of `readBranding`. */
export interface Emblem {
  readonly mediaType: string;
  readonly bytes: Buffer;
  /** Names these bytes. */
  readonly digest: string;
}

export interface Branding {
  readonly dto: BrandingDto;
  readonly emblem: Emblem | null;
}

export const UNBRANDED: Branding = { dto: NO_BRANDING, emblem: null };
