import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createAlertBook } from '../../../server/cases/alertBook.ts';
import { createCoverage } from '../../../server/cases/coverage.ts';
import type { AlertConditionChange } from '../../../server/ports/cases.ts';
import { aLand } from '../../support/aCatalogue.ts';
import { START_MS } from '../../support/anObservation.ts';
import { createPlainAlertBook } from '../../support/aPlainAlertBook.ts';
import { aFeed, filed } from '../../support/someAlerts.ts';

const HOUR_MS = 3_600_000;
const coverage = createCoverage(aLand({ provinces: 1, localsPerProvince: 1 }));
const feeds = [aFeed({ holdOpenMs: HOUR_MS })];

const report = fc.record({
  alertId: fc.constantFrom('a', 'b', 'c'), conditionId: fc.constantFrom('x', 'y'),
  transition: fc.constantFrom('raised', 'cleared', 'seen', 'condition-cleared', 'still-raised'),
  atMs: fc.integer({ min: -120, max: 120 }).map((minutes) => START_MS + minutes * 60_000),
  severity: fc.constantFrom('critical', 'low'),
});
const step = fc.record({ reports: fc.array(report, { maxLength: 5 }), minutes: fc.integer({ min: 0, max: 40 }) });

/** Says that openings and ends of one condition take turns, and gives what is open after them. */
function fold(open: Map<string, string>, changes: readonly AlertConditionChange[]): void {
  for (const change of changes) {
    if (change.kind === 'over') expect(open.delete(change.conditionId)).toBe(true);
    else {
      expect(open.has(change.conditionId)).toBe(change.kind === 'said');
      open.set(change.conditionId, change.newest.severity);
    }
  }
}

test('[AI3] whatever is said in whatever order and whenever it is asked, openings and ends take turns and come to what is open, as its newest report says', () => {
  fc.assert(fc.property(fc.array(step, { maxLength: 12 }), fc.integer({ min: 1, max: 4 }), (steps, most) => {
    const book = createAlertBook({ feeds, coverage });
    const plain = createPlainAlertBook(feeds, coverage);
    const open = new Map<string, string>();
    let nowMs = START_MS;
    for (const { reports, minutes } of steps) {
      for (const each of reports) if (book.take(filed(each)) === 'news') plain.put(filed(each));
      nowMs += minutes * 60_000;
      book.figures(nowMs);
      for (let isDone = false; !isDone;) {
        const changes = book.takeConditionChanges(most);
        fold(open, changes);
        isDone = changes.length === 0;
      }
      const { open: count, figures } = plain.lookAt(nowMs);
      expect(open.size).toBe(count);
      const critical = figures.find(({ indicatorId }) => indicatorId === 'alerts-critical')?.value;
      expect([...open.values()].filter((severity) => severity === 'critical')).toHaveLength(critical ?? Number.NaN);
    }
  }), { numRuns: 300 });
});
