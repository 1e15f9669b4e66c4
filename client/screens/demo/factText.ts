import type { Fact } from '../../../shared/domain/fact.ts';
import type { Indicator } from '../../../shared/domain/indicator.ts';
import { comparatorSign, formatDate, formatNumber, lowerFirst } from '../../i18n/format.ts';
import type { Language } from '../../i18n/i18n.ts';
import type { FigureText } from '../../panels/figureText.ts';
import type { Reading } from '../../store/selectReading.ts';
import { startOfDayMs } from '../../../shared/domain/instant.ts';
import type { Milestone } from '../../../shared/domain/milestones.ts';

/** "> 15,9%", "62/63", "38 SOC": the figure as reported, never worked out. */
export function factFigure({ value, numerator, denominator, comparator }: Pick<Fact, 'value' | 'numerator' | 'denominator' | 'comparator'>, indicator: Indicator | undefined, language: Language): string {
  const sign = comparatorSign(comparator);
  if (numerator !== null && denominator !== null) return `${sign}${formatNumber(numerator)}/${formatNumber(denominator)}`;
  if (value === null) return '';
  // As printed: a document that says 96% has said no decimal.
  const decimals = Number.isInteger(value) ? 0 : (indicator?.decimals ?? 1);
  const unit = indicator?.unit[language] ?? '';
  return `${sign}${formatNumber(value, decimals)}${unit === '%' || unit.startsWith('/') ? unit : ''}`;
}

/**
 * [IL5] The words of a figure whose place is kept for reports: what is filled in for provinces adds up for the country too, but nobody has
 * said it, so there it is as if there were none.
 */
export function asReported(text: FigureText, reading: Reading | undefined): FigureText {
  if (text.look !== 'never' && reading?.provenance !== 'illustrative') return asPrinted(text, reading);
  return { ...text, look: 'never', main: '—', denominator: null, unit: '', parts: null, isMadeUp: false };
}

/** Whether the reading is printed as its parts: where they are stated, no document works out the percentage. */
export function printedParts(reading: Reading | undefined): 'parts' | 'value' {
  return reading?.provenance === 'reported' && reading.numerator !== null ? 'parts' : 'value';
}

/** A reading's words without decimals that no document gave: "96%" is not "96,0%". */
function asPrinted(text: FigureText, reading: Reading | undefined): FigureText {
  const isWhole = reading?.value != null && Number.isInteger(reading.value);
  return isWhole ? { ...text, main: text.main.replace(/,0+$/, '') } : text;
}

/** Dates as the replay prints them: "26/8/2020". */
export function dayText(isoDate: string): string {
  return formatDate(startOfDayMs(isoDate));
}

/** The day, or the span where no document prints one: "26/8/2020", "1/1–22/5/2021". */
export function milestoneDate({ atMs, span }: Pick<Milestone, 'atMs' | 'span'>): string {
  if (span === null) return formatDate(atMs);
  const [from, to] = [formatDate(span.fromMs), formatDate(span.toMs)];
  const isOneYear = from.slice(-5) === to.slice(-5);
  return `${isOneYear ? from.slice(0, -5) : from}–${to}`;
}

/** Figures that stand for a milestone, most telling first. */
const HIGHLIGHTS = [
  'steering-committee-province-share', 'axis-bodies-share', 'tslcd-share', 'soc-centres', 'services-level4-share', 'ict-index-rank', 'document-software-units',
  'sharing-platform-share', 'four-layer-share', 'resolution17-plan-province-share', 'portal-share', 'public-centre-share', 'personal-ids-issued', 'id-cards-issued',
];
/** How many of those the timeline chooses from, and how many it has room for. */
const ON_TIMELINE = 7;
const MOST_HIGHLIGHTS = 2;

/** Smaller is more telling; all the rest are alike. */
export function tellingRank(indicatorId: string): number {
  const rank = HIGHLIGHTS.indexOf(indicatorId);
  return rank === -1 ? HIGHLIGHTS.length : rank;
}

/** "96% Huyện đã nối TSLCD · 38 SOC …": the one or two figures a milestone is known by. */
export function milestoneHighlight(milestone: Milestone, indicator: (id: string) => Indicator | undefined, language: Language): string {
  const facts = milestone.documents.flatMap((document) => document.facts);
  const newest = (id: string) => facts.filter((fact) => fact.indicatorId === id).sort((a, b) => (a.asOf < b.asOf ? 1 : -1))[0];
  return HIGHLIGHTS.slice(0, ON_TIMELINE).flatMap((id) => newest(id) ?? []).slice(0, MOST_HIGHLIGHTS)
    .map((fact) => `${factFigure(fact, indicator(fact.indicatorId), language)} ${countedThing(indicator(fact.indicatorId), language)}`.trim()).join(' · ');
}

/** What the figure counts, in as few words as there are: "SOC"; a percentage or a rank needs the indicator's name. */
function countedThing(indicator: Indicator | undefined, language: Language): string {
  const unit = indicator?.unit[language] ?? '';
  return unit === '' || unit === '%' || unit.startsWith('/') ? lowerFirst(indicator?.shortName[language] ?? '') : unit;
}
