import { describe, expect, test } from 'vitest';
import en from '../../../client/i18n/en.json' with { type: 'json' };
import vi from '../../../client/i18n/vi.json' with { type: 'json' };

function leaves(node: unknown, path = ''): [string, string][] {
  if (typeof node === 'string') return [[path, node]];
  return Object.entries(node as Record<string, unknown>).flatMap(([key, child]) => leaves(child, path === '' ? key : `${path}.${key}`));
}
const placeholders = (text: string) => [...text.matchAll(/{{\s*(\w+)\s*}}/g)].map(([, name]) => name).sort();

describe('[I18N1] both languages say everything', () => {
  const english = new Map(leaves(en));

  test('the same keys', () => {
    expect(leaves(vi).map(([key]) => key).sort()).toEqual([...english.keys()].sort());
    expect(english.size).toBeGreaterThan(80);
  });

  test.each(leaves(vi))('%s: not empty, NFC, no value that the other does not know', (key, text) => {
    const other = english.get(key) ?? '';
    expect(text.trim().length).toBeGreaterThan(0);
    expect(other.trim().length).toBeGreaterThan(0);
    expect(text).toBe(text.normalize('NFC'));
    expect(placeholders(text)).toEqual(expect.arrayContaining(placeholders(other)));
  });
});

describe('[I18N2] the words that must be exact', () => {
  test.each([
    [vi.link.lost, 'MẤT LIÊN LẠC · SỐ ĐÃ CŨ'], [vi.mode.live, 'TRỰC TIẾP'], [vi.mode.simulation, 'MÔ PHỎNG'], [vi.mode.replay, 'PHÁT LẠI'],
    [vi.map.eastSea, 'BIỂN ĐÔNG'], [en.map.eastSea, 'BIỂN ĐÔNG'], [vi.attention.quiet, 'Không có việc cần chú ý'],
    [vi.map.schematic, 'Ranh giới huyện: sơ đồ'], [vi.figure.none, 'chưa có số'], [vi.map.simple, 'Bản đồ đơn giản'],
    [vi.wall.tooSmall, 'Màn hình quá nhỏ so với khoảng cách khai báo'],
  ])('%s', (said, expected) => {
    expect(said).toBe(expected);
  });
});
