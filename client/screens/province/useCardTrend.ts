import type { TFunction } from 'i18next';
import type { Indicator } from '../../../shared/domain/indicator.ts';
import type { ReadingDto } from '../../../shared/protocol/http.ts';
import { type Trend, TrendsDto } from '../../../shared/protocol/trends.ts';
import { formatNumber } from '../../i18n/format.ts';
import type { Language } from '../../i18n/i18n.ts';
import { useAnswer } from '../answers.tsx';
import { useAsOf } from './past/asOf.tsx';

const EVERY_MS = 5 * 60_000;

/** The last 24 hours of one card. All cards of a page name the same `pageIds`, and so share one answer. `undefined`: not known. */
export function useCardTrend(localityCode: string, indicatorId: string, pageIds: readonly string[]): Trend | undefined {
  const asOfMs = useAsOf();
  const path = `/api/v1/trends?channel=live&locality=${localityCode}&indicators=${pageIds.join(',')}`;
  const { data } = useAnswer(TrendsDto, pageIds.length === 0 ? null : asOfMs === null ? path : `${path}&at=${asOfMs}`, asOfMs === null ? { everyMs: EVERY_MS } : {});
  return data?.trends.find((trend) => trend.indicatorId === indicatorId);
}

/** "+0,4 điểm sau 24 giờ". What was not known then is said to be so: it is no zero. Pure. */
export function changeWords(indicator: Indicator, value: number, before: Pick<ReadingDto, 'value'>, language: Language, t: TFunction): string {
  if (before.value === null) return t('explain.card.unknown');
  if (before.value === value) return t('explain.card.same');
  const state = indicator.states.find((candidate) => candidate.value === before.value);
  if (state !== undefined) return t('explain.card.was', { state: state.name[language] });
  const change = `${value > before.value ? '+' : '−'}${formatNumber(Math.abs(value - before.value), indicator.decimals)}`;
  return t(indicator.unit.vi === '%' ? 'explain.card.points' : 'explain.card.plain', { change });
}
