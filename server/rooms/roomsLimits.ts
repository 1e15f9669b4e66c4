export interface RoomsLimits {
  readonly topicsPerSession: number;
  /** Frames kept of each topic for clients that come back. */
  readonly keptFrames: number;
  readonly keptBytes: number;
  /** A rest larger than this is answered by a snapshot, which is smaller. */
  readonly resumeBytes: number;
  readonly messageBurst: number;
  readonly messagesPerSec: number;
  readonly resyncBurst: number;
  readonly resyncsPerSec: number;
  /** Refused messages after which a session is closed. */
  readonly refusalsBeforeClose: number;
}

export const ROOMS_LIMITS: RoomsLimits = {
  topicsPerSession: 8,
  // Two minutes at the default tick: longer than a switch or a server takes to come back.
  keptFrames: 120,
  keptBytes: 4 * 1024 * 1024,
  // A snapshot of 7,680 series is 18 KB.
  resumeBytes: 64 * 1024,
  messageBurst: 20,
  messagesPerSec: 5,
  // A client that misses frames asks once each time; one that asks more is broken, and is answered every ten seconds.
  resyncBurst: 3,
  resyncsPerSec: 0.1,
  refusalsBeforeClose: 50,
};
