import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LocalityCode } from '../../../shared/domain/ids.ts';
import { LocalityList } from '../../../shared/domain/locality.ts';
import { FeedSettings } from '../../../server/ports/feedSettings.ts';
import { createPlacer, type PlaceHint } from '../../../server/sources/placement.ts';

const localitiesOf = (edition: string) => LocalityList.parse(
  JSON.parse(readFileSync(resolve(import.meta.dirname, `../../../seeds/geography/localities-${edition}.json`), 'utf8')),
).localities;
const localities = localitiesOf('2021');
const placer = createPlacer(localities);
const { placement: silent } = FeedSettings.parse({ id: 'a', name: { vi: 'a', en: 'a' }, format: 'zabbix', localities: ['VN'], expectEveryMs: null });
const code = (text: string) => LocalityCode.parse(text);
const hint = (text: string): PlaceHint => ({ by: 'label', text });
const placeOf = (text: string, placement = silent) => placer.place([hint(text)], placement).localityCode;

describe('placement', () => {
  test.each([
    ['48', '48'], ['672', '672'], [' 672 ', '672'], ['VN', 'VN'],
    ['Thành phố Đà Nẵng', '48'], ['Đà Nẵng'.normalize('NFD'), '48'], ['da-nang', '48'], ['TP DA NANG', '48'], ['TP. Đà Nẵng', '48'], ['DaNang', '48'], ['Da Nang City', '48'],
    ['Tỉnh Bà Rịa - Vũng Tàu', '77'], ['ba ria vung tau', '77'], ['Lam Dong province', '68'],
    ['Quận 1', '760'], ['quan 1', '760'], ['Quan Sơn', '387'], ['Huyện Quan Sơn', '387'], ['Tinh Bien', '890'],
  ])('[MA4] "%s" is %s: by code or by name, without marks, case or kind', (text, expected) => {
    expect(placeOf(text)).toBe(expected);
  });

  test('[MA5] a province and its town of one name: the province, which holds both, unless the kind says which', () => {
    expect(placeOf('Cao Bằng')).toBe('04');
    expect(placeOf('Tỉnh Cao Bằng')).toBe('04');
    expect(placeOf('Thành phố Cao Bằng')).toBe('040');
    expect(placeOf('TP Cao Bang')).toBe('040');
  });

  test.each(['Châu Thành', 'Huyện Châu Thành', '1', '10001', '000', '99', 'Nowhere', '', '-', 'web-01', 'constructor', '__proto__'])('[MA5] "%s" places nothing', (text) => {
    expect(placer.place([hint(text)], silent)).toEqual({ localityCode: null, placedBy: null });
  });

  test('[MA6] the first hint that names a place wins, and says how it was found', () => {
    const hints: PlaceHint[] = [{ by: 'label', text: 'Châu Thành' }, { by: 'tag', text: '672' }, { by: 'host', text: '48' }];
    expect(placer.place(hints, silent)).toEqual({ localityCode: '672', placedBy: 'tag' });
  });

  test('[MA6] the sender\'s own names come before codes and names; what they name outside the edition places nothing', () => {
    const names = { 'sw-core-7': code('672'), 'Đà Nẵng': code('01'), gone: code('99') };
    expect(placeOf('sw-core-7', { ...silent, names })).toBe('672');
    expect(placeOf(' Đà Nẵng ', { ...silent, names })).toBe('01');
    expect(placeOf('gone', { ...silent, names })).toBeNull();
  });

  test('[MA6] a silent message belongs where the settings say, else nowhere: never to the capital by default', () => {
    expect(placer.place([], silent)).toEqual({ localityCode: null, placedBy: null });
    expect(placer.place([hint('Nowhere')], { ...silent, otherwise: code('68') })).toEqual({ localityCode: '68', placedBy: 'feed' });
    expect(placer.place([], { ...silent, otherwise: code('99') })).toEqual({ localityCode: null, placedBy: null });
  });

  test('[MA4] every unit of both editions is found by its code, and no full name leads to a place outside its own', () => {
    for (const edition of ['2021', '2025']) {
      const units = localitiesOf(edition);
      const own = createPlacer(units);
      for (const { code: expected, fullName, parent } of units) {
        expect(own.place([hint(expected)], silent).localityCode).toBe(expected);
        const found = own.place([hint(fullName)], silent).localityCode;
        expect([expected, parent, null]).toContain(found);
      }
    }
  });

  test('[MA6] nothing that is sent or configured places outside the edition, or without saying how', () => {
    const codes = new Set<string>(localities.map((locality) => locality.code));
    const anyCode = fc.constantFrom('VN', '00', '01', '99', '672', '999', '00001').map(code);
    const words = fc.constantFrom('Đà Nẵng', 'châu thành', 'Quận 1', '48', '99', 'tp', 'quan ', 'host');
    const text = fc.oneof(fc.string({ maxLength: 20 }), words, fc.tuple(words, fc.string({ maxLength: 5 })).map((parts) => parts.join(' ')));
    const hints = fc.array(fc.record({ by: fc.constantFrom('label' as const, 'host' as const), text }), { maxLength: 4 });
    fc.assert(fc.property(hints, fc.dictionary(text, anyCode, { maxKeys: 3 }), fc.option(anyCode, { nil: undefined }), (sent, names, otherwise) => {
      const { localityCode, placedBy } = placer.place(sent, { ...silent, names, ...(otherwise !== undefined && { otherwise }) });
      expect(localityCode === null || codes.has(localityCode)).toBe(true);
      expect(localityCode === null).toBe(placedBy === null);
      if (sent.length === 0 && otherwise === undefined) expect(localityCode).toBeNull();
    }), { numRuns: 300 });
  });
});
