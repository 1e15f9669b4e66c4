import type { AlertReport } from '../../shared/domain/alertReport.ts';
import type { FiledReport } from '../../shared/domain/filedReport.ts';
import type { IndicatorId, LocalityCode, SourceId } from '../../shared/domain/ids.ts';

export type { FiledReport };

/** A count over all open or recent cases of one place: what becomes a reading. */
export interface CaseFigure {
  readonly localityCode: LocalityCode;
  readonly indicatorId: IndicatorId;
  /** Zero where nothing is open: a reading, not an absence. */
  readonly value: number;
  /** `derived`: stands in for a roll-up whose members cannot be told apart (dossiers of a province whose units are not placed). */
  readonly provenance: 'measured' | 'derived';
}

/** `known`: this very report, or one that says as much, was taken before. `full`: it is of a case not held, and the book holds all it may; nothing was taken. */
export type TakenAs = 'news' | 'known' | 'full';

/**
 * A fold over reports of one kind that gives the same book in whatever order, in whatever batches and however often they come.
 * A case is (feed, the format's own identity).
 */
export interface CaseBook<Report> {
  /** What `take` would answer. Nothing changes. */
  judge(filed: FiledReport & { readonly report: Report }): TakenAs;
  take(filed: FiledReport & { readonly report: Report }): TakenAs;
  /** Every figure of every place that a feed of this kind covers, as of `nowMs`. */
  figures(nowMs: number): readonly CaseFigure[];
  /** Forgets all that no figure can ever need, at once: for a start, when nobody waits. */
  letGo(nowMs: number): void;
  /**
   * The fewest reports from which the same book can be made again; what no figure can ever need is left out. In parts, some of them empty,
   * between which others have their turn; nothing may be taken until the last.
   */
  live(nowMs: number): Iterable<readonly FiledReport[]>;
  /** `unplaced`: open or recent cases that belong to no locality, by feed. */
  tally(nowMs: number): { readonly held: number; readonly open: number; readonly unplacedByFeed: ReadonlyMap<SourceId, number> };
}

/** What became of one condition of a feed: alerts by the sender's identity of what is wrong ([AI1]). */
export type AlertConditionChange =
  /** It is open, and before it was not; as its newest report has it, since the oldest of what is open began. */
  | { readonly kind: 'opened'; readonly feedId: SourceId; readonly conditionId: string; readonly newest: AlertReport; readonly sinceMs: number }
  /** Open as before: the newest of it, and how often it was said in all that time. */
  | { readonly kind: 'said'; readonly feedId: SourceId; readonly conditionId: string; readonly newest: AlertReport; readonly count: number }
  | { readonly kind: 'over'; readonly feedId: SourceId; readonly conditionId: string; readonly atMs: number; readonly count: number };

/** Conditions that alerts hold open, as they change. */
export interface AlertConditionsSource {
  /**
   * At most so many changes, each once: openings and ends in the order they happened, none left out ([A2]); then of what is open what has been
   * said since. The first call tells of everything that is open. Ask as of the time of the last figures.
   */
  takeConditionChanges(most: number): readonly AlertConditionChange[];
  /** What it had told already was sent once more. */
  noteRepeat(filed: FiledReport & { readonly report: AlertReport }): void;
}

/** The log of reports in the live channel's file. */
export interface ReportLog {
  /** Resolves once all of them are durable; rejects with a `StoreError` when none is. */
  append(reports: readonly FiledReport[]): Promise<void>;
  /** Oldest first. */
  readAll(): Promise<readonly FiledReport[]>;
  /** What was there before the call gives way to these, in one transaction; what is appended meanwhile stays. */
  compact(live: readonly FiledReport[]): Promise<void>;
}
