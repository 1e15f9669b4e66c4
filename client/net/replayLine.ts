import { FrameError, type FrameHeader } from '../../shared/frame/frame.ts';
import { readFrameHeader } from '../../shared/frame/frameHeader.ts';
import type { ReplayIndex } from '../../shared/protocol/replayFolder.ts';

interface RecordedFrame {
  readonly bytes: Uint8Array;
  readonly seq: number;
  readonly dataTimeMs: number;
}

/** The recorded frames of a replay, by data time. */
export interface ReplayLine {
  /**
   * What brings a follower to the picture at `atMs`. `heldSeq`: the position it holds, of the picture at an earlier time;
   * `null`: it holds none, and gets the nearest snapshot and the deltas from there.
   */
  framesTo(atMs: number, heldSeq: number | null): readonly { readonly bytes: Uint8Array; readonly seq: number }[];
}

/** Position of the last item at or before that time; -1: none is. `items` ascend. */
function lastUpTo(items: readonly RecordedFrame[], atMs: number): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((items[middle]?.dataTimeMs ?? 0) <= atMs) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

type Expected = Pick<ReplayIndex, 'channel' | 'topic'>;

/** Why this header cannot come after the frames before it; `null`: it can. */
function whyOutOfLine(header: FrameHeader, before: RecordedFrame | undefined, { channel, topic }: Expected): string | null {
  if (header.channel !== channel.channel || header.topic !== topic || header.epoch !== channel.epoch) return `is of ${header.channel} ${header.topic} ${header.epoch}, and not of ${channel.channel} ${topic} ${channel.epoch}`;
  if (header.seriesCount !== channel.seriesCount) return `is of ${header.seriesCount} series, and not of ${channel.seriesCount}`;
  if (before === undefined) return header.kind === 'snapshot' ? null : 'is no snapshot, and nothing comes before it';
  if (header.dataTimeMs < before.dataTimeMs) return 'is of an earlier time than the one before it';
  const follows = header.kind === 'snapshot' ? header.seq === before.seq : header.baseSeq === before.seq && header.seq === before.seq + 1;
  return follows ? null : `is ${header.kind} ${header.seq}, which does not continue ${before.seq}`;
}

/**
 * @throws Error that names the first frame, counted from 1, that cannot be read or does not continue the one before it, or says that
 * there are not as many as the index tells.
 */
export function createReplayLine(frames: readonly Uint8Array[], index: Expected & Pick<ReplayIndex, 'frames'>): ReplayLine {
  const refuse = (why: string): never => { throw new Error(`The replay cannot be played: ${why}. Copy the folder again as it was built.`); };
  const snapshots: RecordedFrame[] = [];
  const deltas: RecordedFrame[] = [];
  let before: RecordedFrame | undefined;
  for (const [i, bytes] of frames.entries()) {
    const header = readOr((why) => refuse(`frame ${i + 1} of ${frames.length} ${why}`), bytes);
    const why = whyOutOfLine(header, before, index);
    if (why !== null) refuse(`frame ${i + 1} of ${frames.length} ${why}`);
    before = { bytes, seq: header.seq, dataTimeMs: header.dataTimeMs };
    (header.kind === 'snapshot' ? snapshots : deltas).push(before);
  }
  if (frames.length !== index.frames.count) refuse(`its index tells of ${index.frames.count} frames, and ${frames.length} are there`);
  const firstSeq = snapshots[0]?.seq ?? 0;
  /** Deltas are numbered without a gap from the first snapshot on. */
  const deltasBetween = (heldSeq: number, atMs: number) => deltas.slice(heldSeq - firstSeq, lastUpTo(deltas, atMs) + 1);
  return {
    framesTo(atMs, heldSeq) {
      if (heldSeq !== null) return deltasBetween(heldSeq, atMs);
      const snapshot = snapshots[Math.max(0, lastUpTo(snapshots, atMs))];
      return snapshot === undefined ? [] : [snapshot, ...deltasBetween(snapshot.seq, atMs)];
    },
  };
}

function readOr(refuse: (why: string) => never, bytes: Uint8Array): FrameHeader {
  try {
    return readFrameHeader(bytes);
  } catch (error) {
    if (error instanceof FrameError) return refuse(`cannot be read (${error.message})`);
    throw error;
  }
}
