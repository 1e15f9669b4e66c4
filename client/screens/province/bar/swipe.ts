import { type PointerEvent, useRef } from 'react';

/** A finger that moved less did not mean it. CSS px. */
const SWIPE_PX = 60;
/** So many times further across than down. */
const ACROSS = 2;

/** [SW3] Which way a finger was drawn; `null`: neither. Left means on to the next, as with pages. Pure. */
export function swipeOf(from: { readonly x: number; readonly y: number }, to: { readonly x: number; readonly y: number }): 'previous' | 'next' | null {
  const across = to.x - from.x;
  if (Math.abs(across) < SWIPE_PX || Math.abs(across) < ACROSS * Math.abs(to.y - from.y)) return null;
  return across < 0 ? 'next' : 'previous';
}

export interface SwipeHandlers {
  onPointerDownCapture(event: PointerEvent): void;
  onPointerUpCapture(event: PointerEvent): void;
}

/** Handlers for what is swiped. It needs `touch-action: pan-y`, else the browser takes the finger for itself. */
export function useSwipe(onSwipe: (way: 'previous' | 'next') => void): SwipeHandlers {
  const from = useRef<{ readonly id: number; readonly x: number; readonly y: number } | null>(null);
  return {
    onPointerDownCapture({ isPrimary, pointerType, pointerId, clientX, clientY, currentTarget, target }) {
      // What opens above the page is a child of this element only in React.
      const isWithin = target instanceof Node && currentTarget.contains(target);
      from.current = isWithin && isPrimary && pointerType !== 'mouse' ? { id: pointerId, x: clientX, y: clientY } : null;
    },
    onPointerUpCapture({ pointerId, clientX, clientY }) {
      const began = from.current;
      from.current = null;
      const way = began?.id === pointerId ? swipeOf(began, { x: clientX, y: clientY }) : null;
      if (way !== null) onSwipe(way);
    },
  };
}
