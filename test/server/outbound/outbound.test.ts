import { createHmac } from 'node:crypto';
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Receiver } from '../../support/aReceiver.ts';
import { anAlarm, SECRET, START_MS, startWebhookBench, type WebhookBench } from '../../support/aWebhookBench.ts';

const DAY_MS = 24 * 3_600_000;
const raised = anAlarm(), cleared = anAlarm({ state: 'NORMAL' });
const other = anAlarm({ id: 'state:002:tslcd-link-state' });

describe('webhooks', () => {
  let bench: WebhookBench;
  beforeEach(async () => { bench = await startWebhookBench(); });
  afterEach(() => bench.remove());

  test('[WH1] a raised and a cleared alarm are posted as CloudEvents, signed by Standard Webhooks', async () => {
    const outbound = await bench.open();
    bench.turn(outbound, raised);
    bench.turn(outbound, cleared);
    await outbound.pump();
    expect(bench.events()).toMatchObject([
      { specversion: '1.0', type: 'vn.ioc.alarm.v1', source: '/ioc/live', subject: '01', id: `${raised.occurrenceId}/1-raised`,
        data: { transition: 'raised', severity: 'critical', since: '2026-03-01T01:00:00.000Z', provenance: 'measured' } },
      { id: `${raised.occurrenceId}/2-cleared`, data: { occurrenceId: raised.occurrenceId, transition: 'cleared' } },
    ]);
    for (const { headers, body } of bench.receiver.posts) {
      const id = String(headers['webhook-id']), timestamp = String(headers['webhook-timestamp']);
      expect(id).toBe(JSON.parse(body).id);
      expect(timestamp).toBe(String(START_MS / 1_000));
      expect(headers['webhook-signature']).toBe(`v1,${createHmac('sha256', SECRET).update(`${id}.${timestamp}.${body}`).digest('base64')}`);
      expect(headers['content-type']).toBe('application/cloudevents+json; charset=utf-8');
    }
    expect(outbound.status()).toEqual([{
      id: 'phieu', origin: new URL(bench.receiver.url).origin, state: 'well', pending: 0, delivered: 2, givenUp: 0, notTaken: 0, oldestPendingAtMs: null, lastDeliveredAtMs: START_MS, nextTryAtMs: null, lastError: null,
    }]);
  });

  test('[WH1] while a secret is being changed, both sign', async () => {
    writeFileSync(join(bench.folder, 'secret'), `whsec_${SECRET.toString('base64')}\nwhsec_${Buffer.alloc(24, 9).toString('base64')}\n`);
    const outbound = await bench.open();
    bench.turn(outbound, raised);
    await outbound.pump();
    expect(String(bench.receiver.posts[0]?.headers['webhook-signature']).split(' ')).toHaveLength(2);
  });

  test('[WH1] only what the settings ask for, and never what was made up unless they ask for that', async () => {
    const outbound = await bench.open({ severities: ['critical'], localities: ['02'], domains: ['security'] });
    bench.turn(outbound, raised, anAlarm({ id: 'a:high', localityCode: '02', domain: 'security', severity: 'high' }), anAlarm({ id: 'a:here', localityCode: '02', domain: 'security' }));
    await outbound.pump();
    bench.provenance = 'simulated';
    bench.turn(outbound, anAlarm({ id: 'a:exercise', localityCode: '02', domain: 'security' }));
    await outbound.pump();
    expect(bench.told()).toEqual(['here raised']);
  });

  const alert = (more: object = {}) => anAlarm({ id: 'alert:soc-a:0123456789abcdefghijkl', kind: 'alert', indicatorId: null, sourceId: 'soc-a', value: null, domain: 'security', title: 'Mã độc', tlp: 'AMBER', ...more });

  test('[WH10] an alert is told in its system\'s words and with its label', async () => {
    const outbound = await bench.open();
    bench.turn(outbound, alert());
    await outbound.pump();
    expect(bench.events()).toMatchObject([{ data: { kind: 'alert', indicatorId: null, sourceId: 'soc-a', value: null, title: 'Mã độc', tlp: 'AMBER' } }]);
  });

  test('[WH10] TLP:RED never leaves, unless the settings of its receiver say so', async () => {
    const outbound = await bench.open();
    bench.turn(outbound, alert({ tlp: 'RED' }));
    await outbound.pump();
    expect(bench.events()).toEqual([]);
    bench.turn(outbound, alert({ tlp: 'RED', state: 'NORMAL' }));
    await outbound.pump();
    expect(bench.events()).toEqual([]);
    await outbound.close();
    const trusted = await bench.open({ includeTlpRed: true });
    bench.turn(trusted, alert({ tlp: 'RED' }));
    await trusted.pump();
    expect(bench.events()).toMatchObject([{ data: { transition: 'raised', tlp: 'RED' } }]);
  });

  test('[WH10] of an alarm that has become TLP:RED a receiver that was told of it hears the end, and nothing else of it', async () => {
    const outbound = await bench.open();
    bench.turn(outbound, alert({ severity: 'high' }));
    bench.turn(outbound, alert({ severity: 'critical', tlp: 'RED', title: 'Chỉ trong phòng' }));
    bench.turn(outbound, alert({ severity: 'critical', tlp: 'RED', title: 'Chỉ trong phòng', state: 'NORMAL' }));
    await outbound.pump();
    expect(bench.events().map(({ data }) => [data.transition, data.severity, data.title, data.tlp])).toEqual([['raised', 'high', 'Mã độc', 'AMBER'], ['cleared', 'high', 'Mã độc', 'AMBER']]);
    expect(JSON.stringify(bench.receiver.posts)).not.toContain('Chỉ trong phòng');
  });

  test('[WH10] what was promised before alarms had titles is sent all the same', async () => {
    const first = await bench.open();
    bench.receiver.answer((_post, response) => { response.writeHead(503).end(); });
    bench.turn(first, raised);
    await first.pump();
    await first.close();
    const path = join(bench.folder, 'out.jsonl');
    const written = readFileSync(path, 'utf8');
    expect(written).toContain('"title":null,"tlp":null,');
    writeFileSync(path, written.replaceAll('"title":null,"tlp":null,', ''));
    bench.openAlarms = [raised];
    bench.receiver.answer(null);
    bench.nowMs += DAY_MS / 24;
    const second = await bench.open();
    await second.pump();
    expect(bench.events().at(-1)).toMatchObject({ data: { alarmId: raised.id, title: null, tlp: null } });
  });

  test('[WH1] one that was told of an alarm hears when it changes and ends, whatever it has become', async () => {
    const outbound = await bench.open({ severities: ['critical'] });
    bench.turn(outbound, anAlarm({ severity: 'high' }));
    bench.turn(outbound, raised);
    bench.turn(outbound, anAlarm({ dataLost: true }));
    bench.turn(outbound, anAlarm({ state: 'ACKED' }));
    bench.turn(outbound, anAlarm({ severity: 'high' }));
    bench.provenance = 'simulated';
    bench.turn(outbound, anAlarm({ severity: 'high', state: 'NORMAL' }));
    await outbound.pump();
    expect(bench.events().map(({ data: { transition, severity } }) => `${transition} ${severity}`)).toEqual(['raised critical', 'changed high', 'cleared high']);
  });

  test.each([
    ['500', (r: Receiver) => r.answer((_, response) => { response.writeHead(500).end(); }), 'answered 500'],
    ['a redirect', (r: Receiver) => r.answer((_, response) => { response.writeHead(307, { Location: '/elsewhere' }).end(); }), 'not followed'],
    ['no answer', (r: Receiver) => r.answer(() => {}), 'no answer in time'],
    ['nobody there', (r: Receiver) => r.stop(), 'ECONNREFUSED'],
  ])('[WH3] %s is tried again with growing waits, and arrives once', async (_, trouble, text) => {
    const outbound = await bench.open({}, text === 'no answer in time' ? { timeoutMs: 50 } : {});
    await trouble(bench.receiver);
    bench.turn(outbound, raised);
    for (const [afterMs, expected] of [[0, 1], [4_999, 1], [1, 2], [9_999, 2], [1, 3]] as const) {
      bench.nowMs += afterMs;
      await outbound.pump();
      expect(outbound.status()[0]).toMatchObject({ state: 'failing', pending: 1, nextTryAtMs: START_MS + [0, 5_000, 15_000, 35_000][expected]!, lastError: { text: expect.stringContaining(text) } });
    }
    await bench.receiver.start().catch(() => {});
    bench.receiver.answer(null);
    bench.receiver.posts.length = 0;
    bench.nowMs += 20_000;
    await outbound.pump();
    expect(bench.told()).toEqual(['001 raised']);
    expect(bench.receiver.posts[0]?.url).toBe('/hooks/ioc?key=1');
    expect(bench.receiver.posts[0]?.headers['webhook-timestamp']).toBe(String(bench.nowMs / 1_000));
    expect(outbound.status()[0]).toMatchObject({ state: 'well', pending: 0, delivered: 1 });
  });

  test.each([['429 with seconds', 429, () => '120'], ['503 with a date', 503, () => new Date(START_MS + 120_000).toUTCString()]])('[WH3] Retry-After of %s is respected', async (_, status, retryAfter) => {
    const outbound = await bench.open();
    bench.receiver.answer((_post, response) => { response.writeHead(status, { 'Retry-After': retryAfter() }).end(); });
    bench.turn(outbound, raised);
    await outbound.pump();
    bench.nowMs = START_MS + 119_999;
    bench.turn(outbound, other);
    await outbound.pump();
    expect(bench.receiver.posts).toHaveLength(1);
    bench.receiver.answer(null);
    bench.nowMs = START_MS + 120_000;
    await outbound.pump();
    expect(bench.told()).toEqual(['001 raised', '002 raised', '001 raised']);
  });

  test('[WH4] of one alarm the order is kept, and one that is not liked holds up no other', async () => {
    const outbound = await bench.open();
    bench.receiver.answer((post, response) => { response.writeHead(post.body.includes('state:001:') ? 400 : 204).end(); });
    bench.turn(outbound, raised, cleared, other);
    await outbound.pump();
    expect(bench.told()).toEqual(['001 raised']);
    bench.nowMs += 5_000;
    await outbound.pump();
    expect(bench.told()).toEqual(['001 raised', '002 raised', '001 raised']);
    bench.nowMs += 10_000;
    await outbound.pump();
    expect(bench.told()).not.toContain('001 cleared');
    bench.receiver.answer(null);
    bench.nowMs += 3_600_000;
    await outbound.pump();
    expect(bench.told().slice(-2)).toEqual(['001 raised', '001 cleared']);
  });

  test('[WH3] after 24 h it is given up, counted, and the next goes on', async () => {
    const outbound = await bench.open();
    bench.receiver.answer((_, response) => { response.writeHead(500).end(); });
    bench.turn(outbound, raised);
    await outbound.pump();
    bench.nowMs += DAY_MS + 1;
    bench.receiver.answer(null);
    bench.turn(outbound, cleared);
    await outbound.pump();
    expect(outbound.status()[0]).toMatchObject({ givenUp: 1, delivered: 1, pending: 0 });
    expect(bench.told().at(-1)).toBe('001 cleared');
  });

  test('[WH5] 410 stops a receiver, over restarts too, until its address changes; then it hears what is open', async () => {
    const outbound = await bench.open();
    bench.receiver.answer((_, response) => { response.writeHead(410).end(); });
    bench.turn(outbound, raised, other);
    await outbound.pump();
    bench.turn(outbound, anAlarm({ id: 'state:003:x' }));
    bench.nowMs += DAY_MS;
    await outbound.pump();
    expect(bench.receiver.posts).toHaveLength(1);
    expect(outbound.status()[0]).toMatchObject({ state: 'gone', pending: 0, givenUp: 2, nextTryAtMs: null });
    await outbound.close();
    const again = await bench.open();
    await again.pump();
    expect(again.status()[0]).toMatchObject({ state: 'gone' });
    await again.close();
    bench.receiver.answer(null);
    bench.receiver.posts.length = 0;
    const elsewhere = await bench.open({ url: bench.receiver.url.replace('key=1', 'key=2') });
    await elsewhere.pump();
    expect(bench.told()).toEqual(['001 raised', '002 raised', '003 raised']);
  });

  test('[WH2] what was taken on is sent after a restart, with the same id', async () => {
    await bench.receiver.stop();
    const outbound = await bench.open();
    bench.turn(outbound, raised);
    await outbound.pump();
    await outbound.close();
    await bench.receiver.start();
    const again = await bench.open();
    await again.pump();
    expect(bench.events().map(({ id }) => id)).toEqual([`${raised.occurrenceId}/1-raised`]);
  });

  test('[WH2] what began or ended while we were not running is told at the start, once', async () => {
    const outbound = await bench.open();
    bench.turn(outbound, raised);
    await outbound.pump();
    await outbound.close();
    bench.turn(null, cleared, other);
    const again = await bench.open();
    await again.pump();
    await again.pump();
    await again.close();
    await (await bench.open()).pump();
    expect(bench.told()).toEqual(['001 raised', '001 cleared', '002 raised']);
  });

  test('[WH2] an alarm that a restart gave another occurrence stays the one that was told', async () => {
    const outbound = await bench.open();
    bench.turn(outbound, raised);
    await outbound.pump();
    await outbound.close();
    bench.openAlarms = [anAlarm({ occurrenceId: 'another', sinceMs: START_MS + 60_000 })];
    const again = await bench.open();
    await again.pump();
    bench.turn(again, anAlarm({ occurrenceId: 'another', sinceMs: START_MS + 60_000, state: 'NORMAL' }));
    await again.pump();
    expect(bench.events().map(({ data }) => [data.transition, data.occurrenceId])).toEqual([['raised', raised.occurrenceId], ['cleared', raised.occurrenceId]]);
  });

  test('[WH6] beyond the bound nothing more is taken on; once there is room, what is still open is told', async () => {
    const outbound = await bench.open({}, { maxPending: 2 });
    await bench.receiver.stop();
    bench.turn(outbound, raised, other, anAlarm({ id: 'state:003:x' }), anAlarm({ id: 'state:004:x' }));
    await outbound.pump();
    expect(outbound.status()[0]).toMatchObject({ pending: 2, notTaken: 2 });
    expect(bench.errors).toHaveLength(1);
    bench.turn(outbound, anAlarm({ id: 'state:003:x', state: 'NORMAL' }), anAlarm({ state: 'NORMAL' }));
    await bench.receiver.start();
    bench.nowMs += 60_000;
    for (let pumped = 0; pumped < 4; pumped++) await outbound.pump();
    expect(bench.told()).toEqual(['002 raised', '001 raised', '001 cleared', '004 raised']);
    expect(bench.errors).toHaveLength(1);
  });

  test('[WH2] a line that a crash cut was never promised; any other damage stops the start', async () => {
    await bench.receiver.stop();
    const outbound = await bench.open();
    bench.turn(outbound, raised);
    await outbound.pump();
    await outbound.close();
    appendFileSync(join(bench.folder, 'out.jsonl'), '{"kind":"due","hook":"phi');
    const again = await bench.open();
    expect(again.status()[0]).toMatchObject({ pending: 1 });
    await again.close();
    writeFileSync(join(bench.folder, 'out.jsonl'), `nonsense\n${readFileSync(join(bench.folder, 'out.jsonl'), 'utf8')}`);
    await expect(bench.open()).rejects.toThrow('line 1 cannot be read');
  });
});
