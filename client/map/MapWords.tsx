import { type CSSProperties, useLayoutEffect, useRef } from 'react';
import type { MapHandle } from './createMap.ts';
import type { PageSize } from './drawingSizes.ts';
import { type Camera, projectorFor } from './mercator.ts';
import type { LabelTone } from './placeLabels.ts';

export interface MapWord {
  readonly id: string;
  /** Of its middle; of the middle of its foot for the name of an archipelago, which stands on its frame. */
  readonly lngLat: readonly [number, number];
  /** Lines are parted by "\n". */
  readonly text: string;
  readonly tone: LabelTone | 'archipelago' | 'sea';
  readonly sizePx: number;
  readonly justify: 'left' | 'center' | 'right';
}

interface MapWordsProps {
  readonly handle: MapHandle;
  readonly size: PageSize;
  /** Keep its identity while unchanged. */
  readonly words: readonly MapWord[];
  readonly haloPx: number;
  /** A label was pressed; names are not to be pressed. Absent: none can be. */
  readonly onWord?: ((id: string) => void) | undefined;
}

/**
 * The words of a map, which go where it goes. They are words of the page, not of WebGL: drawn there, each that changes has the whole
 * map drawn four to six times, a quarter of a second each where the processor draws; and the map waits for its glyphs when it starts.
 * Those that cannot be pressed are hidden from a reader of the page: what they say stands in the panels.
 */
export function MapWords({ handle, size, words, haloPx, onWord }: MapWordsProps) {
  const layer = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const place = (camera: Camera) => {
      const project = projectorFor(camera, size.widthPx, size.heightPx);
      const elements = layer.current?.children ?? [];
      for (const [i, { lngLat, tone }] of words.entries()) {
        const element = elements[i];
        const [x, y] = project(lngLat);
        if (element instanceof HTMLElement) element.style.transform = `translate(${x.toFixed(1)}px, ${y.toFixed(1)}px) translate(-50%, ${tone === 'archipelago' ? -100 : -50}%)`;
      }
    };
    place(handle.camera());
    return handle.onMove(place);
  }, [handle, size, words]);
  return (
    <div className="mapWords" ref={layer} style={{ '--map-halo': `${haloPx}px` } as CSSProperties}>
      {words.map(({ id, text, tone, sizePx, justify }) => {
        const style = { fontSize: sizePx, textAlign: justify };
        return onWord === undefined || tone === 'archipelago' || tone === 'sea'
          ? <p key={id} data-tone={tone} style={style} aria-hidden="true">{text}</p>
          : <button key={id} type="button" data-tone={tone} style={style} onClick={() => onWord(id)}>{text}</button>;
      })}
    </div>
  );
}
