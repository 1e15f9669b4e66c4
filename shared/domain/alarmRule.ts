import { z } from 'zod';
import { AlarmKind } from './alarm.ts';
import { IndicatorId, LocalizedText } from './ids.ts';
import type { Indicator } from './indicator.ts';
import { Level } from './locality.ts';
import { Severity } from './severity.ts';

export const RuleId = z.string().max(64).regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be lower-case kebab, e.g. "links-cut"');

const delays = {
  /** The condition must hold for so long before it is an alarm, and be gone for so long before it is over: a flicker is neither. */
  onDelayMs: z.number().int().min(0).max(86_400_000),
  offDelayMs: z.number().int().min(0).max(86_400_000),
};

const When = z.discriminatedUnion('type', [
  /** The reading is this state. */
  z.strictObject({ type: z.literal('state'), indicator: IndicatorId, equals: z.number().int() }),
  /**
   * The reading, or its ratio to `per`, is at `raiseAt` or beyond it; over once it is back past `clearAt`. Between the two it stays what it
   * was: the deadband.
   */
  z.strictObject({
    type: z.literal('band'), indicator: IndicatorId, level: Level, side: z.enum(['above', 'below']), raiseAt: z.number(), clearAt: z.number(),
    /** A ratio says nothing under so many. `null`: the reading itself. */
    per: z.strictObject({ indicator: IndicatorId, atLeast: z.number() }).nullable(),
  }),
  /** So large a part of a province's units stand in alarm by rule `of`, and so many: they have one cause, and are its members. */
  z.strictObject({ type: z.literal('members'), of: RuleId, raiseRatio: z.number().gt(0).max(1), clearRatio: z.number().min(0).max(1), atLeast: z.number().int().min(2) }),
  /** An open alert of a monitoring or security system, by the sender's identity. */
  z.strictObject({ type: z.literal('alert'), severities: z.array(Severity).min(1) }),
  z.strictObject({ type: z.literal('silence') }),
  z.strictObject({ type: z.literal('system') }),
]);

/** One way in which something becomes an alarm, as data: what, how bad, and how its occurrences live. */
export const AlarmRule = z.strictObject({
  id: RuleId,
  /** Grows with every change. */
  version: z.number().int().positive(),
  name: LocalizedText,
  isOn: z.boolean(),
  /** What its alarms are listed as. */
  kind: AlarmKind,
  when: When,
  /** Of alerts: not used, theirs stands. */
  severity: Severity,
  ...delays,
  /** Over is not enough: a person resets it. */
  isLatching: z.boolean(),
  /** Over by itself, somebody must still say that they saw it. */
  needsAckOnReturn: z.boolean(),
  /** Acknowledged and still there after so long, it is announced again. `null`: never. */
  reAlarmAfterMs: z.number().int().positive().nullable(),
}).refine(({ when }) => when.type !== 'band' || (when.side === 'above' ? when.clearAt <= when.raiseAt : when.clearAt >= when.raiseAt), 'clearAt must lie on the good side of raiseAt')
  .refine(({ when }) => when.type !== 'members' || when.clearRatio <= when.raiseRatio, 'clearRatio must not be above raiseRatio');
export type AlarmRule = z.infer<typeof AlarmRule>;
export type RuleOf<Type extends AlarmRule['when']['type']> = AlarmRule & { readonly when: Extract<AlarmRule['when'], { type: Type }> };

export const AlarmRules = z.array(AlarmRule).refine((rules) => new Set(rules.map(({ id }) => id)).size === rules.length, 'ids must differ');
export type AlarmRules = z.infer<typeof AlarmRules>;

/** What a rule of each type may be listed as: whoever watches alerts or machines goes by it. */
const KINDS_BY_TYPE: Readonly<Record<AlarmRule['when']['type'], readonly AlarmKind[]>> = {
  state: ['state'], band: ['band', 'security', 'overdue'], members: ['cause'], alert: ['alert'], silence: ['source-silent'], system: ['system'],
};
/** Of these one says all there is to say. */
const ONE_OF_A_KIND: readonly AlarmRule['when']['type'][] = ['alert', 'silence', 'system'];

const namedBy = ({ when }: AlarmRule): readonly IndicatorId[] =>
  (when.type === 'state' ? [when.indicator] : when.type === 'band' ? [when.indicator, ...(when.per === null ? [] : [when.per.indicator])] : []);

/** `null`: every indicator and rule they name is there, and each is listed as what it is. */
export function whyRulesUnusable(rules: AlarmRules, indicators: readonly Indicator[]): string | null {
  const known = new Set<string>(indicators.map(({ id }) => id));
  for (const rule of rules) {
    const { id, when, kind } = rule;
    const unknown = namedBy(rule).find((indicator) => !known.has(indicator));
    if (unknown !== undefined) return `rule "${id}" names the indicator "${unknown}", which is not in the catalogue`;
    if (when.type === 'members' && !rules.some((other) => other.id === when.of && other.when.type === 'state')) return `rule "${id}" is about members of "${when.of}", which is no rule on a state`;
    if (!KINDS_BY_TYPE[when.type].includes(kind)) return `rule "${id}" is of the type "${when.type}" and must be listed as ${KINDS_BY_TYPE[when.type].join(' or ')}, not as ${kind}`;
    const twin = ONE_OF_A_KIND.includes(when.type) ? rules.find((other) => other.when.type === when.type && other.id !== id) : undefined;
    if (twin !== undefined) return `rules "${id}" and "${twin.id}" are both of the type "${when.type}", of which there is one`;
  }
  return null;
}

/** What it is about is the rule itself: limits may change, but for another figure, state or place it takes another rule. */
export function isAboutTheSame(rule: AlarmRule, other: AlarmRule): boolean {
  const subject = ({ kind, when }: AlarmRule) => [kind, when.type, ...(when.type === 'members' ? [when.of] : 'indicator' in when ? [when.indicator] : []),
    ...(when.type === 'state' ? [when.equals] : when.type === 'band' ? [when.level, when.side, when.per?.indicator ?? null] : [])];
  return JSON.stringify(subject(rule)) === JSON.stringify(subject(other));
}
