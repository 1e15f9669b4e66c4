import { createReadingColumns, type ReadingColumns } from '../shared/domain/readingColumns.ts';
import { changedSeries } from '../shared/frame/changedSeries.ts';
import { createFrameEncoder, type FrameEncoder } from '../shared/frame/encodeFrame.ts';
import type { FrameHeader, SeriesRange } from '../shared/frame/frame.ts';
import { decimalsOf, topicRanges } from '../shared/frame/topicRanges.ts';
import type { PictureRooms } from './publisher.ts';
import { copySeries } from './rooms/copySeries.ts';

interface ReplayRecorderOptions {
  readonly topic: string;
  /** 16 hex digits. A log names itself at random, and the same recording is to give the same bytes. */
  readonly epoch: string;
  /** Deltas from one snapshot to the next. */
  readonly snapshotEvery: number;
}

/** What has been published of the channel, and what it takes to say so. */
interface Picture {
  readonly channel: string;
  readonly encoder: FrameEncoder;
  readonly ranges: readonly SeriesRange[];
  readonly columns: ReadingColumns;
  seq: number;
  dataTimeMs: number;
}

/** [SR1] Rooms that keep what they would send: the frames of one topic of one channel, as `ChannelRoom` encodes them, with nobody to send them to. */
export class ReplayRecorder implements PictureRooms {
  /** In order; empty before `begin`. */
  readonly frames: Uint8Array[] = [];
  readonly #options: ReplayRecorderOptions;
  #picture: Picture | null = null;
  #sinceSnapshot = 0;

  constructor(options: ReplayRecorderOptions) {
    this.#options = options;
  }

  /** From the picture published last, which becomes the first snapshot, every frame is kept. */
  begin(): void {
    this.#keepSnapshot(this.#opened());
  }

  openChannel({ id, table, firstSeq }: Parameters<PictureRooms['openChannel']>[0]): void {
    const ranges = topicRanges(table, this.#options.topic);
    if (ranges === undefined) throw new Error(`Invariant: topic "${this.#options.topic}" is not in this edition.`);
    this.#picture = { channel: id, encoder: createFrameEncoder(decimalsOf(table)), ranges, columns: createReadingColumns(table.series.length), seq: firstSeq, dataTimeMs: 0 };
  }

  publish(_: string, { columns, changed: candidates, dataTimeMs }: Parameters<PictureRooms['publish']>[1]): { readonly headSeq: number } {
    const picture = this.#opened();
    picture.dataTimeMs = dataTimeMs;
    const changed = changedSeries(picture.columns, columns, candidates);
    if (changed.length === 0) return { headSeq: picture.seq };
    picture.seq += 1;
    if (this.frames.length > 0) {
      this.frames.push(picture.encoder.encodeDelta(this.#headerOf(picture, 'delta'), picture.columns, columns, changed));
      this.#sinceSnapshot += 1;
    }
    copySeries(columns, picture.columns, changed);
    if (this.#sinceSnapshot === this.#options.snapshotEvery) this.#keepSnapshot(picture);
    return { headSeq: picture.seq };
  }

  newEpoch(): never {
    throw new Error('Invariant: a recording is played from beginning to end; a seek would begin another log.');
  }

  // A channel that raises alarms is not recorded, and the page beats by itself.
  publishAlarms(): void {}
  heartbeat(): void {}

  #opened(): Picture {
    if (this.#picture === null) throw new Error('Invariant: a recorder of frames was used before its channel was opened.');
    return this.#picture;
  }

  #keepSnapshot(picture: Picture): void {
    this.frames.push(picture.encoder.encodeSnapshot(this.#headerOf(picture, 'snapshot'), picture.columns, picture.ranges));
    this.#sinceSnapshot = 0;
  }

  #headerOf({ channel, columns, seq, dataTimeMs }: Picture, kind: FrameHeader['kind']): FrameHeader {
    const { topic, epoch } = this.#options;
    // No server's clock belongs to a recording: its own time stands there.
    return { kind, channel, topic, epoch, baseSeq: kind === 'delta' ? seq - 1 : 0, seq, serverTimeMs: dataTimeMs, dataTimeMs, seriesCount: columns.seriesCount };
  }
}
