import { useCallback, useEffect, useMemo, useState } from 'react';
import { useCatalogue } from '../../catalogue/ChannelProvider.tsx';
import { useRoot } from '../../catalogue/RootLocality.tsx';
import { buildDossierLayers, largestOverdue } from '../../layers/buildDossierLayers.ts';
import { buildLinkLayers } from '../../layers/buildLinkLayers.ts';
import { buildSeatLayers } from '../../layers/buildSeatLayers.ts';
import { buildSymbolLayers } from '../../layers/buildSymbolLayers.ts';
import { lngLatOf, pickSeats, SEAT } from '../../layers/seats.ts';
import type { IconAtlas } from '../../layers/severityAtlas.ts';
import { lineScaleOf } from '../../map/drawingSizes.ts';
import type { Mark } from '../../map/drawLabels.ts';
import type { MapHealth } from '../../map/mapHealth.ts';
import MapView, { type MapTarget } from '../../map/MapView.tsx';
import type { Rect } from '../../map/placeLabels.ts';
import type { AttentionRow } from '../../panels/attentionRows.ts';
import type { SceneId } from '../../panels/sceneIcons.tsx';
import { useLink } from '../../store/mirrorHooks.tsx';
import { MAP, MOTION, SYMBOL_SIZE_IN_B, THEMES } from '../../theme/tokens.ts';
import type { WallScale } from '../../theme/wallScale.ts';
import { lostLinksOf, schematicLinks, withSilence } from './mapLinks.ts';
import { mapPaddingOf } from './mapPadding.ts';
import { MapTable } from './MapTable.tsx';
import { useMapScene } from './useMapScene.ts';
import type { WallLayout } from './wallLayout.ts';

export interface WallMapProps {
  readonly scene: SceneId;
  readonly scale: WallScale;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly layout: WallLayout;
  readonly focusCode: string | null;
  /** Locality of the alarm that stands before the scenes; `null`: none does. */
  readonly emphasisId: string | null;
  /** The row of an alarm that gave way stands above the cards. */
  readonly hasAlarmRow: boolean;
  readonly rows: readonly AttentionRow[];
  readonly isMotionOn: boolean;
  readonly onHealth: (health: MapHealth) => void;
}

const colors = THEMES.dark;
type Layers = ReturnType<typeof buildSymbolLayers>;

/** Eight steps a second: the pulse is slow, and every step redraws the overlay. */
const PULSE_STEPS_PER_SEC = 8;

/** Place in the pulse's cycle, 0-1; `null` while nothing pulses or nothing may move. */
function usePulse(isPulsing: boolean): number | null {
  const [step, setStep] = useState(0);
  useEffect(() => {
    if (!isPulsing) return undefined;
    const timer = setInterval(() => setStep((held) => held + 1), 1_000 / PULSE_STEPS_PER_SEC);
    return () => clearInterval(timer);
  }, [isPulsing]);
  const stepsPerCycle = (MOTION.pulseMs / 1_000) * PULSE_STEPS_PER_SEC;
  return isPulsing ? (step % stepsPerCycle) / stepsPerCycle : null;
}

/** The wall's map and what the scene draws on it. A chunk of its own, so that figures are on screen before the map's code arrives. */
export default function WallMap(props: WallMapProps) {
  const { scene, scale, widthPx, heightPx, layout, focusCode, emphasisId, hasAlarmRow, rows, isMotionOn, onHealth } = props;
  const catalogue = useCatalogue();
  const { isNation } = useRoot();
  const isLinkLost = useLink().state === 'lost';
  const { areas, labels, seats, symbols, rings } = useMapScene(scene, rows, focusCode, emphasisId, scale);
  const schematic = useMemo(() => schematicLinks(catalogue.provinces), [catalogue]);
  const { hubs } = schematic;
  const { links, backbone } = useMemo(() => {
    const provinceOf = (code: string) => catalogue.provinceOf(code)?.code;
    return { links: withSilence(schematic.links, seats, provinceOf), backbone: withSilence(schematic.backbone, seats, provinceOf) };
  }, [schematic, seats, catalogue]);
  const hasCritical = symbols.some(({ severity, isAcknowledged }) => severity === 'critical' && !isAcknowledged);
  const phase = usePulse(hasCritical && isMotionOn && !isLinkLost);
  const k = lineScaleOf(widthPx, heightPx, layout.mapPadding);

  const lostLinks = useMemo(() => lostLinksOf(seats, hubs), [seats, hubs]);
  const sceneLayers = useMemo((): Layers => {
    if (focusCode !== null) {
      if (!isNation && scene === 'dossiers') return buildDossierLayers(rings, { colors, scale: k });
      const inside = new Set(catalogue.table.childrenOf(focusCode).map(({ code }) => code as string));
      return buildSeatLayers(pickSeats(seats, (at) => inside.has(seats.codes[at] ?? '')), { colors, scale: k * 2 });
    }
    if (scene === 'connectivity') {
      return [...buildLinkLayers(links, backbone, lostLinks, hubs.map(({ lngLat }) => lngLat), { colors, scale: k }), ...buildSeatLayers(seats, { colors, scale: k })];
    }
    return scene === 'dossiers' ? buildDossierLayers(rings, { colors, scale: k }) : [];
  }, [focusCode, scene, seats, links, backbone, lostLinks, hubs, rings, catalogue, isNation, k]);

  const buildLayers = useCallback(
    (atlas: IconAtlas): Layers => {
      const emphasis = emphasisId === null ? null : { id: emphasisId, sizePx: scale.bPx * SYMBOL_SIZE_IN_B.preempt };
      return [...sceneLayers, ...buildSymbolLayers(symbols, atlas, { sizePx: scale.bPx * SYMBOL_SIZE_IN_B.map, emphasis }, phase)];
    },
    [sceneLayers, symbols, emphasisId, scale, phase]);
  const padding = mapPaddingOf(layout, { isFocused: focusCode !== null, isLinkLost, hasAlarmRow });
  const marks = useMemo((): Mark[] => {
    if (scene === 'connectivity') {
      const planned = pickSeats(seats, (at) => seats.states[at] === SEAT.notConnected);
      return planned.codes.map((_, at) => ({ lngLat: lngLatOf(planned, at), radiusPx: MAP.ringRadiusPx * k * 1.2 }));
    }
    return scene === 'dossiers' ? largestOverdue(rings, k).map(({ ring, radiusPx }) => ({ lngLat: ring.lngLat, radiusPx })) : [];
  }, [scene, seats, rings, k]);
  const covered = useMemo((): Rect[] => {
    const furniture = isLinkLost ? layout.stateBox : layout.legend;
    if (focusCode !== null) return [layout.locator, layout.focusTitle, layout.caption, ...(isNation || layout.rootLegend === null ? [] : [layout.rootLegend])];
    return furniture === null ? [] : [furniture];
  }, [layout, focusCode, isLinkLost, isNation]);
  const view = useMemo((): MapTarget => {
    const bounds = focusCode === null ? undefined : catalogue.locality(focusCode)?.bounds;
    return focusCode === null || bounds === undefined ? { kind: 'nation' } : { kind: 'province', code: focusCode, bounds };
  }, [focusCode, catalogue]);
  return (
    <MapView
      edition={catalogue.edition} theme="dark" scalePx={scale.bPx} view={view} padding={padding} homePadding={layout.mapPadding} nameRoomPx={layout.nameRoomPx} areas={areas} labels={labels}
      marks={marks} covered={covered} buildLayers={buildLayers} isMotionOn={isMotionOn} onHealth={onHealth} table={<MapTable {...props} />}
    />
  );
}
