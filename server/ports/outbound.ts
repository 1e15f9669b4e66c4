import type { Provenance } from '../../shared/domain/provenance.ts';
import type { WebhookStatus } from '../../shared/protocol/feeds.ts';
import type { Alarm } from '../../shared/domain/alarm.ts';

/** What of an alarm a receiver is told. */
export type ToldAlarm = Pick<Alarm, 'id' | 'occurrenceId' | 'severity' | 'domain' | 'kind' | 'localityCode' | 'indicatorId' | 'sourceId' | 'value' | 'title' | 'tlp' | 'state' | 'sinceMs' | 'suppressedBy' | 'shelved' | 'outOfService'>;

/** What deliveries need to know of the channel whose alarms they tell. */
export interface AlarmOrigin {
  openAlarms(): readonly Alarm[];
  /** Of the reading behind it, or of what its source last sent; `null`: not known. */
  provenanceOf(alarm: ToldAlarm): Provenance | null;
  /** `code` is that locality or lies in it. */
  isWithin(code: string, localityCode: string): boolean;
}

export interface Outbound {
  /** Takes on transitions in the order they happened; what is taken on is on disk before it is sent. Never throws. */
  tell(transitions: readonly Alarm[]): void;
  /** Sends what is due. Resolves when nothing more is due now. */
  pump(): Promise<void>;
  status(): readonly WebhookStatus[];
  close(): Promise<void>;
}
