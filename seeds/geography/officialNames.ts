/** Names and kinds of administrative units, from the GSO's full names. Pure. */

const KINDS = ['thành phố', 'đặc khu', 'thị xã', 'phường', 'quận', 'huyện', 'tỉnh', 'xã'] as const;
export type UnitKind = (typeof KINDS)[number] | 'thành phố trực thuộc trung ương' | 'quốc gia';

export interface NamedUnit {
  code: string;
  /** With its kind: "Huyện Đức Trọng". */
  fullName: string;
  kind: UnitKind;
  /** Without its kind: "Đức Trọng". */
  bareName: string;
  parent: string;
}

const TONE_AFTER_VOWEL_PAIR = /(?<!q)(o(?=[ae])|u(?=y))([aey])([\u0300\u0301\u0309\u0303\u0323])(?![\p{L}\p{M}])/giu;

/**
 * The GSO's own lists write both "Hoà" and "Hòa", "Thuỷ" and "Thủy". One spelling is kept, the one of the decrees,
 * so that a search, a sort and a label agree. "Quý" stays: its u belongs to the q.
 */
export function normaliseName(raw: string): string {
  const tidy = raw.replaceAll('’', "'").replaceAll(/\s+/g, ' ').trim();
  return tidy.normalize('NFD').replace(TONE_AFTER_VOWEL_PAIR, '$1$3$2').normalize('NFC');
}

export function parseFullName(raw: string): { kind: (typeof KINDS)[number]; bareName: string; fullName: string } {
  const name = normaliseName(raw);
  const kind = KINDS.find((candidate) => name.toLowerCase().startsWith(`${candidate} `));
  if (kind === undefined) {
    throw new Error(`Unit name "${raw}" starts with none of ${KINDS.join(', ')}. Add its kind to officialNames.ts.`);
  }
  const bareName = name.slice(kind.length + 1);
  return { kind, bareName, fullName: `${kind.charAt(0).toUpperCase()}${kind.slice(1)} ${bareName}` };
}

/** For joining sources that spell freely: no marks, no case, no spaces, and y = i ("Mỹ" is also written "Mĩ"). */
export function foldName(name: string): string {
  const plain = name.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase().replaceAll(/[đð]/g, 'd');
  return plain.replaceAll('y', 'i').replaceAll(/[^a-z0-9]/g, '');
}

/** "Thị Trấn Đồng Đăng" and "Huyện Đồng Đăng" fold to the same name. */
export function foldBareName(name: string): string {
  const spaced = name.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase().replaceAll(/[đð]/g, 'd');
  const bare = spaced.replace(/^(thanh pho|thi xa|thi tran|huyen|quan|phuong|xa|tinh|dac khu)\s+(?=\S)/, '');
  return foldName(bare.replace(/\s+(district|town|city)$/, ''));
}

function prefixedName(unit: NamedUnit): string {
  const prefix = TOWN_PREFIXES[unit.kind];
  return prefix === undefined ? unit.fullName : `${prefix} ${unit.bareName}`;
}

const TOWN_PREFIXES: Readonly<Partial<Record<UnitKind, string>>> = { 'thành phố': 'TP', 'thị xã': 'TX' };
const RURAL_KINDS: ReadonlySet<UnitKind> = new Set(['huyện', 'xã']);

/**
 * The name for a label. A bare number keeps its kind ("Quận 1"). Where a town and the rural unit around it share a
 * name, the town carries its kind ("TX Kỳ Anh" beside "Kỳ Anh"), so a name is unambiguous within its province.
 */
export function displayNamesByCode(siblings: readonly NamedUnit[]): Map<string, string> {
  const unitsByBareName = Map.groupBy(siblings, (unit) => unit.bareName.toLowerCase());
  return new Map(
    siblings.map((unit) => {
      const isShared = (unitsByBareName.get(unit.bareName.toLowerCase())?.length ?? 0) > 1;
      const isNumber = /^\d+$/.test(unit.bareName);
      if (isNumber) return [unit.code, unit.fullName];
      return [unit.code, isShared && !RURAL_KINDS.has(unit.kind) ? prefixedName(unit) : unit.bareName];
    }),
  );
}
