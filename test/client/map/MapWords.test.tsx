// @vitest-environment jsdom
import { render } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { MapHandle } from '../../../client/map/createMap.ts';
import { MapWords, type MapWord } from '../../../client/map/MapWords.tsx';
import { type Camera, projectorFor } from '../../../client/map/mercator.ts';

const SIZE = { widthPx: 1_000, heightPx: 600 };
const HOME: Camera = { center: [108, 16], zoom: 5 };
const AWAY: Camera = { center: [106, 21], zoom: 8 };
const WORDS: readonly MapWord[] = [
  { id: 'a', lngLat: [105.8, 21], text: 'Hà Nội\n96,0%', tone: 'strong', sizePx: 20, justify: 'left' },
  { id: 'b', lngLat: [112, 16.5], text: 'Quần đảo Hoàng Sa', tone: 'archipelago', sizePx: 18, justify: 'center' },
];

/** As much of a map as words need: it moves, and says so. */
function movingMap(): { readonly handle: MapHandle; move(camera: Camera): void; followers(): number } {
  const followers = new Set<(camera: Camera) => void>();
  let camera = HOME;
  const handle = { camera: () => camera, onMove: (follow: (to: Camera) => void) => { followers.add(follow); return () => followers.delete(follow); } };
  return { handle: handle as unknown as MapHandle, move: (to) => { camera = to; for (const follow of followers) follow(to); }, followers: () => followers.size };
}

const placesIn = (container: HTMLElement) => [...container.querySelectorAll('p')].map(({ style }) => /translate\((.*?)\)/.exec(style.transform)?.[1]);
const placesUnder = (camera: Camera, words: readonly MapWord[]) => words.map(({ lngLat }) => projectorFor(camera, SIZE.widthPx, SIZE.heightPx)(lngLat).map((px) => `${Number(px.toFixed(1))}px`).join(', '));

test('[MP5] words stand at their places under the camera the map has, go where it goes, and let go of it', () => {
  const map = movingMap();
  const { container, rerender, unmount } = render(<MapWords handle={map.handle} size={SIZE} words={WORDS} haloPx={3} />);
  expect(placesIn(container)).toEqual(placesUnder(HOME, WORDS));
  map.move(AWAY);
  expect(placesIn(container)).toEqual(placesUnder(AWAY, WORDS));
  // In mid-flight a label comes and one goes: what is new stands where the map is now, not where it will be.
  const next = [...WORDS.slice(1), { ...WORDS[0]!, id: 'c', text: 'Huế', lngLat: [107.6, 16.4] as const }];
  rerender(<MapWords handle={map.handle} size={SIZE} words={next} haloPx={3} />);
  expect(placesIn(container)).toEqual(placesUnder(AWAY, next));
  expect([...container.querySelectorAll('p')].map(({ textContent }) => textContent)).toEqual(['Quần đảo Hoàng Sa', 'Huế']);
  expect(map.followers()).toBe(1);
  unmount();
  expect(map.followers()).toBe(0);
});
