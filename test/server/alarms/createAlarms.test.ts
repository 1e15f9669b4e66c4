import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createAlarms } from '../../../server/alarms/createAlarms.ts';
import type { AlarmAct } from '../../../server/ports/alarms.ts';
import type { ConditionChange } from '../../../server/ports/conditions.ts';
import { type Alarm, type AlarmCondition, isAnnunciated } from '../../../shared/domain/alarm.ts';
import type { AlarmEvent } from '../../../shared/domain/alarmEvent.ts';
import { aCondition, aMemoryAlarmLog, HA, NAM, PLAIN_LIFE, T0 } from '../../support/someAlarms.ts';

const LINK = 'state:085:tslcd-link-state';
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

type Life = Extract<ConditionChange, { kind: 'holds' }>['standing']['life'];

function holds(overrides: Partial<Record<keyof AlarmCondition, unknown>> = {}, sinceMs = T0, life: Partial<Life> = {}): ConditionChange {
  return { kind: 'holds', standing: { condition: aCondition(overrides), sinceMs, life: { ...PLAIN_LIFE, ...life } } };
}
const over = (alarmId = LINK, atMs = T0): ConditionChange => ({ kind: 'over', alarmId, atMs });

/** Alarms over a log in memory, and everything they told. */
function aDesk({ events = [] as readonly AlarmEvent[], startMs = T0 } = {}) {
  const log = aMemoryAlarmLog();
  log.events.push(...events);
  const told: Alarm[] = [];
  const errors: unknown[] = [];
  const clock = { nowMs: startMs };
  const alarms = createAlarms({ log, events, nowMs: () => clock.nowMs, onTransitions: (transitions) => { told.push(...transitions); }, onError: (error) => { errors.push(error); } });
  const observe = (...changes: ConditionChange[]) => alarms.observe(changes, clock.nowMs);
  const act = async (one: AlarmAct, actor = HA) => (await alarms.act([one], actor))[0];
  const acknowledge = (alarm: Alarm | undefined, more: Partial<Extract<AlarmAct, { kind: 'acknowledge' }>> = {}) =>
    act({ kind: 'acknowledge', alarmId: alarm?.id ?? LINK, occurrenceId: alarm?.occurrenceId ?? 'none', severity: alarm?.severity ?? 'high', comment: null, isBulk: false, ...more });
  return { alarms, log, told, errors, clock, observe, act, acknowledge, held: (id = LINK) => alarms.held(id), restarted: () => aDesk({ events: log.events, startMs: clock.nowMs }) };
}

describe('acknowledging', () => {
  test('[LC3] is of the occurrence that was seen, by a named person, once', async () => {
    const desk = aDesk();
    await desk.observe(holds());
    const seen = desk.held();
    expect(await desk.acknowledge(seen, { occurrenceId: 'another' })).toMatchObject({ outcome: 'refused', why: 'unknown' });
    expect(await desk.acknowledge(seen, { comment: 'Đã gọi trực mạng' })).toMatchObject({ outcome: 'done', alarm: { state: 'ACKED', acked: { by: 'Lê Thị Hà', atMs: T0 } } });
    const written = desk.log.events.length;
    expect((await desk.alarms.act([{ kind: 'acknowledge', alarmId: LINK, occurrenceId: seen?.occurrenceId ?? '', severity: 'high', comment: null, isBulk: false }], NAM))[0])
      .toMatchObject({ outcome: 'again', alarm: { acked: { by: 'Lê Thị Hà' } } });
    expect(desk.log.events).toHaveLength(written);
  });

  test('[LC4] of what has grown worse since is refused; of what is milder now it is taken', async () => {
    const desk = aDesk();
    await desk.observe(holds({ severity: 'medium' }));
    const seen = desk.held();
    await desk.observe(holds({ severity: 'high' }));
    expect(await desk.acknowledge(seen)).toMatchObject({ outcome: 'refused', why: 'changed', alarm: { severity: 'high', occurrenceId: seen?.occurrenceId } });
    const worse = desk.held();
    await desk.observe(holds({ severity: 'low' }));
    expect(await desk.acknowledge(worse)).toMatchObject({ outcome: 'done' });
  });

  test('[LC5] what grows worse afterwards is announced again, as the same occurrence', async () => {
    const desk = aDesk();
    await desk.observe(holds({ severity: 'medium' }));
    const first = desk.held();
    await desk.acknowledge(first);
    await desk.observe(holds({ severity: 'critical' }));
    expect(desk.held()).toMatchObject({ state: 'UNACK', acked: null, severity: 'critical', occurrenceId: first?.occurrenceId });
  });

  test('[LC6] a critical one needs a note, and is never one of several', async () => {
    const desk = aDesk();
    await desk.observe(holds({ severity: 'critical' }));
    expect(await desk.acknowledge(desk.held())).toMatchObject({ why: 'needs-comment' });
    expect(await desk.acknowledge(desk.held(), { comment: 'Đã cách ly', isBulk: true })).toMatchObject({ why: 'critical' });
    expect(await desk.acknowledge(desk.held(), { comment: 'Đã cách ly' })).toMatchObject({ outcome: 'done' });
  });

  test('of what is over by itself closes it', async () => {
    const desk = aDesk();
    await desk.observe(holds());
    await desk.observe(over(LINK, T0 + 5));
    expect(desk.held()).toMatchObject({ state: 'RTN_UNACK', returnedAtMs: T0 + 5 });
    await desk.acknowledge(desk.held());
    expect(desk.held()).toBeUndefined();
    expect(desk.alarms.closedSince(T0)).toMatchObject([{ id: LINK, state: 'NORMAL', acked: { by: 'Lê Thị Hà' } }]);
  });
});

