import type { DossierReport } from '../../shared/domain/dossierReport.ts';
import type { LocalityCode, SourceId } from '../../shared/domain/ids.ts';
import type { Locality } from '../../shared/domain/locality.ts';
import type { CaseBook, CaseFigure, FiledReport } from '../ports/cases.ts';
import { type AsOf, type CountBits, countBits, SPOKEN_OF_BITS } from './dossierCounts.ts';
import { type DossierRecord, type DossierView, mergeReport, viewOf } from './dossierRecord.ts';
import { createDossierTallies } from './dossierTallies.ts';
import { endedAtMs, stageOf, timelinessOf, willBeLateAfterMs } from './dossierVerdict.ts';
import { isWithin, type Month, monthOf } from './month.ts';
import type { WorkingDays } from './workingDays.ts';

const MINUTE_MS = 60_000;

/** Messages come out of order by days: a step that is late by less than this finds its dossier, and does not open it again. */
const LATE_MESSAGES_MS = 7 * 86_400_000;

/** A dossier that was filed and never received says nothing any more after a year. */
const REGISTERED_FOR_MS = 366 * 86_400_000;

interface Held {
  readonly feedId: SourceId;
  /** When it was first heard of. Epoch ms. */
  firstReceivedAtMs: number;
  record: DossierRecord;
  /** As counted at `place`. `null`: not counted yet. */
  bits: CountBits | null;
  place: LocalityCode | null;
  /** The minute, since the epoch, in whose bucket it waits to become late. */
  lateInMinute: number | null;
}

/** What the figures cannot say of the dossiers held, for whoever looks after the feeds. */
interface DossierQuality {
  /** Resolved this month without a due date: neither on time nor late. */
  readonly timelinessUnknown: number;
  /** Over, and no message says when: in no month's figures. */
  readonly undated: number;
  /** At work again after an end was told. Their newest status counts. */
  readonly reopened: number;
}

export interface DossierBook extends CaseBook<DossierReport> {
  /** Looks at every dossier held: for a page that is asked for, not for every tick. */
  quality(nowMs: number): DossierQuality;
}

export interface DossierBookOptions {
  readonly localities: readonly Locality[];
  readonly calendar: WorkingDays;
  /** Dossiers held at most, over all feeds. See server/sources/dossiers/README.md for what one takes. */
  readonly maxHeld?: number;
}

const DEFAULT_MAX_HELD = 1_000_000;

