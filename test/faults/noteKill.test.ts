import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { NotesDto } from '../../shared/protocol/notes.ts';
import { type RunningServer, startServer } from '../support/startServer.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'ioc-notes-'));
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));
const ROUNDS = 3;

const noteOf = (id: string) => ({ id, localityCode: '68', indicatorId: null, atMs: 1_700_000_000_000, author: 'Trực ban', text: `Ghi chú ${id}`, corrects: null });

async function post({ url }: RunningServer, path: string, body: unknown): Promise<number> {
  const response = await fetch(`${url}/api/v1/notes${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  await response.arrayBuffer();
  return response.status;
}
async function notesOf({ url }: RunningServer) {
  return new Map(NotesDto.parse(await (await fetch(`${url}/api/v1/notes?locality=68`)).json()).notes.map((note) => [note.id as string, note]));
}

test(`[NT3] kill -9 while notes are written loses no acknowledged note and no acknowledged withdrawal (${ROUNDS} rounds)`, async () => {
  const written = new Set<string>();
  const withdrawn = new Set<string>();
  for (let round = 0; round < ROUNDS; round++) {
    const server = await startServer({ dataDir, env: { IOC_LIVE: 'feeds' } });
    let isAlive = true;
    const goal = 20 + round * 9;
    const writing = (async () => {
      for (let number = 0; isAlive; number++) {
        const id = `round-${round}-${number}`;
        try {
          const status = await post(server, '', noteOf(id));
          if (status !== 200) throw new Error(`note ${id} was answered ${status}`);
          written.add(id);
          if (number % 3 === 0 && await post(server, `/${id}/withdraw`, { author: 'Trực ban', reason: 'thử' }) === 200) withdrawn.add(id);
        } catch (error) {
          if (isAlive && !(error instanceof TypeError)) throw error;
          return;
        }
      }
    })();
    const before = written.size;
    while (written.size < before + goal) await new Promise((turn) => { setImmediate(turn); });
    await server.kill();
    isAlive = false;
    await writing;
  }
  const server = await startServer({ dataDir, env: { IOC_LIVE: 'feeds' } });
  const found = await notesOf(server);
  await server.kill();
  expect(written.size).toBeGreaterThan(ROUNDS * 20);
  expect([...written].filter((id) => found.get(id)?.text !== `Ghi chú ${id}`)).toEqual([]);
  expect([...withdrawn].filter((id) => found.get(id)?.withdrawn?.reason !== 'thử')).toEqual([]);
});