describe('over and again', () => {
  test('another occurrence before anybody saw the first: the first is closed unacknowledged, and both are in the history', async () => {
    const desk = aDesk();
    await desk.observe(holds(), over(), holds({}, T0 + 1_000));
    expect(desk.held()).toMatchObject({ state: 'UNACK', occurrenceId: `${LINK}@${T0 + 1_000}` });
    expect(desk.alarms.closedSince(T0)).toMatchObject([{ occurrenceId: `${LINK}@${T0}`, acked: null, state: 'RTN_UNACK' }]);
    expect(desk.alarms.historyOf(LINK).events.map(({ kind }) => kind)).toEqual(['raised', 'returned', 'raised']);
  });

  test('a corrected reading of one moment is another occurrence all the same', async () => {
    const desk = aDesk();
    for (const change of [holds(), over(), holds(), over(), holds()]) await desk.observe(change);
    expect(new Set(desk.log.events.flatMap((event) => (event.kind === 'raised' ? [event.occurrenceId] : []))).size).toBe(3);
  });

  test('[LC13] three within a minute are chattering, the third says so; none is shelved', async () => {
    const desk = aDesk();
    for (let time = 0; time < 3; time++) {
      desk.clock.nowMs = T0 + time * 20_000;
      await desk.observe(holds({}, desk.clock.nowMs));
      expect(desk.held()).toMatchObject({ isChattering: time === 2, shelved: null });
      await desk.observe(over(LINK, desk.clock.nowMs + 1));
    }
  });

  test('[LC9] over and unacknowledged for a day it lapses, and says so', async () => {
    const desk = aDesk();
    await desk.observe(holds(), over());
    desk.clock.nowMs = T0 + 24 * HOUR_MS - 1;
    await desk.observe();
    expect(desk.held()?.state).toBe('RTN_UNACK');
    desk.clock.nowMs++;
    await desk.observe();
    expect([desk.held(), desk.log.events.at(-1)?.kind]).toEqual([undefined, 'lapsed']);
  });

  test('[LC9] a reading that came a day late closes nothing that nobody could have seen', async () => {
    const desk = aDesk();
    await desk.observe(holds({}, T0 - 48 * HOUR_MS));
    await desk.observe(over(LINK, T0 - 25 * HOUR_MS));
    await desk.observe();
    expect(desk.held()).toMatchObject({ state: 'RTN_UNACK', returnedAtMs: T0 - 25 * HOUR_MS });
  });

  test('what an occurrence turned out to be is said of that one, not of the next', async () => {
    const desk = aDesk();
    await desk.observe(holds());
    const first = desk.held()?.occurrenceId ?? '';
    await desk.observe(over(), holds({}, T0 + 1));
    expect(await desk.act({ kind: 'judge', alarmId: LINK, occurrenceId: first, disposition: 'false', comment: null })).toMatchObject({ outcome: 'done' });
    expect([desk.held()?.disposition, desk.alarms.closedSince(T0)[0]?.disposition]).toEqual([null, 'false']);
  });

  test('[LC8] acknowledged and standing too long it is announced again', async () => {
    const desk = aDesk();
    await desk.observe(holds({}, T0, { reAlarmAfterMs: HOUR_MS }));
    await desk.acknowledge(desk.held());
    desk.clock.nowMs = T0 + HOUR_MS - 1;
    await desk.observe();
    expect(desk.held()?.state).toBe('ACKED');
    desk.clock.nowMs++;
    await desk.observe();
    expect(desk.held()).toMatchObject({ state: 'UNACK', acked: null, escalations: 1 });
    expect(desk.alarms.load(1).lastTenMin).toBe(1);
  });
});

