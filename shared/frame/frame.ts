import type { ReadingColumns } from '../domain/readingColumns.ts';

export type FrameKind = 'snapshot' | 'delta';

/** Everything a frame says about itself. Byte layout: `shared/frame/README.md`. */
export interface FrameHeader {
  readonly kind: FrameKind;
  readonly channel: string;
  readonly topic: string;
  /** 16 hex digits. */
  readonly epoch: string;
  /** A delta applies only to exactly this sequence number; a snapshot says 0. */
  readonly baseSeq: number;
  readonly seq: number;
  /** The server's clock when the tick's values were known, before encoding. Epoch ms. */
  readonly serverTimeMs: number;
  /** The playhead's time. Epoch ms on the data's axis. */
  readonly dataTimeMs: number;
  readonly seriesCount: number;
}

/** The frame could not be understood or does not fit what the reader holds. The message says what, where, got, expected. */
export class FrameError extends Error {
  override readonly name = 'FrameError';
}

export interface FrameEncoder {
  /**
   * `changed`: ascending series indices whose columns differ between `before` and `after` (extra ones cost bytes, not correctness).
   * A snapshot is a delta from nothing: `before` is `null`. The result is a fresh buffer.
   */
  encode(header: FrameHeader, before: ReadingColumns | null, after: ReadingColumns, changed: Uint32Array): Uint8Array;
}
