import type { Alarm } from '../shared/domain/alarm.ts';
import type { AlarmRule } from '../shared/domain/alarmRule.ts';
import type { Candidate } from '../shared/domain/observation.ts';
import holidays from '../seeds/calendar/holidays.json' with { type: 'json' };
import { nationOf, type SeriesTable } from '../shared/domain/seriesTable.ts';
import { type AlertConditions, createAlertConditions } from './alertConditions.ts';
import { createCaseFigures } from './caseFigures.ts';
import { createAlertBook } from './cases/alertBook.ts';
import { createCoverage } from './cases/coverage.ts';
import { type Cases, createCases } from './cases/createCases.ts';
import { createDossierBook } from './cases/dossierBook.ts';
import { createWorkingDays, HolidayFile } from './cases/workingDays.ts';
import { createHeldStates, type HeldStates } from './heldStates.ts';
import { createFeedDoor, type OpenedFeedDoor } from './feedDoor.ts';
import type { LivePlayer } from './players/livePlayer.ts';
import type { ReportLog } from './ports/cases.ts';
import type { FeedSettings } from './ports/feedSettings.ts';
import type { AsOfAnswer } from './ports/store.ts';

export interface FeedsOptions {
  readonly feeds: readonly FeedSettings[];
  readonly table: SeriesTable;
  readonly reports: ReportLog;
  readonly livePlayer: Pick<LivePlayer, 'receive'>;
  /** The picture the channel began with: it tells when each feed was last heard. */
  readonly restored: AsOfAnswer;
  readonly nowMs: () => number;
  readonly rules: readonly AlarmRule[];
  /** Alarms that the log holds open from before this start. */
  readonly open: readonly Alarm[];
}

export interface OpenedFeeds {
  readonly door: OpenedFeedDoor;
  /** What the books amount to and the states that last, to the channel's inbox. Call before each tick, with the channel's time. */
  sayFigures(nowMs: number): void;
  compact: Cases['compact'];
  /** What alerts hold open, as conditions of alarms. */
  readonly alerts: AlertConditions;
}

/** Behind the door: the books as the log of reports tells them, and what they amount to. */
export async function openFeeds({ feeds, table, reports, livePlayer, restored, nowMs, rules, open }: FeedsOptions): Promise<OpenedFeeds> {
  const coverage = createCoverage(table.localities);
  const configured = new Set(feeds.map(({ id }) => id));
  // Of a feed that is configured no more, nobody would ever clear what is open: the next compaction lets it go.
  const filed = (await reports.readAll()).filter(({ feedId }) => configured.has(feedId));
  const calendar = createWorkingDays(HolidayFile.parse(holidays));
  const cases = createCases({ log: reports, books: { alert: createAlertBook({ feeds, coverage }), dossier: createDossierBook({ localities: table.localities, calendar }) }, filed, nowMs: nowMs() });
  const receive = (candidates: readonly unknown[], receivedAtMs: number) => livePlayer.receive(candidates, receivedAtMs);
  const said = (candidates: readonly Candidate[], atMs: number) => receive(candidates, atMs);
  const door = createFeedDoor({ feeds, coverage, receive, cases, onStored: (candidate) => states.note(candidate), seenAtMsById: lastHeard(restored), nowMs });
  const states: HeldStates = createHeldStates({ feeds, table, restored: restored.observations, lastSeenAtMs: door.lastSeenAtMs, receive: said });
  const figures = createCaseFigures({ feeds, coverage, indicators: table.indicators, cases, lastSeenAtMs: door.lastSeenAtMs, receive: said });
  const sayFigures = (atMs: number) => {
    figures.say(atMs);
    states.say(atMs);
  };
  const alerts = createAlertConditions({ feeds, rules, nationCode: nationOf(table), open, cases, lastSeenAtMs: door.lastSeenAtMs });
  return { door, sayFigures, compact: cases.compact, alerts };
}

function lastHeard({ observations }: AsOfAnswer): ReadonlyMap<string, number> {
  const atMsById = new Map<string, number>();
  for (const { sourceId, receivedAtMs } of observations) atMsById.set(sourceId, Math.max(atMsById.get(sourceId) ?? 0, receivedAtMs));
  return atMsById;
}
