import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ConditionChange } from '../../server/ports/conditions.ts';
import { createLeftOut, createSystemConditions, type SystemSigns } from '../../server/systemConditions.ts';
import { createWalls } from '../../server/walls/createWalls.ts';
import type { Alarm } from '../../shared/domain/alarm.ts';
import { LocalityCode, SourceId } from '../../shared/domain/ids.ts';
import { alarmWith } from '../support/alarmWith.ts';
import { START_MS } from '../support/anObservation.ts';
import { aWallPage } from '../support/aWallPage.ts';
import { aWallReport } from '../support/aWallReport.ts';
import { aRule } from '../support/someRules.ts';

const RULE = aRule({ id: 'system', kind: 'system', when: { type: 'system' }, severity: 'high' });
const nationCode = LocalityCode.parse('VN');
const word = (change: ConditionChange) => (change.kind === 'holds' ? `${change.standing.condition.id} ${change.standing.condition.severity} ${change.standing.condition.title}` : change.kind === 'over' ? `over ${change.alarmId}` : change.kind);

/** What is wrong is what the test says. */
function aWatch({ open = [] as readonly Alarm[], rules = [RULE] } = {}) {
  const clock = { nowMs: START_MS };
  const walls = createWalls({ nowMs: () => clock.nowMs });
  const signs = { free: null as number | null, skewMs: null as number | null };
  const feed = { id: SourceId.parse('soc-a'), name: { vi: 'Trung tâm A', en: 'Centre A' } };
  const parts: SystemSigns = { walls, diskFreeRatio: () => signs.free, feeds: () => [{ ...feed, skewMs: signs.skewMs }] };
  const conditions = createSystemConditions({ rules, nationCode, open }, parts);
  return { clock, walls, signs, take: () => conditions.take(clock.nowMs).map(word), raw: () => conditions.take(clock.nowMs) };
}

const openAs = (what: string, more: object = {}) => alarmWith({ id: `system:${what}`, kind: 'system', domain: 'nation', localityCode: 'VN', indicatorId: null, ...more });

describe('[SY2] a silent wall', () => {
  const page = aWallPage();

  test('is an alarm after more than a minute in trouble, since the trouble began, and over with its next report', () => {
    const watch = aWatch();
    const report = aWallReport();
    watch.walls.report(page, report, true);
    watch.clock.nowMs += 60_000;
    expect(watch.take()).toEqual([]);
    watch.clock.nowMs += 1;
    expect(watch.raw()).toEqual([{ kind: 'holds', standing: { sinceMs: START_MS, life: { isLatching: false, needsAckOnReturn: false, reAlarmAfterMs: null }, condition: {
      id: `system:wall-silent:${report.wallId}`, kind: 'system', ruleId: 'system', severity: 'high', domain: 'nation', localityCode: 'VN', isPlaced: true, indicatorId: null, sourceId: null,
      value: null, title: report.name, dependsOn: [], tlp: null, attack: null,
    } } }]);
    expect(watch.take()).toEqual([]);
    watch.walls.report(page, report, true);
    expect(watch.take()).toEqual([`over system:wall-silent:${report.wallId}`]);
  });

  test('closed on purpose or forgotten, it is over; not heard of since our start, it is silent still', () => {
    const report = aWallReport();
    for (const end of ['goodbye', 'forget'] as const) {
      const watch = aWatch();
      watch.walls.report(page, report, true);
      watch.clock.nowMs += 70_000;
      watch.take();
      if (end === 'goodbye') watch.walls.goodbye(page);
      else watch.walls.forget(report.wallId);
      expect(watch.take()).toEqual([`over system:wall-silent:${report.wallId}`]);
    }
    const again = aWatch({ open: [openAs(`wall-silent:${report.wallId}`)] });
    expect(again.take()).toEqual([]);
    again.walls.report(page, report, true);
    expect(again.take()).toEqual([`over system:wall-silent:${report.wallId}`]);
  });
});

describe('[SY3] a disk that fills up', () => {
  test('below 15 % it is medium, below 8 % critical; milder above 10 %, over above 18 %', () => {
    const watch = aWatch();
    const said = [0.2, 0.15, 0.149, 0.16, 0.18, 0.181, 0.14, 0.08, 0.079, 0.1, 0.101, 0.15, 0.19].map((free) => {
      watch.signs.free = free;
      return watch.take().join();
    });
    expect(said).toEqual(['', '', 'system:disk-low medium 14 %', 'system:disk-low medium 16 %', 'system:disk-low medium 18 %', 'over system:disk-low', 'system:disk-low medium 14 %',
      'system:disk-low medium 8 %', 'system:disk-low critical 7 %', 'system:disk-low critical 10 %', 'system:disk-low medium 10 %', 'system:disk-low medium 15 %', 'over system:disk-low']);
  });

  test('it goes on over a restart, and what cannot be read changes nothing', () => {
    const watch = aWatch({ open: [openAs('disk-low', { severity: 'critical', title: '7 %' })] });
    expect(watch.take()).toEqual([]);
    watch.signs.free = 0.095;
    expect(watch.take()).toEqual(['system:disk-low critical 9 %']);
  });

  test('whatever it does, between the limits it stays what it was', () => {
    fc.assert(fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true })), (shares) => {
      const watch = aWatch();
      let state = 'over';
      for (const free of shares) {
        watch.signs.free = free;
        for (const said of watch.take()) state = said.split(' ')[0] === 'over' ? 'over' : said.split(' ')[1] ?? '';
        if (free < 0.08) expect(state).toBe('critical');
        else if (free < 0.15 && free > 0.1) expect(state).toBe('medium');
        else if (free > 0.18) expect(state).toBe('over');
        else expect([...free <= 0.1 ? ['critical'] : ['over'], 'medium']).toContain(state);
      }
    }));
  });
});

test('[SY4] a feed whose clock is more than a minute ahead is an alarm, over below half a minute; hearing nothing, and hearing late, say nothing of a clock', () => {
  const watch = aWatch();
  const said = [null, -60_000, -60_001, null, -30_000, -29_999, 500_000].map((skewMs) => {
    watch.signs.skewMs = skewMs;
    return watch.take().join();
  });
  expect(said).toEqual(['', '', 'system:feed-clock:soc-a medium Trung tâm A', '', '', 'over system:feed-clock:soc-a', '']);
});

test('[SY5] how many alerts are left out is said at once, anew at most once a minute, and over after a minute without any', () => {
  const leftOut = createLeftOut({ rules: [RULE], nationCode, open: [] });
  const said = ([[0, 0], [3, 1], [9, 2], [9, 61], [0, 62], [1, 90], [0, 91], [0, 149], [0, 150]] as const).map(([count, second]) => leftOut.judge(count, START_MS + second * 1_000).map(word).join());
  expect(said).toEqual(['', 'system:too-many-alerts high 3', '', 'system:too-many-alerts high 9', '', '', '', '', 'over system:too-many-alerts']);
});

test('[SY1] with its rule off nothing of ours is an alarm, and what was one is over', () => {
  const watch = aWatch({ rules: [], open: [openAs('disk-low', { title: '7 %' })] });
  watch.signs.free = 0.01;
  expect(watch.take()).toEqual(['over system:disk-low']);
  expect(watch.take()).toEqual([]);
});

test('[SY4] the clock of a feed that is listed no more is nobody’s trouble', () => {
  const watch = aWatch({ open: [openAs('feed-clock:soc-gone'), openAs('feed-clock:soc-a')] });
  expect(watch.take()).toEqual(['over system:feed-clock:soc-gone']);
  expect(watch.take()).toEqual([]);
});
