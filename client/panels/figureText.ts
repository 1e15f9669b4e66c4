import type { TFunction } from 'i18next';
import type { Freshness } from '../../shared/domain/freshness.ts';
import type { Comparator, Provenance } from '../../shared/domain/provenance.ts';
import { coverageFault } from '../store/selectReading.ts';
import { comparatorSign, formatAge, formatFigure, formatNumber } from '../i18n/format.ts';

/** What a figure is drawn from: one reading, as the mirror holds it. */
export interface FigureReading {
  readonly value: number | null;
  readonly numerator: number | null;
  readonly denominator: number | null;
  readonly observedAtMs: number | null;
  readonly provenance: Provenance | null;
  readonly comparator: Comparator | null;
  readonly membersFresh: number;
  readonly membersExpected: number;
}

/** `lost`: the display has no server. `withheld`: too few members for a value. */
type FigureLook = Freshness | 'lost' | 'withheld';

export interface FigureInput {
  readonly reading: FigureReading;
  /** What may be shown now (`shownFreshness`), not what the server once said. */
  readonly freshness: Freshness;
  readonly decimals: number;
  /** "%", "ms", "/193"; empty for none. */
  readonly unit: string;
  /** `parts`: 677/705 in place of 96,0%. */
  readonly show: 'value' | 'parts';
  /** Members are these: "tỉnh", "huyện", "xã". */
  readonly memberUnit: string;
  readonly isLinkLost: boolean;
  /** The playhead. */
  readonly nowMs: number;
}

export interface FigureText {
  readonly look: FigureLook;
  readonly main: string;
  /** After a slash, quieter than the main number; `null`: none. */
  readonly denominator: string | null;
  /** Directly behind the number ("%", "/193"); words stand apart. */
  readonly unit: string;
  /** "677/705", for the line under a percentage; `null`: not a ratio. */
  readonly parts: { readonly numerator: string; readonly denominator: string } | null;
  readonly coverage: string | null;
  readonly coverageShort: string | null;
  /** "đo · 12 giây trước" and "đo · 12 giây". */
  readonly note: string;
  readonly noteShort: string;
  /** State the note's mark shows. */
  readonly mark: Freshness;
  /** Simulated or illustrative: dotted underline. */
  readonly isMadeUp: boolean;
}

const DASH = '—';

function lookOf({ reading, freshness, isLinkLost }: FigureInput): FigureLook {
  if (freshness === 'never' || reading.value === null) return 'never';
  if (freshness === 'dead') return 'dead';
  if (isLinkLost) return 'lost';
  return coverageFault(reading) ?? freshness;
}

/** From here on a decimal says nothing at a glance. */
const NO_DECIMALS_FROM = 10_000;

/** 100 % needs no decimals, and the widest value is then one that fits. */
function valueText(value: number, decimals: number, unit: string, t: TFunction): string {
  return formatFigure(value, (unit === '%' && value === 100) || Math.abs(value) >= NO_DECIMALS_FROM ? 0 : decimals, t);
}

function noteOf({ reading, freshness, isLinkLost, nowMs }: FigureInput, look: FigureLook, t: TFunction): { note: string; noteShort: string; mark: Freshness } {
  if (look === 'never') return { note: t('figure.none'), noteShort: t('figure.none'), mark: 'never' };
  const age = reading.observedAtMs === null ? null : formatAge(nowMs - reading.observedAtMs, t);
  const say = (word: string, ago: string | null) => (ago === null ? word : `${word} · ${ago}`);
  if (isLinkLost || freshness === 'stale') return { note: say(t('freshness.stale'), age), noteShort: say(t('freshness.stale'), age), mark: freshness === 'dead' ? 'dead' : 'stale' };
  if (freshness === 'dead' || freshness === 'late') return { note: say(t(`freshness.${freshness}`), age), noteShort: say(t(`freshness.${freshness}`), age), mark: freshness };
  const word = t(`provenance.${reading.provenance ?? 'measured'}`);
  return { note: say(word, age === null ? null : t('age.ago', { age })), noteShort: say(word, age), mark: 'fresh' };
}

function coverageOf({ reading, memberUnit, isLinkLost }: FigureInput, t: TFunction): { coverage: string | null; coverageShort: string | null } {
  const { membersFresh, membersExpected } = reading;
  if (membersExpected === 0) return { coverage: null, coverageShort: null };
  if (isLinkLost) return { coverage: t('coverage.unknown'), coverageShort: t('coverage.unknown') };
  const parts = `${formatNumber(membersFresh)}/${formatNumber(membersExpected)}`;
  return { coverage: t('coverage.full', { parts, unit: memberUnit }), coverageShort: t('coverage.short', { parts }) };
}

/** [FG1] Value + what it counts + coverage + provenance and age, in words. Pure: every figure of every screen is written here. */
export function figureText(input: FigureInput, t: TFunction): FigureText {
  const { reading, decimals, unit, show, memberUnit } = input;
  const look = lookOf(input);
  const { numerator, denominator } = reading;
  const parts = numerator === null || denominator === null ? null : { numerator: formatFigure(numerator, 0, t), denominator: formatFigure(denominator, 0, t) };
  const shared = {
    look, parts, ...coverageOf(input, t), ...noteOf(input, look, t),
    isMadeUp: reading.provenance === 'simulated' || reading.provenance === 'illustrative',
  };
  if (look === 'withheld') {
    const parts = `${formatNumber(reading.membersFresh)}/${formatNumber(reading.membersExpected)}`;
    return { ...shared, main: DASH, denominator: null, unit: '', parts: null, coverage: t('coverage.withheld', { parts, unit: memberUnit }), coverageShort: t('coverage.withheld', { parts, unit: memberUnit }) };
  }
  if (look === 'never' || look === 'dead' || reading.value === null) return { ...shared, main: DASH, denominator: null, unit: '', parts: null };
  if (denominator === 0) return { ...shared, main: t('figure.notApplicable'), denominator: null, unit: '' };
  const sign = comparatorSign(reading.comparator);
  if (show === 'parts' && parts !== null) return { ...shared, main: sign + parts.numerator, denominator: parts.denominator, unit: '' };
  return { ...shared, main: sign + valueText(reading.value, decimals, unit, t), denominator: null, unit };
}
