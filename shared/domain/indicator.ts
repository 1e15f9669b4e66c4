import { z } from 'zod';
import { IndicatorId, LocalizedText } from './ids.ts';
import { Level } from './locality.ts';
import { Severity } from './severity.ts';

const Domain = z.enum(['connectivity', 'security', 'dossiers', 'nation']);

/**
 * How a parent's reading comes from its members'.
 * `sum`: members' values are added. `worst`: the extreme member. `ratio`: 100 × Σ numerator / Σ denominator of two other
 * indicators, at every level the ratio exists at. `share`: 100 × members whose `of` reading is at least `atLeast` / all members.
 * `none`: observed only, never computed.
 */
const RollUpRule = z.discriminatedUnion('rule', [
  z.strictObject({ rule: z.literal('none') }),
  z.strictObject({ rule: z.literal('sum') }),
  z.strictObject({ rule: z.literal('worst'), pick: z.enum(['max', 'min']) }),
  z.strictObject({ rule: z.literal('ratio'), numerator: IndicatorId, denominator: IndicatorId }),
  z.strictObject({ rule: z.literal('share'), of: IndicatorId, atLeast: z.number() }),
]);

const IndicatorState = z.strictObject({
  value: z.number().int(),
  name: LocalizedText,
  /** Set when being in this state is an alarm condition. */
  alarm: Severity.optional(),
});

export const Indicator = z.strictObject({
  id: IndicatorId,
  domain: Domain,
  name: LocalizedText,
  /** Two to four words for a wall card. */
  shortName: LocalizedText,
  /** What a person reads after the number; "%" for ratios and shares, empty where `states` gives the words. */
  unit: z.strictObject({ vi: z.string(), en: z.string() }),
  /** Decimals kept, sent and shown, 0-3. Values are rounded to this at the gate. */
  decimals: z.number().int().min(0).max(3),
  plausible: z.strictObject({ min: z.number(), max: z.number() }),
  /** Levels at which a series exists. */
  levels: z.array(Level).min(1),
  /** The level at which sources observe it; series above it are computed by `rollUp`. `null`: computed at every level. */
  observedAt: Level.nullable(),
  rollUp: RollUpRule,
  /** 0-1: an aggregate with fewer fresh members than this part of those expected is itself stale. */
  quorumRatio: z.number().min(0).max(1),
  direction: z.enum(['higher-is-better', 'lower-is-better', 'neutral']),
  /** `null`: no target is set. In the indicator's unit. */
  target: z.number().nullable(),
  /** Four fixed breaks of the five choropleth classes, best first; empty when not drawn as a choropleth. */
  bands: z.array(z.number()).max(4),
  /** Enumerated meanings of the value; empty for a measured quantity. */
  states: z.array(IndicatorState),
  expectEveryMs: z.number().int().positive(),
  lateAfterMs: z.number().int().positive(),
  staleAfterMs: z.number().int().positive(),
  deadAfterMs: z.number().int().positive(),
  /** What to do first when it raises an alarm. Absent: no one has written it down. */
  firstAction: LocalizedText.optional(),
  /** The system the seed documents name that this number speaks of. */
  system: z.string().min(1),
});
export type Indicator = z.infer<typeof Indicator>;

/** Order is part of the wire contract. */
export const IndicatorList = z.array(Indicator).min(1);

/** Rounds to the indicator's decimals: the only precision that is stored, sent or compared. */
export function quantise(value: number, decimals: number): number {
  const scale = 10 ** decimals;
  return Math.round(value * scale) / scale;
}
