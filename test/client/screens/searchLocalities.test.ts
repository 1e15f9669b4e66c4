import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { foldVietnamese, searchLocalities } from '../../../client/screens/home/searchLocalities.ts';
import { realTable } from '../../support/aCatalogue.ts';

const { localities } = realTable('2021');
const find = (query: string, limit = 8) => searchLocalities(localities, query, limit).map(({ name }) => name);

describe('[HS1] a place is found whatever the marks, case and spaces', () => {
  test.each([
    ['da lat', 'Đà Lạt'], ['ĐÀ LẠT', 'Đà Lạt'], ['dalat', 'Đà Lạt'], ['hai phong', 'Hải Phòng'], ['hcm', 'Hồ Chí Minh'], ['tphcm', 'Hồ Chí Minh'],
    ['lam dong', 'Lâm Đồng'], ['tinh lam dong', 'Lâm Đồng'], ['hue', 'Huế'],
  ])('%s', (query, name) => {
    expect(find(query)).toContain(name);
  });

  test('every unit is found by its own name typed without marks', () => {
    const units = localities.filter(({ level }) => level !== 'nation');
    fc.assert(fc.property(fc.constantFrom(...units), fc.boolean(), (unit, isDecomposed) => {
      const typed = isDecomposed ? unit.name.normalize('NFD') : foldVietnamese(unit.name);
      expect(searchLocalities(localities, typed, localities.length)).toContain(unit);
    }));
  });

  test('folding is done once: folding again changes nothing, and leaves letters, digits and single spaces', () => {
    fc.assert(fc.property(fc.string(), (text) => {
      const folded = foldVietnamese(text);
      expect(foldVietnamese(folded)).toBe(folded);
      expect(folded).not.toMatch(/^\s|\s{2}|\s$/);
    }));
  });
});

describe('[HS2] the best answer comes first', () => {
  test('a code is that place, before any name', () => {
    expect(searchLocalities(localities, '68', 3)[0]?.name).toBe('Lâm Đồng');
    expect(searchLocalities(localities, '672', 3)[0]?.code).toBe('672');
  });

  test('typed marks decide between names that fold alike', () => {
    expect(find('hà')[0]).toMatch(/^Hà/);
    expect(find('hả')[0]).toMatch(/^Hả/);
  });

  test('a province stands before the district of the same name', () => {
    const [first, second] = searchLocalities(localities, 'cao bang', 2);
    expect([first?.level, second?.level]).toEqual(['province', 'district']);
  });

  test('nothing is found for nothing, and never the nation', () => {
    expect(find('  ')).toEqual([]);
    expect(searchLocalities(localities, 'VN', 5).some(({ code }) => code === 'VN')).toBe(false);
  });
});
