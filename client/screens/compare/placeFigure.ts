import type { TFunction } from 'i18next';
import type { Indicator } from '../../../shared/domain/indicator.ts';
import type { ReadingDto } from '../../../shared/protocol/http.ts';
import type { Catalogue } from '../../catalogue/catalogue.ts';
import type { Language } from '../../i18n/i18n.ts';
import { type FigureText, figureText } from '../../panels/figureText.ts';
import { NATION } from './compareRows.ts';

const NO_READING = { value: null, numerator: null, denominator: null, observedAtMs: null, provenance: null, comparator: null, membersFresh: 0, membersExpected: 0 } as const;

export interface FigureSurroundings {
  readonly catalogue: Catalogue;
  readonly language: Language;
  /** When the answer was made, on the data's axis. */
  readonly atMs: number;
  readonly isLost: boolean;
}

function memberUnitOf({ localityCode, membersExpected }: ReadingDto, { edition, provinces }: Catalogue, t: TFunction): string {
  if (localityCode === NATION && membersExpected === provinces.length) return t('coverage.province');
  return t(edition === '2021' ? 'coverage.district' : 'coverage.commune');
}

/** The words of one answered reading, as everywhere else; where the value names a state, its word. */
export function placeFigure(reading: ReadingDto | null, indicator: Indicator, { catalogue, language, atMs, isLost }: FigureSurroundings, t: TFunction): FigureText {
  const text = figureText({
    reading: reading ?? NO_READING, freshness: reading?.freshness ?? 'never', decimals: indicator.decimals, unit: indicator.unit[language], show: 'value',
    memberUnit: reading === null ? '' : memberUnitOf(reading, catalogue, t), isLinkLost: isLost, nowMs: atMs,
  }, t);
  const state = indicator.states.find(({ value }) => value === reading?.value);
  const isShown = text.look !== 'never' && text.look !== 'dead' && text.look !== 'withheld';
  return state === undefined || !isShown ? text : { ...text, main: state.name[language], unit: '' };
}
