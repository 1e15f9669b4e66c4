import type { AlarmEvent } from '../../shared/domain/alarmEvent.ts';
import type { AlarmCheckpoint } from './alarmCheckpoint.ts';

/** One row of the audit trail before it is chained. */
export interface AuditDraft {
  /** The server's clock. Epoch ms. */
  readonly atMs: number;
  /** Who: an account's id, or "system". */
  readonly actor: string;
  /** From where: address, or the name of the station. `null`: a command on the server itself. */
  readonly station: string | null;
  /** What was tried, e.g. "alarm.acknowledge", "session.begin". */
  readonly action: string;
  /** What it was tried on, e.g. an alarm's id. `null`: nothing in particular. */
  readonly target: string | null;
  readonly outcome: 'done' | 'refused';
  /** States before and after, reason of a refusal; small, never a secret. */
  readonly detail: Readonly<Record<string, string | number | boolean | null>>;
}

export interface AuditRow extends AuditDraft {
  /** 1, 2, 3 … without a gap. */
  readonly seq: number;
  /** SHA-256 over the hash before and this row; hex. The first row's predecessor is 64 zeros. */
  readonly hash: string;
}

/** The oldest events that are still in the log, and the checkpoint before them; `null`: none has left it yet. */
interface OldAlarmEvents {
  readonly checkpoint: AlarmCheckpoint | null;
  readonly events: readonly AlarmEvent[];
  /** Number of the last event that is in the checkpoint; 0: none is. */
  readonly afterSeq: number;
  /** Of the last of `events`. */
  readonly throughSeq: number;
}

/** The log of alarms and the audit trail in the channel's file. Append before publish ([L1]); nothing is ever edited. */
export interface AlarmLog {
  /** One transaction: all events and all audit rows are durable, or none is (rejects with a `StoreError`). */
  append(events: readonly AlarmEvent[], audit: readonly AuditDraft[]): Promise<void>;
  /** What the events came to that have left the log; `null`: none has. */
  readCheckpoint(): Promise<AlarmCheckpoint | null>;
  /** Every event since the checkpoint, oldest first. */
  readAll(): Promise<readonly AlarmEvent[]>;
  /** Events from before that moment, at most so many. */
  readOld(ask: { readonly beforeMs: number; readonly limit: number }): Promise<OldAlarmEvents>;
  /** One transaction: `checkpoint` takes the place of what was read with `readOld`. Refused when another has done so since. The audit trail stays as it is. */
  cut(read: Pick<OldAlarmEvents, 'afterSeq' | 'throughSeq'>, checkpoint: AlarmCheckpoint): Promise<void>;
  /** Newest first. `beforeSeq`: only rows before that one. */
  readAudit(ask: { readonly limit: number; readonly beforeSeq: number | null }): Promise<readonly AuditRow[]>;
}
