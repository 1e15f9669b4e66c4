import { describe, expect, test } from 'vitest';
import { createAlarms } from '../../../server/alarms/createAlarms.ts';
import type { DryRunAsk } from '../../../server/ports/dryRun.ts';
import { StoreError } from '../../../server/ports/store.ts';
import type { Role } from '../../../shared/protocol/session.ts';
import { aChannelView, linkRule, NOW_MS } from '../../support/aChannelView.ts';
import { aMemoryAlarmLog } from '../../support/someAlarms.ts';
import { nobodyAtAll, somebody } from '../../support/somePeople.ts';
import { aRule } from '../../support/someRules.ts';
import { type Listening, listen, read, readProblem } from './listen.ts';

const DAY_MS = 86_400_000;
const WEEK = { fromMs: NOW_MS - 7 * DAY_MS, toMs: NOW_MS };
const FIGURES = { raised: 14, standing: 0, byDay: [], longestMs: null, examples: [] };
const post = ({ url }: Listening, path: string, body: unknown, signal?: AbortSignal) => fetch(`${url}/api/v1/alarm-rules/${path}`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body), ...(signal !== undefined && { signal }) });

async function aDesk(role: Role | null, run?: (ask: DryRunAsk) => Promise<void>) {
  const log = aMemoryAlarmLog();
  const asked: DryRunAsk[] = [];
  const base = aChannelView();
  const alarms = createAlarms({ log, events: [], nowMs: () => NOW_MS, onTransitions: () => {}, onError: () => {}, rules: { shipped: [linkRule], indicators: base.table.indicators } });
  const listening = await listen({
    channels: new Map([[base.id, { ...base, alarms }]]), people: role === null ? nobodyAtAll : somebody(role),
    dryRun: async (ask) => {
      asked.push(ask);
      await run?.(ask);
      return { fromMs: ask.fromMs, toMs: ask.toMs, resolution: 'minute', stepMs: 60_000, series: 3, tried: FIGURES, inForce: { ...FIGURES, raised: 9 } };
    },
  });
  return { listening, log, asked, alarms };
}

describe('[RU6] rules over HTTP', () => {
  test('everybody reads them; an administrator changes one, naming the version that was seen and why', async () => {
    const { listening, log } = await aDesk('admin');
    expect((await read(listening, '/api/v1/alarm-rules?channel=live')).rules).toEqual([{ rule: linkRule, shippedVersion: 1, isShippedNewer: false, changed: null }]);
    const response = await post(listening, 'link-lost', { rule: { ...linkRule, onDelayMs: 120_000 }, expectedVersion: 1, why: 'Báo quá nhiều' });
    expect([response.status, await response.json()]).toMatchObject([200, { rule: { version: 2, onDelayMs: 120_000 }, changed: { by: 'Lê Thị Hà', why: 'Báo quá nhiều' } }]);
    expect(await read(listening, '/api/v1/alarm-rules/link-lost/history?channel=live')).toMatchObject({ ruleId: 'link-lost', changes: [{ atMs: NOW_MS, by: 'Lê Thị Hà', why: 'Báo quá nhiều', rule: { version: 2 } }] });
    expect(log.audit).toMatchObject([{ action: 'rule.change', outcome: 'done' }]);
  });

  test.each([
    ['a version that has moved on', { expectedVersion: 7 }, 409, 'rule-changed'],
    ['another state', { rule: { ...linkRule, when: { ...linkRule.when, equals: 1 } } }, 409, 'rule-refused'],
    ['no word why', { why: ' ' }, 400, 'malformed-request'],
    ['limits the wrong way round', { rule: aRule({ id: 'link-lost' }), expectedVersion: 'x' }, 400, 'malformed-request'],
    ['another id than the path', { rule: { ...linkRule, id: 'other' } }, 400, 'malformed-request'],
  ])('%s is refused', async (_what, over, status, kind) => {
    const { listening, log } = await aDesk('admin');
    expect(await readProblem(await post(listening, 'link-lost', { rule: linkRule, expectedVersion: 1, why: 'x', ...over }))).toMatchObject({ status, kind });
    expect(log.events).toEqual([]);
  });

  test.each([['nobody', null, 401], ['an operator', 'operator', 403], ['an auditor', 'auditor', 403]] as const)('%s changes none; somebody who tries is in the trail', async (_who, role, status) => {
    const { listening, log } = await aDesk(role);
    expect((await post(listening, 'link-lost', { rule: linkRule, expectedVersion: 1, why: 'x' })).status).toBe(status);
    expect(log.audit).toMatchObject(status === 403 ? [{ actor: 'ha.lt', action: 'rule.change', target: 'rule:link-lost', outcome: 'refused' }] : []);
  });

  test('what the store refuses is not in force', async () => {
    const { listening, log, alarms } = await aDesk('admin');
    log.failsWith = new StoreError('full', 'no room');
    expect(await readProblem(await post(listening, 'link-lost', { rule: { ...linkRule, isOn: false }, expectedVersion: 1, why: 'x' }))).toMatchObject({ status: 507 });
    expect(alarms.rules.inForce()).toEqual([linkRule]);
  });
});

describe('[RU7] trying a rule over HTTP', () => {
  test.each(['operator', 'admin'] as const)('%s may; the answer sets it beside the rule in force', async (role) => {
    const { listening, asked } = await aDesk(role);
    const response = await post(listening, 'dry-run', { rule: { ...linkRule, onDelayMs: 1 }, ...WEEK });
    expect([response.status, await response.json()]).toMatchObject([200, { channel: 'live', tried: { raised: 14 }, inForce: { raised: 9 }, resolution: 'minute', stepMs: 60_000 }]);
    expect(asked).toMatchObject([{ rule: { onDelayMs: 1 }, inForce: [linkRule], ...WEEK }]);
  });

  test.each([
    ['nobody', null, WEEK, linkRule, 401, 'not-signed-in'], ['a viewer', 'viewer', WEEK, linkRule, 403, 'forbidden'],
    ['a time that ends before it begins', 'admin', { fromMs: NOW_MS, toMs: NOW_MS - 1 }, linkRule, 400, 'malformed-request'],
    ['more than 35 days', 'admin', { fromMs: NOW_MS - 36 * DAY_MS, toMs: NOW_MS }, linkRule, 400, 'malformed-request'],
    ['the future', 'admin', { fromMs: NOW_MS, toMs: NOW_MS + 2 * DAY_MS }, linkRule, 400, 'malformed-request'],
    ['a rule that is not on readings', 'admin', WEEK, aRule({ id: 'silent', kind: 'source-silent' }), 409, 'rule-refused'],
  ] as const)('%s is refused', async (_what, role, span, rule, status, kind) => {
    const { listening, asked } = await aDesk(role);
    expect(await readProblem(await post(listening, 'dry-run', { rule, ...span }))).toMatchObject({ status, kind });
    expect(asked).toEqual([]);
  });

  test('who goes away is not worked for', async () => {
    const gone = Promise.withResolvers<unknown>();
    const leaving = new AbortController();
    const { listening } = await aDesk('admin', ({ signal }) => new Promise((_done, failed) => {
      signal.addEventListener('abort', () => { gone.resolve(signal.reason); failed(signal.reason); });
      leaving.abort();
    }));
    await expect(post(listening, 'dry-run', { rule: linkRule, ...WEEK }, leaving.signal)).rejects.toThrow();
    expect(await gone.promise).toMatchObject({ kind: 'busy' });
  });
});
