import type { AlertReport } from '../../shared/domain/alertReport.ts';
import type { SourceId } from '../../shared/domain/ids.ts';
import type { AlertConditionChange } from '../ports/cases.ts';

/** A condition as it stands when it is asked. */
interface WatchedCondition {
  readonly id: string;
  readonly feedId: SourceId;
  readonly isOpen: boolean;
  /** How often it was said while it was open. */
  readonly count: number;
}

/** What has changed of conditions and was not taken yet. Costs nothing until somebody begins to take. */
export interface ConditionNews {
  opened(condition: WatchedCondition, newest: AlertReport, sinceMs: number): void;
  over(condition: WatchedCondition, atMs: number): void;
  /** Open, and something was said of it, or what is newest of it has changed. */
  said(condition: WatchedCondition): void;
  take(most: number): AlertConditionChange[];
}

interface ConditionNewsOptions {
  readonly newestOf: (condition: WatchedCondition) => AlertReport | null;
  /** Everything that is open, and since when: for the first look. */
  readonly open: () => Iterable<{ readonly condition: WatchedCondition; readonly sinceMs: number }>;
}

export function createConditionNews({ newestOf, open }: ConditionNewsOptions): ConditionNews {
  /** `null`: nobody listens. */
  let turns: AlertConditionChange[] | null = null;
  let nextTurn = 0;
  const heard = new Set<WatchedCondition>();

  function toSaid(condition: WatchedCondition): AlertConditionChange[] {
    const newest = condition.isOpen ? newestOf(condition) : null;
    return newest === null ? [] : [{ kind: 'said', feedId: condition.feedId, conditionId: condition.id, newest, count: condition.count }];
  }

  function takeAll(): AlertConditionChange[] {
    const taken: AlertConditionChange[] = [];
    for (const { condition, sinceMs } of open()) {
      const newest = newestOf(condition);
      if (newest !== null) taken.push({ kind: 'opened', feedId: condition.feedId, conditionId: condition.id, newest, sinceMs }, ...toSaid(condition));
    }
    return taken;
  }

  return {
    opened: ({ feedId, id }, newest, sinceMs) => { turns?.push({ kind: 'opened', feedId, conditionId: id, newest, sinceMs }); },
    over(condition, atMs) {
      heard.delete(condition);
      turns?.push({ kind: 'over', feedId: condition.feedId, conditionId: condition.id, atMs, count: condition.count });
    },
    said: (condition) => { if (turns !== null) heard.add(condition); },
    take(most) {
      if (turns === null) {
        turns = [];
        return takeAll();
      }
      const taken = turns.slice(nextTurn, nextTurn + most);
      nextTurn += taken.length;
      if (nextTurn < turns.length) return taken;
      turns = [];
      nextTurn = 0;
      for (const condition of heard) {
        if (taken.length >= most) break;
        heard.delete(condition);
        taken.push(...toSaid(condition));
      }
      return taken;
    },
  };
}