describe('[LC7] shelving', () => {
  const shelve = { kind: 'shelve', alarmId: LINK, forMs: HOUR_MS, why: 'Đường truyền chập chờn', second: null } as const;

  test('hides, and leaves the machine alone; a condition that comes again is on the shelf; its time is up by itself', async () => {
    const desk = aDesk();
    await desk.observe(holds());
    await desk.act(shelve);
    expect(desk.held()).toMatchObject({ state: 'UNACK', shelved: { by: 'Lê Thị Hà', untilMs: T0 + HOUR_MS, why: 'Đường truyền chập chờn' } });
    await desk.observe(over(), holds({}, T0 + MINUTE_MS));
    expect(isAnnunciated(desk.held()!)).toBe(false);
    desk.clock.nowMs = T0 + HOUR_MS;
    await desk.observe();
    expect(desk.held()).toMatchObject({ state: 'UNACK', shelved: null });
    expect(desk.log.events.at(-1)).toMatchObject({ kind: 'unshelved', by: null });
  });

  test('[LC6] of a critical alarm by two people, and the second is another one', async () => {
    const desk = aDesk();
    await desk.observe(holds({ severity: 'critical' }));
    expect(await desk.act(shelve)).toMatchObject({ why: 'needs-second' });
    expect(await desk.act({ ...shelve, second: HA })).toMatchObject({ why: 'needs-second' });
    expect(await desk.act({ ...shelve, second: NAM })).toMatchObject({ outcome: 'done' });
    expect(desk.log.events.at(-1)).toMatchObject({ kind: 'shelved', by: 'Lê Thị Hà', second: 'Trần Văn Nam' });
  });
});

describe('[LC6] one person alone hides nothing critical', () => {
  const shelf = (second: typeof NAM | null): AlarmAct => ({ kind: 'shelve', alarmId: LINK, forMs: HOUR_MS, why: 'Bảo trì', second });

  test.each([['one that grows critical on its shelf', false], ['one that comes again as critical', true]])('%s is back in sight', async (_, comesAgain) => {
    const desk = aDesk();
    await desk.observe(holds({ severity: 'medium' }));
    await desk.act(shelf(null));
    if (comesAgain) await desk.observe(over());
    await desk.observe(holds({ severity: 'critical' }, T0 + 1));
    await desk.restarted().observe();
    await desk.observe();
    expect(desk.held()).toMatchObject({ state: 'UNACK', severity: 'critical', shelved: null });
    expect(desk.log.events.at(-1)).toMatchObject({ kind: 'unshelved', by: null, because: 'critical' });
  });

  test('what two have signed stays on its shelf', async () => {
    const desk = aDesk();
    await desk.observe(holds({ severity: 'medium' }));
    await desk.act(shelf(NAM));
    await desk.observe(holds({ severity: 'critical' }));
    await desk.observe();
    expect(desk.held()?.shelved).toMatchObject({ second: NAM.name });
  });

  test('what is out of service comes back when it becomes critical', async () => {
    const desk = aDesk();
    await desk.observe(holds({ severity: 'medium' }));
    await desk.act({ kind: 'remove-from-service', alarmId: LINK, why: 'Thay thiết bị' });
    await desk.observe(holds({ severity: 'high' }));
    await desk.observe();
    expect(desk.held()?.outOfService).toMatchObject({ why: 'Thay thiết bị' });
    await desk.observe(holds({ severity: 'critical' }));
    await desk.observe();
    expect(desk.held()).toMatchObject({ state: 'UNACK', severity: 'critical', outOfService: null });
  });

  test('a critical one is not taken out of service', async () => {
    const desk = aDesk();
    await desk.observe(holds({ severity: 'critical' }));
    expect(await desk.act({ kind: 'remove-from-service', alarmId: LINK, why: 'Thay thiết bị' })).toMatchObject({ outcome: 'refused', why: 'critical' });
    expect(desk.held()?.outOfService).toBeNull();
  });
});

