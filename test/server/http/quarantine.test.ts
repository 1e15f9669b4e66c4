import { describe, expect, test } from 'vitest';
import type { ReleaseAnswer } from '../../../server/ports/ingest.ts';
import type { AuditDraft } from '../../../server/ports/alarmLog.ts';
import { QuarantineDto } from '../../../shared/protocol/answers.ts';
import { aChannelView, NOW_MS } from '../../support/aChannelView.ts';
import { nobodyAtAll, somebody } from '../../support/somePeople.ts';
import { listen, read, readProblem } from './listen.ts';

const BODY = { why: 'Đã đối chiếu.' };
const BY = 'Lê Thị Hà';

async function release(answer: ReleaseAnswer | Error, { id = '4', body = BODY as unknown, people = somebody('operator') } = {}) {
  const asked: unknown[] = [];
  const rows: AuditDraft[] = [];
  const { url } = await listen({
    people, trail: { readAudit: async () => [], append: async (_events, audit) => { rows.push(...audit); } },
    releaseQuarantined: async (...args) => {
      asked.push(args);
      if (answer instanceof Error) throw answer;
      return answer;
    },
  });
  const response = await fetch(`${url}/api/v1/quarantine/${id}/release`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
  return { response, asked, rows };
}

describe('[QR3] release over HTTP', () => {
  test('is answered with what became of it', async () => {
    const { response, asked, rows } = await release({ kind: 'released', outcome: { outcome: 'rejected', reason: 'implausible-value', detail: 'too much' } });
    expect([response.status, await response.json(), asked]).toEqual([200, { id: 4, outcome: 'rejected', reason: 'implausible-value', detail: 'too much' }, [[4, { ...BODY, by: BY }]]]);
    expect(rows).toMatchObject([{ actor: 'ha.lt', action: 'quarantine.release', target: '4', outcome: 'done', detail: { why: BODY.why } }]);
  });

  test.each([
    [{ kind: 'unknown' }, 404, 'not-found'], [{ kind: 'again' }, 409, 'release-refused'], [{ kind: 'too-early', fromMs: NOW_MS }, 409, 'release-refused'],
    [Object.assign(new Error(), { code: 'full' }), 507, 'store-full'], [Object.assign(new Error(), { code: 'closed' }), 503, 'not-stored'],
  ] as const)('%o is %i %s', async (answer, status, kind) => {
    expect(await readProblem((await release(answer)).response)).toMatchObject({ status, kind });
  });

  test.each([[{ by: 'x', why: 'x' }, '/by'], [{}, '/why'], [{ ...BODY, colour: 1 }, '/colour'], [{ ...BODY, why: 'x'.repeat(301) }, '/why']])('%o does not say why', async (body, where) => {
    const { response, asked } = await release({ kind: 'unknown' }, { body });
    expect([await readProblem(response), asked]).toMatchObject([{ status: 400, errors: [{ where }] }, []]);
  });

  test.each([['nobody', nobodyAtAll, 401, 'not-signed-in'], ['a viewer', somebody('viewer'), 403, 'forbidden'], ['an administrator', somebody('admin'), 403, 'forbidden']] as const)('%s may not', async (_who, people, status, kind) => {
    const { response, asked, rows } = await release({ kind: 'unknown' }, { people });
    expect([await readProblem(response), asked]).toMatchObject([{ status, kind }, []]);
    // That somebody tried who may not is in the trail.
    expect(rows).toMatchObject(status === 403 ? [{ actor: 'ha.lt', station: expect.any(String), action: 'quarantine.release', target: '4', outcome: 'refused' }] : []);
  });

  test('what was released says so where the quarantine is read', async () => {
    const channel = aChannelView({ quarantine: () => [{ id: 1, receivedAtMs: NOW_MS, reason: 'too-late', detail: '', candidate: {}, released: { ...BODY, by: BY, atMs: NOW_MS, outcome: { outcome: 'stored', offset: 3 } } }] });
    expect(QuarantineDto.parse(await read(await listen({ channels: new Map([[channel.id, channel]]) }), '/api/v1/quarantine')).items).toMatchObject([{ released: { ...BODY, by: BY, outcome: 'stored' } }]);
  });
});
