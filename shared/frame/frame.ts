type FrameKind = 'snapshot' | 'delta';

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
  /** Series in the edition's table, whatever part of them the topic carries. */
  readonly seriesCount: number;
}

/** What a reader holds of one topic: a delta applies to exactly this. */
export interface HeldPosition {
  readonly epoch: string;
  readonly seq: number;
}

/** Half-open range of series indices. */
export type SeriesRange = readonly [start: number, end: number];

/** `malformed`: the bytes are not a frame of this layout, or not for this edition. `gap`: a good delta, but for another picture than the one held. */
export type FrameErrorReason = 'malformed' | 'gap';

/** The frame could not be understood or does not fit what the reader holds. The message says what, where, got, expected. */
export class FrameError extends Error {
  override readonly name = 'FrameError';
  readonly reason: FrameErrorReason;

  constructor(reason: FrameErrorReason, message: string) {
    super(message);
    this.reason = reason;
  }
}
