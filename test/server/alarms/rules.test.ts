import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createAlarms } from '../../../server/alarms/createAlarms.ts';
import { createRuleBook } from '../../../server/alarms/ruleBook.ts';
import { AlarmEvent } from '../../../shared/domain/alarmEvent.ts';
import type { AlarmRule } from '../../../shared/domain/alarmRule.ts';
import { realIndicators } from '../../support/aCatalogue.ts';
import { aMemoryAlarmLog, anEvent, HA, T0 } from '../../support/someAlarms.ts';
import { aRule } from '../../support/someRules.ts';

const LOST = aRule({ id: 'link-lost', severity: 'high', when: { type: 'state', indicator: 'tslcd-link-state', equals: 0 } });
const SILENT = aRule({ id: 'feed-silent', kind: 'source-silent' });
const SHIPPED = [LOST, SILENT];

function aDesk({ events = [] as readonly AlarmEvent[], shipped = SHIPPED as readonly AlarmRule[] } = {}) {
  const log = aMemoryAlarmLog();
  log.events.push(...events);
  const clock = { nowMs: T0 };
  const inForceWhenTold: string[][] = [];
  const alarms = createAlarms({
    log, events, nowMs: () => clock.nowMs, onTransitions: () => {}, onError: (error) => { throw error; },
    rules: { shipped, indicators: realIndicators() }, onRules: () => inForceWhenTold.push(alarms.rules.inForce().map(({ id, version }) => `${id} ${version}`)),
  });
  const change = (rule: AlarmRule, expectedVersion: number | null, why = 'Báo quá nhiều') => alarms.changeRule({ rule, expectedVersion, why }, HA);
  return { alarms, log, clock, change, inForceWhenTold };
}

const aChange = (rule: Partial<Record<keyof AlarmRule, unknown>>, over: Record<string, unknown> = {}) => anEvent('rule-changed', { alarmId: `rule:${rule.id ?? 'link-lost'}`, rule: { ...LOST, ...rule }, ...over });

describe('[RU1] changes of rules are events of the log', () => {
  test('one is durable, with its row of the trail, before it is in force; it names who, from where, why', async () => {
    const { alarms, log, change, inForceWhenTold } = aDesk();
    expect(await change({ ...LOST, onDelayMs: 60_000 }, 1)).toMatchObject({ outcome: 'done', known: { rule: { version: 2, onDelayMs: 60_000 }, shippedVersion: 1, isShippedNewer: false } });
    expect(log.events).toEqual([{ kind: 'rule-changed', atMs: T0, alarmId: 'rule:link-lost', by: HA.name, station: HA.station, rule: { ...LOST, version: 2, onDelayMs: 60_000 }, basedOn: 1, why: 'Báo quá nhiều' }]);
    expect(log.audit).toMatchObject([{ actor: 'ha.lt', station: '10.0.0.7', action: 'rule.change', target: 'rule:link-lost', outcome: 'done', detail: { versionBefore: 1, versionAfter: 2, why: 'Báo quá nhiều' } }]);
    expect(inForceWhenTold).toEqual([['link-lost 2', 'feed-silent 1']]);
    expect(alarms.open()).toEqual([]);
  });

  test('what cannot be written changes nothing', async () => {
    const { alarms, log, change, inForceWhenTold } = aDesk();
    log.failsWith = new Error('full');
    await expect(change({ ...LOST, isOn: false }, 1)).rejects.toThrow('full');
    expect([alarms.rules.inForce(), inForceWhenTold]).toEqual([SHIPPED, []]);
  });

  test('a restart has the same rules, their history, and those of any earlier moment', async () => {
    const desk = aDesk();
    await desk.change({ ...LOST, severity: 'low' }, 1);
    desk.clock.nowMs += 1_000;
    await desk.change({ ...LOST, isOn: false }, 2, 'Đang thay thiết bị');
    const restarted = aDesk({ events: desk.log.events });
    expect(restarted.alarms.rules.list()).toEqual(desk.alarms.rules.list());
    expect(restarted.alarms.rules.historyOf('link-lost').map(({ rule: { version }, why }) => [version, why])).toEqual([[2, 'Báo quá nhiều'], [3, 'Đang thay thiết bị']]);
    expect([T0 - 1, T0, T0 + 1_000].map((atMs) => restarted.alarms.rules.inForceAt(atMs)[0])).toMatchObject([{ version: 1, severity: 'high' }, { version: 2, severity: 'low' }, { version: 3, isOn: false }]);
    expect(restarted.alarms.historyOf('rule:link-lost').events).toEqual([]);
  });

  test('a line of a log from before rules could change is read as it was', () => {
    const line = '{"kind":"returned","atMs":1,"alarmId":"state:085:tslcd-link-state","returnedAtMs":1}';
    expect(AlarmEvent.parse(JSON.parse(line))).toMatchObject({ kind: 'returned' });
  });

  test('in force of each id is the newest change, else what is shipped', () => {
    const anyChanges = fc.array(fc.record({ id: fc.constantFrom('link-lost', 'feed-silent', 'own'), severity: fc.constantFrom('high', 'low') }), { maxLength: 12 });
    fc.assert(fc.property(anyChanges, (changes) => {
      const book = createRuleBook(SHIPPED);
      for (const [at, { id, severity }] of changes.entries()) {
        const event = aChange({ id, severity, version: at + 2 }, { atMs: T0 + at });
        if (event.kind === 'rule-changed') book.apply(event);
      }
      for (const { id } of [...SHIPPED, ...changes]) {
        const last = changes.findLastIndex((change) => change.id === id);
        expect(book.inForce().find((rule) => rule.id === id)?.version).toBe(last < 0 ? 1 : last + 2);
      }
      expect(book.inForce()).toHaveLength(new Set([...SHIPPED, ...changes].map(({ id }) => id)).size);
    }), { numRuns: 100 });
  });
});