describe('[CG1] a cause and its members', () => {
  const CAUSE = 'cause:10:links-cut';
  const cause = holds({ id: CAUSE, kind: 'cause', localityCode: '10' });
  const member = (code: string) => holds({ id: `state:${code}:x`, localityCode: code, dependsOn: [CAUSE] });

  test('while it stands they are explained, not announced, and counted with it', async () => {
    const desk = aDesk();
    await desk.observe(cause, member('080'), member('085'));
    expect(desk.alarms.open().map(({ id, suppressedBy }) => [id, suppressedBy])).toEqual([[CAUSE, null], ['state:080:x', CAUSE], ['state:085:x', CAUSE]]);
    expect(desk.alarms.load(1)).toMatchObject({ lastTenMin: 1 });
    // Nobody was told of it, so nobody is asked about it.
    await desk.observe(over('state:080:x'));
    expect(desk.held('state:080:x')).toBeUndefined();
    await desk.observe(over(CAUSE));
    expect(desk.held('state:085:x')).toMatchObject({ state: 'UNACK', suppressedBy: null });
    expect(desk.told.at(-1)).toMatchObject({ id: 'state:085:x', suppressedBy: null });
    expect(desk.alarms.load(1)).toMatchObject({ lastTenMin: 2 });
  });

  test('those announced before it came are taken into it', async () => {
    const desk = aDesk();
    await desk.observe(member('080'));
    await desk.observe(cause);
    expect(desk.told.at(-1)).toMatchObject({ id: 'state:080:x', suppressedBy: CAUSE });
  });

  test('out of service it explains nothing', async () => {
    const desk = aDesk();
    await desk.observe(cause, member('080'));
    await desk.act({ kind: 'remove-from-service', alarmId: CAUSE, why: 'Thay thiết bị' });
    expect(desk.held('state:080:x')?.suppressedBy).toBeNull();
    await desk.act({ kind: 'return-to-service', alarmId: CAUSE });
    expect(desk.held('state:080:x')?.suppressedBy).toBe(CAUSE);
  });
});

