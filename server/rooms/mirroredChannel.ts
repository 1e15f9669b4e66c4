import type { Alarm } from '../../shared/domain/alarm.ts';
import type { ChannelId, EditionId } from '../../shared/domain/ids.ts';
import { createReadingColumns, type ReadingColumns } from '../../shared/domain/readingColumns.ts';
import { buildSeriesTable, type SeriesTable } from '../../shared/domain/seriesTable.ts';
import type { Playback, PlaybackState } from '../../shared/protocol/socket.ts';
import { putSeries } from './copySeries.ts';
import type { RoomsChannel } from './rooms.ts';
import type { ChannelNews, ToWorker } from './workerMessages.ts';

type Opening = Extract<ToWorker, { kind: 'openChannel' }>;
type Steer = (request: Playback, refuse: (why: string) => void) => void;

/** Where a playhead is that was at `playback` so long ago. Until the next word of the primary it passes no stop. */
export function playbackAfter(playback: PlaybackState, elapsedMs: number): PlaybackState {
  const { nowMs, rate, isPlaying, restLeftMs, stopMs, endMs } = playback;
  if (!isPlaying) return playback;
  if (restLeftMs > 0) return { ...playback, restLeftMs: Math.max(0, restLeftMs - elapsedMs) };
  return { ...playback, nowMs: Math.floor(Math.min(nowMs + elapsedMs * rate, stopMs ?? Number.POSITIVE_INFINITY, endMs ?? Number.POSITIVE_INFINITY)) };
}

/** A channel of the primary process as a worker knows it: what it was last told. */
export class MirroredChannel implements RoomsChannel {
  readonly id: ChannelId;
  readonly edition: EditionId;
  readonly epoch: string;
  readonly table: SeriesTable;
  readonly firstSeq: number;
  readonly columns: ReadingColumns;
  readonly control: Steer;
  readonly #nowMs: () => number;
  readonly #openById = new Map<string, Alarm>();
  #news: ChannelNews;
  #playbackAtMs: number;

  constructor({ channelId, edition, localities, indicators, from, openAlarms, news }: Opening, nowMs: () => number, steer: Steer) {
    this.id = channelId;
    this.edition = edition;
    this.epoch = from.epoch;
    this.table = buildSeriesTable(localities, indicators);
    this.firstSeq = from.headSeq;
    this.columns = createReadingColumns(this.table.series.length);
    this.control = steer;
    this.#nowMs = nowMs;
    this.#news = news;
    this.#playbackAtMs = nowMs();
    this.replaceAlarms(openAlarms);
  }

  playback(): PlaybackState {
    return playbackAfter(this.#news.playback, this.#nowMs() - this.#playbackAtMs);
  }

  sourceHealth(): ChannelNews['sourceHealth'] {
    return this.#news.sourceHealth;
  }

  alarmLoad(): number {
    return this.#news.alarmLoad;
  }

  openAlarms(): readonly Alarm[] {
    return [...this.#openById.values()];
  }

  hear(news: Partial<ChannelNews>): void {
    this.#news = { ...this.#news, ...news };
    this.#playbackAtMs = this.#nowMs();
  }

  take(part: ReadingColumns, changed: Uint32Array): void {
    putSeries(part, this.columns, changed);
  }

  replaceAlarms(open: readonly Alarm[]): void {
    this.#openById.clear();
    this.changeAlarms(open);
  }

  changeAlarms(transitions: readonly Alarm[]): void {
    for (const alarm of transitions) {
      if (alarm.state === 'NORMAL') this.#openById.delete(alarm.id);
      else this.#openById.set(alarm.id, alarm);
    }
  }
}
