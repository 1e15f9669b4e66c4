import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createAlertConditions, toAlertAlarmId } from '../../server/alertConditions.ts';
import { createAlertBook } from '../../server/cases/alertBook.ts';
import { createCoverage } from '../../server/cases/coverage.ts';
import type { ConditionChange } from '../../server/ports/conditions.ts';
import { type Alarm, AlarmCondition } from '../../shared/domain/alarm.ts';
import { LocalityCode } from '../../shared/domain/ids.ts';
import type { Severity } from '../../shared/domain/severity.ts';
import { aLand } from '../support/aCatalogue.ts';
import { alarmWith } from '../support/alarmWith.ts';
import { START_MS } from '../support/anObservation.ts';
import { aFeed, filed } from '../support/someAlerts.ts';
import { aRule } from '../support/someRules.ts';

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const coverage = createCoverage(aLand({ provinces: 2, localsPerProvince: 2 }));
const RULES = [
  aRule({ id: 'alert', kind: 'alert', when: { type: 'alert', severities: ['critical', 'high', 'medium'] }, severity: 'unknown', needsAckOnReturn: true }),
  aRule({ id: 'system', kind: 'system', when: { type: 'system' }, severity: 'high' }),
];

/** A real book and what watches it; the clock is the test's. */
function aWatch({ feed = aFeed({ holdOpenMs: 60 * MINUTE_MS }), rules = RULES, mostAlarms = 5, open = [] as readonly Alarm[], before = [] as readonly ReturnType<typeof filed>[] } = {}) {
  const book = createAlertBook({ feeds: [feed], coverage });
  let lastSeenAtMs = START_MS;
  for (const each of before) book.take(each);
  const conditions = createAlertConditions({ feeds: [feed], rules, nationCode: LocalityCode.parse('VN'), open, cases: book, lastSeenAtMs: () => lastSeenAtMs, mostAlarms });
  const told = new Map<string, AlarmCondition>();
  const watch = {
    told,
    hear(report: Parameters<typeof filed>[0], nowMs = START_MS) {
      lastSeenAtMs = nowMs;
      if (book.take(filed(report)) === 'known') book.noteRepeat(filed(report));
    },
    take(nowMs = START_MS): readonly ConditionChange[] {
      book.figures(nowMs);
      const changes = conditions.take(nowMs);
      for (const change of changes) {
        if (change.kind === 'holds') told.set(change.standing.condition.id, change.standing.condition);
        else if (change.kind === 'over') told.delete(change.alarmId);
      }
      return changes;
    },
  };
  return watch;
}

const words = (changes: readonly ConditionChange[]) => changes.map((change) => (change.kind === 'holds' ? `holds ${change.standing.condition.id.split(':')[0]} ${change.standing.condition.title}`
  : change.kind === 'count' ? `count ${change.count}` : change.kind === 'data' ? `data ${change.isLost}` : `over +${change.atMs - START_MS}`));
const id = (conditionId: string) => toAlertAlarmId('soc-a', conditionId);

