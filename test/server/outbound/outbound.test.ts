import { createHmac } from 'node:crypto';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { SEVERITIES } from '../../../shared/domain/severity.ts';
import { Alarm } from '../../../shared/protocol/socket.ts';
import { AlarmEvent } from '../../../server/outbound/alarmEvent.ts';
import { openOutbound } from '../../../server/outbound/openOutbound.ts';
import { readWebhooks } from '../../../server/outbound/webhookSettings.ts';
import type { Outbound } from '../../../server/ports/outbound.ts';
import { type Receiver, startReceiver } from '../../support/aReceiver.ts';

const SECRET = Buffer.alloc(32, 7);
const START_MS = Date.parse('2026-03-01T08:00:00+07:00');
const DAY_MS = 24 * 3_600_000;

function anAlarm(overrides: Partial<Record<keyof Alarm, unknown>> = {}): Alarm {
  const id = typeof overrides.id === 'string' ? overrides.id : 'state:001:tslcd-link-state';
  return Alarm.parse({
    id, occurrenceId: `${id}@${START_MS}`, severity: 'critical', domain: 'connectivity', localityCode: '01', indicatorId: 'tslcd-link-state', sourceId: null,
    kind: 'state', value: 0, state: 'UNACK', sinceMs: START_MS, dataLost: false, ...overrides,
  });
}

