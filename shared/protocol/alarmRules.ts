import { z } from 'zod';
import { PersonName, Why } from '../domain/alarmEvent.ts';
import { AlarmRule, RuleId } from '../domain/alarmRule.ts';
import { ChannelId, LocalityCode } from '../domain/ids.ts';

/** One change of a rule: who, when, why, and the rule as it was from then on. */
const RuleChangeDto = z.strictObject({ atMs: z.number(), by: PersonName, why: Why, rule: AlarmRule });

/** A rule as it is in force. */
export const KnownRuleDto = z.strictObject({
  rule: AlarmRule,
  /** Of the rule shipped under this id; `null`: none is. */
  shippedVersion: z.number().int().nullable(),
  /** [RU3] A release has shipped another version since the rule was changed here; the one here stays. */
  isShippedNewer: z.boolean(),
  /** `null`: as shipped. */
  changed: z.strictObject({ atMs: z.number(), by: PersonName, why: Why }).nullable(),
});
export type KnownRuleDto = z.infer<typeof KnownRuleDto>;

export const AlarmRulesDto = z.strictObject({ channel: ChannelId, rules: z.array(KnownRuleDto) });
export type AlarmRulesDto = z.infer<typeof AlarmRulesDto>;

/** Oldest change first; before it the rule was as shipped. */
export const RuleHistoryDto = z.strictObject({ channel: ChannelId, ruleId: RuleId, changes: z.array(RuleChangeDto) });
export type RuleHistoryDto = z.infer<typeof RuleHistoryDto>;

/** `expectedVersion`: the version that was seen; `null`: there is no rule of this id yet. The rule's own `version` is not read: the server counts. */
export const ChangeRuleDto = z.strictObject({ rule: AlarmRule, expectedVersion: z.number().int().positive().nullable(), why: Why });
export type ChangeRuleDto = z.infer<typeof ChangeRuleDto>;

/** From `fromMs` to `toMs`, epoch ms. */
export const DryRunAskDto = z.strictObject({ rule: AlarmRule, fromMs: z.number().int(), toMs: z.number().int() });
export type DryRunAskDto = z.infer<typeof DryRunAskDto>;

/** What a rule would have done over a time. Alarms that a cause explains are among them, and so are those nobody acted on. */
export const DryRunFigures = z.strictObject({
  /** Began within the time. */
  raised: z.number().int(),
  /** Stand at its end, whenever they began. */
  standing: z.number().int(),
  /** By the day, of Vietnam, on which they began; days without are absent. */
  byDay: z.array(z.strictObject({ day: z.iso.date(), count: z.number().int() })),
  /** Of those that began; one that stands lasts until the end of the time. `null`: none began. */
  longestMs: z.number().nullable(),
  /** The last that began, the latest first. `untilMs` `null`: it stands. */
  examples: z.array(z.strictObject({ localityCode: LocalityCode, sinceMs: z.number(), untilMs: z.number().nullable() })).max(5),
});
export type DryRunFigures = z.infer<typeof DryRunFigures>;

export const DryRunDto = z.strictObject({
  channel: ChannelId,
  /** Later than was asked where history begins later. */
  fromMs: z.number(), toMs: z.number(),
  /** The tier of history that the beginning was read from. */
  resolution: z.enum(['raw', 'minute', 'hour']),
  /** Of each stretch so long the last reading was looked at: what came and went within one is not seen. */
  stepMs: z.number(),
  series: z.number().int(),
  tried: DryRunFigures,
  /** Of the rule of the same id that is in force; `null`: there is none. */
  inForce: DryRunFigures.nullable(),
});
export type DryRunDto = z.infer<typeof DryRunDto>;