export function createDossierBook({ localities, calendar, maxHeld = DEFAULT_MAX_HELD }: DossierBookOptions): DossierBook {
  const heldByFeed = new Map<SourceId, Map<string, Held>>();
  const tallies = createDossierTallies(localities);
  let lateByMinute = new Map<number, Held[]>();
  /** Counted as of here; minutes, so that a tick within one has nothing to do. `null`: nothing is counted yet. */
  let asOf: AsOf | null = null;
  let figures: readonly CaseFigure[] | null = null;
  let heldCount = 0;
  let lookedForRoomAtMs = Number.NEGATIVE_INFINITY;

  function count(held: Held, now: AsOf): void {
    const view = viewOf(held.record);
    const bits = isNeeded(view, now.month) ? countBits(view, now, calendar) : SPOKEN_OF_BITS;
    const place = view.localityCode;
    if (stageOf(view) === 'waiting') awaitLateness(held, view, now);
    if (bits === held.bits && place === held.place) return;
    if (held.bits !== null) tallies.add(held.feedId, held.place, held.bits, -1);
    tallies.add(held.feedId, place, bits, 1);
    held.bits = bits;
    held.place = place;
    figures = null;
  }

  function awaitLateness(held: Held, view: DossierView, now: AsOf): void {
    const lateAfterMs = willBeLateAfterMs(view, calendar);
    const minute = lateAfterMs === undefined || lateAfterMs < now.nowMs ? null : Math.floor(lateAfterMs / MINUTE_MS) + 1;
    // What lies beyond the month is put in its bucket when that month begins.
    if (minute === held.lateInMinute || minute === null || minute * MINUTE_MS >= now.month.endMs) return;
    held.lateInMinute = minute;
    const bucket = lateByMinute.get(minute);
    if (bucket === undefined) lateByMinute.set(minute, [held]);
    else bucket.push(held);
  }

  function dropSuperfluous(nowMs: number): void {
    for (const held of superfluous(nowMs)) {
      if (held.bits !== null) tallies.add(held.feedId, held.place, held.bits, -1);
      heldByFeed.get(held.feedId)?.delete(held.record[0]?.dossierId ?? '');
      held.lateInMinute = null;
      heldCount -= 1;
      figures = null;
    }
  }

  /** A sender that delivers years of history fills the book with what is over. To look for that takes time, so not at every report. */
  function hasRoom(nowMs: number): boolean {
    if (heldCount >= maxHeld && nowMs - lookedForRoomAtMs >= MINUTE_MS) {
      lookedForRoomAtMs = nowMs;
      dropSuperfluous(nowMs);
    }
    return heldCount < maxHeld;
  }

  function advanceTo(nowMs: number): void {
    const minute = Math.floor(nowMs / MINUTE_MS);
    const next: AsOf = { nowMs: minute * MINUTE_MS, month: monthOf(nowMs) };
    const last = asOf;
    asOf = next;
    if (last === null || last.month.startMs !== next.month.startMs || next.nowMs < last.nowMs) {
      lateByMinute = new Map();
      dropSuperfluous(nowMs);
      for (const held of everyHeld()) {
        held.lateInMinute = null;
        count(held, next);
      }
      return;
    }
    for (let due = last.nowMs / MINUTE_MS + 1; due <= minute; due += 1) {
      for (const held of lateByMinute.get(due) ?? []) if (held.lateInMinute === due) count(held, next);
      lateByMinute.delete(due);
    }
  }

  function* everyHeld(): Iterable<Held> {
    for (const byId of heldByFeed.values()) yield* byId.values();
  }

  /** What no figure of this month or a later one can need. The newest of each place stays: it keeps the place among those spoken of. */
  function superfluous(nowMs: number): Set<Held> {
    const month = monthOf(nowMs);
    const over = new Set<Held>();
    for (const byId of heldByFeed.values()) {
      const newestByPlace = new Map<LocalityCode | null, Held>();
      for (const held of byId.values()) {
        const view = viewOf(held.record);
        if (!isNeeded(view, month)) over.add(held);
        const newest = newestByPlace.get(view.localityCode);
        if (newest === undefined || isNewer(held.record, newest.record)) newestByPlace.set(view.localityCode, held);
      }
      for (const newest of newestByPlace.values()) over.delete(newest);
    }
    return over;
  }

  return {
    judge({ feedId, receivedAtMs, report }) {
      const known = heldByFeed.get(feedId)?.get(report.dossierId);
      if (mergeReport(known?.record ?? [], report) === null) return 'known';
      return known === undefined && !hasRoom(receivedAtMs) ? 'full' : 'news';
    },
    take({ feedId, receivedAtMs, report }) {
      const byId = heldByFeed.get(feedId) ?? new Map<string, Held>();
      heldByFeed.set(feedId, byId);
      const known = byId.get(report.dossierId);
      const record = mergeReport(known?.record ?? [], report);
      if (known !== undefined) known.firstReceivedAtMs = Math.min(known.firstReceivedAtMs, receivedAtMs);
      if (record === null) return 'known';
      if (known === undefined && !hasRoom(receivedAtMs)) return 'full';
      const held = known ?? { feedId, firstReceivedAtMs: receivedAtMs, record, bits: null, place: null, lateInMinute: null };
      held.record = record;
      if (known === undefined) {
        byId.set(report.dossierId, held);
        heldCount += 1;
      }
      if (asOf !== null) count(held, asOf);
      return 'news';
    },
    figures(nowMs) {
      advanceTo(nowMs);
      figures ??= tallies.figures();
      return figures;
    },
    live(nowMs) {
      const over = superfluous(nowMs);
      const live: FiledReport[] = [];
      for (const held of everyHeld()) {
        if (!over.has(held)) for (const report of held.record) live.push({ feedId: held.feedId, receivedAtMs: held.firstReceivedAtMs, report });
      }
      return live;
    },
    tally(nowMs) {
      advanceTo(nowMs);
      return { held: heldCount, open: tallies.waiting(), unplacedByFeed: tallies.unplacedByFeed() };
    },
    quality(nowMs) {
      advanceTo(nowMs);
      const views = [...everyHeld()].map(({ record }) => viewOf(record));
      const month = monthOf(nowMs);
      const resolved = views.filter((view) => stageOf(view) === 'resolved' && isWithin(month, endedAtMs(view)));
      return {
        timelinessUnknown: resolved.filter((view) => timelinessOf(view, nowMs, calendar) === 'unknown').length,
        undated: views.filter((view) => stageOf(view) === 'ended-undated').length,
        reopened: views.filter((view) => stageOf(view) === 'waiting' && endedAtMs(view) !== undefined).length,
      };
    },
  };
}

/** Whether a figure of this month or a later one can need it, or a late message must find it. */
function isNeeded(view: DossierView, { startMs }: Month): boolean {
  const stage = stageOf(view);
  if (stage === 'waiting') return true;
  if (stage === 'registered') return view.atMs >= startMs - REGISTERED_FOR_MS;
  return Math.max(view.atMs, view.receivedAtMs ?? 0, endedAtMs(view) ?? 0) >= startMs - LATE_MESSAGES_MS;
}

function isNewer([a]: DossierRecord, [b]: DossierRecord): boolean {
  if (a === undefined || b === undefined) return b === undefined;
  return a.atMs === b.atMs ? a.dossierId > b.dossierId : a.atMs > b.atMs;
}
