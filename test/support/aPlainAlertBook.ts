import type { CaseFigure } from '../../server/ports/cases.ts';
import type { FeedSettings } from '../../server/ports/feedSettings.ts';
import { figuresOf, noAlerts, type ProvinceCount } from '../../server/cases/alertFigures.ts';
import type { Coverage } from '../../server/cases/coverage.ts';
import { compareAlerts, endedAtMs, type FiledAlert, isOver, type Occurrence, RECENT_MS, UNHEARD, withReport } from '../../server/cases/occurrence.ts';
import type { LocalityCode } from '../../shared/domain/ids.ts';
import type { Severity } from '../../shared/domain/severity.ts';

/** The book of alerts without any memory of what it has counted, from which nothing leaves: every figure is made anew from every case. */
export function createPlainAlertBook(feeds: readonly FeedSettings[], coverage: Coverage) {
  const all = feeds.map((feed) => ({ feed, occurrences: new Map<string, Occurrence>(), events: new Map<string, FiledAlert>(), ends: new Map<string, FiledAlert>() }));
  let asOfMs = Number.NEGATIVE_INFINITY;

  return {
    put(filed: FiledAlert): void {
      const { occurrences, events, ends } = all.find(({ feed }) => feed.id === filed.feedId)!;
      const { alertId, conditionId, transition } = filed.report;
      if (transition === 'condition-cleared') ends.set(conditionId, filed);
      else if (transition === 'seen') events.set(alertId, filed);
      else occurrences.set(alertId, withReport(occurrences.get(alertId) ?? UNHEARD, filed));
    },
    lookAt(nowMs: number): { readonly figures: readonly CaseFigure[]; readonly open: number; readonly unplacedByFeed: ReadonlyMap<string, number> } {
      asOfMs = Math.max(asOfMs, nowMs);
      const recentFromMs = asOfMs - RECENT_MS;
      const byProvince = new Map<LocalityCode, ProvinceCount>();
      const unplacedByFeed = new Map<FeedSettings['id'], number>();
      let open = 0;
      for (const { feed, occurrences, events, ends } of all) {
        const counting = [...occurrences.values()].flatMap((each) => (each.newest === null || isOver(each, ends, recentFromMs) ? [] : [{ filed: each.newest, beganAtMs: each.first?.report.atMs ?? Number.NEGATIVE_INFINITY, isOpen: endedAtMs(each, ends) === null }]));
        const cases = [...counting, ...[...events.values()].map((filed) => ({ filed, beganAtMs: filed.report.atMs, isOpen: filed.report.atMs > asOfMs - feed.holdOpenMs }))];
        const ofDay = cases.filter(({ beganAtMs }) => beganAtMs > recentFromMs).map(({ filed }) => ({ filed, as: 'day' as Severity | 'day' }));
        const opened = Map.groupBy(cases.filter(({ isOpen }) => isOpen), ({ filed }) => filed.report.conditionId);
        const shown = [...opened.values()].flatMap((each) => each.map(({ filed }) => filed).sort(compareAlerts).slice(-1)).map((filed) => ({ filed, as: filed.report.severity as Severity | 'day' }));
        const unplaced = new Set<string>();
        for (const { filed: { report }, as } of [...ofDay, ...shown]) {
          const province = report.localityCode === null ? null : coverage.provinceOf(report.localityCode);
          if (province === null) unplaced.add(report.conditionId);
          else if (report.domain === 'security') byProvince.set(province, { ...(byProvince.get(province) ?? noAlerts()), [as]: (byProvince.get(province)?.[as] ?? 0) + 1 });
        }
        open += shown.length;
        unplacedByFeed.set(feed.id, unplaced.size);
      }
      return { figures: figuresOf({ byProvince, open, unplacedByFeed }, feeds, coverage), open, unplacedByFeed };
    },
  };
}
