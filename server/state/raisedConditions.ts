import type { AlarmCondition } from '../../shared/domain/alarm.ts';
import type { ConditionChange, StandingCondition } from '../ports/conditions.ts';

interface Raised extends StandingCondition {
  /** Series whose staleness means that nobody knows any more. Empty: it is not about readings. */
  readonly seriesBehind: readonly number[];
  isLost: boolean;
}

/** The conditions that are alarms now, and what changed of them. */
export interface RaisedConditions {
  get(alarmId: string): { readonly condition: AlarmCondition; readonly isLost: boolean } | undefined;
  holds(standing: StandingCondition, seriesBehind: readonly number[]): void;
  over(alarmId: string, atMs: number): void;
  /** It stood under the rules before, and by none of these: told over, unless it has been raised again. */
  overUnlessRaised(alarmId: string, atMs: number): void;
  /** It was one under the rules before: told again, for its rule may say other than they did. */
  restore(standing: StandingCondition, seriesBehind: readonly number[], isLost: boolean): void;
  /** Forgets what stands, and says which; not what has changed and was not taken. */
  clear(): readonly string[];
  /** [A3] Of each whether data are lost. */
  settle(isUnknown: (series: number) => boolean): void;
  /** How many units of the province are in alarm by the rule. */
  countOf(ruleId: string, provinceCode: string): number;
  standing(): readonly StandingCondition[];
  /** In order; of causes the beginning first and the end last, so that no member is told by itself. */
  take(): readonly ConditionChange[];
}

export function createRaisedConditions(provinceOf: (localityCode: string) => string | null): RaisedConditions {
  const raisedById = new Map<string, Raised>();
  const countByKey = new Map<string, number>();
  let changes: ConditionChange[] = [];

  function count({ condition: { ruleId, localityCode } }: StandingCondition, by: 1 | -1): void {
    const key = `${ruleId}/${provinceOf(localityCode)}`;
    countByKey.set(key, (countByKey.get(key) ?? 0) + by);
  }

  function put(standing: StandingCondition, seriesBehind: readonly number[], isLost: boolean): void {
    const held = raisedById.get(standing.condition.id);
    if (held !== undefined) count(held, -1);
    count(standing, 1);
    raisedById.set(standing.condition.id, { ...standing, seriesBehind, isLost });
  }

  return {
    get: (alarmId) => raisedById.get(alarmId),
    restore(standing, seriesBehind, isLost) {
      put(standing, seriesBehind, isLost);
      changes.push({ kind: 'holds', standing });
    },
    clear() {
      const before = [...raisedById.keys()];
      raisedById.clear();
      countByKey.clear();
      return before;
    },
    holds(standing, seriesBehind) {
      put(standing, seriesBehind, raisedById.get(standing.condition.id)?.isLost ?? false);
      changes.push({ kind: 'holds', standing });
    },
    over(alarmId, atMs) {
      const held = raisedById.get(alarmId);
      if (held === undefined) return;
      count(held, -1);
      raisedById.delete(alarmId);
      changes.push({ kind: 'over', alarmId, atMs });
    },
    overUnlessRaised(alarmId, atMs) {
      if (!raisedById.has(alarmId)) changes.push({ kind: 'over', alarmId, atMs });
    },
    settle(isUnknown) {
      for (const [alarmId, held] of raisedById) {
        const isLost = held.seriesBehind.some(isUnknown);
        if (isLost === held.isLost) continue;
        held.isLost = isLost;
        changes.push({ kind: 'data', alarmId, isLost });
      }
    },
    countOf: (ruleId, provinceCode) => countByKey.get(`${ruleId}/${provinceCode}`) ?? 0,
    standing: () => [...raisedById.values()],
    take() {
      const taken = changes;
      changes = [];
      const rank = rankIn(taken);
      return taken.some((change) => rank(change) !== 1) ? taken.toSorted((a, b) => rank(a) - rank(b)) : taken;
    },
  };
}

/** [CG2] One that ended and has begun again keeps both in their order, or its end would be the last that is heard of it. */
function rankIn(changes: readonly ConditionChange[]): (change: ConditionChange) => number {
  const beginsAt = new Map(changes.flatMap((change, at): [string, number][] => (change.kind === 'holds' && change.standing.condition.kind === 'cause' ? [[change.standing.condition.id, at]] : [])));
  return (change) => {
    if (change.kind === 'holds') return change.standing.condition.kind === 'cause' ? 0 : 1;
    if (change.kind !== 'over' || !change.alarmId.startsWith('cause:')) return 1;
    return (beginsAt.get(change.alarmId) ?? -1) > changes.indexOf(change) ? 0 : 2;
  };
}
