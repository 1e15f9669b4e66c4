import type { AlarmRule } from '../../shared/domain/alarmRule.ts';
import type { SeriesTable } from '../../shared/domain/seriesTable.ts';
import type { ConditionMemories, ConditionMemory } from './conditionMemory.ts';
import type { RaisedConditions } from './raisedConditions.ts';
import { lifeOf } from './ruleBook.ts';
import { type HeardSource, silentFromMs } from './sourceHealth.ts';

const PREFIX = 'source-silent:';
const toSilenceId = (sourceId: string) => `${PREFIX}${sourceId}`;

export interface Silences {
  /** Call before the source's clock is moved on by what it sent at `receivedAtMs`. */
  handleSourceHeard(source: HeardSource, receivedAtMs: number, isRestored: boolean): void;
  shiftClock(byMs: number): void;
  settle(nowMs: number, sources: readonly HeardSource[]): void;
  memories(): ConditionMemories;
}

interface SilencesOptions {
  readonly table: SeriesTable;
  /** `null`: silence is no alarm here. */
  readonly rule: AlarmRule | null;
  readonly raised: RaisedConditions;
  readonly memories: ConditionMemories;
  readonly listeningFromMs: number;
}

/** [A5] A source without a word is one alarm, not one of each of its figures. */
export function createSilences({ table, rule, raised, memories, listeningFromMs }: SilencesOptions): Silences {
  const nationCode = table.localities[0]?.code;
  /** By source: since when, and what was received after which moment of the clock ends it. */
  const silenceById = new Map<string, { readonly sinceMs: number; wordAfterMs: number }>();

  function standingOf(sourceId: string, listedAt: string | undefined, sinceMs: number) {
    if (rule === null || nationCode === undefined) throw new Error('Invariant: a silence is raised by a rule, in a table that begins with its nation.');
    const listed = table.localities.find(({ code }) => code === listedAt);
    return {
      condition: {
        id: toSilenceId(sourceId), kind: rule.kind, ruleId: rule.id, severity: rule.severity, domain: 'connectivity' as const, localityCode: listed?.code ?? nationCode, isPlaced: true,
        indicatorId: null, sourceId: sourceId as HeardSource['id'], value: null, title: null, dependsOn: [], tlp: null, attack: null,
      },
      sinceMs, life: lifeOf(rule),
    };
  }

  function raise({ id, listed }: HeardSource, sinceMs: number): void {
    silenceById.set(id, { sinceMs, wordAfterMs: sinceMs });
    raised.holds(standingOf(id, listed?.locality, sinceMs), []);
  }

  for (const [alarmId, { sinceMs, localityCode, isLost }] of memories) {
    if (!alarmId.startsWith(PREFIX) || rule === null) continue;
    const sourceId = alarmId.slice(PREFIX.length);
    // The clock may have been set back while nobody listened.
    silenceById.set(sourceId, { sinceMs, wordAfterMs: Math.min(sinceMs, listeningFromMs) });
    raised.restore(standingOf(sourceId, localityCode, sinceMs), [], isLost);
  }

  return {
    handleSourceHeard(source, receivedAtMs, isRestored) {
      if (rule === null) return;
      const sinceMs = silentFromMs(source);
      // Silent between two ticks and heard again: both transitions are told.
      if (receivedAtMs > sinceMs && !isRestored && !silenceById.has(source.id)) raise(source, sinceMs);
      const silence = silenceById.get(source.id);
      // What it sent before it fell silent, read back after a restart, is no word of it.
      if (silence === undefined || receivedAtMs <= (isRestored ? silence.sinceMs : silence.wordAfterMs)) return;
      silenceById.delete(source.id);
      raised.over(toSilenceId(source.id), receivedAtMs);
    },
    shiftClock(byMs) {
      for (const silence of silenceById.values()) silence.wordAfterMs += byMs;
    },
    settle(nowMs, sources) {
      if (rule === null) return;
      for (const source of sources) {
        if (nowMs > silentFromMs(source) && !silenceById.has(source.id)) raise(source, silentFromMs(source));
      }
    },
    memories: () => new Map([...silenceById].flatMap(([sourceId, { sinceMs }]): [string, ConditionMemory][] => {
      const held = raised.get(toSilenceId(sourceId));
      return held === undefined || rule === null ? [] : [[held.condition.id, { ruleId: rule.id, sinceMs, isRaised: true, goneSinceMs: null, waitsFromMs: 0, value: null, isLost: held.isLost, localityCode: held.condition.localityCode }]];
    })),
  };
}
