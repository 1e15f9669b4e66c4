import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Claims, heldHandover, viewOf } from '../../../../client/screens/wall/handover.ts';
import { Handover } from '../../../../shared/protocol/socket.ts';

const aHandover = (handoverId: string, endsAtMs: number) => Handover.parse({ handoverId: handoverId.repeat(16), localityCode: '68', scene: 'dossiers', owner: 'chairman', sinceMs: endsAtMs - 120_000, endsAtMs });

describe('[TW4] what a wall is handed over to', () => {
  test('ends at its time by itself, and not a millisecond before', () => {
    const held = heldHandover(null, { kind: 'told', command: { action: 'hand-over', handover: aHandover('a', 500_000) } });
    expect(heldHandover(held, { kind: 'tick', nowMs: 499_999 })).toBe(held);
    expect(heldHandover(held, { kind: 'tick', nowMs: 500_000 })).toBeNull();
  });

  test('is ended by its own take-back and not by that of the one before', () => {
    const second = heldHandover(aHandover('a', 500_000), { kind: 'told', command: { action: 'hand-over', handover: aHandover('b', 600_000) } });
    expect(second?.handoverId).toBe('b'.repeat(16));
    expect(heldHandover(second, { kind: 'told', command: { action: 'take-back', handoverId: 'a'.repeat(16) } })).toBe(second);
    expect(heldHandover(second, { kind: 'told', command: { action: 'take-back', handoverId: 'b'.repeat(16) } })).toBeNull();
  });
});

const scene = fc.constantFrom('connectivity', 'security', 'dossiers');
const claims: fc.Arbitrary<Claims> = fc.record({
  alarm: fc.option(fc.record({ domain: fc.constantFrom('connectivity', 'security', 'dossiers', 'nation'), provinceCode: fc.constantFrom('10', null) })),
  handover: fc.option(fc.record({ scene, localityCode: fc.constant(aHandover('a', 1).localityCode) })),
  turn: fc.record({ scene, focusCode: fc.constantFrom('24', null) }),
  rootCode: fc.constantFrom('48', null),
});

test('[TW4] an alarm of level 1 comes before a hand-over, that before the scenes, and a wall of one province stays there', () => {
  fc.assert(fc.property(claims, (asked) => {
    const { alarm, handover, turn, rootCode } = asked;
    const shown = viewOf(asked);
    const expected = alarm !== null ? { scene: alarm.domain === 'nation' ? 'connectivity' : alarm.domain, focusCode: alarm.provinceCode }
      : handover !== null ? { scene: handover.scene, focusCode: handover.localityCode } : turn;
    expect(shown).toEqual(rootCode === null ? expected : { ...expected, focusCode: rootCode });
  }));
});
