import { HandshakePace } from './handshakePace.ts';

/** `full`, `address-full`: places. `too-fast`, `address-too-fast`: handshakes a second. `origin`: [O1]. */
export type HandshakeRefusal = 'full' | 'address-full' | 'too-fast' | 'address-too-fast' | 'origin';

export interface AdmissionLimits {
  readonly maxConnections: number;
  readonly maxConnectionsPerAddress: number;
  readonly handshakesPerSec: number;
  /** At once, after a calm; more than come in the half second by which a page may be late (client/net/retryDelay.ts). */
  readonly handshakeBurst: number;
  readonly handshakesPerSecPerAddress: number;
}

/** In which an address is given its handshakes; who is one too many has no place in the line of the others. */
const WINDOW_MS = 1000;

/** A reverse proxy on this machine is one address for everybody. */
function isCounted(address: string): boolean {
  return !/^(::ffff:)?127\.|^::1$/.test(address);
}

/** [O3] Who gets one of the places: so many in all and of one address, and so many a second. Time is handed in. */
export class Admission {
  readonly #limits: AdmissionLimits;
  readonly #pace: HandshakePace;
  readonly #takenByAddress = new Map<string, number>();
  /** Of the second that began at `#secondMs`: it cannot grow beyond what was admitted in it. */
  readonly #admittedByAddress = new Map<string, number>();
  #secondMs: number;
  #taken = 0;

  constructor(limits: AdmissionLimits, nowMs: number) {
    this.#limits = limits;
    this.#pace = new HandshakePace(limits.handshakesPerSec, limits.handshakeBurst, nowMs);
    this.#secondMs = nowMs;
  }

  get placesTaken(): number {
    return this.#taken;
  }

  get addressesKnown(): number {
    return this.#takenByAddress.size;
  }

  refusalOf(address: string): HandshakeRefusal | null {
    if (this.#taken >= this.#limits.maxConnections) return 'full';
    return (this.#takenByAddress.get(address) ?? 0) >= this.#limits.maxConnectionsPerAddress ? 'address-full' : null;
  }

  /** Spends one of the second's handshakes, unless it is refused. */
  paceRefusalOf(address: string, nowMs: number): { readonly reason: HandshakeRefusal; readonly waitMs: number } | null {
    // A clock set back begins a second too, or nobody would be admitted until it has caught up.
    if (Math.abs(nowMs - this.#secondMs) >= WINDOW_MS) {
      this.#secondMs = nowMs;
      this.#admittedByAddress.clear();
    }
    const admitted = this.#admittedByAddress.get(address) ?? 0;
    if (admitted >= this.#limits.handshakesPerSecPerAddress) return { reason: 'address-too-fast', waitMs: WINDOW_MS };
    const waitMs = this.#pace.ask(nowMs);
    if (waitMs !== null) return { reason: 'too-fast', waitMs };
    if (isCounted(address)) this.#admittedByAddress.set(address, admitted + 1);
    return null;
  }

  /** Returns how the place is given back; to be called once. */
  takePlace(address: string): () => void {
    this.#taken += 1;
    if (isCounted(address)) this.#takenByAddress.set(address, (this.#takenByAddress.get(address) ?? 0) + 1);
    return () => {
      this.#taken -= 1;
      const left = (this.#takenByAddress.get(address) ?? 1) - 1;
      if (left > 0) this.#takenByAddress.set(address, left);
      else this.#takenByAddress.delete(address);
    };
  }
}
