import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { SEVERITIES } from '../../../shared/domain/severity.ts';
import { AlarmEvent } from '../../../server/outbound/alarmEvent.ts';
import { anAlarm, startWebhookBench, type WebhookBench } from '../../support/aWebhookBench.ts';

describe('webhooks, whatever happens', () => {
  let bench: WebhookBench;
  beforeEach(async () => { bench = await startWebhookBench(); });
  afterEach(() => bench.remove());

  test('[WH7] whatever happens and whenever it restarts, what the receiver was told comes to what is open', async () => {
    const step = fc.oneof(
      { weight: 8, arbitrary: fc.record({ id: fc.constantFrom('a:1', 'a:2', 'a:3'), severity: fc.constantFrom(...SEVERITIES), isOpen: fc.boolean(), isHeard: fc.boolean() }) },
      { weight: 1, arbitrary: fc.constant('restart' as const) }, { weight: 2, arbitrary: fc.constant('pump' as const) }, { weight: 1, arbitrary: fc.constant('trouble' as const) },
    );
    await fc.assert(fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
      rmSync(join(bench.folder, 'out.jsonl'), { force: true });
      bench.openAlarms = [];
      bench.receiver.posts.length = 0;
      bench.receiver.answer(null);
      const taken: AlarmEvent[] = [];
      let isTroubled = false;
      bench.receiver.answer((post, response) => {
        if (!isTroubled) taken.push(AlarmEvent.parse(JSON.parse(post.body)));
        response.writeHead(isTroubled ? 500 : 204).end();
      });
      let outbound = await bench.open({ severities: ['critical', 'high'] });
      for (const event of steps) {
        if (event === 'pump') await outbound.pump();
        else if (event === 'trouble') isTroubled = !isTroubled;
        else if (event === 'restart') {
          await outbound.close();
          outbound = await bench.open({ severities: ['critical', 'high'] });
        } else bench.turn(outbound, anAlarm({ id: event.id, severity: event.severity, state: event.isOpen ? 'UNACK' : 'NORMAL' }));
        bench.nowMs += 60_000;
      }
      isTroubled = false;
      await outbound.close();
      outbound = await bench.open({ severities: ['critical', 'high'] });
      for (let pumped = 0; pumped < 2; pumped++) {
        bench.nowMs += 3_600_000;
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
      for (const alarm of bench.openAlarms) {
        if (['critical', 'high'].includes(alarm.severity)) expect(open_.get(alarm.id)).toBe(alarm.severity);
        else if (open_.has(alarm.id)) expect(open_.get(alarm.id)).toBe(alarm.severity);
      }
      for (const id of open_.keys()) expect(bench.openAlarms.some((alarm) => alarm.id === id)).toBe(true);
    }), { numRuns: 30 });
  }, 120_000);

  test('[WH8] settings that could send secrets or alarms astray stop the start, and never show a secret', () => {
    const hook = { id: 'a', url: 'https://tickets.example.vn/ioc', secretFile: 'secret' };
    expect(bench.settings([hook])).toMatchObject([{ severities: ['critical', 'high'], localities: ['VN'], includeSimulated: false }]);
    expect(() => bench.settings([{ ...hook, url: 'http://tickets.example.vn' }])).toThrow('must be https');
    expect(() => bench.settings([{ ...hook, url: 'https://me:pw@tickets.example.vn' }])).toThrow('no name or password');
    expect(() => bench.settings([hook, hook])).toThrow('"a" is taken');
    expect(() => bench.settings([{ ...hook, colour: 1 }])).toThrow('colour');
    expect(() => bench.settings([{ ...hook, secretFile: 'none' }])).toThrow('ENOENT');
    writeFileSync(join(bench.folder, 'from-windows'), `\ufeffwhsec_${Buffer.alloc(32, 1).toString('base64')}\r\n`);
    expect(bench.settings([{ ...hook, secretFile: 'from-windows' }])[0]?.secrets).toHaveLength(1);
    for (const secret of ['', 'hunter2-hunter2-hunter2-hunter2', `whsec_${Buffer.alloc(8).toString('base64')}`]) {
      writeFileSync(join(bench.folder, 'weak'), secret);
      expect(() => bench.settings([{ ...hook, secretFile: 'weak' }])).toThrow(/must hold one secret a line(?!.*hunter2)/);
    }
  });
});
