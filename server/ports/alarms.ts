import type { Alarm, Disposition } from '../../shared/domain/alarm.ts';
import type { AlarmEvent, AlarmEventOf } from '../../shared/domain/alarmEvent.ts';
import type { AlarmRule } from '../../shared/domain/alarmRule.ts';
import type { Severity } from '../../shared/domain/severity.ts';
import type { ConditionChange } from './conditions.ts';

/** Who acts, from where. Names are those of accounts, never typed. */
export interface Actor {
  readonly account: string;
  readonly name: string;
  /** Address of the desk; `null`: a command on the server. */
  readonly station: string | null;
}

export type AlarmAct =
  /** What was seen: the occurrence, and how bad it was. */
  | { readonly kind: 'acknowledge'; readonly alarmId: string; readonly occurrenceId: string; readonly severity: Severity; readonly comment: string | null; /** One of several at once. */ readonly isBulk: boolean }
  | { readonly kind: 'shelve'; readonly alarmId: string; readonly forMs: number; readonly why: string; /** Who has signed beside the actor. */ readonly second: Actor | null }
  | { readonly kind: 'unshelve' | 'return-to-service' | 'reset'; readonly alarmId: string }
  | { readonly kind: 'remove-from-service'; readonly alarmId: string; readonly why: string }
  | { readonly kind: 'comment'; readonly alarmId: string; readonly text: string }
  | { readonly kind: 'assign'; readonly alarmId: string; readonly to: string | null }
  | { readonly kind: 'judge'; readonly alarmId: string; readonly occurrenceId: string; readonly disposition: Disposition; readonly comment: string | null }
  | { readonly kind: 'hand-over'; readonly to: string; readonly note: string | null };

/**
 * `unknown`: no such occurrence is open. `changed`: it is worse than what was seen. `critical`: never among several at once, nor out of service. `needs-comment`,
 * `needs-second`: a critical alarm asks for a note, or a second person. `no-effect`: there is nothing to undo.
 */
export type ActRefusal = 'unknown' | 'changed' | 'critical' | 'needs-comment' | 'needs-second' | 'no-effect';

/** `again`: it had been done before, and nothing was written. `alarm` `null`: it is not open any more, or the act is of none. */
export type ActAnswer =
  | { readonly outcome: 'done' | 'again'; readonly alarm: Alarm | null }
  | { readonly outcome: 'refused'; readonly why: ActRefusal; readonly alarm: Alarm | null };

export interface AlarmLoad {
  readonly buckets: readonly { readonly fromMs: number; readonly count: number; readonly bySeverity: Readonly<Record<Severity, number>> }[];
  readonly lastTenMin: number;
  readonly isFlood: boolean;
  readonly floodRatio: number;
  readonly standing: number;
  readonly chattering: number;
  readonly worst: readonly { readonly alarmId: string; readonly count: number; readonly alarm: Alarm | null }[];
}

/** A rule as it is in force, and where it comes from. */
export interface KnownRule {
  readonly rule: AlarmRule;
  /** Of the rule shipped under this id; `null`: none is. */
  readonly shippedVersion: number | null;
  /** [RU3] What is shipped has changed since the change here was made from it. */
  readonly isShippedNewer: boolean;
  /** `null`: as shipped. */
  readonly changed: AlarmEventOf<'rule-changed'> | null;
}

/** The rules of one channel: those shipped, overlaid by the newest change of each in the log. */
export interface AlarmRuleBook {
  inForce(): readonly AlarmRule[];
  /** Those in force then, by the log's clock. Epoch ms. */
  inForceAt(atMs: number): readonly AlarmRule[];
  list(): readonly KnownRule[];
  /** Every change of it, oldest first. */
  historyOf(ruleId: string): readonly AlarmEventOf<'rule-changed'>[];
}

export interface RuleChange {
  /** As it shall be; its version is counted by the log. */
  readonly rule: AlarmRule;
  /** The version that was seen; `null`: there is none of this id yet. */
  readonly expectedVersion: number | null;
  readonly why: string;
}

/** `moved-on`: somebody has changed it since. `another`: it would be about something else. `unusable`: why, in words. `again`: it is so already. */
export type RuleChangeAnswer =
  | { readonly outcome: 'done' | 'again'; readonly known: KnownRule }
  | { readonly outcome: 'moved-on' | 'another'; readonly known: KnownRule | null }
  | { readonly outcome: 'unusable'; readonly detail: string };

/** The alarms of one channel, as their log tells them. One line of work: what is judged is durable before anybody sees it ([L1]). */
export interface Alarms {
  /** Resolves once what is news of it is durable and told. Never rejects: what could not be stored is tried again with the next call. */
  observe(changes: readonly ConditionChange[], nowMs: number): Promise<void>;
  /** Acts on different alarms, all in one transaction. Rejects with a `StoreError`, and then nothing of it was done. */
  act(acts: readonly AlarmAct[], actor: Actor): Promise<readonly ActAnswer[]>;
  /** Writes down that somebody tried what they may not. */
  noteRefused(actor: Actor | null, station: string | null, action: string, target: string | null): Promise<void>;
  /** Everything that is not NORMAL. */
  open(): readonly Alarm[];
  held(alarmId: string): Alarm | undefined;
  /** Ended since `fromMs`, newest end first; at most of the last day. */
  closedSince(fromMs: number): readonly Alarm[];
  historyOf(alarmId: string): { readonly events: readonly AlarmEvent[]; readonly leftOff: number };
  /** Announced in the last ten minutes. */
  lastTenMin(): number;
  load(hours: number): AlarmLoad;
  shifts(): readonly AlarmEventOf<'handed-over'>[];
  readonly rules: AlarmRuleBook;
  /** Rejects with a `StoreError`, and then nothing was changed. A refusal is a row of the trail too. */
  changeRule(change: RuleChange, actor: Actor): Promise<RuleChangeAnswer>;
}
