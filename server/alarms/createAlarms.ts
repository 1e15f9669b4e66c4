import type { Alarm } from '../../shared/domain/alarm.ts';
import { type AlarmEvent, ruleEventId } from '../../shared/domain/alarmEvent.ts';
import type { AlarmRule } from '../../shared/domain/alarmRule.ts';
import type { Indicator } from '../../shared/domain/indicator.ts';
import type { AlarmCheckpoint } from '../ports/alarmCheckpoint.ts';
import type { AlarmLog, AuditDraft } from '../ports/alarmLog.ts';
import type { ActAnswer, Actor, AlarmAct, Alarms, RuleChange, RuleChangeAnswer } from '../ports/alarms.ts';
import type { ConditionChange } from '../ports/conditions.ts';
import { actRow } from './actRow.ts';
import { createAlarmBook } from './alarmBook.ts';
import { createAlarmJournal } from './alarmJournal.ts';
import { announcedSince, BUCKET_MS, loadOf } from './alarmLoad.ts';
import { judgeAct } from './judgeAct.ts';
import { createChangeJudge } from './judgeChange.ts';
import { judgeRuleChange } from './judgeRuleChange.ts';
import { judgeTime } from './judgeTime.ts';
import { createRuleBook } from './ruleBook.ts';
import { withoutPast } from './withoutPast.ts';

export interface AlarmsOptions {
  readonly log: Pick<AlarmLog, 'append'>;
  /** What the log holds, and what those came to that have left it. */
  readonly events: readonly AlarmEvent[];
  readonly checkpoint?: AlarmCheckpoint | null;
  /** The channel's clock. Epoch ms. */
  readonly nowMs: () => number;
  /** Called with what changed, in order, once it is durable ([A2]). */
  readonly onTransitions: (transitions: readonly Alarm[]) => void;
  readonly onError: (error: unknown) => void;
  /** Rules as shipped, and what they may name. Absent: none. */
  readonly rules?: { readonly shipped: readonly AlarmRule[]; readonly indicators: readonly Indicator[] };
  /** Called once other rules are in force, and durably so. */
  readonly onRules?: () => void;
}

const FORGET_EVERY_MS = 10 * 60_000;

