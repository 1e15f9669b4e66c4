import type { WallDto } from '../../shared/protocol/answers.ts';
import { type Problem, WallId } from '../../shared/protocol/socket.ts';
import type { WallPage, WallReports, WallsView } from '../ports/walls.ts';
import { MOST_WALLS, QUIET_AFTER_MS, troubleOf, troublesOf, type Walls, wallsState } from './wallsState.ts';

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

/** The walls that report, and a way to reach their pages. */
export function createWalls({ nowMs }: WallsOptions): WallReports & WallsView {
  const wallByPage = new Map<WallPage, WallId>();
  let walls: Walls = new Map();
  let refusedCount = 0;
  const pagesOf = (wallId: string) => [...wallByPage].filter(([, id]) => id === wallId).map(([page]) => page);

  function list(): readonly WallDto[] {
    const atMs = nowMs();
    return [...walls.values()].map((wall): WallDto => {
      const { report, firstHeardAtMs, heardAtMs, reportCount, isClosed } = wall;
      const trouble = troubleOf(wall, atMs);
      return {
        ...report, firstHeardAtMs, heardAtMs, reportCount, pages: pagesOf(report.wallId).length,
        state: isClosed ? 'closed' : (trouble?.kind ?? 'well'), troubleSinceMs: trouble?.sinceMs ?? null,
      };
    }).sort((a, b) => a.name.localeCompare(b.name, 'vi') || (a.wallId < b.wallId ? -1 : 1));
  }

  return {
    mostWalls: MOST_WALLS, quietAfterMs: QUIET_AFTER_MS, nowMs, list,
    report(page, report, isAtHead) {
      if ((wallByPage.get(page) ?? report.wallId) !== report.wallId) return OTHER_WALL;
      walls = wallsState(walls, { kind: 'report', report, isAtHead, atMs: nowMs() });
      if (walls.has(report.wallId)) {
        wallByPage.set(page, report.wallId);
        return null;
      }
      refusedCount += 1;
      return TOO_MANY;
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
      const pages = pagesOf(wallId);
      for (const page of pages) page.command(command);
      if (pages.length > 0) return 'sent';
      return list().some((wall) => wall.wallId === wallId) ? 'not-connected' : 'unknown';
    },
    forget(wallId) {
      const parsed = WallId.safeParse(wallId);
      if (!parsed.success || !walls.has(parsed.data)) return false;
      walls = wallsState(walls, { kind: 'forget', wallId: parsed.data });
      return true;
    },
  };
}
