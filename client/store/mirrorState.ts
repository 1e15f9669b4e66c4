import type { EditionId } from '../../shared/domain/ids.ts';
import type { Alarm } from '../../shared/domain/alarm.ts';
import type { PlaybackState, Problem, SourceHealth, WallTrouble } from '../../shared/protocol/socket.ts';

export interface LinkStatus {
  /** `connecting`: no picture yet. `live`: heartbeats arrive. `lost`: they do not, and what is shown is old ([H1]). */
  readonly state: 'connecting' | 'live' | 'lost';
  /** On the axis of `serverNowMs`. `live`: since when. `lost`: when the server was last heard. `connecting`: when it began. */
  readonly sinceMs: number;
  /** Tries since the link was last up; 0 while it is. */
  readonly attempt: number;
  /** Wait before the next try, counted from its announcement; `null` while a try is under way or none is needed. */
  readonly retryInMs: number | null;
}

export interface MirrorState {
  /** Grows when readings changed, at most once per animation frame. */
  readonly version: number;
  readonly edition: EditionId;
  /** `null`: no snapshot yet. */
  readonly epoch: string | null;
  readonly seq: number | null;
  readonly link: LinkStatus;
  /** A gap was seen: what is held is shown, and newer readings wait for the snapshot that was asked for. */
  readonly isWaitingForResync: boolean;
  /** As of the last heartbeat; `null`: none yet. */
  readonly playback: PlaybackState | null;
  readonly sources: SourceHealth | null;
  readonly wallTroubles: readonly WallTrouble[];
  /** [LD1] Alarms announced in the last ten minutes, as the server counts them; `null`: it has not said. */
  readonly alarmLoad: number | null;
  /** What is shown was kept from an earlier visit: when it was all there was, on the server's clock and on the data's axis. `null`: it came from the server. */
  readonly kept: { readonly atMs: number; readonly dataTimeMs: number } | null;
  /** When the server last said that nothing newer than this position exists; its own clock, epoch ms. `null`: not yet. */
  readonly confirmed: { readonly epoch: string; readonly seq: number; readonly atMs: number } | null;
  /** Open alarms, one per condition, newest first. */
  readonly alarms: readonly Alarm[];
  /** How often the whole list of alarms came, in place of changes: those are not news. */
  readonly alarmSnapshots: number;
  /** Newest first, bounded. */
  readonly problems: readonly Problem[];
  /** The server's clock, once a second. Epoch ms. Link ages are counted from it. */
  readonly serverNowMs: number;
  /** The playhead, once a second. Epoch ms on the data's axis. Reading ages are counted from it. */
  readonly dataNowMs: number;
  /** The server runs another build than this page: reload at a quiet moment. */
  readonly isNewBuild: boolean;
}

/** What can be sought in is played again, and not happening now. */
export function isPlayedBack(playback: Pick<PlaybackState, 'capabilities'> | null): boolean {
  return playback?.capabilities.includes('seek') === true;
}

const MAX_PROBLEMS = 20;

export function withProblem(problems: readonly Problem[], problem: Problem): readonly Problem[] {
  return [problem, ...problems.filter(({ code }) => code !== problem.code)].slice(0, MAX_PROBLEMS);
}

/** Codes of what keeps this page and its server apart until one of them is another. */
const REFUSALS = ['protocol', 'no-channel', 'other-edition'] as const;
export type Refusal = (typeof REFUSALS)[number];

/** [H5] The latest refusal; `null`: none since the server last took this page. */
export function refusalOf(problems: readonly Problem[]): Refusal | null {
  return problems.flatMap(({ code }) => REFUSALS.filter((refusal) => refusal === code))[0] ?? null;
}

export function withoutRefusals(problems: readonly Problem[]): readonly Problem[] {
  return problems.filter((problem) => refusalOf([problem]) === null);
}

/** [A2] Transitions applied in order: the newest occurrence of a condition replaces the one before, NORMAL closes it. */
export function withAlarms(held: readonly Alarm[], transitions: readonly Alarm[]): readonly Alarm[] {
  const alarmsById = new Map(held.map((alarm) => [alarm.id, alarm]));
  for (const alarm of transitions) {
    if (alarm.state === 'NORMAL') alarmsById.delete(alarm.id);
    else alarmsById.set(alarm.id, alarm);
  }
  return [...alarmsById.values()].sort((a, b) => b.sinceMs - a.sinceMs || (a.id < b.id ? -1 : 1));
}
