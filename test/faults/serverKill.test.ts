import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { IngestAnswer, SnapshotDto } from '../../shared/protocol/http.ts';
import { type RunningServer, startServer } from '../support/startServer.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'ioc-kill-'));
const env = { IOC_LIVE: 'feeds' };
const ROUNDS = 4;

afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

function anEvent(id: string, locality: string, value: number, time: string) {
  return {
    specversion: '1.0', id, source: 'province-68', type: 'vn.ioc.observation.v1', subject: locality, time, datacontenttype: 'application/json',
    data: { indicator: 'dossiers-overdue', value },
  };
}

async function post(server: RunningServer, events: readonly unknown[]): Promise<IngestAnswer> {
  const response = await fetch(`${server.url}/api/v1/observations`, {
    method: 'POST', headers: { 'content-type': 'application/cloudevents-batch+json' }, body: JSON.stringify(events),
  });
  const text = await response.text();
  if (response.status !== 200) throw new Error(`POST answered ${response.status}: ${text}`);
  return JSON.parse(text) as IngestAnswer;
}

async function valuesByLocality(server: RunningServer): Promise<Map<string, number | null>> {
  const snapshot = await (await fetch(`${server.url}/api/v1/snapshot?locality=68`)).json() as SnapshotDto;
  return new Map(snapshot.readings.filter(({ indicatorId }) => indicatorId === 'dossiers-overdue').map(({ localityCode, value }) => [localityCode, value]));
}

describe('kill -9 during ingest, over HTTP', () => {
  test('[L12] whatever was answered "stored" is on the wall after the restart, under the same epoch, and a resend is a duplicate', async () => {
    const districts = ['672', '673', '674', '675', '676'];
    const acknowledged = new Map<string, number>();
    let epoch: string | null = null;
    let lastStored: ReturnType<typeof anEvent> | null = null;
    for (let round = 0; round < ROUNDS; round++) {
      const server = await startServer({ dataDir, env });
      const channels = await (await fetch(`${server.url}/api/v1/channels`)).json() as { channel: string; epoch: string }[];
      const live = channels.find(({ channel }) => channel === 'live');
      expect(live?.epoch).toBe(epoch ?? live?.epoch);
      epoch = live?.epoch ?? null;
      const shown = await valuesByLocality(server);
      // Values only grow. One more than acknowledged may be there: stored, but killed before it was answered.
      for (const [locality, value] of acknowledged) expect(shown.get(locality), `round ${round}, district ${locality}`).toBeGreaterThanOrEqual(value);
      if (lastStored !== null) expect((await post(server, [lastStored])).items[0]?.outcome).toBe('duplicate');

      // Posts go on while the server is killed; only what was answered counts.
      let isAlive = true;
      const posting = (async () => {
        for (let number = 1; isAlive; number++) {
          const locality = districts[number % districts.length] ?? '672';
          const value = round * 1_000 + number;
          const event = anEvent(`r${round}-${number}`, locality, value, new Date(Date.now() - 1_000 + number).toISOString());
          try {
            const answer = await post(server, [event]);
            if (answer.items[0]?.outcome !== 'stored') throw new Error(`round ${round}, event ${number}: ${JSON.stringify(answer)}`);
            acknowledged.set(locality, value);
            lastStored = event;
          } catch (error) {
            if (isAlive && !(error instanceof TypeError)) throw error;
            return;
          }
        }
      })();
      while (acknowledged.size < districts.length) await new Promise((turn) => { setImmediate(turn); });
      const goal = 15 + round * 7;
      for (let at = acknowledged.get('672') ?? 0; at < round * 1_000 + goal; at = acknowledged.get('672') ?? 0) await new Promise((turn) => { setImmediate(turn); });
      await server.kill();
      isAlive = false;
      await posting;
    }
    expect(acknowledged.size).toBe(districts.length);
  });
});
