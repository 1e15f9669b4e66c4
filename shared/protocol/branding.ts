import { z } from 'zod';
import { LocalityCode, LocalizedText } from '../domain/ids.ts';

const Hex = z.string().regex(/^#[0-9A-Fa-f]{6}$/, 'expected "#RRGGBB"');

/** Colour of links, focus and selection, by theme. */
export const Accent = z.strictObject({ dark: Hex, light: Hex });
export type Accent = z.infer<typeof Accent>;

/** Whose displays these are. `null`: as the product is. */
export const BrandingDto = z.strictObject({
  title: LocalizedText.nullable(),
  /** For the header of a wall. */
  shortTitle: LocalizedText.nullable(),
  /** Path of a picture on this server; it changes with the picture. */
  emblem: z.string().nullable(),
  /** Province that walls show where their address names none. */
  homeLocality: LocalityCode.nullable(),
  accent: Accent.nullable(),
});
export type BrandingDto = z.infer<typeof BrandingDto>;

export const NO_BRANDING: BrandingDto = { title: null, shortTitle: null, emblem: null, homeLocality: null, accent: null };
