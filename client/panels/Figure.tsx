import { useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Indicator } from '../../shared/domain/indicator.ts';
import { useCatalogue } from '../catalogue/ChannelProvider.tsx';
import { currentLanguage } from '../i18n/i18n.ts';
import { useLink, useMirrorStore, useNow, useReading } from '../store/mirrorHooks.tsx';
import { type RecentChange, recentChange, recentStep } from '../store/recentChange.ts';
import { shownFreshness } from '../store/selectReading.ts';
import { FreshnessMark } from './FreshnessMark.tsx';
import { type FigureReading, type FigureText, figureText } from './figureText.ts';

export type FigureSize = 'hero' | 'value' | 'card' | 'row';

const NO_READING: FigureReading = {
  value: null, numerator: null, denominator: null, observedAtMs: null, provenance: null, comparator: null, membersFresh: 0, membersExpected: 0,
};

/** The word for a unit of the lowest level: "huyện" or "xã". */
export function useLocalUnit(): string {
  const { t } = useTranslation();
  return t(useCatalogue().edition === '2021' ? 'coverage.district' : 'coverage.commune');
}

/** Members of the country are provinces when as many are expected as there are provinces, and local units otherwise. */
function useMemberUnit(localityCode: string, membersExpected: number): string {
  const { t } = useTranslation();
  const { provinces, locality } = useCatalogue();
  const localUnit = useLocalUnit();
  return locality(localityCode)?.level === 'nation' && membersExpected === provinces.length ? t('coverage.province') : localUnit;
}

/** A figure on a screen that lives on. */
interface LiveFigure extends FigureText {
  /** `null`: it has not changed lately. `before`: the digits that stood there. */
  readonly recent: { readonly step: number; readonly before: string } | null;
}

/** By the store's own second: no figure has a timer. */
function useRecent(seriesIndex: number | undefined, shown: string): LiveFigure['recent'] {
  const store = useMirrorStore();
  const { serverNowMs: nowMs } = useNow();
  const isLinkLive = useLink().state === 'live';
  const held = useRef<RecentChange | null>(null);
  const revision = seriesIndex === undefined ? 0 : (store.changedAt[seriesIndex] ?? 0);
  held.current = recentChange(held.current, { seriesIndex, shown, revision, newsAfter: store.newsAfter, nowMs, isLinkLive });
  const step = recentStep(held.current, nowMs);
  const { before } = held.current;
  return useMemo(() => (step === null || before === null ? null : { step, before }), [step, before]);
}

/** The words of one series as of now; ages by itself, once a second. */
export function useFigure(localityCode: string, indicatorId: string, show: 'value' | 'parts' = 'value'): LiveFigure {
  const { t, i18n } = useTranslation();
  const indicator = useCatalogue().indicator(indicatorId);
  const reading = useReading(localityCode, indicatorId);
  const { dataNowMs, ageNowMs } = useNow();
  const link = useLink();
  const memberUnit = useMemberUnit(localityCode, reading?.membersExpected ?? 0);
  const isLinkLost = link.state === 'lost';
  const unit = indicator?.unit[currentLanguage(i18n)] ?? '';
  const freshness = reading === undefined || indicator === undefined ? 'never' : shownFreshness(reading, indicator, dataNowMs, link.state);
  const text = useMemo(
    () => figureText({ reading: reading ?? NO_READING, freshness, decimals: indicator?.decimals ?? 0, unit, show, memberUnit, isLinkLost, nowMs: ageNowMs }, t),
    [reading, freshness, indicator, unit, show, memberUnit, isLinkLost, ageNowMs, t]);
  const recent = useRecent(reading?.seriesIndex, text.main);
  return useMemo(() => ({ ...text, recent }), [text, recent]);
}

export type FigureNote = 'none' | 'short' | 'full';

interface FigureProps {
  readonly localityCode: string;
  readonly indicatorId: Indicator['id'] | string;
  readonly size: FigureSize;
  readonly show?: 'value' | 'parts';
  /** Words of the unit behind the number; "%" always stands. */
  readonly withUnit?: boolean;
}

/** One number of the domain, in the look its state calls for. The note and the coverage are `FigureNoteLine`. */
export function Figure({ localityCode, indicatorId, size, show = 'value', withUnit = false }: FigureProps) {
  return <FigureView text={useFigure(localityCode, indicatorId, show)} size={size} withUnit={withUnit} />;
}

export function FigureView({ text, size, withUnit = false }: { readonly text: FigureText & Partial<Pick<LiveFigure, 'recent'>>; readonly size: FigureSize; readonly withUnit?: boolean }) {
  const isSymbol = text.unit === '%' || text.unit.startsWith('/');
  const isWord = text.look !== 'never' && text.look !== 'dead' && text.look !== 'withheld' && !/\d/.test(text.main);
  return (
    <span className={`figure figure-${size} num`} data-look={text.look} data-made-up={text.isMadeUp} data-word={isWord} data-recent={text.recent?.step}>
      <span className="figure-main" key={text.main} data-before={text.recent?.before}>{text.main}</span>
      {text.denominator !== null && <span className="figure-denominator">/{text.denominator}</span>}
      {text.unit !== '' && (isSymbol || withUnit) && <span className="figure-unit" data-symbol={isSymbol}>{isSymbol ? text.unit : ` ${text.unit}`}</span>}
    </span>
  );
}

/** Provenance and age with the state's mark; `full` says "trước". */
export function FigureNoteLine({ text, note, coverage = 'none' }: { readonly text: FigureText; readonly note: Exclude<FigureNote, 'none'>; readonly coverage?: 'none' | 'short' | 'full' }) {
  const covered = coverage === 'full' ? text.coverage : coverage === 'short' ? text.coverageShort : null;
  return (
    <span className="figureNote" data-freshness={text.mark}>
      <FreshnessMark freshness={text.mark} />
      <span>{note === 'full' ? text.note : text.noteShort}{covered !== null && ` · ${covered}`}</span>
    </span>
  );
}
