import type { PlacedBy } from '../../shared/domain/alertReport.ts';
import type { LocalityCode } from '../../shared/domain/ids.ts';
import type { Locality } from '../../shared/domain/locality.ts';
import type { FeedSettings } from '../ports/feedSettings.ts';

/** Something in a message that may name a place: a code, a name, a host, a unit. */
export interface PlaceHint {
  readonly by: Exclude<PlacedBy, 'feed'>;
  readonly text: string;
}

export interface Placement {
  /** `null`: nothing said where. */
  readonly localityCode: LocalityCode | null;
  readonly placedBy: PlacedBy | null;
}

export interface Placer {
  /** The first hint that names a place of this edition, in the order given; then what the feed's settings say of silent messages; else nowhere. */
  place(hints: readonly PlaceHint[], placement: FeedSettings['placement']): Placement;
}

const UNPLACED: Placement = { localityCode: null, placedBy: null };

/**
 * Names are compared without marks, case, spaces and kinds ("Thành phố Đà Nẵng", "da-nang", "TP DA NANG"). A name that two places
 * share (Quận 1, Châu Thành) places nothing: a code or the feed's own `names` must say.
 */
export function createPlacer(localities: readonly Locality[]): Placer {
  const codes = new Map(localities.map(({ code }) => [code as string, code]));
  const byName = new Map<string, LocalityCode | null>();
  for (const { code, name, fullName } of localities) {
    for (const key of new Set([toKey(name), toKey(fullName)])) byName.set(key, byName.has(key) ? null : code);
  }
  const find = (text: string, names: FeedSettings['placement']['names']): LocalityCode | null => {
    const trimmed = text.trim();
    const own = Object.hasOwn(names, trimmed) ? names[trimmed] : undefined;
    return own ?? codes.get(trimmed) ?? byName.get(toKey(trimmed)) ?? null;
  };
  return {
    place(hints, { names, otherwise }) {
      for (const { by, text } of hints) {
        const localityCode = find(text, names);
        if (localityCode !== null) return { localityCode, placedBy: by };
      }
      return otherwise === undefined ? UNPLACED : { localityCode: otherwise, placedBy: 'feed' };
    },
  };
}

const KINDS = /^(tinh|thanh pho|tp|quan|huyen|thi xa|tx|phuong|xa|dac khu|province|city|district) /;

function toKey(name: string): string {
  return name.normalize('NFD').replace(/\p{M}/gu, '').replace(/[đĐ]/g, 'd').toLowerCase().replace(/[^a-z0-9]+/g, ' ').trim()
    .replace(KINDS, '').replaceAll(' ', '');
}
