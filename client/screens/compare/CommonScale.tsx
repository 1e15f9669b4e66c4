import { useTranslation } from 'react-i18next';
import { formatNumber } from '../../i18n/format.ts';
import type { Language } from '../../i18n/i18n.ts';
import { type CompareRow, NATION } from './compareRows.ts';
import { placeLetter, scaleWords } from './compareWords.ts';
import { lanesOf } from './lanes.ts';

/** Marks nearer than this part of the scale would cover each other on the narrowest page. */
const MARK_RATIO = 0.1;
const LANE_PX = 26;

interface CommonScaleProps {
  readonly row: CompareRow;
  readonly language: Language;
  readonly nameOf: (code: string) => string;
}

/** [CP5] All places of a row on one line whose ends are stated: dots, because its beginning is not always zero. */
export function CommonScale({ row: { indicator, scale, cells, group }, language, nameOf }: CommonScaleProps) {
  const { t } = useTranslation();
  if (scale === null) return null;
  const ratioOf = (value: number) => Math.min(1, Math.max(0, (value - scale.min) / (scale.max - scale.min)));
  const left = (value: number) => ({ left: `${(100 * ratioOf(value)).toFixed(2)}%` });
  const placed = cells.flatMap((cell, i) => (cell.position === null ? [] : [{ ...cell, position: cell.position, letter: cell.code === NATION ? NATION : placeLetter(i) }]));
  const lanes = lanesOf(placed.map(({ position }) => ratioOf(position)), MARK_RATIO);
  const said = placed.map(({ code, position }) => `${nameOf(code)} ${formatNumber(position, indicator.decimals)}`).join('; ');
  return (
    <div className="compare-scale" role="img" aria-label={t('compare.onScale', { scale: scaleWords(scale, indicator, language, t), places: said })}>
      <div className="compare-track" style={{ height: LANE_PX * Math.max(1, ...lanes.map((lane) => lane + 1)) }}>
        {indicator.target !== null && <span className="compare-target" style={left(indicator.target)} />}
        {group?.peers.map(({ code, value }) => <span key={code} className="compare-peer" style={left(value)} />)}
        {group?.median != null && <span className="compare-median" style={left(group.median)} />}
        {placed.map(({ code, letter, position, why }, i) => (
          <span key={code} className="compare-dot" data-base={letter === 'A'} data-nation={code === NATION} data-old={why !== null} style={{ ...left(position), top: (lanes[i] ?? 0) * LANE_PX }}>{letter}</span>
        ))}
      </div>
    </div>
  );
}
