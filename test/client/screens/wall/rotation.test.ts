import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Dwell, formatLeft, type Rotation, turn } from '../../../../client/screens/wall/rotation.ts';
import { SCENES } from '../../../../client/panels/sceneIcons.tsx';
import { ROUNDS, secondarySet } from '../../../../client/screens/wall/secondarySets.ts';
import { dwellStep, wallOptionsFrom, withSetup, withView } from '../../../../client/screens/wall/wallOptions.ts';
import { realIndicators } from '../../../support/aCatalogue.ts';

const DWELL = 45_000;
const everyScene = (dwellMs: number): Dwell => ({ connectivity: dwellMs, security: dwellMs, dossiers: dwellMs });
const at = (nowMs: number, more: Partial<{ dwell: Dwell; canTurn: boolean }> = {}) => ({ kind: 'tick' as const, nowMs, dwell: everyScene(DWELL), canTurn: true, ...more });
const started: Rotation = { scene: 'connectivity', sinceMs: 1_000, isHeld: false, round: 0 };

describe('[RO1] scenes turn after their time, and only then', () => {
  test('connectivity, security, dossiers, and round again', () => {
    let rotation = started;
    const seen = [1, 2, 3].map((round) => { rotation = turn(rotation, at(1_000 + round * DWELL)); return rotation.scene; });
    expect(seen).toEqual(['security', 'dossiers', 'connectivity']);
  });

  test('the same object until the time is over', () => {
    expect(turn(started, at(1_000 + DWELL - 1))).toBe(started);
  });

  test('the first second only starts the clock', () => {
    expect(turn({ ...started, sinceMs: 0 }, at(1_800_000_000_000))).toEqual({ ...started, sinceMs: 1_800_000_000_000 });
  });

  test.each([
    ['held by a person', { ...started, isHeld: true }, {}], ['the link is lost', started, { canTurn: false }], ['rotation is off', started, { dwell: everyScene(0) }],
  ])('it stands still while %s', (_why, rotation, more) => {
    expect(turn(rotation, at(10_000_000, more)).scene).toBe('connectivity');
  });

  test('after the link returns a scene has its whole time again', () => {
    const back = turn(turn(started, at(900_000, { canTurn: false })), at(901_000));
    expect(back).toMatchObject({ scene: 'connectivity', sinceMs: 900_000 });
  });

  test('whatever the clock does, one tick turns one scene at most', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 2 ** 40 }), fc.integer({ min: 1, max: 2 ** 41 }), (sinceMs, nowMs) => {
      expect(['connectivity', 'security']).toContain(turn({ ...started, sinceMs }, at(nowMs)).scene);
    }));
  });

  test('each scene has its own time, and one without is passed over', () => {
    const dwell = { connectivity: 60_000, security: 0, dossiers: 30_000 };
    expect(turn(started, at(60_999, { dwell }))).toBe(started);
    const next = turn(started, at(61_000, { dwell }));
    expect(next.scene).toBe('dossiers');
    expect(turn(next, at(91_000, { dwell })).scene).toBe('connectivity');
  });

  test('a scene without a time, shown by a person, stays', () => {
    const shown = turn(started, { kind: 'show', scene: 'security', nowMs: 5_000 });
    expect(turn(shown, at(9_000_000, { dwell: { connectivity: 60_000, security: 0, dossiers: 30_000 } }))).toBe(shown);
  });

  test('the only scene with a time stays on, its time begun anew', () => {
    expect(turn(started, at(61_000, { dwell: { connectivity: 60_000, security: 0, dossiers: 0 } }))).toEqual({ ...started, sinceMs: 61_000, round: 1 });
  });

  test('keys: next, a scene by number, hold and release', () => {
    expect(turn(started, { kind: 'next', nowMs: 5_000 })).toEqual({ scene: 'security', sinceMs: 5_000, isHeld: false, round: 0 });
    expect(turn(turn(started, { kind: 'previous', nowMs: 5_000 }), { kind: 'next', nowMs: 6_000 }).scene).toBe(started.scene);
    expect(turn(started, { kind: 'show', scene: 'dossiers', nowMs: 5_000 }).scene).toBe('dossiers');
    const held = turn(started, { kind: 'hold', nowMs: 5_000 });
    expect([held.isHeld, turn(held, { kind: 'hold', nowMs: 6_000 }).isHeld]).toEqual([true, false]);
  });

  test.each([[45_000, '0:45'], [37_001, '0:38'], [0, '0:00'], [-5, '0:00'], [75_000, '1:15']])('%d ms left is written %s', (ms, text) => {
    expect(formatLeft(ms)).toBe(text);
  });
});

