import type { HandoverOffer, WallDto } from '../../shared/protocol/answers.ts';
import type { Handover, Problem, WallCommand, WallReport, WallTrouble } from '../../shared/protocol/socket.ts';

/** One connected page of a wall. */
export interface WallPage {
  command(command: WallCommand): void;
  tell(problem: Problem): void;
}

/** What the rooms hand on of the pages that say they are walls. */
export interface WallReports {
  /** A page whose report is not kept is told why. `isAtHead`: it holds the newest there is of all it follows. */
  report(page: WallPage, report: WallReport, isAtHead: boolean): void;
  /** Closed on purpose: nobody need look after it. */
  goodbye(page: WallPage): void;
  /** Its connection ended. */
  left(page: WallPage): void;
  troubles(): readonly WallTrouble[];
}

/** Why a wall cannot be handed over. `other-root`: it shows another province for good. `recording`: it plays a recording. `handed-over`: another hand-over is on than was to be replaced. */
export type HandoverRefusal = 'unknown' | 'not-connected' | 'other-root' | 'recording' | 'handed-over';

/** What the routes see of the walls, and may have them do. */
export interface WallsView {
  readonly mostWalls: number;
  readonly quietAfterMs: number;
  nowMs(): number;
  /** By name. */
  list(): readonly WallDto[];
  /** Reports of further walls that were not kept, since the server started. */
  refusedCount(): number;
  /** `handed-over`: it shows what somebody else chose, until that ends. */
  command(wallId: string, command: WallCommand): 'sent' | 'unknown' | 'not-connected' | 'handed-over';
  /** [TW1] The locality must exist. */
  handOver(wallId: string, offer: HandoverOffer): Handover | HandoverRefusal;
  /** `not-on`: it has ended, or gave way to another. */
  takeBack(wallId: string, handoverId: string): 'done' | 'unknown' | 'not-on';
  /** `false`: there is no such wall. One that still reports is back with its next report. */
  forget(wallId: string): boolean;
}
