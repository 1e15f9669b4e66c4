import type { Request } from 'express';
import { z } from 'zod';
import { AlarmRule } from '../../../shared/domain/alarmRule.ts';
import { LocalityCode } from '../../../shared/domain/ids.ts';
import { AlarmRulesDto, ChangeRuleDto, DryRunAskDto, DryRunDto, KnownRuleDto, RuleHistoryDto } from '../../../shared/protocol/alarmRules.ts';
import type { KnownRule } from '../../ports/alarms.ts';
import type { HttpDependencies } from '../dependencies.ts';
import { AT_EXAMPLE_MS } from '../examples.ts';
import { requirePerson } from '../persons.ts';
import { ProblemError } from '../problem.ts';
import { channelField, findChannel } from '../query.ts';
import { answers, defineRoute, json, type Route } from '../route.ts';
import { admit, readAs, refuseUnlessStored } from './alarmActs.ts';

type Needed = Pick<HttpDependencies, 'channels' | 'people' | 'dryRun' | 'nowMs'>;

const LIMIT_BYTES = 8_192;
/** What is replayed is judged by the rules as shipped. */
const CHANNEL = 'live';
const DAY_MS = 24 * 3_600_000;
/** As long as readings are kept by the minute. */
const LONGEST_MS = 35 * DAY_MS;
/** Of the 600 that an address has in ten seconds: a week of every district is seconds of work. */
const DRY_RUN_COST = 200;

const RULE_EXAMPLE = AlarmRule.parse({
  id: 'link-lost', version: 1, name: { vi: 'Mất kết nối mạng TSLCD của một đơn vị', en: 'A unit\'s dedicated link is lost' }, isOn: true, kind: 'state',
  when: { type: 'state', indicator: 'tslcd-link-state', equals: 0 }, severity: 'high', onDelayMs: 120_000, offDelayMs: 0, isLatching: false, needsAckOnReturn: true, reAlarmAfterMs: 14_400_000,
});
const KNOWN_EXAMPLE: KnownRuleDto = { rule: { ...RULE_EXAMPLE, version: 2 }, shippedVersion: 1, isShippedNewer: false, changed: { atMs: AT_EXAMPLE_MS, by: 'Trần Văn Nam', why: 'Đường truyền chập chờn dưới hai phút không cần báo.' } };
const ID_PARAMETER = { id: { description: 'Id of the rule, as in /api/v1/alarm-rules.', example: RULE_EXAMPLE.id } };

const toDto = ({ rule, shippedVersion, isShippedNewer, changed }: KnownRule): KnownRuleDto =>
  ({ rule, shippedVersion, isShippedNewer, changed: changed === null ? null : { atMs: changed.atMs, by: changed.by, why: changed.why } });

export function alarmRuleRoutes(needed: Needed): readonly Route[] {
  // "dry-run" before "{id}": no rule is called that.
  return [listRoute(needed), historyRoute(needed), dryRunRoute(needed), changeRoute(needed)];
}

function listRoute({ channels }: Needed): Route {
  return defineRoute({
    path: '/api/v1/alarm-rules', query: z.strictObject({ channel: channelField }),
    summary: { vi: 'Các quy tắc cảnh báo đang dùng', en: 'Rules of alarms as they are in force, and who changed them last' },
    answer: answers('AlarmRules', AlarmRulesDto, { channel: 'live', rules: [KNOWN_EXAMPLE] }),
    problems: ['not-found'],
    handle({ channel: channelId }) {
      const channel = findChannel(channels, channelId);
      return json({ channel: channel.id, rules: channel.alarms.rules.list().map(toDto) } satisfies AlarmRulesDto);
    },
  });
}

function historyRoute({ channels }: Needed): Route {
  return defineRoute({
    path: '/api/v1/alarm-rules/{id}/history', query: z.strictObject({ channel: channelField }), pathParameters: ID_PARAMETER,
    summary: { vi: 'Lịch sử một quy tắc', en: 'Who changed a rule, when, why and to what' },
    answer: answers('RuleHistory', RuleHistoryDto, { channel: 'live', ruleId: RULE_EXAMPLE.id, changes: [{ atMs: AT_EXAMPLE_MS, by: 'Trần Văn Nam', why: 'Ít báo hơn.', rule: RULE_EXAMPLE }] }),
    problems: ['not-found'],
    handle({ channel: channelId }, request) {
      const channel = findChannel(channels, channelId);
      const { rule: { id } } = findRule(channel.alarms.rules.list(), request);
      const changes = channel.alarms.rules.historyOf(id).map(({ atMs, by, why, rule }) => ({ atMs, by, why, rule }));
      return json({ channel: channel.id, ruleId: id, changes } satisfies RuleHistoryDto);
    },
  });
}

function findRule(rules: readonly KnownRule[], request: Request): KnownRule {
  const id = String(request.params.id);
  const known = rules.find(({ rule }) => rule.id === id);
  if (known === undefined) throw new ProblemError('not-found', `There is no rule "${id.slice(0, 64)}". GET /api/v1/alarm-rules lists those there are.`);
  return known;
}

