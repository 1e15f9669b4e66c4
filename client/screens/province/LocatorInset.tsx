import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EditionId } from '../../../shared/domain/ids.ts';
import { ARCHIPELAGOS, EAST_SEA_LNG_LAT, NATION_BOUNDS } from '../../map/archipelagos.ts';
import type { Geography } from '../../map/geography.ts';
import { loadGeography } from '../../map/loadGeography.ts';
import { outlineShapes, toOutline } from '../../map/outlineShapes.ts';
import type { ThemeColors } from '../../theme/tokens.ts';

/** Names and frames are drawn this many times the size they have in the country's own proportions. */
const TEXT_RATIO = 0.062;
/** Room for names that are wider than their frames. */
const SIDE_RATIO = 0.1;

function useGeography(edition: EditionId): Geography | undefined {
  const [geography, setGeography] = useState<Geography>();
  useEffect(() => {
    let isCurrent = true;
    loadGeography(edition).then((loaded) => { if (isCurrent) setGeography(loaded); }, () => { /* The map itself says that the file is missing; names and frames need no file. */ });
    return () => { isCurrent = false; };
  }, [edition]);
  return geography;
}

const withoutKind = (name: string) => name.replace(/^Quần đảo /, '');

/** Where the province lies in the whole country with both archipelagos. Never closed, never covered. */
export function LocatorInset({ edition, provinceCode, colors }: { readonly edition: EditionId; readonly provinceCode: string; readonly colors: ThemeColors }) {
  const { t } = useTranslation();
  const geography = useGeography(edition);
  const shapes = useMemo(() => (geography === undefined ? [] : outlineShapes(geography.provinces)), [geography]);
  const [west, south, east, north] = NATION_BOUNDS;
  const [x0, y0] = toOutline([west, north]);
  const [x1, y1] = toOutline([east, south]);
  const height = y1 - y0;
  const width = (x1 - x0) * (1 + SIDE_RATIO);
  const size = height * TEXT_RATIO;
  const hairline = height / 400;
  const [seaX, seaY] = toOutline(EAST_SEA_LNG_LAT);
  const text = { fontSize: size, textAnchor: 'middle' as const, stroke: colors.sea, strokeWidth: size * 0.25, paintOrder: 'stroke' };
  return (
    <svg className="province-inset" viewBox={`${x0} ${y0 - height * 0.02} ${width} ${height * 1.04}`} role="img" aria-label={`${t('map.locator')}: ${ARCHIPELAGOS.map(({ name }) => name).join(', ')}, ${t('map.eastSea')}`}>
      {shapes.map(({ code, path }) => <path key={code} d={path} fill={code === provinceCode ? colors.accent : colors.ramp[1]} stroke={colors.provinceLine} strokeWidth={hairline * 0.6} />)}
      {geography?.islets.features.map(({ geometry: { coordinates: [lng = 0, lat = 0] } }) => {
        const [x, y] = toOutline([lng, lat]);
        return <circle key={`${lng} ${lat}`} cx={x} cy={y} r={hairline * 1.6} fill={colors.coast} />;
      })}
      {ARCHIPELAGOS.map(({ id, name, frame: [w, s, e, n] }) => {
        const [left, top] = toOutline([w, n]);
        const [right, bottom] = toOutline([e, s]);
        return (
          <g key={id}>
            <rect x={left} y={top} width={right - left} height={bottom - top} fill="none" stroke={colors.ink3} strokeWidth={hairline} strokeDasharray={`${hairline * 4}`} />
            <text {...text} x={(left + right) / 2} y={top - size * 0.35} fill={colors.ink2}>{withoutKind(name)}</text>
          </g>
        );
      })}
      <text {...text} x={seaX + size * 0.7} y={seaY} fontSize={size * 0.86} fill={colors.ink3} letterSpacing={size * 0.1} fontStyle="italic">{t('map.eastSea')}</text>
    </svg>
  );
}
