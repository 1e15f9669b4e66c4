import { expect, test } from 'vitest';
import { alarmOriginOf, tellingAlarms } from '../../server/alarmOrigin.ts';
import type { PictureRooms } from '../../server/publisher.ts';
import { alarmWith } from '../support/alarmWith.ts';
import { aChannelView } from '../support/aChannelView.ts';

const anAlarm = (overrides: object) => alarmWith({
  id: 'state:085:tslcd-link-state', occurrenceId: 'o', severity: 'critical', domain: 'connectivity', localityCode: '085', indicatorId: 'tslcd-link-state', sourceId: null, kind: 'state',
  value: 0, state: 'UNACK', sinceMs: 0, dataLost: false, ...overrides,
});

test('[WH1] an alarm is as real as the reading behind it, or as what its silent source last sent', () => {
  const channel = aChannelView();
  const origin = alarmOriginOf(channel);
  expect(origin.provenanceOf(anAlarm({}))).toBeNull();
  channel.set('085', 'tslcd-link-state', { value: 0, status: { provenance: 'simulated' }, sourceId: 'province-10' });
  expect(origin.provenanceOf(anAlarm({}))).toBe('simulated');
  const silent = { kind: 'source-silent', indicatorId: null, value: null };
  expect(origin.provenanceOf(anAlarm({ ...silent, sourceId: 'province-10' }))).toBe('simulated');
  expect(origin.provenanceOf(anAlarm({ ...silent, sourceId: 'province-11' }))).toBeNull();
  channel.set('085', 'tslcd-link-state', { value: 0, sourceId: 'province-10' });
  expect(origin.provenanceOf(anAlarm({}))).toBe('measured');
});

test('[WH1] a place is within itself, its province and the nation, and nowhere else', () => {
  const { isWithin } = alarmOriginOf(aChannelView());
  expect(['085', '10', 'VN'].map((place) => isWithin('085', place))).toEqual([true, true, true]);
  expect([isWithin('10', '085'), isWithin('085', '11'), isWithin('999', 'VN'), isWithin('085', '99')]).toEqual([false, false, false, false]);
});

test('[WH1] walls hear of an alarm before anybody else does', () => {
  const heard: string[] = [];
  const rooms: PictureRooms = {
    openChannel: () => {}, publish: () => ({ headSeq: 0 }), newEpoch: () => {}, heartbeat: () => {}, publishAlarms: (_channelId, alarms) => { heard.push(`walls ${alarms.length}`); },
  };
  tellingAlarms(rooms, (alarms) => { heard.push(`receivers ${alarms.length}`); }).publishAlarms('live', [anAlarm({})]);
  expect(heard).toEqual(['walls 1', 'receivers 1']);
});
