import type { Provenance } from '../../shared/domain/provenance.ts';
import type { Alarm } from '../../shared/domain/alarm.ts';

/** How the deliveries to one receiver are doing; for the feeds page. Times are epoch ms. Counts since our start. */
export interface WebhookStatus {
  readonly id: string;
  /** Without query, which may hold a secret. */
  readonly url: string;
  /** `failing`: the last try failed, and there will be another. `gone`: the receiver answered 410, and nothing more is sent until its settings change. */
  readonly state: 'well' | 'failing' | 'gone';
  readonly pending: number;
  readonly delivered: number;
  /** Tried for 24 h, or dropped by a 410. */
  readonly givenUp: number;
  /** Not taken on when too many began to wait or the disk to refuse; made good by comparing with the open alarms as soon as there is room. */
  readonly notTaken: number;
  readonly oldestPendingAtMs: number | null;
  readonly lastDeliveredAtMs: number | null;
  readonly nextTryAtMs: number | null;
  readonly lastError: { readonly atMs: number; readonly text: string } | null;
}

/** What of an alarm a receiver is told. */
export type ToldAlarm = Pick<Alarm, 'id' | 'occurrenceId' | 'severity' | 'domain' | 'kind' | 'localityCode' | 'indicatorId' | 'sourceId' | 'value' | 'state' | 'sinceMs' | 'suppressedBy' | 'shelved' | 'outOfService'>;

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
