import type { SeriesRange } from '../../shared/frame/frame.ts';
import type { Parcel } from './parcel.ts';
import type { RoomsLimits } from './roomsLimits.ts';
import type { Session } from './session.ts';

/** Why a subscriber waits for a snapshot instead of deltas. */
type Debt = 'behind' | 'new-epoch' | 'resync';

export interface Subscription {
  readonly session: Session;
  /** `null`: it holds the topic's head, up to what is in flight. */
  debt: Debt | null;
}

/** A topic of a channel: its position, who follows it, and its recent frames for those who come back. */
export class TopicRoom {
  readonly topic: string;
  readonly ranges: readonly SeriesRange[];
  readonly subscriptions = new Map<Session, Subscription>();
  seq: number;
  /** Ticks it goes on encoding without a subscriber, so that the last one to drop off can resume. */
  warmTicks = 0;
  readonly #limits: RoomsLimits;
  /** Contiguous, oldest first; the newest leads to `seq`. */
  #kept: Parcel[] = [];
  #keptBytes = 0;
  #snapshot: { readonly seq: number; readonly parcel: Parcel } | null = null;

  constructor(topic: string, ranges: readonly SeriesRange[], seq: number, limits: RoomsLimits) {
    this.topic = topic;
    this.ranges = ranges;
    this.seq = seq;
    this.#limits = limits;
  }

  get isFollowed(): boolean {
    return this.subscriptions.size > 0 || this.warmTicks > 0;
  }

  /** `null`: nobody follows, nothing was encoded, and nobody can resume across it. */
  advance(parcel: Parcel | null): void {
    this.seq += 1;
    if (parcel === null) {
      this.#forget();
      return;
    }
    this.#kept.push(parcel);
    this.#keptBytes += parcel.bytes.length;
    while (this.#kept.length > this.#limits.keptFrames || this.#keptBytes > this.#limits.keptBytes) {
      this.#keptBytes -= this.#kept.shift()?.bytes.length ?? 0;
    }
  }

  /** A new epoch: nothing of before can be continued. */
  restart(seq: number): void {
    this.seq = seq;
    this.#snapshot = null;
    this.#forget();
  }

  #forget(): void {
    this.#kept = [];
    this.#keptBytes = 0;
  }

  /** [P3] Every frame after `seq`, or `null` when that is not contiguous, ahead of us, or larger than a snapshot is worth. */
  restAfter(seq: number): readonly Parcel[] | null {
    const missing = this.seq - seq;
    if (missing < 0 || missing > this.#kept.length) return null;
    const rest = missing === 0 ? [] : this.#kept.slice(-missing);
    const bytes = rest.reduce((total, parcel) => total + parcel.bytes.length, 0);
    return bytes > this.#limits.resumeBytes ? null : rest;
  }

  /** Encoded once per position, however many ask. */
  snapshot(encode: () => Parcel): Parcel {
    if (this.#snapshot?.seq !== this.seq) this.#snapshot = { seq: this.seq, parcel: encode() };
    return this.#snapshot.parcel;
  }
}
