import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isPlainCatalogue, readCatalogueDto } from '../../../client/catalogue/plainCatalogue.ts';
import { CatalogueDto } from '../../../shared/protocol/catalogue.ts';

const readSeed = (path: string) => JSON.parse(readFileSync(resolve(import.meta.dirname, '../../../seeds', path), 'utf8'));
const catalogueOf = (edition: '2021' | '2025') => ({ edition, localities: readSeed(`geography/localities-${edition}.json`).localities, indicators: readSeed('catalogue/indicators.json') });

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** One indicator of each rule, a few localities of each level: small enough that a random place is often one that matters. */
function aSmallCatalogue(): Json {
  const { localities, indicators } = catalogueOf('2021');
  const firstOf = <T>(entries: readonly T[], kindOf: (entry: T) => unknown) => [...new Map(entries.toReversed().map((entry) => [kindOf(entry), entry])).values()];
  return JSON.parse(JSON.stringify({
    edition: '2021', localities: firstOf(localities, ({ level, geometry }: { level: string; geometry: string }) => `${level} ${geometry}`),
    indicators: [
      ...firstOf(indicators, ({ rollUp }: { rollUp: { rule: string } }) => rollUp.rule),
      ...firstOf(indicators, ({ states, firstAction }: { states: unknown[]; firstAction?: unknown }) => `${states.length > 0} ${firstAction !== undefined}`),
    ],
  }));
}

function placesOf(json: Json, path: readonly string[] = []): (readonly string[])[] {
  if (typeof json !== 'object' || json === null) return [path];
  return [path, ...Object.entries(json).flatMap(([key, child]) => placesOf(child, [...path, key]))];
}

/** With what stands at `path` replaced, removed, or given a neighbour. */
function changed(json: Json, path: readonly string[], how: 'replace' | 'remove' | 'add', value: Json): Json {
  const [key, ...rest] = path;
  if (key === undefined) return how === 'add' && typeof json === 'object' && json !== null && !Array.isArray(json) ? { ...json, extra: value } : value;
  if (typeof json !== 'object' || json === null) return json;
  const copy: Json = Array.isArray(json) ? [...json] : { ...json };
  const container = copy as Record<string, Json>;
  if (rest.length === 0 && how === 'remove') {
    if (Array.isArray(copy)) copy.splice(Number(key), 1);
    else delete container[key];
  } else container[key] = changed(container[key] ?? null, rest, how, value);
  return copy;
}

/** Values that are nearly right, beside any JSON at all. */
const aValue = fc.oneof(
  fc.constantFrom<Json>(null, '', 'a', 'VN', '68', '999', '1234', '68\n', 'tslcd-share', 'Not-A-Slug', 'a'.repeat(65), 'critical', 'none', 'sum', 'toString', 'district', 'local', 0, -1, 1, 4, 0.5, 1.5, 1e21, [], {}, [1], [1, 2], [1, 2, 3, 4], [1, 2, 3, 4, 5], true),
  fc.constantFrom<Json>({ rule: 'worst', pick: 'max' }, { rule: 'worst' }, { rule: 'sum', pick: 'max' }, { rule: 'constructor' }, { vi: 'x', en: 'y' }, { vi: 'x' }, { vi: '', en: '' }, { min: 0, max: 1 }, { value: 1, name: { vi: 'x', en: 'y' } }),
  fc.jsonValue() as fc.Arbitrary<Json>,
);

describe('[CT1] the plain check of the catalogue', () => {
  test.each(['2021', '2025'] as const)('accepts the catalogue of %s as shipped, and as it is', (edition) => {
    const catalogue = catalogueOf(edition);
    expect(isPlainCatalogue(catalogue)).toBe(true);
    expect(readCatalogueDto(catalogue)).toEqual(CatalogueDto.parse(catalogue));
  });

  const small = aSmallCatalogue();
  const places = placesOf(small);

  test('says of what differs in one place what the schema says, and the schema would change nothing of it', () => {
    fc.assert(fc.property(fc.constantFrom(...places), fc.constantFrom('replace', 'remove', 'add'), aValue, (path, how, value) => {
      const candidate = JSON.parse(JSON.stringify(changed(small, path, how, value)));
      const parsed = CatalogueDto.safeParse(candidate);
      expect(isPlainCatalogue(candidate)).toBe(parsed.success);
      if (parsed.success) expect(parsed.data).toEqual(candidate);
    }), { numRuns: 2_000 });
  });

  test('an own "__proto__" is a field too many', () => {
    const candidate = JSON.parse(`{"__proto__": {}, ${JSON.stringify(small).slice(1)}`);
    expect(isPlainCatalogue(candidate)).toBe(CatalogueDto.safeParse(candidate).success);
  });

  test('what is wrong is told by the schema', () => {
    expect(() => readCatalogueDto({ ...(small as object), edition: '1999' })).toThrow(/edition/);
  });
});