describe('[LC10] [LC14] what is not durable is not so', () => {
  test('a tick whose events cannot be stored tells nothing, and the next one tells all', async () => {
    const desk = aDesk();
    desk.log.failsWith = new Error('disk full');
    await desk.observe(holds());
    expect([desk.told, desk.held(), desk.errors.length]).toEqual([[], undefined, 1]);
    desk.log.failsWith = null;
    await desk.observe(over(LINK, T0 + 1));
    expect(desk.told.map(({ state }) => state)).toEqual(['UNACK', 'RTN_UNACK']);
  });

  test('an act that cannot be stored is refused, and changes nothing', async () => {
    const desk = aDesk();
    await desk.observe(holds());
    desk.log.failsWith = new Error('disk full');
    await expect(desk.acknowledge(desk.held())).rejects.toThrow('disk full');
    expect(desk.held()?.state).toBe('UNACK');
    desk.log.failsWith = null;
    expect(await desk.acknowledge(desk.held())).toMatchObject({ outcome: 'done' });
  });

  test('of several acts at once either all are done or none', async () => {
    const desk = aDesk();
    const second = 'state:080:x';
    await desk.observe(holds(), holds({ id: second }));
    const acts = [LINK, second].map((alarmId): AlarmAct => ({ kind: 'acknowledge', alarmId, occurrenceId: desk.held(alarmId)?.occurrenceId ?? '', severity: 'high', comment: null, isBulk: true }));
    const appended: number[] = [];
    const append = desk.log.append.bind(desk.log);
    desk.log.append = async (events, audit) => {
      appended.push(events.length);
      if (appended.length === 1) throw new Error('disk full');
      await append(events, audit);
    };
    await expect(desk.alarms.act(acts, HA)).rejects.toThrow('disk full');
    expect(acts.map(({ kind }, at) => [kind, desk.held([LINK, second][at])?.state])).toEqual([['acknowledge', 'UNACK'], ['acknowledge', 'UNACK']]);
    expect((await desk.alarms.act(acts, HA)).map(({ outcome }) => outcome)).toEqual(['done', 'done']);
    expect(appended).toEqual([2, 2]);
  });

  test('a row says all that was said, so that it can stand without the event', async () => {
    const desk = aDesk();
    await desk.observe(holds());
    const { occurrenceId = '' } = desk.held() ?? {};
    await desk.act({ kind: 'shelve', alarmId: LINK, forMs: HOUR_MS, why: 'Bảo trì', second: null });
    await desk.act({ kind: 'assign', alarmId: LINK, to: 'Trần Văn Nam' });
    await desk.acknowledge(desk.held(), { comment: 'Đã gọi trực mạng' });
    await desk.act({ kind: 'judge', alarmId: LINK, occurrenceId, disposition: 'benign', comment: null });
    const found = { occurrence: occurrenceId, why: null };
    expect(desk.log.audit.map(({ detail }) => detail)).toEqual([
      { ...found, stateBefore: 'UNACK', untilMs: T0 + HOUR_MS, why: 'Bảo trì', second: null }, { ...found, stateBefore: 'UNACK', to: 'Trần Văn Nam' },
      { ...found, stateBefore: 'UNACK', comment: 'Đã gọi trực mạng' }, { ...found, stateBefore: 'ACKED', disposition: 'benign', comment: null },
    ]);
  });

  test('every act is in the trail, those refused too', async () => {
    const desk = aDesk();
    await desk.observe(holds());
    await desk.acknowledge(desk.held(), { occurrenceId: 'another' });
    await desk.acknowledge(desk.held());
    await desk.alarms.noteRefused(null, '10.0.0.9', 'alarm.acknowledge', LINK);
    expect(desk.log.audit.map(({ actor, action, outcome, detail }) => [actor, action, outcome, detail.why ?? null])).toEqual([
      ['ha.lt', 'alarm.acknowledge', 'refused', 'unknown'], ['ha.lt', 'alarm.acknowledge', 'done', null], ['nobody', 'alarm.acknowledge', 'refused', null],
    ]);
  });
});

test('[LC17] what began and ended long before it was heard of is no alarm; what still stands, or was open, is', async () => {
  const desk = aDesk();
  const [began, ended] = [T0 - HOUR_MS, T0 - 6 * MINUTE_MS];
  await desk.observe(holds({}, began), over(LINK, ended), holds({ id: 'state:080:x' }, began), over('state:080:x', T0 - MINUTE_MS), holds({ id: 'state:081:x' }, began), over('state:081:x', ended), holds({ id: 'state:081:x' }, ended + 1));
  expect(desk.log.events.map(({ kind, alarmId }) => `${kind} ${alarmId}`)).toEqual(['raised state:080:x', 'returned state:080:x', 'raised state:081:x']);
  await desk.observe(over('state:081:x', ended + 2));
  expect(desk.held('state:081:x')?.state).toBe('RTN_UNACK');
});

test('[LC11] a clock that steps back moves no time of the log back, and ends no shelf', async () => {
  const desk = aDesk();
  await desk.observe(holds());
  await desk.act({ kind: 'shelve', alarmId: LINK, forMs: HOUR_MS, why: 'Bảo trì', second: null });
  desk.clock.nowMs = T0 - 24 * HOUR_MS;
  await desk.observe(over());
  const times = desk.log.events.map(({ atMs }) => atMs);
  expect(times).toEqual(times.toSorted((a, b) => a - b));
  expect(desk.log.events.map(({ kind }) => kind)).toEqual(['raised', 'shelved', 'returned']);
});

test('a shift is handed over with its numbers', async () => {
  const desk = aDesk();
  await desk.observe(holds(), holds({ id: 'state:080:x' }));
  await desk.acknowledge(desk.held());
  await desk.act({ kind: 'hand-over', to: 'Trần Văn Nam', note: 'Theo dõi tuyến Lào Cai' });
  expect(desk.alarms.shifts()).toMatchObject([{ by: 'Lê Thị Hà', to: 'Trần Văn Nam', open: 2, unacknowledged: 1 }]);
});

