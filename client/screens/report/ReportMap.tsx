import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Indicator } from '../../../shared/domain/indicator.ts';
import type { Locality } from '../../../shared/domain/locality.ts';
import { useCatalogue } from '../../catalogue/ChannelProvider.tsx';
import { toAreaLook } from '../../map/areaLook.ts';
import type { Geography } from '../../map/geography.ts';
import { loadGeography } from '../../map/loadGeography.ts';
import { outlineShapes, toOutline } from '../../map/outlineShapes.ts';
import { THEMES } from '../../theme/tokens.ts';
import { cellCentre } from '../province/cellCentre.ts';
import { rampClassOf } from '../province/districtScale.ts';
import type { ReadingOf } from './reportModel.ts';

const COLORS = THEMES.light;
/** Of the longer side of the province. */
const MARGIN_RATIO = 0.05;
const MARK_RATIO = 0.028;

interface ReportMapProps {
  readonly province: Locality;
  readonly units: readonly Locality[];
  readonly indicator: Indicator;
  readonly readingOf: ReadingOf;
  /** Numbered on the map, from 1. */
  readonly numbered: readonly Locality[];
}

function useGeography(): Geography | null {
  const { edition } = useCatalogue();
  const [geography, setGeography] = useState<Geography | null>(null);
  useEffect(() => {
    let isCurrent = true;
    loadGeography(edition).then((loaded) => { if (isCurrent) setGeography(loaded); }, () => { /* The report says everything the map does in its tables. */ });
    return () => { isCurrent = false; };
  }, [edition]);
  return geography;
}

/** Cells, or points where an edition has no cells, in the colours of their classes. SVG: it prints sharp, and needs no WebGL. */
export function ReportMap({ province, units, indicator, readingOf, numbered }: ReportMapProps) {
  const { t } = useTranslation();
  const geography = useGeography();
  const [provinces, cells] = useMemo(() => (geography === null ? [[], []] : [
    outlineShapes(geography.provinces), outlineShapes({ ...geography.districts, features: geography.districts.features.filter(({ properties }) => properties.parent === province.code) }),
  ]), [geography, province.code]);
  const centres = useMemo(() => new Map(geography?.districts.features.map(({ geometry, properties }) => [properties.code, cellCentre(geometry)])), [geography]);
  const [west, south, east, north] = province.bounds ?? [102, 8, 110, 23.5];
  const [x0, y0] = toOutline([west, north]);
  const [x1, y1] = toOutline([east, south]);
  const side = Math.max(x1 - x0, y1 - y0);
  const margin = side * MARGIN_RATIO;
  const mark = side * MARK_RATIO;
  const hairline = side / 500;
  const fillOf = (code: string) => {
    const reading = readingOf(code, indicator.id);
    return toAreaLook(rampClassOf(indicator, reading?.value ?? null), reading?.freshness ?? 'never', null, COLORS).fill;
  };
  return (
    <svg className="report-map" viewBox={`${x0 - margin} ${y0 - margin} ${x1 - x0 + margin * 2} ${y1 - y0 + margin * 2}`} role="img" aria-label={t('province.map', { name: province.fullName })} data-ready={geography !== null}>
      {provinces.map(({ code, path }) => <path key={code} d={path} fill={code === province.code ? COLORS.land : COLORS.neighbour} stroke={COLORS.neighbourLine} strokeWidth={hairline} />)}
      {cells.map(({ code, path }) => <path key={code} d={path} fill={fillOf(code)} stroke={COLORS.cellLine} strokeWidth={hairline} />)}
      {units.filter(({ code }) => !centres.has(code)).map(({ code, lngLat }) => {
        const [x, y] = toOutline(lngLat);
        return <circle key={code} cx={x} cy={y} r={hairline * 4} fill={fillOf(code)} stroke={COLORS.ink2} strokeWidth={hairline * 0.6} />;
      })}
      {numbered.map(({ code, lngLat }, i) => {
        const [x, y] = toOutline(centres.get(code) ?? lngLat);
        return (
          <g key={code}>
            <circle cx={x} cy={y} r={mark} fill={COLORS.panel} stroke={COLORS.ink} strokeWidth={hairline} />
            <text x={x} y={y + mark * 0.45} fontSize={mark * 1.3} fontWeight="600" textAnchor="middle" fill={COLORS.ink}>{i + 1}</text>
          </g>
        );
      })}
    </svg>
  );
}