describe('webhooks', () => {
  let folder: string, receiver: Receiver, nowMs: number, openAlarms: Alarm[], errors: unknown[];
  let provenance: 'measured' | 'simulated';
  const opened: Outbound[] = [];

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'ioc-webhooks-'));
    writeFileSync(join(folder, 'secret'), `whsec_${SECRET.toString('base64')}\n`);
    receiver = await startReceiver();
    nowMs = START_MS;
    openAlarms = [];
    errors = [];
    provenance = 'measured';
  });
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((outbound) => outbound.close()));
    await receiver.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  function settings(hooks: readonly object[]) {
    writeFileSync(join(folder, 'webhooks.json'), JSON.stringify({ webhooks: hooks }));
    return readWebhooks(join(folder, 'webhooks.json'));
  }
  async function open(more: object = {}, limits: { maxPending?: number; timeoutMs?: number } = {}): Promise<Outbound> {
    const outbound = await openOutbound({
      hooks: settings([{ id: 'phieu', url: receiver.url, secretFile: 'secret', ...more }]), path: join(folder, 'out.jsonl'), source: '/ioc/live', nowMs: () => nowMs, random: () => 1,
      onError: (error) => { errors.push(error); }, limits,
      origin: { openAlarms: () => openAlarms, provenanceOf: () => provenance, isWithin: (code, of) => of === 'VN' || code.startsWith(of) },
    });
    opened.push(outbound);
    return outbound;
  }
  /** As the channel would: the alarm is open (or not) from now on, and its transition is told. */
  function turn(outbound: Outbound | null, ...alarms: Alarm[]): void {
    for (const alarm of alarms) openAlarms = [...openAlarms.filter(({ id }) => id !== alarm.id), ...(alarm.state === 'NORMAL' ? [] : [alarm])];
    outbound?.tell(alarms);
  }
  const events = () => receiver.posts.map(({ body }) => AlarmEvent.parse(JSON.parse(body)));
  const told = () => events().map(({ data }) => `${data.alarmId.split(':')[1]} ${data.transition}`);
  const raised = anAlarm(), cleared = anAlarm({ state: 'NORMAL' });
  const other = anAlarm({ id: 'state:002:tslcd-link-state' });

  test('[WH1] a raised and a cleared alarm are posted as CloudEvents, signed by Standard Webhooks', async () => {
    const outbound = await open();
    turn(outbound, raised);
    turn(outbound, cleared);
    await outbound.pump();
    expect(events()).toMatchObject([
      { specversion: '1.0', type: 'vn.ioc.alarm.v1', source: '/ioc/live', subject: '01', id: `${raised.occurrenceId}/1-raised`,
        data: { transition: 'raised', severity: 'critical', since: '2026-03-01T01:00:00.000Z', provenance: 'measured' } },
      { id: `${raised.occurrenceId}/2-cleared`, data: { occurrenceId: raised.occurrenceId, transition: 'cleared' } },
    ]);
    for (const { headers, body } of receiver.posts) {
      const id = String(headers['webhook-id']), timestamp = String(headers['webhook-timestamp']);
      expect(id).toBe(JSON.parse(body).id);
      expect(timestamp).toBe(String(START_MS / 1_000));
      expect(headers['webhook-signature']).toBe(`v1,${createHmac('sha256', SECRET).update(`${id}.${timestamp}.${body}`).digest('base64')}`);
      expect(headers['content-type']).toBe('application/cloudevents+json; charset=utf-8');
    }
    expect(outbound.status()).toEqual([{
      id: 'phieu', url: receiver.url.replace('?key=1', ''), state: 'well', pending: 0, delivered: 2, givenUp: 0, notTaken: 0, oldestPendingAtMs: null, lastDeliveredAtMs: START_MS, nextTryAtMs: null, lastError: null,
    }]);
  });

  test('[WH1] while a secret is being changed, both sign', async () => {
    writeFileSync(join(folder, 'secret'), `whsec_${SECRET.toString('base64')}\nwhsec_${Buffer.alloc(24, 9).toString('base64')}\n`);
    const outbound = await open();
    turn(outbound, raised);
    await outbound.pump();
    expect(String(receiver.posts[0]?.headers['webhook-signature']).split(' ')).toHaveLength(2);
  });

  test('[WH1] only what the settings ask for, and never what was made up unless they ask for that', async () => {
    const outbound = await open({ severities: ['critical'], localities: ['02'], domains: ['security'] });
    turn(outbound, raised, anAlarm({ id: 'a:high', localityCode: '02', domain: 'security', severity: 'high' }), anAlarm({ id: 'a:here', localityCode: '02', domain: 'security' }));
    await outbound.pump();
    provenance = 'simulated';
    turn(outbound, anAlarm({ id: 'a:exercise', localityCode: '02', domain: 'security' }));
    await outbound.pump();
    expect(told()).toEqual(['here raised']);
  });

  test('[WH1] one that was told of an alarm hears when it changes and ends, whatever it has become', async () => {
    const outbound = await open({ severities: ['critical'] });
    turn(outbound, anAlarm({ severity: 'high' }));
    turn(outbound, raised);
    turn(outbound, anAlarm({ dataLost: true }));
    turn(outbound, anAlarm({ state: 'ACKED' }));
    turn(outbound, anAlarm({ severity: 'high' }));
    provenance = 'simulated';
    turn(outbound, anAlarm({ severity: 'high', state: 'NORMAL' }));
    await outbound.pump();
    expect(events().map(({ data: { transition, severity } }) => `${transition} ${severity}`)).toEqual(['raised critical', 'changed high', 'cleared high']);
  });

  test.each([
    ['500', (r: Receiver) => r.answer((_, response) => { response.writeHead(500).end(); }), 'answered 500'],
    ['a redirect', (r: Receiver) => r.answer((_, response) => { response.writeHead(307, { Location: '/elsewhere' }).end(); }), 'not followed'],
    ['no answer', (r: Receiver) => r.answer(() => {}), 'no answer in time'],
    ['nobody there', (r: Receiver) => r.stop(), 'ECONNREFUSED'],
  ])('[WH3] %s is tried again with growing waits, and arrives once', async (_, trouble, text) => {
    const outbound = await open({}, text === 'no answer in time' ? { timeoutMs: 50 } : {});
    await trouble(receiver);
    turn(outbound, raised);
    for (const [afterMs, expected] of [[0, 1], [4_999, 1], [1, 2], [9_999, 2], [1, 3]] as const) {
      nowMs += afterMs;
      await outbound.pump();
      expect(outbound.status()[0]).toMatchObject({ state: 'failing', pending: 1, nextTryAtMs: START_MS + [0, 5_000, 15_000, 35_000][expected]!, lastError: { text: expect.stringContaining(text) } });
    }
    await receiver.start().catch(() => {});
    receiver.answer(null);
    receiver.posts.length = 0;
    nowMs += 20_000;
    await outbound.pump();
    expect(told()).toEqual(['001 raised']);
    expect(receiver.posts[0]?.url).toBe('/hooks/ioc?key=1');
    expect(receiver.posts[0]?.headers['webhook-timestamp']).toBe(String(nowMs / 1_000));
    expect(outbound.status()[0]).toMatchObject({ state: 'well', pending: 0, delivered: 1 });
  });

  test.each([['429 with seconds', 429, () => '120'], ['503 with a date', 503, () => new Date(START_MS + 120_000).toUTCString()]])('[WH3] Retry-After of %s is respected', async (_, status, retryAfter) => {
    const outbound = await open();
    receiver.answer((_post, response) => { response.writeHead(status, { 'Retry-After': retryAfter() }).end(); });
    turn(outbound, raised);
    await outbound.pump();
    nowMs = START_MS + 119_999;
    turn(outbound, other);
    await outbound.pump();
    expect(receiver.posts).toHaveLength(1);
    receiver.answer(null);
    nowMs = START_MS + 120_000;
    await outbound.pump();
    expect(told()).toEqual(['001 raised', '002 raised', '001 raised']);
  });

  test('[WH4] of one alarm the order is kept, and one that is not liked holds up no other', async () => {
    const outbound = await open();
    receiver.answer((post, response) => { response.writeHead(post.body.includes('state:001:') ? 400 : 204).end(); });
    turn(outbound, raised, cleared, other);
    await outbound.pump();
    expect(told()).toEqual(['001 raised']);
    nowMs += 5_000;
    await outbound.pump();
    expect(told()).toEqual(['001 raised', '002 raised', '001 raised']);
    nowMs += 10_000;
    await outbound.pump();
    expect(told()).not.toContain('001 cleared');
    receiver.answer(null);
    nowMs += 3_600_000;
    await outbound.pump();
    expect(told().slice(-2)).toEqual(['001 raised', '001 cleared']);
  });

  test('[WH3] after 24 h it is given up, counted, and the next goes on', async () => {
    const outbound = await open();
    receiver.answer((_, response) => { response.writeHead(500).end(); });
    turn(outbound, raised);
    await outbound.pump();
    nowMs += DAY_MS + 1;
    receiver.answer(null);
    turn(outbound, cleared);
    await outbound.pump();
    expect(outbound.status()[0]).toMatchObject({ givenUp: 1, delivered: 1, pending: 0 });
    expect(told().at(-1)).toBe('001 cleared');
  });

  test('[WH5] 410 stops a receiver, over restarts too, until its address changes; then it hears what is open', async () => {
    const outbound = await open();
    receiver.answer((_, response) => { response.writeHead(410).end(); });
    turn(outbound, raised, other);
    await outbound.pump();
    turn(outbound, anAlarm({ id: 'state:003:x' }));
    nowMs += DAY_MS;
    await outbound.pump();
    expect(receiver.posts).toHaveLength(1);
    expect(outbound.status()[0]).toMatchObject({ state: 'gone', pending: 0, givenUp: 2, nextTryAtMs: null });
    await outbound.close();
    const again = await open();
    await again.pump();
    expect(again.status()[0]).toMatchObject({ state: 'gone' });
    await again.close();
    receiver.answer(null);
    receiver.posts.length = 0;
    const elsewhere = await open({ url: receiver.url.replace('key=1', 'key=2') });
    await elsewhere.pump();
    expect(told()).toEqual(['001 raised', '002 raised', '003 raised']);
  });

  test('[WH2] what was taken on is sent after a restart, with the same id', async () => {
    await receiver.stop();
    const outbound = await open();
    turn(outbound, raised);
    await outbound.pump();
    await outbound.close();
    await receiver.start();
    const again = await open();
    await again.pump();
    expect(events().map(({ id }) => id)).toEqual([`${raised.occurrenceId}/1-raised`]);
  });

  test('[WH2] what began or ended while we were not running is told at the start, once', async () => {
    const outbound = await open();
    turn(outbound, raised);
    await outbound.pump();
    await outbound.close();
    turn(null, cleared, other);
    const again = await open();
    await again.pump();
    await again.pump();
    await again.close();
    await (await open()).pump();
    expect(told()).toEqual(['001 raised', '001 cleared', '002 raised']);
  });

  test('[WH2] an alarm that a restart gave another occurrence stays the one that was told', async () => {
    const outbound = await open();
    turn(outbound, raised);
    await outbound.pump();
    await outbound.close();
    openAlarms = [anAlarm({ occurrenceId: 'another', sinceMs: START_MS + 60_000 })];
    const again = await open();
    await again.pump();
    turn(again, anAlarm({ occurrenceId: 'another', sinceMs: START_MS + 60_000, state: 'NORMAL' }));
    await again.pump();
    expect(events().map(({ data }) => [data.transition, data.occurrenceId])).toEqual([['raised', raised.occurrenceId], ['cleared', raised.occurrenceId]]);
  });

  test('[WH6] beyond the bound nothing more is taken on; once there is room, what is still open is told', async () => {
    const outbound = await open({}, { maxPending: 2 });
    await receiver.stop();
    turn(outbound, raised, other, anAlarm({ id: 'state:003:x' }), anAlarm({ id: 'state:004:x' }));
    await outbound.pump();
    expect(outbound.status()[0]).toMatchObject({ pending: 2, notTaken: 2 });
    expect(errors).toHaveLength(1);
    turn(outbound, anAlarm({ id: 'state:003:x', state: 'NORMAL' }), anAlarm({ state: 'NORMAL' }));
    await receiver.start();
    nowMs += 60_000;
    for (let pumped = 0; pumped < 4; pumped++) await outbound.pump();
    expect(told()).toEqual(['002 raised', '001 raised', '001 cleared', '004 raised']);
    expect(errors).toHaveLength(1);
  });

  test('[WH2] a line that a crash cut was never promised; any other damage stops the start', async () => {
    await receiver.stop();
    const outbound = await open();
    turn(outbound, raised);
    await outbound.pump();
    await outbound.close();
    appendFileSync(join(folder, 'out.jsonl'), '{"kind":"due","hook":"phi');
    const again = await open();
    expect(again.status()[0]).toMatchObject({ pending: 1 });
    await again.close();
    writeFileSync(join(folder, 'out.jsonl'), `nonsense\n${readFileSync(join(folder, 'out.jsonl'), 'utf8')}`);
    await expect(open()).rejects.toThrow('line 1 cannot be read');
  });

  test('[WH7] whatever happens and whenever it restarts, what the receiver was told comes to what is open', async () => {
    const step = fc.oneof(
      { weight: 8, arbitrary: fc.record({ id: fc.constantFrom('a:1', 'a:2', 'a:3'), severity: fc.constantFrom(...SEVERITIES), isOpen: fc.boolean(), isHeard: fc.boolean() }) },
      { weight: 1, arbitrary: fc.constant('restart' as const) }, { weight: 2, arbitrary: fc.constant('pump' as const) }, { weight: 1, arbitrary: fc.constant('trouble' as const) },
    );
    await fc.assert(fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
      rmSync(join(folder, 'out.jsonl'), { force: true });
      openAlarms = [];
      receiver.posts.length = 0;
      receiver.answer(null);
      const taken: AlarmEvent[] = [];
      let isTroubled = false;
      receiver.answer((post, response) => {
        if (!isTroubled) taken.push(AlarmEvent.parse(JSON.parse(post.body)));
        response.writeHead(isTroubled ? 500 : 204).end();
      });
      let outbound = await open({ severities: ['critical', 'high'] });
      for (const event of steps) {
        if (event === 'pump') await outbound.pump();
        else if (event === 'trouble') isTroubled = !isTroubled;
        else if (event === 'restart') {
          await outbound.close();
          outbound = await open({ severities: ['critical', 'high'] });
        } else turn(outbound, anAlarm({ id: event.id, severity: event.severity, state: event.isOpen ? 'UNACK' : 'NORMAL' }));
        nowMs += 60_000;
      }
      isTroubled = false;
      await outbound.close();
      outbound = await open({ severities: ['critical', 'high'] });
      for (let pumped = 0; pumped < 2; pumped++) {
        nowMs += 3_600_000;
        await outbound.pump();
      }
      await outbound.close();
      const open_ = new Map<string, string>();
      for (const { data } of taken) {
        if (data.transition === 'raised') expect(open_.has(data.alarmId)).toBe(false);
        else expect(open_.has(data.alarmId)).toBe(true);
        if (data.transition === 'cleared') open_.delete(data.alarmId);
        else open_.set(data.alarmId, data.severity);
      }
      for (const alarm of openAlarms) {
        if (['critical', 'high'].includes(alarm.severity)) expect(open_.get(alarm.id)).toBe(alarm.severity);
        else if (open_.has(alarm.id)) expect(open_.get(alarm.id)).toBe(alarm.severity);
      }
      for (const id of open_.keys()) expect(openAlarms.some((alarm) => alarm.id === id)).toBe(true);
    }), { numRuns: 30 });
  }, 120_000);

  test('[WH8] settings that could send secrets or alarms astray stop the start, and never show a secret', () => {
    const hook = { id: 'a', url: 'https://tickets.example.vn/ioc', secretFile: 'secret' };
    expect(settings([hook])).toMatchObject([{ severities: ['critical', 'high'], localities: ['VN'], includeSimulated: false }]);
    expect(() => settings([{ ...hook, url: 'http://tickets.example.vn' }])).toThrow('must be https');
    expect(() => settings([{ ...hook, url: 'https://me:pw@tickets.example.vn' }])).toThrow('no name or password');
    expect(() => settings([hook, hook])).toThrow('"a" is taken');
    expect(() => settings([{ ...hook, colour: 1 }])).toThrow('colour');
    expect(() => settings([{ ...hook, secretFile: 'none' }])).toThrow('ENOENT');
    for (const secret of ['', 'hunter2-hunter2-hunter2-hunter2', `whsec_${Buffer.alloc(8).toString('base64')}`]) {
      writeFileSync(join(folder, 'weak'), secret);
      expect(() => settings([{ ...hook, secretFile: 'weak' }])).toThrow(/must hold one secret a line(?!.*hunter2)/);
    }
  });
});
