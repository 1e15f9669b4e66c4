import { expect, test } from 'vitest';
import { wallIdentityFrom } from '../../../../client/screens/wall/wallIdentity.ts';

function aStore(kept: string | null = null) {
  const entries = new Map(kept === null ? [] : [['ioc-wall', kept]]);
  return { entries, getItem: (key: string) => entries.get(key) ?? null, setItem: (key: string, value: string) => { entries.set(key, value); } };
}

const from = (search: string, store = aStore(), part = 0.5) => wallIdentityFrom(new URLSearchParams(search), store, () => part);

test('[WR1] the address names a wall; a name for people is kept as written, to 24 characters', () => {
  expect(from('wall=phong-hop-2')).toEqual({ wallId: 'phong-hop-2', name: 'phong-hop-2' });
  expect(from('wall=phong-hop-2&name=Phòng họp tầng 2')).toEqual({ wallId: 'phong-hop-2', name: 'Phòng họp tầng 2' });
  expect(from(`wall=a&name=${'Trung tâm Điều hành thông minh'}`).name).toBe('Trung tâm Điều hành thôn');
});

test('[WR1] without one it makes up an id once and keeps it', () => {
  const store = aStore();
  expect(from('', store)).toEqual({ wallId: 'wall-8000', name: null });
  expect(from('', store, 0.1)).toEqual({ wallId: 'wall-8000', name: null });
});

test.each(['Phòng họp', 'a--b', '../x', 'x'.repeat(41)])('[WR1] "%s" is no id: the kept one is used', (wall) => {
  expect(from(`wall=${encodeURIComponent(wall)}`, aStore('hall')).wallId).toBe('hall');
});

test('[WR1] where the browser keeps nothing there is an id all the same', () => {
  const broken = { getItem: () => { throw new Error('blocked'); }, setItem: () => { throw new Error('blocked'); } };
  expect(wallIdentityFrom(new URLSearchParams(), broken, () => 0).wallId).toBe('wall-0000');
});