describe('alerts by identity', () => {
  test('[AI1] an open condition is an alarm with what its newest report says and the life of its rule; over, it is told when', () => {
    const watch = aWatch();
    watch.hear({ alertId: 'a', atMs: START_MS - 5_000, severity: 'high', title: 'Mã độc', tlp: 'AMBER', attack: { tactics: ['TA0040'], techniques: ['T1486'] } });
    expect(watch.take()).toEqual([{ kind: 'holds', standing: {
      sinceMs: START_MS - 5_000, life: { isLatching: false, needsAckOnReturn: true, reAlarmAfterMs: null },
      condition: AlarmCondition.parse({
        id: id('a'), kind: 'alert', ruleId: 'alert', severity: 'high', domain: 'security', localityCode: '01', isPlaced: true, indicatorId: null, sourceId: 'soc-a', value: null,
        title: 'Mã độc', dependsOn: [], tlp: 'AMBER', attack: { tactics: ['TA0040'], techniques: ['T1486'] },
      }),
    } }]);
    expect(watch.take(START_MS + 1)).toEqual([]);
    watch.hear({ alertId: 'a', transition: 'cleared', atMs: START_MS + 900 });
    expect(watch.take(START_MS + SECOND_MS)).toEqual([{ kind: 'over', alarmId: id('a'), atMs: START_MS + 900 }]);
  });

  test('[AI1] its id is 22 characters of a hash: stable, different for different conditions and feeds, and nothing the sender wrote', () => {
    fc.assert(fc.property(fc.string({ minLength: 1, maxLength: 200 }), fc.string({ minLength: 1, maxLength: 200 }), (a, b) => {
      expect(id(a)).toMatch(/^alert:soc-a:[\w-]{22}$/);
      expect(id(a) === id(b)).toBe(a === b);
      expect(toAlertAlarmId('soc-b', a)).not.toBe(id(a));
    }));
  });

  test('[AI1] what has no place is the nation\'s and not placed', () => {
    const watch = aWatch();
    watch.hear({ alertId: 'a', localityCode: null });
    watch.take();
    expect(watch.told.get(id('a'))).toMatchObject({ localityCode: 'VN', isPlaced: false });
  });

  test('[AI2] only severities that the rule lists; one that grows milder is over, one that grows worse begins', () => {
    const watch = aWatch();
    watch.hear({ alertId: 'a', conditionId: 'c', severity: 'low', title: 'nhẹ' });
    expect(watch.take()).toEqual([]);
    watch.hear({ alertId: 'b', conditionId: 'c', severity: 'high', atMs: START_MS + 500, title: 'nặng' });
    expect(words(watch.take(START_MS + SECOND_MS))).toEqual(['holds alert nặng', 'count 2']);
    watch.hear({ alertId: 'd', conditionId: 'c', severity: 'low', atMs: START_MS + 1_500, title: 'nhẹ' });
    expect(words(watch.take(START_MS + 2 * SECOND_MS))).toEqual(['over +2000']);
    expect(aWatch({ rules: [] }).take()).toEqual([]);
  });

  test('[AI3] several occurrences of one condition are one alarm, as the newest of those open says, and count', () => {
    const watch = aWatch();
    watch.take();
    watch.hear({ alertId: 'a', conditionId: 'c', title: 'một', atMs: START_MS });
    watch.hear({ alertId: 'b', conditionId: 'c', title: 'hai', atMs: START_MS + 100 });
    expect(words(watch.take(START_MS + SECOND_MS))).toEqual(['holds alert một', 'holds alert hai', 'count 2']);
    watch.hear({ alertId: 'b', conditionId: 'c', transition: 'cleared', atMs: START_MS + 1_500 });
    expect(words(watch.take(START_MS + 2 * SECOND_MS))).toEqual(['holds alert một']);
    watch.hear({ alertId: 'a', conditionId: 'c', transition: 'cleared', atMs: START_MS + 1_200 });
    expect(words(watch.take(START_MS + 3 * SECOND_MS))).toEqual(['over +1500']);
  });

  test('[AI3] sent again it is counted: at once, then once a minute, and the last of it with its end', () => {
    const watch = aWatch();
    const raised = { alertId: 'a', title: 'a' };
    watch.hear(raised);
    expect(words(watch.take())).toEqual(['holds alert a']);
    const told: string[] = [];
    for (let second = 1; second <= 130; second += 1) {
      watch.hear(raised, START_MS + second * SECOND_MS);
      told.push(...words(watch.take(START_MS + second * SECOND_MS)));
    }
    expect(told).toEqual(['count 2', 'count 62', 'count 122']);
    watch.hear({ ...raised, transition: 'cleared', atMs: START_MS + 131 * SECOND_MS });
    expect(words(watch.take(START_MS + 131 * SECOND_MS))).toEqual(['count 131', 'over +131000']);
  });

  test('[AI3] ended and begun again within one tick, both are told', () => {
    const watch = aWatch();
    watch.hear({ alertId: 'a', conditionId: 'c', title: 'một' });
    watch.take();
    watch.hear({ alertId: 'c', conditionId: 'c', transition: 'condition-cleared', atMs: START_MS + 100 });
    watch.hear({ alertId: 'b', conditionId: 'c', title: 'hai', atMs: START_MS + 200 });
    watch.hear({ alertId: 'x', title: 'thoáng', atMs: START_MS + 300 });
    watch.hear({ alertId: 'x', title: 'thoáng', transition: 'cleared', atMs: START_MS + 400 });
    expect(words(watch.take(START_MS + SECOND_MS))).toEqual(['over +100', 'holds alert hai', 'holds alert thoáng', 'over +400']);
  });

  test('[AI3] an event is over by itself once its feed holds it no longer', () => {
    const watch = aWatch();
    watch.hear({ alertId: 'e', transition: 'seen', title: 'e' });
    watch.take();
    expect(words(watch.take(START_MS + 61 * MINUTE_MS))).toEqual([`over +${60 * MINUTE_MS}`]);
  });

  test('[AI6] while its feed is silent, data of its alarms are lost; heard again, they are back', () => {
    const watch = aWatch({ feed: aFeed({ expectEveryMs: MINUTE_MS }) });
    watch.hear({ alertId: 'a', title: 'a' });
    watch.take();
    expect(words(watch.take(START_MS + 10 * MINUTE_MS))).toEqual(['data true']);
    expect(words(watch.take(START_MS + 11 * MINUTE_MS))).toEqual([]);
    watch.hear({ alertId: 'b', title: 'b' }, START_MS + 12 * MINUTE_MS);
    expect(words(watch.take(START_MS + 12 * MINUTE_MS))).toEqual(['holds alert b', 'data false']);
  });
});

