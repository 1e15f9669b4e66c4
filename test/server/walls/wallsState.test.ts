import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MOST_WALLS, QUIET_AFTER_MS, troubleOf, troublesOf, type WallEvent, type Walls, wallsState } from '../../../server/walls/wallsState.ts';
import { WallId } from '../../../shared/protocol/socket.ts';
import { aWallReport } from '../../support/aWallReport.ts';

const T0 = 1_000_000;
const wallsAfter = (events: readonly WallEvent[]): Walls => events.reduce<Walls>(wallsState, new Map());
const aReport = (atMs: number, parts: Parameters<typeof aWallReport>[0] = {}, isAtHead = true): WallEvent => ({ kind: 'report', report: aWallReport({ uptimeMs: atMs, ...parts }), isAtHead, atMs });
const seqAt = (seq: number) => ({ applied: aWallReport().applied.map((position) => ({ ...position, seq })) });
const drawing = (drawn: number) => ({ frames: { drawn, overMs: 5_000, medianMs: null, maxMs: null } });
const goodbye = (wallId: string): WallEvent => ({ kind: 'goodbye', wallId: WallId.parse(wallId) });

describe('[WR2] the last report of each wall', () => {
  test('replaces the one before and is counted', () => {
    const walls = wallsAfter([aReport(T0, { scene: 'security' }), aReport(T0 + 5_000, { scene: 'dossiers' })]);
    expect([...walls.values()]).toMatchObject([{ report: { scene: 'dossiers' }, firstHeardAtMs: T0, heardAtMs: T0 + 5_000, reportCount: 2 }]);
  });

  test('no more than the limit are kept; one that was closed on purpose makes room, one in trouble does not', () => {
    const full = wallsAfter(Array.from({ length: MOST_WALLS }, (_, index) => aReport(T0 + index, { wallId: `wall-${index}` })));
    expect(wallsState(full, aReport(T0 + 99, { wallId: 'one-more' }))).toBe(full);
    const roomy = wallsAfter([...Array.from({ length: MOST_WALLS }, (_, index) => aReport(T0 + index, { wallId: `wall-${index}` })), goodbye('wall-7'), aReport(T0 + 99, { wallId: 'one-more' })]);
    expect(roomy.size).toBe(MOST_WALLS);
    expect([roomy.has(WallId.parse('one-more')), roomy.has(WallId.parse('wall-7'))]).toEqual([true, false]);
  });

  test('an unknown wall says no goodbye and cannot be forgotten', () => {
    const walls = wallsAfter([aReport(T0)]);
    expect(wallsState(walls, goodbye('other'))).toBe(walls);
    expect(wallsState(walls, { kind: 'forget', wallId: WallId.parse('other') })).toBe(walls);
    expect(wallsState(walls, { kind: 'forget', wallId: WallId.parse('hall') }).size).toBe(0);
  });
});

