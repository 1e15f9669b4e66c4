import type { Locality } from '../../../shared/domain/locality.ts';

/** Text as people type it in a hurry: no marks, no case, "đ" as "d", anything that is no letter or digit as one space. */
export function foldVietnamese(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('đ', 'd').replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
}

/** How well a place answers a query, best first; the number orders the answers. */
const RANK = { code: 0, nameStart: 1, wordStart: 2, initials: 3, inside: 4 } as const;

function rankOf(locality: Locality, folded: string, compact: string): number | null {
  if (locality.code.toLowerCase() === compact) return RANK.code;
  const name = foldVietnamese(locality.name);
  const fullName = foldVietnamese(locality.fullName);
  if (name.startsWith(folded)) return RANK.nameStart;
  if (` ${name}`.includes(` ${folded}`) || fullName.startsWith(folded)) return RANK.wordStart;
  if (initialsOf(name) === compact || initialsOf(fullName) === compact) return RANK.initials;
  return name.replaceAll(' ', '').includes(compact) ? RANK.inside : null;
}

/** "ho chi minh" → "hcm"; "thanh pho ho chi minh" → "tphcm". */
function initialsOf(folded: string): string {
  return folded.split(' ').map((word) => word[0] ?? '').join('');
}

/** "Hải" means Hải Phòng before Hai Bà Trưng, though both answer. */
function carriesMarks(locality: Locality, query: string): boolean {
  return locality.name.normalize('NFC').toLowerCase().includes(query.normalize('NFC').trim().toLowerCase());
}

/**
 * Provinces and their units that answer `query`, best first, at most `limit`: by code, or by name whatever the marks, case and
 * spaces ("da lat", "ĐÀ LẠT", "dalat", "hcm"). Nothing for an empty query. Pure.
 */
export function searchLocalities(localities: readonly Locality[], query: string, limit: number): Locality[] {
  const folded = foldVietnamese(query);
  if (folded === '') return [];
  const compact = folded.replaceAll(' ', '');
  const found = localities.flatMap((locality, position) => {
    if (locality.level === 'nation') return [];
    const rank = rankOf(locality, folded, compact);
    return rank === null ? [] : [{ locality, rank, below: locality.level === 'province' ? 0 : 1, unmarked: carriesMarks(locality, query) ? 0 : 1, position }];
  });
  found.sort((a, b) => a.rank - b.rank || a.below - b.below || a.unmarked - b.unmarked || a.position - b.position);
  return found.slice(0, limit).map(({ locality }) => locality);
}