describe('a start with alarms from before', () => {
  const openAs = (conditionId: string, more: object = {}) => alarmWith({ id: id(conditionId), kind: 'alert', indicatorId: null, sourceId: 'soc-a', ...more });

  test('[AI10] what the book still holds goes on, with its count; what it does not is over as of now', () => {
    const watch = aWatch({ open: [openAs('a', { count: 9 }), openAs('gone'), openAs('seen-off', { state: 'RTN_UNACK', returnedAtMs: START_MS })], before: [filed({ alertId: 'a', title: 'a' }), filed({ alertId: 'new', title: 'new', atMs: START_MS + 1 })] });
    expect(words(watch.take(START_MS + SECOND_MS))).toEqual(['holds alert a', 'over +1000', 'holds alert new']);
    watch.hear({ alertId: 'a', title: 'a' });
    expect(words(watch.take(START_MS + 2 * SECOND_MS))).toEqual(['count 10']);
  });

  test('[AI10] without a rule on alerts, they are all over', () => {
    expect(words(aWatch({ open: [openAs('a')], rules: [], before: [filed({ alertId: 'a' })] }).take())).toEqual(['over +0']);
  });
});

describe('more alerts than a desk can be asked about', () => {
  const severities: readonly Severity[] = ['critical', 'high', 'medium'];

  test('[AI5] the worst and oldest are kept, one alarm says how many are not, and as room comes they are told', () => {
    const watch = aWatch({ mostAlarms: 2 });
    for (const [index, title] of ['m1', 'm2', 'm3', 'm4'].entries()) watch.hear({ alertId: title, title, severity: 'medium', atMs: START_MS + index });
    expect(words(watch.take())).toEqual(['holds alert m1', 'holds alert m2', 'holds system 2']);
    watch.hear({ alertId: 'c', title: 'c', severity: 'critical', atMs: START_MS + 10 });
    expect(words(watch.take(START_MS + SECOND_MS))).toEqual(['over +1000', 'holds alert c']);
    expect([...watch.told.values()].map(({ title }) => title)).toEqual(['m1', '2', 'c']);
    expect(words(watch.take(START_MS + 61 * SECOND_MS))).toEqual(['holds system 3']);
    watch.hear({ alertId: 'm1', transition: 'cleared', atMs: START_MS + 70 * SECOND_MS });
    expect(words(watch.take(START_MS + 70 * SECOND_MS))).toEqual(['over +70000', 'holds alert m3']);
    for (const alertId of ['c', 'm3']) watch.hear({ alertId, transition: 'cleared', atMs: START_MS + 80 * SECOND_MS });
    watch.take(START_MS + 80 * SECOND_MS);
    expect(words(watch.take(START_MS + 141 * SECOND_MS))).toEqual(['over +141000']);
    expect([...watch.told.values()].map(({ title }) => title).sort()).toEqual(['m2', 'm4']);
  });

  test('[AI5] whatever comes and goes, those told are the worst of what is open, and all of it where there is room', () => {
    const step = fc.record({ condition: fc.integer({ min: 0, max: 9 }), severity: fc.constantFrom<Severity>('critical', 'high', 'medium', 'low'), isEnd: fc.boolean() });
    fc.assert(fc.property(fc.array(fc.array(step, { maxLength: 6 }), { maxLength: 20 }), (ticks) => {
      const watch = aWatch({ mostAlarms: 4 });
      const open = new Map<string, Severity>();
      let atMs = START_MS;
      for (const steps of ticks) {
        for (const { condition, severity, isEnd } of steps) {
          atMs += 10;
          const conditionId = `c-${condition}`;
          if (isEnd) open.delete(conditionId);
          else open.set(conditionId, severity);
          watch.hear(isEnd ? { alertId: conditionId, conditionId, transition: 'condition-cleared', atMs } : { alertId: `${conditionId}/${atMs}`, conditionId, severity, atMs });
        }
        watch.take(atMs);
        const listed = [...open.values()].filter((severity) => severities.includes(severity)).sort((a, b) => severities.indexOf(a) - severities.indexOf(b));
        const alerts = [...watch.told.values()].filter(({ kind }) => kind === 'alert');
        expect(alerts.map(({ severity }) => severity).sort((a, b) => severities.indexOf(a) - severities.indexOf(b))).toEqual(listed.slice(0, 4));
        for (const alarm of alerts) expect([...open].find(([conditionId]) => id(conditionId) === alarm.id)?.[1]).toBe(alarm.severity);
      }
    }));
  });

  test('[AI5] a flood is told in parts, in order, and none of it is lost', () => {
    const watch = aWatch({ mostAlarms: 5_000 });
    watch.take();
    for (let index = 0; index < 1_200; index += 1) watch.hear({ alertId: `a-${index}`, title: String(index), atMs: START_MS + index });
    const told: string[] = [];
    for (let tick = 1; tick <= 10; tick += 1) {
      const changes = watch.take(START_MS + DAY_MS / 24);
      expect(changes.length).toBeLessThanOrEqual(750);
      told.push(...words(changes).filter((word) => word.startsWith('holds')));
    }
    expect(told).toEqual(Array.from({ length: 1_200 }, (_, index) => `holds alert ${index}`));
  });
});
