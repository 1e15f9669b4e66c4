import { randomBytes } from 'node:crypto';
import type { WallDto } from '../../shared/protocol/answers.ts';
import { type Handover, type Problem, type WallCommand, WallId, type WallReport } from '../../shared/protocol/socket.ts';
import type { HandoverRefusal, WallPage, WallReports, WallsView } from '../ports/walls.ts';
import { type HandoverEvent, handoverOn, type Handovers, handoverState } from './handover.ts';
import { MOST_WALLS, QUIET_AFTER_MS, troubleOf, troublesOf, type Walls, wallsState } from './wallsState.ts';

const MINUTE_MS = 60_000;
const TOO_MANY: Problem = {
  severity: 'warning', code: 'too-many-walls', message: `Máy chủ đang theo dõi đủ ${MOST_WALLS} màn hình nên không theo dõi màn hình này; số liệu trên màn hình vẫn đúng.`,
  tip: 'Trên trang bàn trực, hãy bỏ bớt màn hình không còn dùng.',
};
const OTHER_WALL: Problem = {
  severity: 'warning', code: 'other-wall', message: 'Trang này báo về dưới hai tên màn hình; tên sau không được nhận.', tip: 'Tải lại trang.',
};

interface WallsOptions {
  /** Epoch ms; must not step with the wall clock, or every wall would look silent at once. */
  readonly nowMs: () => number;
}

/** [TW3] Why a wall of this kind cannot show that province. One without a picture yet is asked when it has one. */
function unfitFor(localityCode: string, { applied }: WallReport): HandoverRefusal | null {
  if (applied.some(({ channel }) => channel !== 'live')) return 'recording';
  return applied.length === 0 || applied.some(({ topic }) => topic === 'nation' || topic === `province:${localityCode}`) ? null : 'other-root';
}

/** What a page must be told so that it shows what the server says; `null`: it does. */
function correctionOf(shown: Handover | null, on: Handover | null): WallCommand | null {
  if (on !== null) return shown?.handoverId === on.handoverId ? null : { action: 'hand-over', handover: on };
  return shown === null ? null : { action: 'take-back', handoverId: shown.handoverId };
}

/** The walls that report, what they are handed over to, and a way to reach their pages. */
export function createWalls({ nowMs }: WallsOptions): WallReports & WallsView {
  const wallByPage = new Map<WallPage, WallId>();
  let walls: Walls = new Map();
  let handovers: Handovers = new Map();
  let refusedCount = 0;
  const pagesOf = (wallId: string) => [...wallByPage].filter(([, id]) => id === wallId).map(([page]) => page);
  const tell = (wallId: string, command: WallCommand) => { for (const page of pagesOf(wallId)) page.command(command); };

  function find(wallId: string) {
    const parsed = WallId.safeParse(wallId);
    return parsed.success ? walls.get(parsed.data) : undefined;
  }

  function stepHandover(event: HandoverEvent): boolean {
    const step = handoverState(handovers, event);
    handovers = step.handovers;
    return !step.isRefused;
  }

  function list(): readonly WallDto[] {
    const atMs = nowMs();
    return [...walls.values()].map((wall): WallDto => {
      const { report, firstHeardAtMs, heardAtMs, reportCount, isClosed } = wall;
      const trouble = troubleOf(wall, atMs);
      const handover = handoverOn(handovers, report.wallId, atMs);
      return {
        ...report, handover, isHandoverShown: handover !== null && report.handover?.handoverId === handover.handoverId,
        firstHeardAtMs, heardAtMs, reportCount, pages: pagesOf(report.wallId).length,
        state: isClosed ? 'closed' : (trouble?.kind ?? 'well'), troubleSinceMs: trouble?.sinceMs ?? null,
      };
    }).sort((a, b) => a.name.localeCompare(b.name, 'vi') || (a.wallId < b.wallId ? -1 : 1));
  }

  /** [TW2] A wall that missed its command, or was opened again, is told with its next report. */
  function heard(page: WallPage, report: WallReport): void {
    const { wallId, handover: shown } = report;
    // The wall that made room for this one is not known any more.
    for (const known of handovers.keys()) if (!walls.has(known)) stepHandover({ kind: 'forget', wallId: known });
    stepHandover({ kind: 'report', wallId, shown, nowMs: nowMs() });
    const correction = correctionOf(shown, handoverOn(handovers, wallId, nowMs()));
    if (correction !== null) page.command(correction);
  }

  return {
    mostWalls: MOST_WALLS, quietAfterMs: QUIET_AFTER_MS, nowMs, list,
    report(page, report, isAtHead) {
      if ((wallByPage.get(page) ?? report.wallId) !== report.wallId) {
        page.tell(OTHER_WALL);
        return;
      }
      walls = wallsState(walls, { kind: 'report', report, isAtHead, atMs: nowMs() });
      if (walls.has(report.wallId)) {
        wallByPage.set(page, report.wallId);
        heard(page, report);
        return;
      }
      refusedCount += 1;
      page.tell(TOO_MANY);
    },
    goodbye(page) {
      const wallId = wallByPage.get(page);
      wallByPage.delete(page);
      if (wallId !== undefined && pagesOf(wallId).length === 0) walls = wallsState(walls, { kind: 'goodbye', wallId });
    },
    left(page) {
      wallByPage.delete(page);
    },
    troubles: () => troublesOf(walls, nowMs()),
    refusedCount: () => refusedCount,
    command(wallId, command) {
      const wall = find(wallId);
      if (wall === undefined) return 'unknown';
      if (pagesOf(wallId).length === 0) return 'not-connected';
      if (handoverOn(handovers, wall.report.wallId, nowMs()) !== null) return 'handed-over';
      tell(wallId, command);
      return 'sent';
    },
    handOver(wallId, { localityCode, scene, minutes, owner, replaces }) {
      const wall = find(wallId);
      if (wall === undefined) return 'unknown';
      if (pagesOf(wallId).length === 0) return 'not-connected';
      const unfit = unfitFor(localityCode, wall.report);
      if (unfit !== null) return unfit;
      const sinceMs = Math.round(nowMs());
      const handover: Handover = { handoverId: randomBytes(8).toString('hex'), localityCode, scene, owner, sinceMs, endsAtMs: sinceMs + minutes * MINUTE_MS };
      if (!stepHandover({ kind: 'offer', wallId: wall.report.wallId, handover, replaces, nowMs: nowMs() })) return 'handed-over';
      tell(wallId, { action: 'hand-over', handover });
      return handover;
    },
    takeBack(wallId, handoverId) {
      const wall = find(wallId);
      if (wall === undefined) return 'unknown';
      if (!stepHandover({ kind: 'take-back', wallId: wall.report.wallId, handoverId, nowMs: nowMs() })) return 'not-on';
      tell(wallId, { action: 'take-back', handoverId });
      return 'done';
    },
    forget(wallId) {
      const wall = find(wallId);
      if (wall === undefined) return false;
      walls = wallsState(walls, { kind: 'forget', wallId: wall.report.wallId });
      stepHandover({ kind: 'forget', wallId: wall.report.wallId });
      return true;
    },
  };
}