describe('[WO1] the address of a wall, and what stands in for what cannot be read', () => {
  const read = (query: string) => wallOptionsFrom(new URLSearchParams(query));

  test('nothing said', () => {
    expect(read('')).toEqual({ scene: 'connectivity', isHeld: false, round: 0, dwell: everyScene(45_000), nearM: 5, widthMm: null, focusCode: null, rootCode: null, recording: null });
  });

  test('everything said', () => {
    expect(read('scene=dossiers&hold=1&rotate=60&distance=8&widthMm=2435&focus=68&round=14')).toEqual({ scene: 'dossiers', isHeld: true, round: 2, dwell: everyScene(60_000), nearM: 8, widthMm: 2435, focusCode: '68', rootCode: null, recording: null });
  });

  test.each([['rotate=0', 0], ['rotate=abc', 0], ['rotate=5', 20_000], ['rotate=9999', 300_000]])('%s dwells %d ms', (query, dwellMs) => {
    expect(read(query).dwell).toEqual(everyScene(dwellMs));
  });

  test('scenes with times of their own; those not named keep the usual one', () => {
    expect(read('rotate=connectivity:60,dossiers:0,weather:9').dwell).toEqual({ connectivity: 60_000, security: 45_000, dossiers: 0 });
  });

  test('[WO2] an address made from a view opens that view, and keeps what else it said', () => {
    const views = fc.record({ scene: fc.constantFrom('connectivity' as const, 'security' as const, 'dossiers' as const), isHeld: fc.boolean(), round: fc.nat({ max: 11 }), focusCode: fc.option(fc.integer({ min: 10, max: 99 }).map(String)) });
    fc.assert(fc.property(views, views, (view, before) => {
      const search = withView(withView(new URLSearchParams('rotate=60&distance=8&lang=en'), before), view);
      expect(wallOptionsFrom(search)).toMatchObject({ ...view, nearM: 8, dwell: everyScene(60_000) });
      expect(search.get('lang')).toBe('en');
    }));
  });

  test('[WO3] an address made from settings sets a wall up so, and keeps the view', () => {
    const dwellMs = fc.oneof(fc.constant(0), fc.integer({ min: 20, max: 300 }).map((seconds) => seconds * 1_000));
    const setups = fc.record({ nearM: fc.integer({ min: 1, max: 100 }).map((half) => half / 2), widthMm: fc.integer({ min: 200, max: 60_000 }), dwell: fc.record({ connectivity: dwellMs, security: dwellMs, dossiers: dwellMs }) });
    fc.assert(fc.property(setups, (setup) => {
      const read = wallOptionsFrom(withSetup(new URLSearchParams('scene=dossiers&hold=1&focus=68&rotate=security:99'), setup));
      expect(read).toMatchObject({ ...setup, scene: 'dossiers', isHeld: true, focusCode: '68' });
    }));
  });

  test.each([[0, 5, 20], [20, 15, 0], [45, 50, 50], [300, 305, 300], [45, 0, 0]])('[WO3] from %d seconds a step to %d is %d: a scene stays long enough to be read, or is left out', (before, wanted, seconds) => {
    expect(dwellStep(before, wanted)).toBe(seconds);
  });

  test('nonsense is not obeyed', () => {
    expect(read('scene=x&distance=-3&widthMm=0&focus=680&round=-4')).toEqual({ scene: 'connectivity', isHeld: false, round: 0, dwell: everyScene(45_000), nearM: 5, widthMm: null, focusCode: null, rootCode: null, recording: null });
  });
});

describe('[RO3] figures that share a place take turns', () => {
  const step = (rotation: Rotation, kind: 'next' | 'previous') => turn(rotation, { kind, nowMs: rotation.sinceMs + 1 });

  test('each time the rotation begins anew, never within a round; back is back', () => {
    fc.assert(fc.property(fc.array(fc.constantFrom('next' as const, 'previous' as const), { maxLength: 60 }), (kinds) => {
      const forth = kinds.reduce(step, started);
      const net = kinds.reduce((sum, kind) => sum + (kind === 'next' ? 1 : -1), 0);
      expect(forth.round).toBe(((Math.floor(net / 3) % ROUNDS) + ROUNDS) % ROUNDS);
    }));
  });

  test('a wall with one scene takes turns too', () => {
    const alone = { dwell: { connectivity: 60_000, security: 0, dossiers: 0 } };
    expect(turn(started, at(61_000, alone))).toMatchObject({ scene: 'connectivity', round: 1 });
  });

  test.each([['the country', true, 'nation'], ['a province', false, 'province']] as const)('in twelve rounds every system of %s is seen, each with a figure of that level', (_what, isNation, level) => {
    const indicators = new Map(realIndicators().map((indicator) => [indicator.id as string, indicator]));
    const seen = SCENES.flatMap((scene) => Array.from({ length: ROUNDS }, (_, round) => secondarySet(scene, isNation, round)).flat().map(({ indicatorId }) => indicatorId));
    for (const id of seen) expect([id, indicators.get(id)?.levels.includes(level)]).toEqual([id, true]);
    for (const family of ['lgsp', 'axis', 'ndxp', 'portal', 'documents-electronic', 'document-software', 'meeting-room', 'alerts', 'services-level4', 'results-signed', 'payments', 'ioc-entry']) {
      expect([family, seen.some((id) => id.startsWith(family))]).toEqual([family, true]);
    }
    expect(seen.includes('egdi-rank')).toBe(isNation);
  });

  test('the first round is the one of the design', () => {
    expect(secondarySet('connectivity', true, 0).map(({ indicatorId }) => indicatorId)).toEqual(['lgsp-share', 'axis-share', 'ndxp-transactions']);
  });
});
