import { type DossierView, isEnded } from './dossierRecord.ts';
import type { WorkingDays } from './workingDays.ts';

const REGISTERED = 1;
const NOT_ACCEPTED = 3;
const ASKED_FOR_PAPERS = 5;
const WITHDRAWN = 7;

/** Messages come out of order by days: a step that is late by less than this finds its dossier, and does not open it again. */
const LATE_MESSAGES_MS = 7 * 86_400_000;

/** A dossier that was filed and never received says nothing any more after a year. */
const REGISTERED_FOR_MS = 366 * 86_400_000;

const NO_SUPPLEMENTS: NonNullable<DossierView['supplements']> = [];

/**
 * Where a dossier stands. `registered`: filed, not yet received, or nothing says. `ended-undated`: it is over, and no message says when, so
 * that it belongs to no month. `not-received`: withdrawn before it was received.
 */
export type DossierStage = 'registered' | 'waiting' | 'resolved' | 'ended-undated' | 'not-received';

/** `unknown`: no due date, and the legal limit of its procedure is not known here. It is neither on time nor late. */
export type Timeliness = 'on-time' | 'late' | 'unknown';

export function stageOf(view: DossierView): DossierStage {
  const { status, receivedAtMs } = view;
  const isOver = status === undefined ? endedAtMs(view) !== undefined : isEnded(status);
  if (!isOver) return status === REGISTERED || (status === undefined && receivedAtMs === undefined) ? 'registered' : 'waiting';
  if (status === WITHDRAWN && receivedAtMs === undefined) return 'not-received';
  return endedAtMs(view) === undefined ? 'ended-undated' : 'resolved';
}

/** Done comes before returned (status 9, else 10, else 8, 3 and 7, whose end is told by the same date). Epoch ms. */
export function endedAtMs({ finishedAtMs, returnedAtMs }: DossierView): number | undefined {
  return finishedAtMs ?? returnedAtMs;
}

/** What the months count as received: with a day of receipt, and not turned away. */
export function isReceived({ status, receivedAtMs }: DossierView): boolean {
  return receivedAtMs !== undefined && status !== REGISTERED && status !== NOT_ACCEPTED;
}

/** Requests for papers, the one that only the status tells of among them. */
function requestsOf({ status, statusAtMs, supplements = NO_SUPPLEMENTS }: DossierView) {
  const pending = supplements.filter(({ answeredAtMs }) => answeredAtMs === null).map(({ askedAtMs }) => askedAtMs);
  const isUntold = status === ASKED_FOR_PAPERS && pending.length === 0 && statusAtMs !== undefined;
  return { count: supplements.length + (isUntold ? 1 : 0), pendingSinceMs: isUntold ? statusAtMs : pending.at(0) };
}

/**
 * Until when it is on time: the due date, a newer one that a supplement set, or the due date and the time that the citizen took for papers.
 * That time is subtracted from the end by the rule, which is the same. `undefined`: nobody said. Epoch ms.
 */
function dueInForceMs({ dueAtMs, supplements = NO_SUPPLEMENTS }: DossierView, calendar: WorkingDays): number | undefined {
  const setAnew = supplements.flatMap(({ newDueAtMs }) => newDueAtMs ?? []);
  const extendedByMs = supplements.reduce((sum, { askedAtMs, answeredAtMs, newDueAtMs }) =>
    sum + (answeredAtMs === null || newDueAtMs !== null ? 0 : Math.max(0, answeredAtMs - askedAtMs)), 0);
  if (dueAtMs === undefined && setAnew.length === 0) return undefined;
  return calendar.endOfTimeLimitMs(Math.max(dueAtMs ?? 0, ...setAnew) + extendedByMs);
}

/**
 * Component 2.1 of index 766 as transcribed (research/formats.md §5.9), of a dossier that ended.
 * @param endMs when it did
 */
export function timelinessOf(view: DossierView, endMs: number, calendar: WorkingDays): Timeliness {
  const dueMs = dueInForceMs(view, calendar);
  return dueMs === undefined ? 'unknown' : endMs <= dueMs ? 'on-time' : 'late';
}

/**
 * The last moment at which a waiting dossier is not late, by the same rule. While papers are asked for the first time the moment of asking
 * counts as the end; asked for more than once it is late. Epoch ms; `-Infinity`: it is late; `Infinity`: never by itself.
 */
export function lateAfterMs(view: DossierView, calendar: WorkingDays): number {
  const { count, pendingSinceMs } = requestsOf(view);
  if (pendingSinceMs !== undefined && count > 1) return Number.NEGATIVE_INFINITY;
  const dueMs = dueInForceMs(view, calendar) ?? Number.POSITIVE_INFINITY;
  if (pendingSinceMs === undefined) return dueMs;
  return pendingSinceMs <= dueMs ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
}

/** In months that begin later no figure needs it, and no late message must find it. `Infinity`: it waits. Epoch ms. */
export function neededUntilMs(view: DossierView): number {
  const stage = stageOf(view);
  if (stage === 'waiting') return Number.POSITIVE_INFINITY;
  if (stage === 'registered') return view.atMs + REGISTERED_FOR_MS;
  return Math.max(view.atMs, view.receivedAtMs ?? 0, endedAtMs(view) ?? 0) + LATE_MESSAGES_MS;
}
