import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ThemeColors } from '../theme/tokens.ts';
import { ARCHIPELAGOS, EAST_SEA_LNG_LAT, NATION_BOUNDS } from './archipelagos.ts';
import type { AreaLook } from './areaLook.ts';
import type { Geography } from './geography.ts';
import { outlineShapes, toOutline } from './outlineShapes.ts';

interface OutlineMapProps {
  readonly geography: Geography;
  readonly colors: ThemeColors;
  readonly areas: ReadonlyMap<string, AreaLook>;
  /** Province drawn in the accent colour. */
  readonly focusCode?: string | undefined;
  /** A small inset: names are abbreviated and larger for its size. */
  readonly isInset?: boolean;
}

/** Provinces only, as SVG: the locator inset, and the map of a display without WebGL. Both archipelagos and BIỂN ĐÔNG always. */
export function OutlineMap({ geography, colors, areas, focusCode, isInset = false }: OutlineMapProps) {
  const { t } = useTranslation();
  const shapes = useMemo(() => outlineShapes(geography.provinces), [geography]);
  const [west, south, east, north] = NATION_BOUNDS;
  const [x0, y0] = toOutline([west, north]);
  const [x1, y1] = toOutline([east, south]);
  // Room for the archipelagos' names, which are wider than their frames. In the map's place the country stands where the map had it.
  const [width, height] = [(x1 - x0) * (isInset ? 1.14 : 1), y1 - y0];
  const textSize = height * (isInset ? 0.052 : 0.038);
  const hairline = height / 700;
  const text = { fontSize: textSize, textAnchor: 'middle' as const };
  const [seaX, seaY] = toOutline(EAST_SEA_LNG_LAT);
  return (
    <svg className="outlineMap" viewBox={`${x0} ${y0} ${width} ${height}`} role="img" aria-label={t('map.label')}>
      {shapes.map(({ code, path }) => (
        <path key={code} d={path} fill={code === focusCode ? colors.accent : (areas.get(code)?.fill ?? colors.land)} stroke={colors.provinceLine} strokeWidth={hairline} />
      ))}
      {geography.islets.features.map(({ geometry: { coordinates: [lng = 0, lat = 0] } }) => {
        const [x, y] = toOutline([lng, lat]);
        return <circle key={`${lng} ${lat}`} cx={x} cy={y} r={hairline * 2} fill={colors.coast} />;
      })}
      {ARCHIPELAGOS.map(({ id, name, shortName, frame: [w, s, e, n] }) => {
        const [left, top] = toOutline([w, n]);
        const [right, bottom] = toOutline([e, s]);
        return (
          <g key={id}>
            <rect x={left} y={top} width={right - left} height={bottom - top} fill="none" stroke={colors.ink3} strokeWidth={hairline} strokeDasharray={`${hairline * 4}`} />
            <text {...text} x={(left + right) / 2} y={top - textSize * 0.4} fill={colors.ink2}>{isInset ? shortName : name}</text>
          </g>
        );
      })}
      <text {...text} x={seaX} y={seaY} fill={colors.ink3} letterSpacing={textSize * 0.25}>{t('map.eastSea')}</text>
    </svg>
  );
}