export function createAlarms({ log, events, checkpoint = null, nowMs: clock, onTransitions, onError, rules = { shipped: [], indicators: [] }, onRules }: AlarmsOptions): Alarms {
  const ruleBook = createRuleBook(rules.shipped);
  const journal = createAlarmJournal(checkpoint?.open);
  const book = createAlarmBook({ onAnnounced: journal.noteAnnounced, onClosed: journal.noteClosed }, checkpoint);
  let lastAtMs = checkpoint?.atMs ?? Number.NEGATIVE_INFINITY;
  /** How far the log was ahead of the clock when it was opened. */
  let aheadMs = 0;
  let forgotAtMs = Number.NEGATIVE_INFINITY;
  /** Not in the log yet: the disk refused them. */
  let waiting: readonly ConditionChange[] = [];
  let last: Promise<unknown> = Promise.resolve();

  function fold(event: AlarmEvent): readonly Alarm[] {
    lastAtMs = Math.max(lastAtMs, event.atMs);
    journal.note(event);
    if (event.kind === 'rule-changed') ruleBook.apply(event);
    return book.apply(event);
  }

  function inTurn<T>(step: () => Promise<T>): Promise<T> {
    const done = last.then(step, step);
    last = done.catch(() => {});
    return done;
  }

  /** Times of the log never go back, whatever the clock does. */
  const toLogMs = (nowMs: number) => Math.max(lastAtMs, Math.floor(nowMs + aheadMs));
  const now = () => toLogMs(clock());

  async function write(written: readonly AlarmEvent[], audit: readonly AuditDraft[]): Promise<void> {
    if (written.length === 0 && audit.length === 0) return;
    await log.append(written, audit);
    const transitions = written.flatMap(fold);
    if (transitions.length > 0) tell(transitions);
  }

  /** What is in the log has happened, whoever could not be told: judged once more it would happen twice. */
  function tell(transitions: readonly Alarm[]): void {
    try {
      onTransitions(transitions);
    } catch (error) {
      onError(error);
    }
  }

  function forget(nowMs: number): void {
    if (nowMs - forgotAtMs < FORGET_EVERY_MS) return;
    forgotAtMs = nowMs;
    journal.forgetBefore(nowMs, (alarmId) => book.held(alarmId) !== undefined);
  }

  function judgeOnce(act: AlarmAct, actor: Actor, atMs: number) {
    const alarmId = 'alarmId' in act ? act.alarmId : null;
    const before = alarmId === null ? undefined : book.held(alarmId)?.alarm;
    const verdict = judgeAct(act, actor, { book, closedOccurrence: journal.closedOccurrence }, atMs);
    return { verdict, alarmId, row: actRow(act, actor, before, verdict, atMs) };
  }

  async function actAll(acts: readonly AlarmAct[], actor: Actor): Promise<readonly ActAnswer[]> {
    const atMs = now();
    const judged = acts.map((act) => judgeOnce(act, actor, atMs));
    await write(judged.flatMap(({ verdict }) => ('event' in verdict ? [verdict.event] : [])), judged.map(({ row }) => row));
    return judged.map(({ verdict, alarmId }) => ('answer' in verdict ? verdict.answer : { outcome: 'done', alarm: alarmId === null ? null : book.held(alarmId)?.alarm ?? null }));
  }

  async function changeOnce(change: RuleChange, actor: Actor): Promise<RuleChangeAnswer> {
    const atMs = now();
    const { id } = change.rule;
    const before = ruleBook.find(id);
    const verdict = judgeRuleChange(change, before, ruleBook.inForce(), rules.indicators);
    const audit = (outcome: AuditDraft['outcome'], versionAfter: number | null, why: string): AuditDraft => ({
      atMs, actor: actor.account, station: actor.station, action: 'rule.change', target: ruleEventId(id), outcome, detail: { versionBefore: before?.rule.version ?? null, versionAfter, why },
    });
    if ('answer' in verdict) {
      const { outcome } = verdict.answer;
      await write([], [audit(outcome === 'again' ? 'done' : 'refused', null, outcome)]);
      return verdict.answer;
    }
    const { rule, basedOn } = verdict;
    await write([{ kind: 'rule-changed', atMs, alarmId: ruleEventId(id), by: actor.name, station: actor.station, rule, basedOn, why: change.why }], [audit('done', rule.version, change.why)]);
    onRules?.();
    const known = ruleBook.find(id);
    if (known === undefined) throw new Error(`Invariant: rule "${id}" was written and is not there.`);
    return { outcome: 'done', known };
  }

  for (const change of checkpoint?.ruleChanges ?? []) if (change.kind === 'rule-changed') ruleBook.apply(change);
  for (const event of events) fold(event);
  // Set back while nothing ran: shelves and escalations must not wait until the clock has come again to where the log was.
  aheadMs = Math.max(0, lastAtMs - Math.floor(clock()));
  const openAlarms = () => Array.from(book.open(), ({ alarm }) => alarm);

  return {
    observe: (changes, nowMs) => inTurn(async () => {
      const atMs = toLogMs(nowMs);
      waiting = [...waiting, ...withoutPast(changes, (alarmId) => book.held(alarmId) !== undefined, atMs)];
      const judge = createChangeJudge(book);
      // What time does comes first: it is about what was there before.
      const written = [...judgeTime(book, atMs), ...waiting.flatMap((change) => judge(change, atMs) ?? [])];
      await write(written, []);
      waiting = [];
      forget(atMs);
    }).catch(onError),
    act: (acts, actor) => inTurn(() => actAll(acts, actor)),
    noteRefused: (actor, station, action, target) => inTurn(() =>
      write([], [{ atMs: now(), actor: actor?.account ?? 'nobody', station, action, target, outcome: 'refused', detail: {} }])),
    open: openAlarms,
    held: (alarmId) => book.held(alarmId)?.alarm,
    closedSince: (fromMs) => journal.closed().filter(({ closedAtMs }) => closedAtMs >= fromMs).map(({ alarm }) => alarm).reverse(),
    historyOf: journal.historyOf,
    lastTenMin: () => announcedSince(journal.annunciations(), now() - BUCKET_MS),
    load: (hours) => {
      const closedById = new Map(journal.closed().map(({ alarm }) => [alarm.id, alarm]));
      return loadOf(journal.annunciations(), openAlarms(), (alarmId) => book.held(alarmId)?.alarm ?? closedById.get(alarmId) ?? null, hours, now());
    },
    shifts: () => [...journal.shifts()].reverse(),
    rules: ruleBook,
    changeRule: (change, actor) => inTurn(() => changeOnce(change, actor)),
  };
}
