import type { AlarmEventOf } from '../../shared/domain/alarmEvent.ts';
import type { AlarmRule } from '../../shared/domain/alarmRule.ts';
import type { AlarmRuleBook, KnownRule } from '../ports/alarms.ts';

export interface RuleBook extends AlarmRuleBook {
  apply(event: AlarmEventOf<'rule-changed'>): void;
  find(ruleId: string): KnownRule | undefined;
}

/** [RU1] A fold of the log over what is shipped. What was changed here stays, whatever a later release ships ([RU3]). */
export function createRuleBook(shipped: readonly AlarmRule[]): RuleBook {
  const shippedById = new Map(shipped.map((rule) => [rule.id, rule]));
  const changesById = new Map<string, AlarmEventOf<'rule-changed'>[]>();

  function known(id: string, changed: AlarmEventOf<'rule-changed'> | null): KnownRule[] {
    const own = shippedById.get(id);
    const rule = changed?.rule ?? own;
    if (rule === undefined) return [];
    return [{ rule, shippedVersion: own?.version ?? null, isShippedNewer: changed !== null && own !== undefined && own.version > (changed.basedOn ?? 0), changed }];
  }

  /** As shipped first, then those made here, the oldest first. */
  const ids = () => [...new Set([...shippedById.keys(), ...changesById.keys()])];
  const listAt = (atMs: number) => ids().flatMap((id) => known(id, changesById.get(id)?.findLast((change) => change.atMs <= atMs) ?? null));
  const list = () => listAt(Number.POSITIVE_INFINITY);

  return {
    apply(event) {
      const changes = changesById.get(event.rule.id) ?? [];
      changesById.set(event.rule.id, changes);
      changes.push(event);
    },
    find: (ruleId) => known(ruleId, changesById.get(ruleId)?.at(-1) ?? null)[0],
    inForce: () => list().map(({ rule }) => rule),
    inForceAt: (atMs) => listAt(atMs).map(({ rule }) => rule),
    list,
    historyOf: (ruleId) => changesById.get(ruleId) ?? [],
  };
}
