import type { Locality } from '../../../shared/domain/locality.ts';
import type { Link } from '../../layers/buildLinkLayers.ts';
import { curveBetween, type Position } from '../../layers/curve.ts';
import { lngLatOf, pickSeats, SEAT, type Seats } from '../../layers/seats.ts';
import { MAP } from '../../theme/tokens.ts';

/** Hà Nội, Đà Nẵng, TP.HCM: where the backbone of the network meets. Schematic: what is measured is the district, not the cable. */
export const HUB_CODES = ['01', '48', '79'] as const;

function squaredDistance(a: Position, b: Position): number {
  // A degree of longitude is about 0.96 of one of latitude in this country; near enough to choose a hub by.
  return ((a[0] - b[0]) * 0.96) ** 2 + (a[1] - b[1]) ** 2;
}

function nearestHub(place: Position, hubs: readonly Locality[]): Locality | undefined {
  return [...hubs].sort((a, b) => squaredDistance(place, a.lngLat) - squaredDistance(place, b.lngLat))[0];
}

export interface SchematicLinks {
  readonly hubs: readonly Locality[];
  readonly links: readonly Link[];
  readonly backbone: readonly Link[];
}

/** Worked out once an edition: every province to its nearest hub, the hubs in a row. */
export function schematicLinks(provinces: readonly Locality[]): SchematicLinks {
  const hubs = HUB_CODES.flatMap((code) => provinces.filter((province) => province.code === code));
  const links = provinces.filter(({ code }) => !hubs.some((hub) => hub.code === code)).flatMap(({ code, lngLat }): Link[] => {
    const hub = nearestHub(lngLat, hubs);
    return hub === undefined ? [] : [{ id: code, path: curveBetween(hub.lngLat, lngLat, MAP.curveOffsetRatio) }];
  });
  const backbone = hubs.slice(1).flatMap((hub, i): Link[] => {
    const previous = hubs[i];
    return previous === undefined ? [] : [{ id: `${previous.code}-${hub.code}`, path: curveBetween(previous.lngLat, hub.lngLat, MAP.curveOffsetRatio) }];
  });
  return { hubs, links, backbone };
}

/** From the nearest hub to every lost seat; the seat's own link, drawn only while it is lost. */
export function lostLinksOf(seats: Seats, hubs: readonly Locality[]): Link[] {
  const lost = pickSeats(seats, (at) => seats.states[at] === SEAT.lost);
  return lost.codes.flatMap((code, at): Link[] => {
    const lngLat = lngLatOf(lost, at);
    const hub = nearestHub(lngLat, hubs);
    return hub === undefined ? [] : [{ id: code, path: curveBetween(hub.lngLat, lngLat, MAP.curveOffsetRatio) }];
  });
}

/** The same links; one is silent while no seat of its province says how it is, a stretch of the backbone while no seat at all does. */
export function withSilence(links: readonly Link[], seats: Seats, provinceOf: (code: string) => string | undefined): readonly Link[] {
  const speaking = new Set<string | undefined>();
  const provinces = new Set<string | undefined>();
  for (const [at, code] of seats.codes.entries()) {
    const province = provinceOf(code);
    provinces.add(province);
    if (seats.states[at] !== SEAT.unknown) speaking.add(province);
  }
  return links.map((link) => ({ ...link, isSilent: provinces.has(link.id) ? !speaking.has(link.id) : speaking.size === 0 }));
}
