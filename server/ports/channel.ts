import type { ChannelId, EditionId } from '../../shared/domain/ids.ts';
import type { SeriesTable } from '../../shared/domain/seriesTable.ts';
import type { Alarm } from '../../shared/domain/alarm.ts';
import type { Playback, PlaybackState, SourceHealth } from '../../shared/protocol/socket.ts';
import type { Alarms } from './alarms.ts';
import type { HeldItem, RefusalCount, Release, ReleaseAnswer } from './ingest.ts';
import type { ServerReadings, SourceStatus } from './state.ts';
import type { History } from './store.ts';

/** What the outer rooms and routes may see of a channel. */
export interface ChannelView {
  readonly id: ChannelId;
  readonly edition: EditionId;
  readonly epoch: string;
  readonly playerName: string;
  readonly table: SeriesTable;
  /** As of the last tick: what every wall has been sent. */
  readonly readings: ServerReadings;
  readonly history: History;
  playback(): PlaybackState;
  /** Refused (returns why) when the player lacks the capability; otherwise `null`. */
  control(request: Playback): string | null;
  /** Their life, and what people do to them. */
  readonly alarms: Alarms;
  /** Everything that is not NORMAL. */
  openAlarms(): readonly Alarm[];
  /** Announced in the last ten minutes. */
  alarmLoad(): number;
  sourceHealth(): SourceHealth;
  sources(): readonly SourceStatus[];
  refusals(): readonly RefusalCount[];
  quarantine(): readonly HeldItem[];
  /** Sends a quarantined item through the gate again, once. Resolves after commit; rejects if it could not be made durable, and then it can be released again. */
  release(itemId: number, release: Release): Promise<ReleaseAnswer>;
  acceptedCount(): number;
}
