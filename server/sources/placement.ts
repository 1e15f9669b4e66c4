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
 * Names are compared without marks, case and spaces, and without the kind of unit where it is not needed ("Thành phố Đà Nẵng",
 * "da-nang", "TP DA NANG"). Where a place and one within it share a name (Cao Bằng), the larger is meant, which holds both, unless
 * the kind says otherwise; any other name that two places share (Châu Thành) places nothing: a code or the feed's own `names` must
 * say. A number is a code or nothing: "1" is not Quận 1. What the settings name outside this edition places nothing.
 */
export function createPlacer(localities: readonly Locality[]): Placer {
  const byCode = new Map<string, Locality>(localities.map((locality) => [locality.code, locality]));
  const byName = indexNames(localities, byCode);
  const find = (sent: string, names: FeedSettings['placement']['names']): LocalityCode | null => {
    const text = sent.normalize('NFC').trim();
    if (Object.hasOwn(names, text)) return byCode.get(names[text] ?? '')?.code ?? null;
    if (/^\d+$/.test(text)) return byCode.get(text)?.code ?? null;
    const [withKind, bare] = toKeys(text);
    const named = byName.get(withKind);
    return byCode.get(text)?.code ?? (named === undefined ? byName.get(bare) : named)?.code ?? null;
  };
  return {
    place(hints, { names, otherwise }) {
      for (const { by, text } of hints) {
        const localityCode = find(text, names);
        if (localityCode !== null) return { localityCode, placedBy: by };
      }
      return otherwise !== undefined && byCode.has(otherwise) ? { localityCode: otherwise, placedBy: 'feed' } : UNPLACED;
    },
  };
}

/** `null`: several places, and none of them holds the others. */
function indexNames(localities: readonly Locality[], byCode: ReadonlyMap<string, Locality>): ReadonlyMap<string, Locality | null> {
  const placesByKey = new Map<string, Set<Locality>>();
  for (const locality of localities) {
    for (const key of [...toKeys(locality.name), ...toKeys(locality.fullName)]) {
      placesByKey.set(key, (placesByKey.get(key) ?? new Set()).add(locality));
    }
  }
  const holds = (outer: Locality, inner: Locality | undefined): boolean => inner !== undefined
    && (inner === outer || (inner.parent !== null && holds(outer, byCode.get(inner.parent))));
  return new Map([...placesByKey].map(([key, places]) => {
    const all = [...places];
    return [key, all.find((outer) => all.every((inner) => holds(outer, inner))) ?? null];
  }));
}

const KIND_BEFORE = /^(tinh|thanh pho|quan|huyen|thi xa|phuong|xa|dac khu) (?!\d+$)/;
const KIND_AFTER = / (province|city|district|ward|commune)$/;

/** A name with its kind, and without. "Quận 1" keeps its kind either way. */
function toKeys(name: string): readonly [withKind: string, bare: string] {
  const words = name.normalize('NFD').replace(/\p{M}/gu, '').replace(/[đĐ]/g, 'd').toLowerCase().replace(/[^a-z0-9]+/g, ' ').trim()
    .replace(/^tp /, 'thanh pho ').replace(/^tx /, 'thi xa ');
  const bare = words.replace(KIND_BEFORE, '').replace(KIND_AFTER, '');
  return [words.replaceAll(' ', ''), bare.replaceAll(' ', '')];
}
