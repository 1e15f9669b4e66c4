import type { IndicatorId, LocalityCode } from './ids.ts';
import type { Locality } from './locality.ts';

/** What a feed, or one token of it, may speak of. */
export interface FeedScope {
  /** These places and what lies in them; "VN": all. */
  readonly localities: readonly LocalityCode[];
  /** Absent: whatever its format yields. */
  readonly indicators?: readonly IndicatorId[] | undefined;
}

export interface ScopeJudge {
  /** `null`: inside. `null` place: it belongs to no locality. `null` indicator: a report, which is about none. */
  whyOutside(scope: FeedScope, localityCode: string | null, indicatorId: string | null): string | null;
  /** `null`: whatever `inner` allows, `outer` allows too. */
  whyWider(inner: FeedScope, outer: FeedScope): string | null;
}

export function createScopeJudge(localities: readonly Pick<Locality, 'code' | 'parent'>[]): ScopeJudge {
  const parents = new Map<string, string | null>(localities.map(({ code, parent }) => [code, parent]));
  const isWithin = (code: string, places: FeedScope['localities']): boolean => {
    // A place that this edition does not have lies in "VN" only; the gate says what is wrong with it.
    if (places.some((place) => place === 'VN')) return true;
    for (let at: string | null = code; at !== null; at = parents.get(at) ?? null) {
      if (places.some((place) => place === at)) return true;
    }
    return false;
  };
  return {
    whyOutside(scope, localityCode, indicatorId) {
      if (localityCode !== null && !isWithin(localityCode, scope.localities)) {
        return `locality ${localityCode} is not in ${scope.localities.join(', ')}, of which this sender may speak.`;
      }
      if (indicatorId !== null && scope.indicators !== undefined && !scope.indicators.some((indicator) => indicator === indicatorId)) {
        return `indicator "${indicatorId}" is not one of ${scope.indicators.join(', ')}, which this sender may report.`;
      }
      return null;
    },
    whyWider(inner, outer) {
      const beyond = inner.localities.filter((code) => !isWithin(code, outer.localities));
      if (beyond.length > 0) return `localities ${beyond.join(', ')} are not in ${outer.localities.join(', ')}`;
      const { indicators } = outer;
      if (indicators === undefined) return null;
      if (inner.indicators === undefined) return `all indicators are more than ${indicators.join(', ')}`;
      const more = inner.indicators.filter((indicator) => !indicators.includes(indicator));
      return more.length === 0 ? null : `indicators ${more.join(', ')} are not among ${indicators.join(', ')}`;
    },
  };
}
