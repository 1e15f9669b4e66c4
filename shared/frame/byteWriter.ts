const SMALLEST_BYTES = 1024;

/** Grows as needed and is used again for the next frame: `reset` forgets, `copy` hands out. Little-endian, bits lowest first. */
export class ByteWriter {
  #bytes = new Uint8Array(SMALLEST_BYTES);
  #view = new DataView(this.#bytes.buffer);
  #length = 0;
  /** Bits not yet written, lowest first; fewer than 8 between calls. */
  #bits = 0;
  #bitCount = 0;

  reset(): void {
    this.#length = 0;
    this.#bits = 0;
    this.#bitCount = 0;
  }

  get length(): number {
    return this.#length;
  }

  copy(): Uint8Array<ArrayBuffer> {
    return this.#bytes.slice(0, this.#length);
  }

  #reserve(count: number): void {
    if (this.#length + count <= this.#bytes.length) return;
    const grown = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + count));
    grown.set(this.#bytes);
    this.#bytes = grown;
    this.#view = new DataView(grown.buffer);
  }

  u8(value: number): void {
    this.#reserve(1);
    this.#bytes[this.#length++] = value;
  }

  u16At(offset: number, value: number): void {
    this.#view.setUint16(offset, value, true);
  }

  u16(value: number): void {
    this.#reserve(2);
    this.#view.setUint16(this.#length, value, true);
    this.#length += 2;
  }

  f64(value: number): void {
    this.#reserve(8);
    this.#view.setFloat64(this.#length, value, true);
    this.#length += 8;
  }

  /** LEB128. `value` is an integer in 0..2^53-1. */
  varint(value: number): void {
    let rest = value;
    while (rest > 127) {
      this.u8((rest % 128) | 128);
      rest = Math.floor(rest / 128);
    }
    this.u8(rest);
  }

  /** The lowest `count` bits of `value`; `count` at most 24, so that they fit beside a started byte. */
  bits(value: number, count: number): void {
    this.#bits |= value << this.#bitCount;
    this.#bitCount += count;
    while (this.#bitCount >= 8) {
      this.u8(this.#bits & 255);
      this.#bits >>>= 8;
      this.#bitCount -= 8;
    }
  }

  /** Ends a run of bits; the rest of its last byte is zero. */
  endBits(): void {
    if (this.#bitCount > 0) this.u8(this.#bits & 255);
    this.#bits = 0;
    this.#bitCount = 0;
  }
}