describe('[WR3] a wall is in trouble', () => {
  test('when it has said nothing for 15 s, from its last word on, until it speaks again', () => {
    const walls = wallsAfter([aReport(T0)]);
    expect(troublesOf(walls, T0 + QUIET_AFTER_MS - 1)).toEqual([]);
    expect(troublesOf(walls, T0 + QUIET_AFTER_MS)).toEqual([{ wallId: 'hall', name: 'Sảnh hall', kind: 'silent', sinceMs: T0 }]);
    expect(troublesOf(wallsState(walls, aReport(T0 + 60_000)), T0 + 60_000)).toEqual([]);
  });

  test('when it reports but has drawn nothing for 15 s', () => {
    const walls = wallsAfter([aReport(T0), ...[5, 10, 15].map((sec) => aReport(T0 + sec * 1_000, drawing(0)))]);
    expect(troublesOf(walls, T0 + 15_000)).toMatchObject([{ kind: 'frozen', sinceMs: T0 }]);
  });

  test('when what it holds stands still for 15 s while the server goes on', () => {
    const stuck = [5, 10, 15].map((sec) => aReport(T0 + sec * 1_000, seqAt(7), false));
    expect(troublesOf(wallsAfter([aReport(T0, seqAt(7)), ...stuck]), T0 + 15_000)).toMatchObject([{ kind: 'behind', sinceMs: T0 }]);
  });

  test('never while nothing new is published, nor while it moves on a step behind', () => {
    const atHead = [0, 5, 10, 15, 20].map((sec) => aReport(T0 + sec * 1_000, seqAt(7), true));
    const moving = [0, 5, 10, 15, 20].map((sec) => aReport(T0 + sec * 1_000, seqAt(sec), false));
    for (const events of [atHead, moving]) expect(troublesOf(wallsAfter(events), T0 + 20_000)).toEqual([]);
  });

  test('never after it was closed on purpose; opened again it is looked after again', () => {
    const closed = wallsAfter([aReport(T0), goodbye('hall')]);
    expect(troublesOf(closed, T0 + 3_600_000)).toEqual([]);
    expect(troublesOf(wallsState(closed, aReport(T0 + 7_200_000, { uptimeMs: 0 }, false)), T0 + 7_200_000 + QUIET_AFTER_MS)).toMatchObject([{ kind: 'silent' }]);
  });

  test('a page opened anew is not blamed for what the page before it did not do', () => {
    const walls = wallsAfter([aReport(T0), aReport(T0 + 600_000, { uptimeMs: 900, applied: [], ...drawing(0) }, false)]);
    expect(troublesOf(walls, T0 + 600_000 + QUIET_AFTER_MS - 1)).toEqual([]);
  });

  // What the other screens say rests on this fold, so it is tried against the plain definition on many random stories.
  test('equals what a reader of the whole story would say', () => {
    const step = fc.record({ waitMs: fc.integer({ min: 0, max: 9_000 }), wall: fc.constantFrom('a', 'b'), what: fc.constantFrom('report', 'report', 'report', 'goodbye'), drawn: fc.constantFrom(0, 5), seq: fc.integer({ min: 0, max: 2 }), isAtHead: fc.boolean() });
    fc.assert(fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      let walls: Walls = new Map();
      let nowMs = T0;
      const story: { atMs: number; wall: string; what: string; drawn: number; seq: number; isAtHead: boolean }[] = [];
      for (const { waitMs, ...said } of steps) {
        nowMs += waitMs;
        story.push({ atMs: nowMs, ...said });
        walls = wallsState(walls, said.what === 'goodbye' ? goodbye(said.wall) : aReport(nowMs, { wallId: said.wall, ...drawing(said.drawn), ...seqAt(said.seq) }, said.isAtHead));
      }
      for (const wall of ['a', 'b']) {
        const own = story.filter((said) => said.wall === wall);
        const sinceGoodbye = own.slice(own.findLastIndex(({ what }) => what === 'goodbye') + 1);
        const lastWhere = (isSign: (index: number) => boolean) => sinceGoodbye.findLast((_, index) => isSign(index))?.atMs ?? Number.NaN;
        const kept = walls.get(WallId.parse(wall));
        const trouble = kept === undefined ? null : troubleOf(kept, nowMs);
        const signs = [
          ['silent', lastWhere(() => true)],
          ['frozen', lastWhere((index) => index === 0 || sinceGoodbye[index]!.drawn > 0)],
          ['behind', lastWhere((index) => index === 0 || sinceGoodbye[index]!.isAtHead || sinceGoodbye[index]!.seq !== sinceGoodbye[index - 1]!.seq)],
        ] as const;
        const expected = signs.find(([, atMs]) => nowMs - atMs >= QUIET_AFTER_MS);
        expect(trouble === null ? undefined : [trouble.kind, trouble.sinceMs]).toEqual(expected);
      }
    }), { numRuns: 300 });
  });
});
