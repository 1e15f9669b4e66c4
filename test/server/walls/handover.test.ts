import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { heldHandover } from '../../../client/screens/wall/handover.ts';
import type { WallPage } from '../../../server/ports/walls.ts';
import { createWalls } from '../../../server/walls/createWalls.ts';
import { LONGEST_HANDOVER_MS } from '../../../server/walls/handover.ts';
import { LocalityCode } from '../../../shared/domain/ids.ts';
import type { HandoverOffer } from '../../../shared/protocol/answers.ts';
import type { Handover, WallCommand } from '../../../shared/protocol/socket.ts';
import { aWallPage } from '../../support/aWallPage.ts';
import { aWallReport } from '../../support/aWallReport.ts';

const MINUTE_MS = 60_000;
const WALL = 'hall';
const anOffer = (parts: Partial<HandoverOffer> = {}): HandoverOffer => ({ localityCode: LocalityCode.parse('68'), scene: 'dossiers', minutes: 5, owner: 'chairman', replaces: null, ...parts });

/** A page of a wall and the server that it reports to, on one clock; either may be lost and come back. */
class Hall {
  nowMs = 1_000_000;
  walls = createWalls({ nowMs: () => this.nowMs });
  shown: Handover | null = null;
  /** Nothing of what the server says arrives. */
  isDeaf = false;
  page: WallPage | null = null;
  readonly takenBack = new Set<string>();

  open(): void {
    this.leave();
    this.shown = null;
    this.page = { ...aWallPage(), command: (command) => this.hear(command) };
    this.report();
  }

  hear(command: WallCommand): void {
    if (!this.isDeaf) this.shown = heldHandover(this.shown, { kind: 'told', command });
  }

  report(): void {
    if (this.page !== null) this.walls.report(this.page, aWallReport({ wallId: WALL, handover: this.shown }), true);
  }

  leave(): void {
    if (this.page !== null) this.walls.left(this.page);
    this.page = null;
  }

  pass(ms: number): void {
    this.nowMs += ms;
    this.shown = heldHandover(this.shown, { kind: 'tick', nowMs: this.nowMs });
  }

  /** The page stays open, on a new connection. */
  restartServer(): void {
    this.walls = createWalls({ nowMs: () => this.nowMs });
    if (this.page !== null) this.page = { ...aWallPage(), command: (command) => this.hear(command) };
  }

  on(): Handover | null {
    return this.walls.list()[0]?.handover ?? null;
  }

  takeBack(handoverId: string): void {
    if (this.walls.takeBack(WALL, handoverId) === 'done') this.takenBack.add(handoverId);
  }
}

function anOpenHall(): Hall {
  const hall = new Hall();
  hall.open();
  return hall;
}

function handed(hall: Hall, parts: Partial<HandoverOffer> = {}): Handover {
  const outcome = hall.walls.handOver(WALL, anOffer(parts));
  if (typeof outcome === 'string') throw new Error(outcome);
  return outcome;
}

describe('[TW1] a wall is handed over', () => {
  test('with its owner, for the minutes asked for, and the desk sees it', () => {
    const hall = anOpenHall();
    const handover = handed(hall, { minutes: 2, owner: 'office' });
    expect(handover).toMatchObject({ localityCode: '68', scene: 'dossiers', owner: 'office', sinceMs: hall.nowMs, endsAtMs: hall.nowMs + 2 * MINUTE_MS });
    expect(hall.shown).toEqual(handover);
    expect(hall.walls.list()).toMatchObject([{ handover, isHandoverShown: false }]);
    hall.report();
    expect(hall.walls.list()).toMatchObject([{ handover, isHandoverShown: true }]);
    hall.pass(2 * MINUTE_MS);
    expect([hall.shown, hall.on()]).toEqual([null, null]);
  });

  test('until somebody takes it back: the desk cannot turn it meanwhile', () => {
    const hall = anOpenHall();
    const { handoverId } = handed(hall);
    expect(hall.walls.command(WALL, { action: 'next' })).toBe('handed-over');
    expect(hall.walls.takeBack(WALL, handoverId)).toBe('done');
    expect([hall.shown, hall.on(), hall.walls.takeBack(WALL, handoverId), hall.walls.command(WALL, { action: 'next' })]).toEqual([null, null, 'not-on', 'sent']);
  });
});

describe('[TW3] refused with the reason', () => {
  test('a wall that nobody knows, or that is not connected', () => {
    const hall = anOpenHall();
    expect([hall.walls.handOver('nowhere', anOffer()), hall.walls.takeBack('nowhere', '0'.repeat(16))]).toEqual(['unknown', 'unknown']);
    hall.leave();
    expect(hall.walls.handOver(WALL, anOffer())).toBe('not-connected');
  });

  test('a wall of another province, and one that plays a recording', () => {
    const walls = createWalls({ nowMs: () => 0 });
    const [nation] = aWallReport().applied;
    if (nation === undefined) throw new Error('Invariant: a wall that does well follows something.');
    const topic = nation.topic.replace('nation', 'province:48') as typeof nation.topic;
    walls.report(aWallPage(), aWallReport({ wallId: 'danang', applied: [{ ...nation, topic }] }), true);
    walls.report(aWallPage(), aWallReport({ wallId: 'film', applied: [{ ...nation, channel: 'recording:bao' as typeof nation.channel }] }), true);
    expect([walls.handOver('danang', anOffer()), walls.handOver('film', anOffer())]).toEqual(['other-root', 'recording']);
    expect(walls.handOver('danang', anOffer({ localityCode: LocalityCode.parse('48') }))).toMatchObject({ localityCode: '48' });
  });

  test('one that is on, unless it is named: of two at once the second is told', () => {
    const hall = anOpenHall();
    const first = handed(hall);
    expect(hall.walls.handOver(WALL, anOffer({ owner: 'duty' }))).toBe('handed-over');
    const second = handed(hall, { owner: 'duty', replaces: first.handoverId });
    expect(hall.shown).toEqual(second);
    expect(hall.walls.handOver(WALL, anOffer({ replaces: first.handoverId }))).toBe('handed-over');
    expect(hall.walls.takeBack(WALL, first.handoverId)).toBe('not-on');
  });
});