function changeRoute(needed: Needed): Route {
  return defineRoute({
    method: 'post', path: '/api/v1/alarm-rules/{id}', query: z.strictObject({}), pathParameters: ID_PARAMETER,
    summary: { vi: 'Thay một quy tắc cảnh báo', en: 'Put another version of a rule in force, or a new rule' },
    body: { limitBytes: LIMIT_BYTES, accepts: [{ mediaType: 'application/json', description: 'The whole rule as it shall be, the version that was seen, and why.', schema: ChangeRuleDto, example: { rule: RULE_EXAMPLE, expectedVersion: 1, why: 'Đường truyền chập chờn dưới hai phút không cần báo.' } }] },
    answer: answers('KnownRule', KnownRuleDto, KNOWN_EXAMPLE),
    problems: ['not-signed-in', 'forbidden', 'not-found', 'rule-changed', 'rule-refused', 'too-large', 'unsupported-media-type', 'too-many-requests', 'not-stored', 'store-full'],
    async handle(_query, request) {
      const { alarms } = findChannel(needed.channels, CHANNEL);
      const id = String(request.params.id).slice(0, 64);
      const actor = await admit(needed, alarms, request, 'rule.change', { id: `rule:${id}`, tlp: null });
      const change = readAs(ChangeRuleDto, request);
      if (change.rule.id !== id) throw new ProblemError('malformed-request', 'The rule is another than the path names.', { errors: [{ where: '/rule/id', got: change.rule.id, expected: id }] });
      const answer = await alarms.changeRule(change, actor).catch(refuseUnlessStored);
      switch (answer.outcome) {
        case 'done': case 'again': return json(toDto(answer.known) satisfies KnownRuleDto);
        case 'moved-on': throw new ProblemError('rule-changed', answer.known === null ? `There is no rule "${id}" yet: expectedVersion of a new one is null.` : `The rule is of version ${answer.known.rule.version} by now. Look at it again, and change that.`);
        case 'another': throw new ProblemError('rule-refused', 'A rule stays about the same state, figure, level and side; for another make another rule, and turn this one off.');
        case 'unusable': throw new ProblemError('rule-refused', `The rules could not be used: ${answer.detail}.`);
      }
    },
  });
}

/** Whoever has gone is not worked for. */
function signalOf(request: Request): AbortSignal {
  const controller = new AbortController();
  request.res?.once('close', () => controller.abort(new ProblemError('busy', 'Nobody waits for this any more.')));
  return controller.signal;
}

function dryRunRoute(needed: Needed): Route {
  return defineRoute({
    method: 'post', path: '/api/v1/alarm-rules/dry-run', query: z.strictObject({}), isLong: true, cost: () => DRY_RUN_COST,
    summary: { vi: 'Thử một quy tắc trên dữ liệu đã qua', en: 'What a rule on readings would have raised over the past, beside the one in force' },
    body: { limitBytes: LIMIT_BYTES, accepts: [{ mediaType: 'application/json', description: 'The rule, and the time; at most 35 days back.', schema: DryRunAskDto, example: { rule: RULE_EXAMPLE, fromMs: AT_EXAMPLE_MS - 7 * DAY_MS, toMs: AT_EXAMPLE_MS } }] },
    answer: answers('DryRun', DryRunDto, {
      channel: 'live', fromMs: AT_EXAMPLE_MS - 7 * DAY_MS, toMs: AT_EXAMPLE_MS, resolution: 'minute', stepMs: 60_000, series: 705,
      tried: { raised: 1, standing: 1, byDay: [{ day: '2026-02-28', count: 1 }], longestMs: 86_400_000, examples: [{ localityCode: LocalityCode.parse('085'), sinceMs: AT_EXAMPLE_MS - DAY_MS, untilMs: null }] },
      inForce: { raised: 0, standing: 0, byDay: [], longestMs: null, examples: [] },
    } satisfies DryRunDto),
    problems: ['not-signed-in', 'forbidden', 'not-found', 'rule-refused', 'too-large', 'unsupported-media-type', 'too-many-requests', 'busy'],
    // Before its body is read and its cost counted.
    admit: async (request) => { requirePerson(needed, request, 'rule.try'); },
    async handle(_query, request) {
      const channel = findChannel(needed.channels, CHANNEL);
      const { rule, fromMs, toMs } = readAs(DryRunAskDto, request);
      const nowMs = channel.playback().nowMs;
      if (fromMs >= toMs || toMs > nowMs + DAY_MS || fromMs < nowMs - LONGEST_MS - DAY_MS || toMs - fromMs > LONGEST_MS) {
        throw new ProblemError('malformed-request', 'A rule is tried over a time that is past, of at most 35 days.', { errors: [{ where: '/fromMs', got: String(fromMs), expected: `a time before /toMs, from ${Math.ceil(nowMs - LONGEST_MS)} on` }] });
      }
      if (rule.when.type !== 'state' && rule.when.type !== 'band' && rule.when.type !== 'members') throw new ProblemError('rule-refused', `History keeps readings; a rule of the type "${rule.when.type}" is about something else and cannot be tried.`);
      const answer = await needed.dryRun({ channel, rule, inForce: channel.alarms.rules.inForce(), fromMs, toMs: Math.min(toMs, Math.floor(nowMs)), signal: signalOf(request) });
      return json({ channel: channel.id, ...answer } satisfies DryRunDto);
    },
  });
}
