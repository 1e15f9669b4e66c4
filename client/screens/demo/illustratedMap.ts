import { useMemo, useRef } from 'react';
import type { Catalogue } from '../../catalogue/catalogue.ts';
import { useCatalogue } from '../../catalogue/ChannelProvider.tsx';
import type { MapSymbol } from '../../layers/buildSymbolLayers.ts';
import { createSeats, SEAT, type Seats, type SeatState, withStates } from '../../layers/seats.ts';
import { type AreaLook, classOf, toAreaLook } from '../../map/areaLook.ts';
import { useMirrorStore, useVersion } from '../../store/mirrorHooks.tsx';
import { type Reading, selectReading } from '../../store/selectReading.ts';
import type { ThemeColors } from '../../theme/tokens.ts';

export interface IllustratedMap {
  readonly areas: ReadonlyMap<string, AreaLook>;
  readonly seats: Seats;
  readonly symbols: readonly MapSymbol[];
}

type Read = (localityCode: string, indicatorId: string) => Reading | undefined;

/** By the value of `tslcd-link-state`: lost, planned, connected. */
const SEAT_OF_VALUE: readonly SeatState[] = [SEAT.lost, SEAT.notConnected, SEAT.connected];

/** [IL6] What the layer draws: nothing but readings that are called illustrative. Pure. */
export function illustratedMap({ provinces, locals, indicator }: Pick<Catalogue, 'provinces' | 'locals' | 'indicator'>, read: Read, colors: ThemeColors): IllustratedMap {
  const made = (localityCode: string, indicatorId: string): number | null => {
    const reading = read(localityCode, indicatorId);
    return reading?.provenance === 'illustrative' ? reading.value : null;
  };
  const share = indicator('tslcd-share');
  return {
    areas: new Map(provinces.map(({ code }) => {
      const value = made(code, 'tslcd-share');
      return [code, value === null || share === undefined ? { fill: colors.land, hatch: 'none' } : toAreaLook(classOf(value, share.bands, share.direction), 'fresh', 'illustrative', colors)];
    })),
    seats: withStates(createSeats(locals), (at) => SEAT_OF_VALUE[made(locals[at]?.code ?? '', 'tslcd-link-state') ?? -1] ?? SEAT.unknown),
    symbols: provinces.filter(({ code }) => (made(code, 'alerts-high') ?? 0) > 0).map(({ code, lngLat }) => ({ id: code, lngLat, severity: 'high', isAcknowledged: false })),
  };
}

function isSameMap(a: IllustratedMap, b: IllustratedMap): boolean {
  return a.seats.states.every((state, at) => b.seats.states[at] === state)
    && a.symbols.length === b.symbols.length && a.symbols.every(({ id }, i) => b.symbols[i]?.id === id)
    && [...a.areas].every(([code, { fill, hatch }]) => b.areas.get(code)?.fill === fill && b.areas.get(code)?.hatch === hatch);
}

/** `null` while the layer is off. The same object while it looks the same, so that the map is drawn anew only on news. */
export function useIllustratedMap(isOn: boolean, colors: ThemeColors): IllustratedMap | null {
  const store = useMirrorStore();
  const catalogue = useCatalogue();
  const version = useVersion();
  const held = useRef<IllustratedMap | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: readings live in the store; `version` says when they changed.
  const next = useMemo(() => {
    if (!isOn) return null;
    return illustratedMap(catalogue, (localityCode, indicatorId) => {
      const index = store.table.indexOf(localityCode, indicatorId);
      return index === undefined ? undefined : selectReading(store, index);
    }, colors);
  }, [isOn, store, catalogue, version, colors]);
  if (next === null || held.current === null || !isSameMap(next, held.current)) held.current = next;
  return held.current;
}