describe('[RU3] a release that ships another version', () => {
  test('leaves the rule as it was changed here, and says so until somebody looks at it again', async () => {
    const events = [aChange({ version: 2, severity: 'low' }, { basedOn: 1 })];
    const desk = aDesk({ events, shipped: [{ ...LOST, version: 3, onDelayMs: 5_000 }, SILENT] });
    expect(desk.alarms.rules.list()[0]).toMatchObject({ rule: { version: 2, severity: 'low', onDelayMs: 0 }, shippedVersion: 3, isShippedNewer: true });
    const local = desk.alarms.rules.inForce()[0] ?? LOST;
    expect(await desk.change(local, 2, 'Giữ như cũ')).toMatchObject({ outcome: 'done', known: { rule: { version: 3, severity: 'low' }, isShippedNewer: false } });
  });

  test('of what was not changed here takes its place', () => {
    expect(aDesk({ shipped: [{ ...LOST, version: 2, severity: 'medium' }] }).alarms.rules.list()).toMatchObject([{ rule: { version: 2, severity: 'medium' }, isShippedNewer: false, changed: null }]);
  });
});

describe('[RU4] a change is refused, and the refusal is in the trail', () => {
  const own = aRule({ id: 'axis-slow', when: { type: 'state', indicator: 'axis-state', equals: 0 } });
  test.each([
    ['of a version that is not in force any more', { ...LOST, isOn: false }, 2, 'moved-on'],
    ['of a rule that is thought new and is not', LOST, null, 'moved-on'],
    ['of one that is not there', own, 1, 'moved-on'],
    ['to another state', { ...LOST, when: { ...LOST.when, equals: 1 } as AlarmRule['when'] }, 1, 'another'],
    ['to another type', { ...LOST, kind: 'band' as const, when: { type: 'band', indicator: 'tslcd-link-state', level: 'local', side: 'below', raiseAt: 0, clearAt: 0, per: null } as AlarmRule['when'] }, 1, 'another'],
    ['to a rule that nobody could use', aRule({ id: 'x', when: { type: 'state', indicator: 'no-such', equals: 0 } }), null, 'unusable'],
    ['to a second rule on silence', aRule({ id: 'x', kind: 'source-silent' }), null, 'unusable'],
  ])('%s', async (_what, rule, expectedVersion, outcome) => {
    const { log, change, alarms } = aDesk();
    expect(await change(rule, expectedVersion)).toMatchObject({ outcome });
    expect(log.events).toEqual([]);
    expect(log.audit).toMatchObject([{ action: 'rule.change', target: `rule:${rule.id}`, outcome: 'refused', detail: { why: outcome } }]);
    expect(alarms.rules.inForce()).toEqual(SHIPPED);
  });

  test('a new rule is one of version 1, and what is so already is not written again', async () => {
    const { log, change } = aDesk();
    expect(await change({ ...own, version: 9 }, null)).toMatchObject({ outcome: 'done', known: { rule: { version: 1 }, shippedVersion: null } });
    expect(await change(own, 1)).toMatchObject({ outcome: 'again' });
    expect(log.events).toHaveLength(1);
  });
});
