import { useEffect, useRef } from 'react';
import { isTyping } from '../isTyping.ts';

export interface WallKeyHandlers {
  readonly next: () => void;
  readonly previous: () => void;
  readonly hold: () => void;
  /** 0-2. */
  readonly showScene: (position: number) => void;
  /** -1 up, 1 down. */
  readonly moveSelection: (step: number) => void;
  readonly openSelection: () => void;
  readonly goBack: () => void;
  readonly turnLanguage: () => void;
  readonly openSettings: () => void;
}

/** The wall's remote control: → next, ← previous, Space hold, 1-3 scene, ↑↓ choose a row, Enter fly to it, Esc back, L language, C settings. */
export function useWallKeys(handlers: WallKeyHandlers): void {
  const held = useRef(handlers);
  held.current = handlers;
  useEffect(() => {
    const handleKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      const { next, previous, hold, showScene, moveSelection, openSelection, goBack, turnLanguage, openSettings } = held.current;
      const actions: Readonly<Record<string, () => void>> = {
        ArrowRight: next, ArrowLeft: previous, ' ': hold, 1: () => showScene(0), 2: () => showScene(1), 3: () => showScene(2),
        ArrowDown: () => moveSelection(1), ArrowUp: () => moveSelection(-1), Enter: openSelection, Escape: goBack, l: turnLanguage, L: turnLanguage, c: openSettings, C: openSettings,
      };
      const action = actions[event.key];
      if (action === undefined) return;
      event.preventDefault();
      action();
    };
    window.addEventListener('keydown', handleKey);
    return () => window.removeEventListener('keydown', handleKey);
  }, []);
}
