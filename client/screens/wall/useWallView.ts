import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Handover, WallCommand } from '../../../shared/protocol/socket.ts';
import { announcementOf } from '../../../shared/domain/alarm.ts';
import { useRoot } from '../../catalogue/RootLocality.tsx';
import { currentLanguage } from '../../i18n/i18n.ts';
import { switchLanguage } from '../../i18n/switchLanguage.ts';
import { useAttentionRows, useIsFlood } from '../../panels/alarmHooks.ts';
import type { AttentionRow } from '../../panels/attentionRows.ts';
import type { StripRotation } from '../../panels/DomainStrip.tsx';
import { SCENES, type SceneId } from '../../panels/sceneIcons.tsx';
import { viewOf } from './handover.ts';
import { useHandover } from './useHandover.ts';
import { type Preempting, usePreemption } from './usePreemption.ts';
import { useRotation } from './useRotation.ts';
import { useWallKeys } from './useWallKeys.ts';
import { useWallCommands } from './useWallCommands.ts';
import { type WallOptions, withView } from './wallOptions.ts';

export interface WallView {
  /** The domain of the alarm that stands before the scenes, else the scene whose turn it is. */
  readonly scene: SceneId;
  readonly round: number;
  readonly strip: StripRotation;
  readonly preempting: Preempting | null;
  /** What somebody shows on it, an alarm before it or not. */
  readonly handover: Handover | null;
  /** Province the map is at, the wall's own or one it flew to; `null`: the whole country. */
  readonly focusCode: string | null;
  /** [FL2] A row is a condition then, not one of a place. */
  readonly isFlood: boolean;
  readonly allRows: readonly AttentionRow[];
  /** Alarms of the scene's own domain, and whatever its domain what is wrong with the system itself and every critical one. */
  readonly rows: readonly AttentionRow[];
  /** The same for the map, on which every place keeps its own symbol. */
  readonly mapRows: readonly AttentionRow[];
  /** Critical alarms that gave way unanswered. */
  readonly leftRows: readonly AttentionRow[];
  readonly selectedKey: string | undefined;
}

/** [RT4] Which province a person sent the map to, and which row the remote control has chosen. The map of a province stays where it is. */
function useFocus(first: string | null, rows: readonly AttentionRow[], budget: number) {
  const root = useRoot();
  const allowed = (code: string | null | undefined) => (root.isNation && code != null && root.unitOf(code) !== undefined ? code : null);
  const [focusCode, setFocusCode] = useState(() => allowed(first));
  const [selected, setSelected] = useState<number | null>(null);
  const count = Math.min(rows.length, budget);
  return {
    focusCode,
    selectedKey: selected === null ? undefined : rows[selected]?.key,
    move: (step: number) => setSelected((held) => (count === 0 ? null : ((held ?? (step > 0 ? -1 : 0)) + step + count) % count)),
    openAt: (code: string | null) => { setFocusCode(allowed(code)); setSelected(null); },
    open: () => { const code = allowed(rows[selected ?? 0]?.unitCode); if (code !== null) setFocusCode(code); },
    close: () => { setFocusCode(null); setSelected(null); },
  };
}

/** The address follows the view without the router: a new address there would make a new map. */
function useViewInAddress(scene: SceneId, isHeld: boolean, round: number, focusCode: string | null): void {
  useEffect(() => {
    const search = withView(new URLSearchParams(window.location.search), { scene, isHeld, round, focusCode });
    window.history.replaceState(window.history.state, '', `${window.location.pathname}?${search.toString()}`);
  }, [scene, isHeld, round, focusCode]);
}

function rowsOf(rows: readonly AttentionRow[], scene: SceneId): AttentionRow[] {
  return rows.filter(({ mark, alarms: [first] }) => first.domain === scene || first.kind === 'system' || mark === 'critical');
}

const nothing = () => {};
/** [TW4] The scenes wait: only "back" and the language do something. */
const HANDED_OVER_KEYS = { next: nothing, previous: nothing, hold: nothing, showScene: nothing, moveSelection: nothing, openSelection: nothing };

/** What a wall shows now, and the keys that change it. `rowBudget`: attention rows there is room for. */
export function useWallView(options: WallOptions, rowBudget: number, openSettings: () => void): WallView {
  const root = useRoot();
  const { i18n } = useTranslation();
  const isFlood = useIsFlood();
  const allRows = useAttentionRows(isFlood);
  const placeRows = useAttentionRows();
  const { preempting, left, leave } = usePreemption(isFlood);
  const { handover, ...handedOver } = useHandover();
  const [isFocused, setIsFocused] = useState(root.isNation && options.focusCode !== null);
  const rotation = useRotation({ scene: options.scene, isHeld: options.isHeld, round: options.round, dwell: options.dwell, isStopped: isFocused || preempting !== null || handover !== null });
  const claims = {
    alarm: preempting === null ? null : { domain: preempting.alarm.domain, provinceCode: preempting.row.unitCode ?? null },
    handover, rootCode: root.isNation ? null : root.code,
  };
  const { scene } = viewOf({ ...claims, turn: { scene: rotation.scene, focusCode: null } });
  const rows = useMemo(() => rowsOf(allRows, scene), [allRows, scene]);
  const mapRows = useMemo(() => rowsOf(placeRows, scene), [placeRows, scene]);
  const leftRows = useMemo(() => allRows.filter(({ alarms }) => alarms.some((alarm) => left.has(announcementOf(alarm)))), [allRows, left]);
  const focus = useFocus(options.focusCode, rows, rowBudget);
  useEffect(() => setIsFocused(focus.focusCode !== null), [focus.focusCode]);
  useViewInAddress(rotation.scene, rotation.strip.isHeld, rotation.round, focus.focusCode);
  useWallKeys({
    ...(handover === null ? {
      next: rotation.next, previous: rotation.previous, hold: rotation.hold, showScene: (position: number) => { focus.close(); rotation.show(position); },
      moveSelection: focus.move, openSelection: focus.open,
    } : HANDED_OVER_KEYS),
    goBack: preempting !== null ? leave : handover === null ? focus.close : handedOver.end,
    turnLanguage: () => void switchLanguage(i18n, currentLanguage(i18n) === 'vi' ? 'en' : 'vi'), openSettings,
  });
  useWallCommands((command: WallCommand) => {
    if (command.action === 'hand-over' || command.action === 'take-back') handedOver.tell(command);
    else if (command.action === 'scene') { focus.close(); rotation.show(SCENES.indexOf(command.scene)); }
    else if (command.action === 'focus') focus.openAt(command.localityCode);
    else if (command.action === 'next' || command.action === 'previous') rotation[command.action]();
    else if (rotation.strip.isHeld !== (command.action === 'hold')) rotation.hold();
  });
  return {
    scene, round: rotation.round, strip: rotation.strip, preempting, handover, isFlood, allRows, rows, mapRows, leftRows, selectedKey: focus.selectedKey,
    focusCode: viewOf({ ...claims, turn: { scene: rotation.scene, focusCode: focus.focusCode } }).focusCode,
  };
}