const act = fc.oneof(
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('offer' as const), minutes: fc.constantFrom<2 | 5 | 10>(2, 5, 10), replaces: fc.constantFrom('on', 'none', 'other') }) },
  { weight: 6, arbitrary: fc.record({ kind: fc.constantFrom('take-back' as const, 'take-back-old' as const, 'report' as const, 'open' as const, 'leave' as const, 'restart' as const, 'deaf' as const, 'hearing' as const, 'forget' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('pass' as const), ms: fc.integer({ min: 1, max: 3 * MINUTE_MS }) }) },
);
type Act = typeof act extends fc.Arbitrary<infer T> ? T : never;

function perform(hall: Hall, one: Act): void {
  if (one.kind === 'offer') {
    const on = hall.on()?.handoverId ?? null;
    const replaces = one.replaces === 'on' ? on : one.replaces === 'none' ? null : '0'.repeat(16);
    const isConnected = hall.page !== null && hall.walls.list()[0]?.pages === 1;
    const outcome = hall.walls.handOver(WALL, anOffer({ minutes: one.minutes, replaces }));
    // [TW3] Given exactly to who named what is on.
    expect(typeof outcome === 'object').toBe(isConnected && replaces === on);
  } else if (one.kind === 'take-back') hall.takeBack(hall.on()?.handoverId ?? 'f'.repeat(16));
  else if (one.kind === 'take-back-old') expect(hall.walls.takeBack(WALL, 'f'.repeat(16))).not.toBe('done');
  else if (one.kind === 'report') hall.report();
  else if (one.kind === 'open') hall.open();
  else if (one.kind === 'leave') hall.leave();
  else if (one.kind === 'restart') hall.restartServer();
  else if (one.kind === 'deaf') hall.isDeaf = true;
  else if (one.kind === 'hearing') hall.isDeaf = false;
  else if (one.kind === 'forget') {
    if (hall.page === null) hall.walls.forget(WALL);
  }
  else if (one.kind === 'pass') hall.pass(one.ms);
  else throw new Error('Invariant: every act is performed.');
}

describe('[TW2] in every order of offers, ends, lost words, lost walls and restarts', () => {
  test('nothing is on for longer than it may be, and a wall that reports and hears shows what the server says', () => {
    fc.assert(fc.property(fc.array(act, { maxLength: 40, size: 'max' }), (acts) => {
      const hall = anOpenHall();
      for (const one of acts) {
        perform(hall, one);
        const on = hall.on();
        if (on !== null) expect([on.endsAtMs > hall.nowMs, on.endsAtMs - hall.nowMs <= LONGEST_HANDOVER_MS]).toEqual([true, true]);
        if (hall.shown !== null) expect(hall.shown.endsAtMs).toBeGreaterThan(hall.nowMs);
      }
      hall.isDeaf = false;
      hall.report();
      if (hall.page !== null) expect(hall.shown).toEqual(hall.on());
    }), { numRuns: 500 });
  });

  test('what was taken back is never on again while that server runs', () => {
    fc.assert(fc.property(fc.array(act.filter(({ kind }) => kind !== 'restart' && kind !== 'forget'), { maxLength: 40, size: 'max' }), (acts) => {
      const hall = anOpenHall();
      for (const one of acts) {
        perform(hall, one);
        expect(hall.takenBack.has(hall.on()?.handoverId ?? '')).toBe(false);
      }
    }), { numRuns: 500 });
  });

  test('a late report of what was taken back does not bring it back', () => {
    const hall = anOpenHall();
    const handover = handed(hall);
    hall.isDeaf = true;
    hall.takeBack(handover.handoverId);
    hall.report();
    expect([hall.shown, hall.on()]).toEqual([handover, null]);
  });

  test('a wall that missed its word is told with its next report, and so is one that was opened again', () => {
    const hall = anOpenHall();
    hall.isDeaf = true;
    const handover = handed(hall);
    hall.isDeaf = false;
    expect(hall.shown).toBeNull();
    hall.report();
    expect(hall.shown).toEqual(handover);
    hall.open();
    expect(hall.shown).toEqual(handover);
  });

  test('a restart of the server leaves what is on where it is, and it can still be taken back', () => {
    const hall = anOpenHall();
    const handover = handed(hall);
    hall.restartServer();
    hall.report();
    expect(hall.on()).toEqual(handover);
    hall.takeBack(handover.handoverId);
    hall.report();
    expect([hall.on(), hall.shown]).toEqual([null, null]);
  });

  test('no page makes a restarted server believe a hand-over that was never possible', () => {
    const hall = anOpenHall();
    const handover = handed(hall);
    hall.shown = { ...handover, endsAtMs: hall.nowMs + LONGEST_HANDOVER_MS + 1 };
    hall.restartServer();
    hall.report();
    expect([hall.on(), hall.shown]).toEqual([null, null]);
  });
});