describe('any sequence of changes, acts, failures, restarts and clock steps', () => {
  const IDS = ['state:080:x', 'state:085:x', 'cause:10:links-cut'] as const;
  const step = fc.oneof(
    { weight: 4, arbitrary: fc.record({ do: fc.constant('holds' as const), id: fc.constantFrom(...IDS), severity: fc.constantFrom('medium', 'high', 'critical'), latches: fc.boolean(), asks: fc.boolean() }) },
    { weight: 4, arbitrary: fc.record({ do: fc.constant('over' as const), id: fc.constantFrom(...IDS) }) },
    { weight: 3, arbitrary: fc.record({ do: fc.constant('acknowledge' as const), id: fc.constantFrom(...IDS) }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('shelve' as const, 'unshelve' as const, 'reset' as const, 'data' as const), id: fc.constantFrom(...IDS) }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('time' as const), byMs: fc.constantFrom(1_000, MINUTE_MS, HOUR_MS, -HOUR_MS, 25 * HOUR_MS) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('restart' as const, 'disk-fails' as const, 'disk-works' as const) }) },
  );

  test('[LC1] [LC12] no alarm is cleared, lost or doubled; a restart changes nothing', async () => {
    await fc.assert(fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
      let desk = aDesk();
      const standing = new Set<string>();
      const write = async (change: ConditionChange) => {
        if (change.kind === 'holds') standing.add(change.standing.condition.id);
        else if (change.kind === 'over') standing.delete(change.alarmId);
        await desk.observe(change);
      };
      for (const one of steps) {
        switch (one.do) {
          case 'holds': await write(holds({ id: one.id, severity: one.severity, dependsOn: one.id === IDS[2] ? [] : [IDS[2]] }, desk.clock.nowMs, { isLatching: one.latches, needsAckOnReturn: one.asks })); break;
          case 'over': await write(over(one.id, desk.clock.nowMs)); break;
          case 'data': await write({ kind: 'data', alarmId: one.id, isLost: true }); break;
          case 'acknowledge': await desk.acknowledge(desk.held(one.id), { alarmId: one.id, comment: 'đã xem' }).catch(() => {}); break;
          case 'shelve': await desk.act({ kind: 'shelve', alarmId: one.id, forMs: HOUR_MS, why: 'w', second: NAM }).catch(() => {}); break;
          case 'unshelve': case 'reset': await desk.act({ kind: one.do, alarmId: one.id }).catch(() => {}); break;
          case 'time': desk.clock.nowMs += one.byMs; await desk.observe(); break;
          case 'disk-fails': desk.log.failsWith = new Error('disk'); break;
          case 'disk-works': desk.log.failsWith = null; await desk.observe(); break;
          // What was not durable is told again by who watches readings, as they are.
          case 'restart': {
            desk.log.failsWith = null;
            await desk.observe();
            const before = desk.alarms.open();
            desk = desk.restarted();
            expect(desk.alarms.open()).toEqual(before);
            break;
          }
        }
      }
      desk.log.failsWith = null;
      await desk.observe();
      const open = new Map(desk.alarms.open().map((alarm) => [alarm.id as string, alarm]));
      for (const id of IDS) {
        const alarm = open.get(id);
        const isStanding = alarm !== undefined && alarm.state !== 'RTN_UNACK' && !alarm.isLatched;
        expect(isStanding, id).toBe(standing.has(id));
        if (alarm !== undefined && id !== IDS[2]) expect(alarm.suppressedBy).toBe(standing.has(IDS[2]) ? IDS[2] : null);
        if (alarm?.state === 'ACKED') expect(alarm.acked).not.toBeNull();
        if (alarm?.state === 'RTN_UNACK') expect(alarm.acked).toBeNull();
      }
      // Each occurrence is open or closed, and once.
      const raised = desk.log.events.flatMap((event) => (event.kind === 'raised' ? [event.occurrenceId] : []));
      expect(new Set(raised).size).toBe(raised.length);
      const lastMs = desk.log.events.at(-1)?.atMs ?? 0;
      const closed = desk.alarms.closedSince(lastMs - 23 * HOUR_MS).map(({ occurrenceId }) => occurrenceId);
      expect(new Set(closed).size).toBe(closed.length);
      expect(closed.filter((occurrenceId) => [...open.values()].some((alarm) => alarm.occurrenceId === occurrenceId))).toEqual([]);
    }), { numRuns: 300 });
  });
});
