import { FrameError } from './frame.ts';

/** Reads what `ByteWriter` wrote. Every read is checked: past the end, or not as written, is a `FrameError`. */
export class ByteReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #offset = 0;
  #bits = 0;
  #bitCount = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get offset(): number {
    return this.#offset;
  }

  get remaining(): number {
    return this.#bytes.length - this.#offset;
  }

  fail(expected: string): never {
    throw new FrameError('malformed', `Frame of ${this.#bytes.length} bytes is not readable at byte ${this.#offset}: expected ${expected}. Ask for a resync; if it comes again, both ends do not share one protocol version.`);
  }

  #take(count: number): number {
    const at = this.#offset;
    if (at + count > this.#bytes.length) this.fail(`${count} more byte(s)`);
    this.#offset = at + count;
    return at;
  }

  u8(): number {
    const at = this.#offset;
    const value = this.#bytes[at];
    if (value === undefined) return this.fail('one more byte');
    this.#offset = at + 1;
    return value;
  }

  u16(): number {
    return this.#view.getUint16(this.#take(2), true);
  }

  f64(): number {
    return this.#view.getFloat64(this.#take(8), true);
  }

  /** LEB128, at most `max`; `what` names it in the error. */
  varint(max: number, what: string): number {
    let value = 0;
    let scale = 1;
    for (;;) {
      const byte = this.u8();
      value += (byte & 127) * scale;
      if (value > max) return this.fail(`${what} of at most ${max}`);
      if (byte < 128) return value;
      scale *= 128;
      if (scale > Number.MAX_SAFE_INTEGER) return this.fail(`${what} of at most eight bytes`);
    }
  }

  /** `count` at most 24. */
  bits(count: number): number {
    while (this.#bitCount < count) {
      this.#bits |= this.u8() << this.#bitCount;
      this.#bitCount += 8;
    }
    const value = this.#bits & ((1 << count) - 1);
    this.#bits >>>= count;
    this.#bitCount -= count;
    return value;
  }

  /** How many one-bits come before a zero-bit, which is consumed too; at `limit` ones none is looked for. */
  ones(limit: number): number {
    let count = 0;
    while (count < limit) {
      if (this.#bitCount === 0) {
        this.#bits = this.u8();
        this.#bitCount = 8;
      }
      const bit = this.#bits & 1;
      this.#bits >>>= 1;
      this.#bitCount -= 1;
      if (bit === 0) return count;
      count += 1;
    }
    return count;
  }

  endBits(): void {
    if (this.#bits !== 0) this.fail('zero bits up to the end of the byte');
    this.#bitCount = 0;
  }
}
