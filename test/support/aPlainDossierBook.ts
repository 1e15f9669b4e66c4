import type { DossierReport } from '../../shared/domain/dossierReport.ts';
import { type Locality, toLevel } from '../../shared/domain/locality.ts';
import { COUNTS } from '../../server/cases/dossierCounts.ts';
import { type DossierRecord, type DossierView, mergeReport, viewOf } from '../../server/cases/dossierRecord.ts';
import { endedAtMs, isReceived, lateAfterMs, neededUntilMs, stageOf, timelinessOf } from '../../server/cases/dossierVerdict.ts';
import type { WorkingDays } from '../../server/cases/workingDays.ts';
import type { CaseFigure, FiledReport } from '../../server/ports/cases.ts';

type Filed = FiledReport & { readonly report: DossierReport };

const monthOf = (atMs: number): string => new Date(atMs + 7 * 3_600_000).toISOString().slice(0, 7);

/** The book of dossiers without any memory of what it has counted: every figure is made anew from every dossier. */
export function createPlainDossierBook(localities: readonly Locality[], calendar: WorkingDays) {
  const held = new Map<string, { readonly feedId: string; readonly record: DossierRecord }>();
  const provinceByPlace = new Map(localities.filter((each) => toLevel(each) !== 'nation').map(({ code, parent, level }) => [code as string, level === 'province' ? code : parent]));
  let month = '';

  const isNeeded = (view: DossierView) => stageOf(view) === 'waiting' || monthOf(neededUntilMs(view)) >= month;

  function drop(): void {
    const newestFirst = [...held].map(([key, { feedId, record }]) => ({ key, feedId, view: viewOf(record), id: record[0]?.dossierId ?? '' })).sort((a, b) => b.view.atMs - a.view.atMs || (a.id > b.id ? -1 : 1));
    const places = new Set<string>();
    for (const { key, feedId, view } of newestFirst) {
      const place = `${feedId}/${view.localityCode}`;
      if (places.has(place) && !isNeeded(view)) held.delete(key);
      places.add(place);
    }
  }

  function isIn(view: DossierView, { by, indicatorId, includes }: (typeof COUNTS)[number], nowMs: number): boolean {
    const [stage, endMs] = [stageOf(view), endedAtMs(view)];
    const judged = { view, isReceived: isReceived(view), isOnTime: stage === 'resolved' && timelinessOf(view, endMs ?? 0, calendar) === 'on-time' };
    if (by === 'now') return stage === 'waiting' && (indicatorId !== 'dossiers-overdue' || lateAfterMs(view, calendar) < Math.floor(nowMs / 60_000) * 60_000);
    const dayMs = by === 'receipt' ? view.receivedAtMs : stage === 'resolved' ? endMs : undefined;
    return dayMs !== undefined && monthOf(dayMs) === month && includes(judged);
  }

  function figuresOf(localityCode: CaseFigure['localityCode'], views: readonly DossierView[], isLocal: boolean, provenance: CaseFigure['provenance'], nowMs: number): CaseFigure[] {
    const needed = views.filter(isNeeded);
    return COUNTS.filter((count) => count.isLocal === isLocal && (count.needs === null || needed.some((view) => view[count.needs ?? 'status'] !== undefined)))
      .map((count) => ({ localityCode, indicatorId: count.indicatorId, value: needed.filter((view) => isIn(view, count, nowMs)).length, provenance }));
  }

  return {
    take({ feedId, report }: Filed): void {
      const key = `${feedId}/${report.dossierId}`;
      const record = mergeReport(held.get(key)?.record ?? [], report);
      if (record !== null) held.set(key, { feedId, record });
    },
    heldCount: () => held.size,
    figures(nowMs: number): CaseFigure[] {
      if (monthOf(nowMs) !== month) {
        month = monthOf(nowMs);
        drop();
      }
      const views = [...held.values()].map(({ record }) => viewOf(record));
      return localities.flatMap((locality) => {
        const own = views.filter(({ localityCode }) => localityCode === locality.code);
        if (toLevel(locality) === 'nation') return [];
        if (toLevel(locality) !== 'province') return own.length === 0 ? [] : figuresOf(locality.code, own, true, 'measured', nowMs);
        const all = views.filter(({ localityCode }) => localityCode !== null && provinceByPlace.get(localityCode) === locality.code);
        if (all.length === 0) return [];
        return [...figuresOf(locality.code, all, false, 'measured', nowMs), ...(own.length === 0 ? [] : figuresOf(locality.code, all, true, 'derived', nowMs))];
      });
    },
  };
}
