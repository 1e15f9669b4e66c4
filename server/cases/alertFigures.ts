import { IndicatorId, type LocalityCode, type SourceId } from '../../shared/domain/ids.ts';
import { SEVERITIES, type Severity } from '../../shared/domain/severity.ts';
import type { CaseFigure } from '../ports/cases.ts';
import type { FeedSettings } from '../ports/feedSettings.ts';
import { type Coverage, isSecurityFeed } from './coverage.ts';

export type ProvinceCount = Record<Severity | 'day', number>;

export interface AlertCount {
  /** Of domain `security`. */
  readonly byProvince: ReadonlyMap<LocalityCode, ProvinceCount>;
  /** Open conditions of every domain, placed or not. */
  readonly open: number;
  /** Conditions that are open, and alerts of the last 24 h, in no province. */
  readonly unplacedByFeed: ReadonlyMap<SourceId, number>;
}

const OPEN_ID = IndicatorId.parse('alerts-open');
const DAY_ID = IndicatorId.parse('alerts-day');
const ID_BY_SEVERITY = SEVERITIES.map((severity) => [severity, IndicatorId.parse(`alerts-${severity}`)] as const);

export const noAlerts = (): ProvinceCount => ({ critical: 0, high: 0, medium: 0, low: 0, unknown: 0, day: 0 });

/** Every province that a feed of security alerts speaks of, also where there are none. */
export function figuresOf({ byProvince }: AlertCount, feeds: readonly FeedSettings[], { provinces, touches }: Coverage): CaseFigure[] {
  const heard = feeds.filter(isSecurityFeed);
  return provinces.filter((code) => heard.some((feed) => touches(feed, code))).flatMap((localityCode) => {
    const counts = byProvince.get(localityCode) ?? noAlerts();
    const figure = (indicatorId: IndicatorId, value: number): CaseFigure => ({ localityCode, indicatorId, value, provenance: 'measured' });
    return [
      ...ID_BY_SEVERITY.map(([severity, indicatorId]) => figure(indicatorId, counts[severity])),
      figure(OPEN_ID, SEVERITIES.reduce((sum, severity) => sum + counts[severity], 0)),
      figure(DAY_ID, counts.day),
    ];
  });
}
