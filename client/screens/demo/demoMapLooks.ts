import type { Locality } from '../../../shared/domain/locality.ts';
import type { MapPin } from '../../layers/buildPinLayer.ts';
import type { AreaLook } from '../../map/areaLook.ts';
import type { MapLabel } from '../../map/placeLabels.ts';
import type { ThemeColors } from '../../theme/tokens.ts';
import type { Milestone } from '../../../shared/domain/milestones.ts';

/** Height of a pin on the map of the whole country, whose scale follows the text: its name stands beside the drop, not its point. */
const PIN_HEIGHT_DEG = 0.8;
/** Reported "connected" is the second tone of the ramp; the first is the bare land. */
const REPORTED_CLASS = 1;

/**
 * Every province, or none: documents say how many provinces are connected, and only when it is all of them does that say which.
 * Nothing else is coloured, because no document names the rest.
 */
export function reportedAreas(provinces: readonly Locality[], areAllConnected: boolean, colors: ThemeColors): ReadonlyMap<string, AreaLook> {
  const fill = areAllConnected ? colors.ramp[REPORTED_CLASS] : colors.land;
  return new Map(provinces.map(({ code }) => [code, { fill, hatch: 'none' as const }]));
}

/** Provinces that the document's publisher names, and those its facts are about. */
function provincesOf({ documents }: Milestone, provinces: readonly Locality[], nowMs: number): Locality[] {
  const said = documents.filter(({ reportedOnMs }) => reportedOnMs <= nowMs);
  return provinces.filter(({ name, code }) => said.some(({ publisher, facts }) => publisher.includes(name) || facts.some((fact) => fact.localityCode === code)));
}

/** A pin for each province the documents of a past milestone come from or speak of; filled for the latest milestone. Pure. */
export function milestonePins(milestones: readonly Milestone[], currentIndex: number, provinces: readonly Locality[], nowMs: number): MapPin[] {
  const pins = new Map<string, MapPin>();
  milestones.slice(0, currentIndex + 1).forEach((milestone, i) => {
    for (const { code, lngLat } of provincesOf(milestone, provinces, nowMs)) pins.set(code, { id: code, lngLat, isCurrent: i === currentIndex });
  });
  return [...pins.values()];
}

export function pinLabels(pins: readonly MapPin[], provinces: readonly Locality[], bPx: number): MapLabel[] {
  return pins.flatMap(({ id, lngLat, isCurrent }) => {
    const province = provinces.find(({ code }) => code === id);
    return province === undefined ? [] : [{
      id, lngLat: [lngLat[0], lngLat[1] + PIN_HEIGHT_DEG / 2], lines: [province.name], priority: isCurrent ? 0 : 1, tone: isCurrent ? 'strong' as const : 'plain' as const,
      sizePx: isCurrent ? bPx * 1.15 : bPx, symbolRadiusPx: bPx * 0.72,
    }];
  });
}
