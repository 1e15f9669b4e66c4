import type { Locality } from '../../../../shared/domain/locality.ts';

/** What stays when another place is opened: what is looked at, when, and in which language. Not the unit or the figure of the place before. */
const KEPT = ['domain', 'indicator', 'list', 'sort', 'at', 'lang'] as const;

/** [SW2] Address of a place: a province's own page, a unit on the page of its province. Pure. */
export function provinceLink({ code, level, parent }: Pick<Locality, 'code' | 'level' | 'parent'>, before: URLSearchParams): string {
  const search = new URLSearchParams();
  for (const name of KEPT) {
    const value = before.get(name);
    if (value !== null) search.set(name, value);
  }
  if (level !== 'province') search.set('unit', code);
  const query = search.toString();
  return `/province/${level === 'province' ? code : (parent ?? '')}${query === '' ? '' : `?${query}`}`;
}
