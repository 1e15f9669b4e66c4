import type { TFunction } from 'i18next';
import type { Indicator } from '../../../shared/domain/indicator.ts';
import type { LeagueRow } from '../../../shared/protocol/league.ts';
import { formatNumber } from '../../i18n/format.ts';
import type { Language } from '../../i18n/i18n.ts';
import type { DotScale } from '../province/districtScale.ts';
import type { Difference } from './compareRows.ts';

const unitWords = (indicator: Indicator, language: Language) => (indicator.unit.vi === '%' ? '%' : indicator.unit[language] === '' ? '' : ` ${indicator.unit[language]}`);

/** "+2,3 điểm · tốt hơn"; "−12 hồ sơ". A difference of percentages is in points. */
export function differenceWords(difference: Difference, indicator: Indicator, language: Language, t: TFunction): string {
  switch (difference.kind) {
    case 'base': return t('compare.base');
    case 'none': return '';
    case 'withheld': return t('compare.withheld', { why: t(`compare.why.${difference.reason}`) });
    case 'points': {
      if (difference.amount === 0) return t('compare.same');
      const sign = difference.amount > 0 ? '+' : '−';
      const unit = indicator.unit.vi === '%' ? ` ${t('compare.points')}` : unitWords(indicator, language);
      const amount = `${sign}${formatNumber(Math.abs(difference.amount), indicator.decimals)}${unit}`;
      return difference.verdict === null || difference.verdict === 'same' ? amount : `${amount} · ${t(`compare.verdict.${difference.verdict}`)}`;
    }
  }
}

const isWhole = (value: number) => value % 1 === 0;

/** "thang 80–100% · vạch: đích 95%". */
export function scaleWords(scale: DotScale, indicator: Indicator, language: Language, t: TFunction): string {
  const unit = unitWords(indicator, language);
  const ends = t('province.list.scale', { min: formatNumber(scale.min, isWhole(scale.min) ? 0 : 1), max: formatNumber(scale.max, isWhole(scale.max) ? 0 : 1), unit });
  return indicator.target === null ? ends : `${ends} · ${t('province.list.target', { value: formatNumber(indicator.target), unit })}`;
}

/** A mark for the eye and words for the ear: "▲2" is "lên 2 bậc". */
export function rankChangeWords({ rankChange, rank, previousRank }: Pick<LeagueRow, 'rankChange' | 'rank' | 'previousRank'>, t: TFunction): { readonly mark: string; readonly words: string } {
  if (rankChange === null) return { mark: '–', words: t(rank === null ? 'compare.change.unranked' : previousRank === null ? 'compare.change.unknown' : 'compare.change.unranked') };
  if (rankChange === 0) return { mark: '=', words: t('compare.change.same') };
  const count = Math.abs(rankChange);
  return rankChange > 0 ? { mark: `▲${count}`, words: t('compare.change.up', { count }) } : { mark: `▼${count}`, words: t('compare.change.down', { count }) };
}

/** The sign of a place in this comparison: A is the one that the others are measured by. */
export const placeLetter = (place: number) => String.fromCodePoint('A'.charCodeAt(0) + place);
