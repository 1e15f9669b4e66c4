import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createConditionSlot, type SlotNews } from '../../../server/state/conditionSlot.ts';
import { START_MS } from '../../support/anObservation.ts';
import { aRule } from '../../support/someRules.ts';

interface Heard {
  readonly atMs: number;
  readonly isMet: boolean;
}

const anyDelayMs = fc.constantFrom(0, 1_000, 60_000, 300_000);
const anyReadings = fc.array(fc.record({ afterMs: fc.constantFrom(0, 500, 1_000, 59_000, 60_000, 200_000, 400_000), isMet: fc.boolean() }), { maxLength: 30 }).map((steps) => {
  let atMs = START_MS;
  return steps.map(({ afterMs, isMet }): Heard => {
    atMs += afterMs;
    return { atMs, isMet };
  });
});

/** The rule as SPEC says it: spells of one answer, and how long each lasted. */
function plainNews(readings: readonly Heard[], onDelayMs: number, offDelayMs: number, endMs: number): string[] {
  const begins = readings.filter(({ isMet }, at) => isMet !== readings[at - 1]?.isMet);
  const told: string[] = [];
  let isRaised = false;
  for (const [at, { atMs, isMet }] of begins.entries()) {
    const lastedMs = (begins[at + 1]?.atMs ?? endMs) - atMs;
    if (isMet === isRaised || lastedMs < (isMet ? onDelayMs : offDelayMs)) continue;
    isRaised = isMet;
    told.push(`${isMet ? 'holds' : 'over'} +${atMs - START_MS}`);
  }
  return told;
}

const brief = (news: SlotNews) => (news.kind === 'over' ? `over +${news.atMs - START_MS}` : `holds +${news.sinceMs - START_MS}`);

describe('[RL2] a condition must hold, and be gone, for so long', () => {
  test('as the spells of its readings say, wherever ticks fall', () => {
    let told = 0;
    fc.assert(fc.property(anyReadings, anyDelayMs, anyDelayMs, fc.array(fc.nat(4), { minLength: 30, maxLength: 30 }), (readings, onDelayMs, offDelayMs, ticks) => {
      const rule = aRule({ onDelayMs, offDelayMs });
      const slot = createConditionSlot();
      const news: SlotNews[] = [];
      for (const [at, { atMs, isMet }] of readings.entries()) {
        const beforeMs = readings[at - 1]?.atMs ?? atMs;
        for (let tick = 1; tick <= (ticks[at] ?? 0); tick++) news.push(...slot.passTo(beforeMs + ((atMs - beforeMs) * tick) / 4));
        news.push(...slot.hear(isMet ? rule : null, atMs));
      }
      const endMs = (readings.at(-1)?.atMs ?? START_MS) + 100_000;
      news.push(...slot.passTo(endMs));
      told += news.length;
      expect(news.map(brief)).toEqual(plainNews(readings, onDelayMs, offDelayMs, endMs));
    }), { numRuns: 500 });
    expect(told).toBeGreaterThan(500);
  });

  test('what a slot remembers makes another that goes on as it would have', () => {
    fc.assert(fc.property(anyReadings, anyDelayMs, anyDelayMs, fc.nat(30), (readings, onDelayMs, offDelayMs, cut) => {
      const rules = [aRule({ id: 'worse', severity: 'high', onDelayMs, offDelayMs }), aRule({ id: 'milder', onDelayMs: offDelayMs, offDelayMs: onDelayMs })];
      const run = (isHandedOver: boolean) => {
        let slot = createConditionSlot();
        return readings.flatMap(({ atMs, isMet }, at) => {
          if (isHandedOver && at === cut) slot = createConditionSlot(slot.memory());
          return slot.hear(isMet ? rules[at % 2] ?? null : null, atMs);
        });
      };
      expect(run(true)).toEqual(run(false));
    }), { numRuns: 300 });
  });

  test('a slot that waits says so, and one that does not needs no asking', () => {
    const slot = createConditionSlot();
    expect(slot.isWaiting).toBe(false);
    slot.hear(aRule({ onDelayMs: 5_000 }), START_MS);
    expect([slot.isWaiting, slot.raisedBy]).toEqual([true, null]);
    expect(slot.passTo(START_MS + 4_999)).toEqual([]);
    expect(slot.passTo(START_MS + 5_000).map(brief)).toEqual(['holds +0']);
    expect([slot.isWaiting, slot.raisedBy?.id]).toEqual([false, 'a-rule']);
  });
});
