import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Admission, type AdmissionLimits } from '../../../server/rooms/admission.ts';

const LIMITS: AdmissionLimits = { maxConnections: 6, maxConnectionsPerAddress: 2, handshakesPerSec: 5, handshakeBurst: 5, handshakesPerSecPerAddress: 3 };
const ADDRESSES = ['10.0.0.1', '10.0.0.2', '10.0.0.3', '127.0.0.1', '::1'];
const isLoopback = (address: string) => address === '127.0.0.1' || address === '::1';

const step = fc.oneof(
  fc.record({ kind: fc.constant('come' as const), address: fc.constantFrom(...ADDRESSES) }),
  fc.record({ kind: fc.constant('leave' as const), which: fc.nat(20) }),
  fc.record({ kind: fc.constant('wait' as const), ms: fc.nat(1500) }),
);

describe('[IC6] places and handshakes', () => {
  test('in any order of coming and leaving no limit is passed, nobody is refused without need, and all places come back', () => {
    fc.assert(fc.property(fc.array(step, { maxLength: 120 }), (steps) => {
      let nowMs = 0;
      const admission = new Admission(LIMITS, nowMs);
      const there: { readonly address: string; readonly leave: () => void }[] = [];
      const countOf = (address: string) => there.filter((one) => one.address === address).length;
      for (const one of steps) {
        if (one.kind === 'wait') nowMs += one.ms;
        else if (one.kind === 'leave') there.splice(one.which % Math.max(1, there.length), 1)[0]?.leave();
        else {
          const { address } = one;
          const isFull = there.length === LIMITS.maxConnections;
          const isAddressFull = !isLoopback(address) && countOf(address) === LIMITS.maxConnectionsPerAddress;
          const refused = admission.refusalOf(address);
          expect(refused).toBe(isFull ? 'full' : isAddressFull ? 'address-full' : null);
          if (refused === null && admission.paceRefusalOf(address, nowMs) === null) there.push({ address, leave: admission.takePlace(address) });
        }
        expect(admission.placesTaken).toBe(there.length);
        expect(admission.addressesKnown).toBe(new Set(there.map(({ address }) => address).filter((address) => !isLoopback(address))).size);
      }
      for (const { leave } of there) leave();
      expect([admission.placesTaken, admission.addressesKnown]).toEqual([0, 0]);
    }));
  });

  test('one address that comes again and again leaves handshakes to the others', () => {
    const admission = new Admission(LIMITS, 0);
    expect(Array.from({ length: 5 }, () => admission.paceRefusalOf('10.0.0.1', 100)?.reason ?? null)).toEqual([null, null, null, 'address-too-fast', 'address-too-fast']);
    expect(Array.from({ length: 3 }, () => admission.paceRefusalOf('10.0.0.2', 100)?.reason ?? null)).toEqual([null, null, 'too-fast']);
    expect(admission.paceRefusalOf('10.0.0.1', 1100)).toBeNull();
  });

  test('a proxy on this machine is everybody, and waits for nobody but the whole', () => {
    const admission = new Admission({ ...LIMITS, maxConnections: 100 }, 0);
    for (let k = 0; k < 5; k++) {
      expect(admission.refusalOf('::ffff:127.0.0.1')).toBeNull();
      expect(admission.paceRefusalOf('::ffff:127.0.0.1', 0)).toBeNull();
      admission.takePlace('::ffff:127.0.0.1');
    }
    expect(admission.paceRefusalOf('::ffff:127.0.0.1', 0)?.reason).toBe('too-fast');
  });

  test('a clock that is set back shuts nobody out', () => {
    const admission = new Admission(LIMITS, 1_000_000);
    for (let k = 0; k < 3; k++) admission.paceRefusalOf('10.0.0.1', 1_000_000);
    expect(admission.paceRefusalOf('10.0.0.1', 0)).toBeNull();
  });
});
