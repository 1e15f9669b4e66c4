import { describe, expect, test } from 'vitest';
import type { ReleaseAnswer } from '../../../server/ports/ingest.ts';
import { QuarantineDto } from '../../../shared/protocol/answers.ts';
import { aChannelView, NOW_MS } from '../../support/aChannelView.ts';
import { listen, read, readProblem } from './listen.ts';

const BODY = { by: 'Quản trị viên', why: 'Đã đối chiếu.' };

async function release(answer: ReleaseAnswer | Error, { id = '4', body = BODY as unknown } = {}) {
  const asked: unknown[] = [];
  const { url } = await listen({
    releaseQuarantined: async (...args) => {
      asked.push(args);
      if (answer instanceof Error) throw answer;
      return answer;
    },
  });
  const response = await fetch(`${url}/api/v1/quarantine/${id}/release`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
  return { response, asked };
}

describe('[QR3] release over HTTP', () => {
  test('is answered with what became of it', async () => {
    const { response, asked } = await release({ kind: 'released', outcome: { outcome: 'rejected', reason: 'implausible-value', detail: 'too much' } });
    expect([response.status, await response.json(), asked]).toEqual([200, { id: 4, outcome: 'rejected', reason: 'implausible-value', detail: 'too much' }, [[4, BODY]]]);
  });

  test.each([
    [{ kind: 'unknown' }, 404, 'not-found'], [{ kind: 'again' }, 409, 'release-refused'], [{ kind: 'too-early', fromMs: NOW_MS }, 409, 'release-refused'],
    [Object.assign(new Error(), { code: 'full' }), 507, 'store-full'], [Object.assign(new Error(), { code: 'closed' }), 503, 'not-stored'],
  ] as const)('%o is %i %s', async (answer, status, kind) => {
    expect(await readProblem((await release(answer)).response)).toMatchObject({ status, kind });
  });

  test.each([[{ by: '', why: 'x' }, '/by'], [{ by: 'x' }, '/why'], [{ ...BODY, colour: 1 }, '/colour'], [{ ...BODY, why: 'x'.repeat(301) }, '/why']])('%o does not say who and why', async (body, where) => {
    const { response, asked } = await release({ kind: 'unknown' }, { body });
    expect([await readProblem(response), asked]).toMatchObject([{ status: 400, errors: [{ where }] }, []]);
  });

  test('what was released says so where the quarantine is read', async () => {
    const channel = aChannelView({ quarantine: () => [{ id: 1, receivedAtMs: NOW_MS, reason: 'too-late', detail: '', candidate: {}, released: { ...BODY, atMs: NOW_MS, outcome: { outcome: 'stored', offset: 3 } } }] });
    expect(QuarantineDto.parse(await read(await listen({ channels: new Map([[channel.id, channel]]) }), '/api/v1/quarantine')).items).toMatchObject([{ released: { ...BODY, outcome: 'stored' } }]);
  });
});
