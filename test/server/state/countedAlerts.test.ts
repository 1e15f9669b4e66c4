import { expect, test } from 'vitest';
import { alertTellersOf } from '../../../server/alertConditions.ts';
import { createChannelState } from '../../../server/state/channelState.ts';
import { buildSeriesTable } from '../../../shared/domain/seriesTable.ts';
import { aLand, anIndicator } from '../../support/aCatalogue.ts';
import { alarmWith } from '../../support/alarmWith.ts';
import { anObservation, START_MS } from '../../support/anObservation.ts';
import { aFeed } from '../../support/someAlerts.ts';
import { aRule, rulesOf } from '../../support/someRules.ts';

const CRITICAL = anIndicator({ id: 'alerts-critical', domain: 'security', levels: ['nation', 'province'], observedAt: 'province' });
const table = buildSeriesTable(aLand(), [CRITICAL]);
const seriesIndex = table.indexOf('01', 'alerts-critical') ?? -1;
const alertRule = (more: object = {}) => aRule({ id: 'alert', kind: 'alert', when: { type: 'alert', severities: ['critical'] }, ...more });

function told(rules: readonly ReturnType<typeof aRule>[], sourceIds: readonly string[], open = [] as ReturnType<typeof alarmWith>[]) {
  const feeds = [aFeed({ id: 'soc-a' }), aFeed({ id: 'counts', format: 'cloudevents' })];
  const state = createChannelState({ table, sources: [], rules: [...rulesOf([CRITICAL]), ...rules], open, tellsAlerts: alertTellersOf(feeds, rules) });
  return sourceIds.flatMap((sourceId, index) => {
    state.project([anObservation({ seriesIndex, sourceId, value: 2, observedAtMs: START_MS + index, receivedAtMs: START_MS + index })], index);
    state.settle(START_MS + index);
    return state.takeConditionChanges().map((change) => (change.kind === 'holds' ? `holds ${change.standing.condition.id}` : change.kind));
  });
}

test('[AI4] a count of critical alerts is an alarm, but where its feed tells them by identity', () => {
  expect(told([alertRule()], ['counts'])).toEqual(['holds security:01:alerts-critical']);
  expect(told([alertRule()], ['soc-a'])).toEqual([]);
});

test('[AI4] it ends once such a feed says it, and is one again where none does', () => {
  expect(told([alertRule()], ['counts', 'soc-a', 'counts'])).toEqual(['holds security:01:alerts-critical', 'over', 'holds security:01:alerts-critical']);
  const open = [alarmWith({ id: 'security:01:alerts-critical', kind: 'security', localityCode: '01', indicatorId: 'alerts-critical', ruleId: 'critical', severity: 'critical' })];
  // What stood before a start is said again, which is no news to the log.
  expect(told([alertRule()], ['soc-a'], open)).toEqual(['holds security:01:alerts-critical', 'over']);
});

test('[AI4] while no rule makes critical alerts alarms, their count is one', () => {
  for (const rules of [[], [alertRule({ isOn: false })], [alertRule({ when: { type: 'alert', severities: ['high'] } })]]) expect(told(rules, ['soc-a'])).toEqual(['holds security:01:alerts-critical']);
});
