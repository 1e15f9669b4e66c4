import type { DossierReport } from '../../shared/domain/dossierReport.ts';
import type { Locality } from '../../shared/domain/locality.ts';
import type { CaseBook, FiledReport } from '../ports/cases.ts';
import { countedAs } from './dossierCounts.ts';
import { mergeReport, viewOf } from './dossierRecord.ts';
import { createDossierTallies } from './dossierTallies.ts';
import { endedAtMs, stageOf, timelinessOf } from './dossierVerdict.ts';
import { monthNumberOf } from './month.ts';
import { type HeldByFeed, type HeldDossier, superfluous } from './superfluous.ts';
import type { WorkingDays } from './workingDays.ts';

const MINUTE_MS = 60_000;

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
  /** Dossiers looked at in one turn, whether they can go: some milliseconds if all can, on a machine with other work. */
  readonly looksPerTurn?: number;
}

const DEFAULT_MAX_HELD = 1_000_000;
const DEFAULT_LOOKS_PER_TURN = 2_000;
/** Of the bound: from here on what is over is looked for before its room is asked for. */
const CROWDED_RATIO = 0.9;

/**
 * The book of dossiers. What a dossier is counted as holds for every month and minute (`countedAs`), so that a month begins and a due date
 * passes without a look at any; only what is over, and leaves, is looked for, a part with each tick.
 */
export function createDossierBook({ localities, calendar, maxHeld = DEFAULT_MAX_HELD, looksPerTurn = DEFAULT_LOOKS_PER_TURN }: DossierBookOptions): DossierBook {
  const heldByFeed: HeldByFeed = new Map();
  const tallies = createDossierTallies(localities);
  let heldCount = 0;
  /** The search for what leaves, while it goes on. */
  let search: Iterator<HeldDossier | null> | null = null;
  let searchedForMonth: number | null = null;
  let searchBeganAtMs = Number.NEGATIVE_INFINITY;
  let turnAtMs = Number.NEGATIVE_INFINITY;

  function count(held: HeldDossier, by: 1 | -1): void {
    const view = viewOf(held.record);
    const counted = countedAs(view, calendar);
    tallies.add(held.feedId, view.localityCode, counted, by);
    held.place = view.localityCode;
    held.neededUntilMonth = counted.neededUntilMonth;
  }

  function drop(held: HeldDossier): void {
    count(held, -1);
    heldByFeed.get(held.feedId)?.delete(held.record[0]?.dossierId ?? '');
    heldCount -= 1;
  }

  function beginSearch(nowMs: number): void {
    searchedForMonth = monthNumberOf(nowMs);
    searchBeganAtMs = nowMs;
    search = superfluous(heldByFeed, searchedForMonth);
  }

  /** @param looks dossiers looked at */
  function searchOn(looks: number): void {
    for (let left = looks; left > 0 && search !== null; left -= 1) {
      const { done, value } = search.next();
      if (done === true) search = null;
      else if (value !== null) drop(value);
    }
  }

  /** One turn a moment, however many reports ask for it. */
  function takeTurn(nowMs: number): void {
    if (nowMs === turnAtMs) return;
    turnAtMs = nowMs;
    searchOn(looksPerTurn);
  }

  function searchIfCrowded(nowMs: number): void {
    if (search === null && heldCount >= CROWDED_RATIO * maxHeld && nowMs - searchBeganAtMs >= MINUTE_MS) beginSearch(nowMs);
  }

  /** A sender that delivers years of history fills the book with what is over. */
  function hasRoom(nowMs: number): boolean {
    if (heldCount >= maxHeld) {
      searchIfCrowded(nowMs);
      takeTurn(nowMs);
    }
    return heldCount < maxHeld;
  }

  function letGo(nowMs: number): void {
    beginSearch(nowMs);
    searchOn(Number.POSITIVE_INFINITY);
  }

  function advanceTo(nowMs: number): void {
    if (searchedForMonth === null || monthNumberOf(nowMs) !== searchedForMonth) beginSearch(nowMs);
    searchIfCrowded(nowMs);
    takeTurn(nowMs);
  }

  function* everyHeld(): Iterable<HeldDossier> {
    for (const byId of heldByFeed.values()) yield* byId.values();
  }

  return {
    judge({ feedId, receivedAtMs, report }) {
      const known = heldByFeed.get(feedId)?.get(report.dossierId);
      if (mergeReport(known?.record ?? [], report) === null) return 'known';
      return known === undefined && !hasRoom(receivedAtMs) ? 'full' : 'news';
    },
    take({ feedId, receivedAtMs, report }) {
      const byId = heldByFeed.get(feedId) ?? new Map<string, HeldDossier>();
      heldByFeed.set(feedId, byId);
      const known = byId.get(report.dossierId);
      const record = mergeReport(known?.record ?? [], report);
      if (known !== undefined) known.firstReceivedAtMs = Math.min(known.firstReceivedAtMs, receivedAtMs);
      if (record === null) return 'known';
      if (known === undefined && !hasRoom(receivedAtMs)) return 'full';
      const held = known ?? { feedId, firstReceivedAtMs: receivedAtMs, record, place: null, neededUntilMonth: Number.POSITIVE_INFINITY };
      if (known === undefined) {
        byId.set(report.dossierId, held);
        heldCount += 1;
      } else count(known, -1);
      held.record = record;
      count(held, 1);
      return 'news';
    },
    figures(nowMs) {
      advanceTo(nowMs);
      return tallies.figuresAt(nowMs);
    },
    letGo,
    *live(nowMs) {
      const over = new Set<HeldDossier>();
      let looks = 0;
      for (const found of superfluous(heldByFeed, monthNumberOf(nowMs))) {
        if (found !== null) over.add(found);
        looks += 1;
        if (looks % looksPerTurn === 0) yield [];
      }
      let part: FiledReport[] = [];
      for (const held of everyHeld()) {
        if (!over.has(held)) for (const report of held.record) part.push({ feedId: held.feedId, receivedAtMs: held.firstReceivedAtMs, report });
        if (part.length < looksPerTurn) continue;
        yield part;
        part = [];
      }
      yield part;
    },
    tally(nowMs) {
      advanceTo(nowMs);
      return { held: heldCount, open: tallies.waiting(), unplacedByFeed: tallies.unplacedByFeed() };
    },
    quality(nowMs) {
      advanceTo(nowMs);
      const month = monthNumberOf(nowMs);
      const views = [...everyHeld()].map(({ record }) => viewOf(record));
      const ends = views.flatMap((view) => {
        const endMs = stageOf(view) === 'resolved' ? endedAtMs(view) : undefined;
        return endMs !== undefined && monthNumberOf(endMs) === month ? [{ view, endMs }] : [];
      });
      return {
        timelinessUnknown: ends.filter(({ view, endMs }) => timelinessOf(view, endMs, calendar) === 'unknown').length,
        undated: views.filter((view) => stageOf(view) === 'ended-undated').length,
        reopened: views.filter((view) => stageOf(view) === 'waiting' && endedAtMs(view) !== undefined).length,
      };
    },
  };
}
