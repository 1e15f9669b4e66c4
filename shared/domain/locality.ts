import { z } from 'zod';
import { EditionId, LocalityCode } from './ids.ts';

/** `local` is the lowest level of an edition: districts in 2021, communes in 2025. */
export const Level = z.enum(['nation', 'province', 'local']);
export type Level = z.infer<typeof Level>;

const LngLat = z.tuple([z.number(), z.number()]);

export const Locality = z.strictObject({
  code: LocalityCode,
  /** Short name for display, unambiguous within its parent: "Lâm Đồng", "Quận 1". NFC. */
  name: z.string().min(1),
  /** "Tỉnh Lâm Đồng". NFC. */
  fullName: z.string().min(1),
  level: z.enum(['nation', 'province', 'district', 'commune']),
  /** Administrative kind in Vietnamese, lower case: "tỉnh", "quận", "đặc khu". */
  kind: z.string().min(1),
  /** `null` only for the nation. */
  parent: LocalityCode.nullable(),
  /** Label point of a province, seat of a district, stand-in position of a commune. WGS 84 degrees. */
  lngLat: LngLat,
  geometry: z.enum(['polygon', 'cell', 'point', 'none']),
  /** [west, south, east, north] in degrees; provinces only. */
  bounds: z.tuple([z.number(), z.number(), z.number(), z.number()]).optional(),
});
export type Locality = z.infer<typeof Locality>;

/** Order is part of the wire contract: nation, then each province (ascending code) followed by its children (ascending code). */
export const LocalityList = z.strictObject({
  edition: EditionId,
  /** ISO date from which the set of units is valid. */
  asOf: z.string(),
  localities: z.array(Locality).min(1),
});
export type LocalityList = z.infer<typeof LocalityList>;

export function toLevel(locality: Pick<Locality, 'level'>): Level {
  if (locality.level === 'nation' || locality.level === 'province') return locality.level;
  return 'local';
}
