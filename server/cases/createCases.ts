import { setImmediate as nextTurn } from 'node:timers/promises';
import type { AlertReport } from '../../shared/domain/alertReport.ts';
import type { DossierReport } from '../../shared/domain/dossierReport.ts';
import type { SourceId } from '../../shared/domain/ids.ts';
import type { AlertConditionsSource, CaseBook, CaseFigure, FiledReport, ReportLog, TakenAs } from '../ports/cases.ts';

export type FiledAs = 'stored' | 'duplicate' | 'book-full';

export interface Cases extends Pick<AlertConditionsSource, 'takeConditionChanges'> {
  /** Resolves after commit, one answer per report, in order. Rejects with a `StoreError`, and then nothing of it was stored. */
  file(reports: readonly FiledReport[]): Promise<readonly FiledAs[]>;
  figures(nowMs: number): readonly CaseFigure[];
  unplacedByFeed(nowMs: number): ReadonlyMap<SourceId, number>;
  /** Cuts the log to what the books still need, once it has grown well beyond that. */
  compact(nowMs: number): Promise<void>;
}

export interface CasesOptions {
  readonly log: Pick<ReportLog, 'append' | 'compact'>;
  readonly books: { readonly alert: CaseBook<AlertReport> & AlertConditionsSource; readonly dossier: CaseBook<DossierReport> };
  /** What the log holds, of feeds that are configured. */
  readonly filed: readonly FiledReport[];
  readonly nowMs: number;
}

/** Reports in the log beyond twice those needed: rewriting a short log gains nothing. */
const COMPACT_BEYOND = 1_000;

/** Reports taken from the log between two looks at what can go, where the books are full: to look at all they hold takes a second. */
const LET_GO_EVERY = 10_000;

const ANSWERS: Readonly<Record<TakenAs, FiledAs>> = { news: 'stored', known: 'duplicate', full: 'book-full' };

/** The books of one channel, as its log of reports tells them. One line of work: each delivery is judged, logged, and only then seen ([L1]). */
export function createCases({ log, books, filed: stored, nowMs }: CasesOptions): Cases {
  let last: Promise<unknown> = Promise.resolve();
  let loggedCount = stored.length;

  const ask = (filed: FiledReport, step: 'judge' | 'take'): TakenAs => {
    const { report } = filed;
    return report.kind === 'alert' ? books.alert[step]({ ...filed, report }) : books.dossier[step]({ ...filed, report });
  };
  const inTurn = <T>(step: () => Promise<T>): Promise<T> => {
    const done = last.then(step, step);
    last = done;
    return done;
  };

  const figures = (atMs: number) => [...books.alert.figures(atMs), ...books.dossier.figures(atMs)];
  const letGo = () => { for (const book of [books.alert, books.dossier]) book.letGo(nowMs); };
  letGo();
  let nextLetGo = 0;
  for (const [index, filed] of stored.entries()) {
    if (ask(filed, 'take') !== 'full' || index < nextLetGo) continue;
    // The log holds more than the books do: what no figure needs any more must not take the place of what one does.
    letGo();
    nextLetGo = index + LET_GO_EVERY;
    ask(filed, 'take');
  }
  letGo();
  figures(nowMs);

  return {
    file: (reports) => inTurn(async () => {
      const judged = reports.map((filed) => ask(filed, 'judge'));
      const news = reports.filter((_, index) => judged[index] === 'news');
      await log.append(news);
      loggedCount += news.length;
      // What repeats another of this delivery was news to the judge, and is not when it is taken.
      return reports.map((filed, index) => {
        const taken = judged[index] === 'news' ? ask(filed, 'take') : judged[index] ?? 'known';
        const { report } = filed;
        if (taken === 'known' && report.kind === 'alert') books.alert.noteRepeat({ ...filed, report });
        return ANSWERS[taken];
      });
    }),
    figures,
    takeConditionChanges: books.alert.takeConditionChanges,
    unplacedByFeed(atMs) {
      const counts = new Map(books.alert.tally(atMs).unplacedByFeed);
      for (const [feedId, count] of books.dossier.tally(atMs).unplacedByFeed) counts.set(feedId, (counts.get(feedId) ?? 0) + count);
      return counts;
    },
    compact: (atMs) => inTurn(async () => {
      const live: FiledReport[] = [];
      for (const parts of [books.alert.live(atMs), books.dossier.live(atMs)]) {
        for (const part of parts) {
          live.push(...part);
          await nextTurn();
        }
      }
      if (loggedCount <= 2 * live.length + COMPACT_BEYOND) return;
      await log.compact(live);
      loggedCount = live.length;
    }),
  };
}
