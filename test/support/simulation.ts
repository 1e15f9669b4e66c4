import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import { Candidate } from '../../shared/domain/observation.ts';
import { toLevel } from '../../shared/domain/locality.ts';
import { buildSeriesTable, type SeriesTable } from '../../shared/domain/seriesTable.ts';
import { Source } from '../../shared/domain/source.ts';
import type { ReceivedCandidate } from '../../server/ports/player.ts';

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** A moment on the clock of Asia/Ho_Chi_Minh: "2026-11-18T10:00". */
export function localMs(text: string): number {
  return Date.parse(`${text}:00+07:00`);
}

/** The committed list of feeds. */
export function realSources(): readonly Source[] {
  return z.array(Source).parse(JSON.parse(readFileSync(resolve(import.meta.dirname, '../../seeds/catalogue/sources.json'), 'utf8')));
}

/** The nation and some of its provinces with all below them. */
export function partOfTable(table: SeriesTable, provinces: readonly string[]): SeriesTable {
  const localities = table.localities.filter(({ code, parent }) => parent === null || provinces.includes(code) || provinces.includes(parent));
  return buildSeriesTable(localities, table.indicators);
}

/** Series that sources observe at least every `withinMs`, as `<locality>/<indicator>`. */
export function observedKeys(table: SeriesTable, withinMs = Number.POSITIVE_INFINITY): readonly string[] {
  return table.series.filter(({ locality, indicator }) => indicator.observedAt === toLevel(locality) && indicator.expectEveryMs <= withinMs).map(({ locality, indicator }) => `${locality.code}/${indicator.id}`);
}

export interface Picture {
  take(received: readonly ReceivedCandidate[]): void;
  /** The indicator's value at a locality, rolled up from the newest readings below it; NaN: none. Parts of a ratio in their own right. */
  readingAt(localityCode: string, indicatorId: string): number;
}

/** The plainest roll-up that can be: what the real one must agree with, without freshness, rounding or speed. */
export function createPicture(table: SeriesTable): Picture {
  const heldByKey = new Map<string, { observedAtMs: number; value: number }>();
  const indicatorsById = new Map(table.indicators.map((indicator) => [indicator.id as string, indicator]));
  function readingAt(localityCode: string, indicatorId: string): number {
    const held = heldByKey.get(`${localityCode}/${indicatorId}`);
    if (held !== undefined) return held.value;
    const rule = indicatorsById.get(indicatorId)!.rollUp;
    if (rule.rule === 'ratio') return (100 * readingAt(localityCode, rule.numerator)) / readingAt(localityCode, rule.denominator);
    const members = (id: string) => membersOf(table, localityCode, indicatorsById.get(id)!.observedAt!).map((code) => readingAt(code, id)).filter((value) => !Number.isNaN(value));
    if (rule.rule === 'share') return (100 * members(rule.of).filter((value) => value >= rule.atLeast).length) / members(rule.of).length;
    if (rule.rule === 'sum') return members(indicatorId).reduce((sum, value) => sum + value, 0);
    if (rule.rule === 'worst') return Math[rule.pick](...members(indicatorId));
    return Number.NaN;
  }
  return {
    readingAt,
    take(received) {
      for (const { candidate } of received) {
        const { localityCode, indicatorId, observedAtMs, value } = Candidate.parse(candidate);
        const key = `${localityCode}/${indicatorId}`;
        if ((heldByKey.get(key)?.observedAtMs ?? 0) <= observedAtMs) heldByKey.set(key, { observedAtMs, value: value ?? Number.NaN });
      }
    },
  };
}

function membersOf(table: SeriesTable, code: string, level: 'nation' | 'province' | 'local'): readonly string[] {
  const children = table.childrenOf(code);
  return children.flatMap((child) => (toLevel(child) === level ? [child.code as string] : membersOf(table, child.code, level)));
}
