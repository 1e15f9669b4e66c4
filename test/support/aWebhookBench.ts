import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Alarm } from '../../shared/domain/alarm.ts';
import { alarmWith } from './alarmWith.ts';
import { AlarmEvent } from '../../server/outbound/alarmEvent.ts';
import { openOutbound } from '../../server/outbound/openOutbound.ts';
import { readWebhooks } from '../../server/outbound/webhookSettings.ts';
import type { Outbound } from '../../server/ports/outbound.ts';
import { type Receiver, startReceiver } from './aReceiver.ts';

export const SECRET = Buffer.alloc(32, 7);
export const START_MS = Date.parse('2026-03-01T08:00:00+07:00');

/** Critical, raised at `START_MS`, except for what the caller names. */
export function anAlarm(overrides: Partial<Record<keyof Alarm, unknown>> = {}): Alarm {
  const id = typeof overrides.id === 'string' ? overrides.id : 'state:001:tslcd-link-state';
  return alarmWith({
    id, occurrenceId: `${id}@${START_MS}`, severity: 'critical', domain: 'connectivity', localityCode: '01', indicatorId: 'tslcd-link-state', sourceId: null,
    kind: 'state', value: 0, state: 'UNACK', sinceMs: START_MS, dataLost: false, ...overrides,
  });
}

/** A server's alarms, its folder, and a real receiver; the clock is the test's. */
export interface WebhookBench {
  readonly folder: string;
  readonly receiver: Receiver;
  nowMs: number;
  openAlarms: Alarm[];
  provenance: 'measured' | 'simulated';
  readonly errors: unknown[];
  settings(hooks: readonly object[]): ReturnType<typeof readWebhooks>;
  /** `more`: settings of the webhook. */
  open(more?: object, limits?: { maxPending?: number; timeoutMs?: number }): Promise<Outbound>;
  /** As the channel would: the alarm is open (or not) from now on, and its transition is told. */
  turn(outbound: Outbound | null, ...alarms: Alarm[]): void;
  events(): AlarmEvent[];
  /** "001 raised" */
  told(): string[];
  remove(): Promise<void>;
}

export async function startWebhookBench(): Promise<WebhookBench> {
  const folder = mkdtempSync(join(tmpdir(), 'ioc-webhooks-'));
  writeFileSync(join(folder, 'secret'), `whsec_${SECRET.toString('base64')}\n`);
  const receiver = await startReceiver();
  const opened: Outbound[] = [];
  const bench: WebhookBench = {
    folder, receiver, nowMs: START_MS, openAlarms: [], provenance: 'measured', errors: [],
    settings(hooks) {
      writeFileSync(join(folder, 'webhooks.json'), JSON.stringify({ webhooks: hooks }));
      return readWebhooks(join(folder, 'webhooks.json'));
    },
    async open(more = {}, limits = {}) {
      const outbound = await openOutbound({
        hooks: bench.settings([{ id: 'phieu', url: receiver.url, secretFile: 'secret', ...more }]), path: join(folder, 'out.jsonl'), source: '/ioc/live', nowMs: () => bench.nowMs, random: () => 1,
        onError: (error) => { bench.errors.push(error); }, limits,
        origin: { openAlarms: () => bench.openAlarms, provenanceOf: () => bench.provenance, isWithin: (code, of) => of === 'VN' || code.startsWith(of) },
      });
      opened.push(outbound);
      return outbound;
    },
    turn(outbound, ...alarms) {
      for (const alarm of alarms) bench.openAlarms = [...bench.openAlarms.filter(({ id }) => id !== alarm.id), ...(alarm.state === 'NORMAL' ? [] : [alarm])];
      outbound?.tell(alarms);
    },
    events: () => receiver.posts.map(({ body }) => AlarmEvent.parse(JSON.parse(body))),
    told: () => bench.events().map(({ data }) => `${data.alarmId.split(':')[1]} ${data.transition}`),
    async remove() {
      await Promise.all(opened.map((outbound) => outbound.close().catch(() => {})));
      await receiver.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return bench;
}
