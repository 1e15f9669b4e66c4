import { describe, expect, test } from 'vitest';
import { NotesDto } from '../../../shared/protocol/notes.ts';
import { NOW_MS } from '../../support/aChannelView.ts';
import { aDraft, aNoteLog, someNotes } from '../../support/someNotes.ts';
import { type Listening, listen, read, readProblem } from './listen.ts';

const withdrawal = { author: 'Chị Hoa', reason: 'Ghi nhầm.' };

function post({ url }: Listening, path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${url}/api/v1/notes${path}`, { method: 'POST', headers: { 'Content-Type': 'application/json', ...headers }, body: JSON.stringify(body) });
}
const list = async (listening: Listening, query = 'locality=10') => NotesDto.parse(await read(listening, `/api/v1/notes?${query}`));

describe('[NT9] notes over HTTP', () => {
  test('are written, corrected, withdrawn and read', async () => {
    const listening = await listen();
    expect(await list(listening)).toEqual({ channel: 'live', notes: [], leftOff: 0 });
    const written = await post(listening, '', aDraft({ indicatorId: 'tslcd-share' }));
    expect([written.status, await written.json()]).toMatchObject([200, { id: 'note-0001', recordedAtMs: NOW_MS, withdrawn: null, correctedBy: null }]);
    expect((await post(listening, '', aDraft({ indicatorId: 'tslcd-share' }))).status).toBe(200);
    expect((await list(listening, 'locality=10&indicator=tslcd-share')).notes).toHaveLength(1);
    expect((await list(listening, 'locality=10&indicator=tslcd-loss')).notes).toHaveLength(0);
    expect((await list(listening, `locality=10&from=${NOW_MS}`)).notes).toHaveLength(0);
    expect((await list(listening, 'locality=11')).notes).toHaveLength(0);
    expect((await post(listening, '', aDraft({ id: 'note-0002', indicatorId: 'tslcd-share', corrects: 'note-0001', text: 'Ở cầu.' }))).status).toBe(200);
    expect((await post(listening, '/note-0002/withdraw', withdrawal)).status).toBe(200);
    expect((await list(listening)).notes).toMatchObject([{ id: 'note-0002', withdrawn: withdrawal }, { id: 'note-0001', correctedBy: { id: 'note-0002' } }]);
  });

  const draft = aDraft();
  test.each([
    ['a future moment', '', { ...draft, atMs: NOW_MS + 3_600_000 }, 400, 'malformed-request', '/atMs'],
    ['a control character', '', { ...draft, text: 'a\u0000b' }, 400, 'malformed-request', '/text'],
    ['a long text', '', { ...draft, text: 'a'.repeat(501) }, 400, 'malformed-request', '/text'],
    ['a field of another name', '', { ...draft, colour: 'red' }, 400, 'malformed-request', '/colour'],
    ['a place of another edition', '', { ...draft, localityCode: '99' }, 404, 'not-found', null],
    ['an indicator that the place has not', '', { ...draft, localityCode: '080', indicatorId: 'alerts-open' }, 404, 'not-found', null],
    ['a correction of nothing', '', { ...draft, corrects: 'note-none' }, 404, 'not-found', null],
    ['more than a note is long', '', { ...draft, text: 'a'.repeat(9_000) }, 413, 'too-large', 'body'],
    ['a withdrawal of nothing', '/note-none/withdraw', withdrawal, 404, 'not-found', null],
    ['a withdrawal by an id that is none', '/x/withdraw', withdrawal, 404, 'not-found', null],
    ['a withdrawal without a reason', '/note-0001/withdraw', { author: 'a' }, 400, 'malformed-request', '/reason'],
  ])('%s is refused, and nothing is stored', async (_, path, body, status, kind, where) => {
    const log = aNoteLog();
    const listening = await listen({ notes: someNotes(() => NOW_MS, log) });
    const problem = await readProblem(await post(listening, path, body));
    expect(problem).toMatchObject({ status, kind });
    expect(problem.errors.map((error) => error.where)).toEqual(where === null ? [] : [where]);
    expect(log.entries).toEqual([]);
  });

  test('[NT2] another note under a used id is a conflict; [NT4] what is gone is not withdrawn', async () => {
    const listening = await listen();
    await post(listening, '', draft);
    expect(await readProblem(await post(listening, '', { ...draft, text: 'Khác' }))).toMatchObject({ status: 409, kind: 'id-conflict' });
    await post(listening, '', { ...draft, id: 'note-0002', corrects: draft.id });
    expect(await readProblem(await post(listening, '/note-0001/withdraw', withdrawal))).toMatchObject({ status: 409, kind: 'note-refused' });
  });

  test.each([['full', 507, 'store-full'], ['io', 503, 'not-stored'], ['closed', 503, 'not-stored']])('[NT3] a store that is %s answers %i, and the note is seen by nobody', async (code, status, kind) => {
    const log = aNoteLog();
    const listening = await listen({ notes: someNotes(() => NOW_MS, log) });
    log.failWith = Object.assign(new Error('disk'), { code });
    expect(await readProblem(await post(listening, '', draft))).toMatchObject({ status, kind });
    expect((await list(listening)).notes).toEqual([]);
    expect((await post(listening, '', draft)).status).toBe(200);
  });

  test('[NT6] a full book is said to be full', async () => {
    const listening = await listen({ notes: someNotes(() => NOW_MS, aNoteLog(), 0) });
    expect(await readProblem(await post(listening, '', draft))).toMatchObject({ status: 507, kind: 'store-full' });
  });

  test('no page of a stranger writes one', async () => {
    const listening = await listen();
    expect((await post(listening, '', draft, { Origin: 'http://evil.example' })).status).toBe(403);
    expect((await list(listening)).notes).toEqual([]);
  });

  test('the newest five hundred are answered, and it is said how many are not', async () => {
    const notes = someNotes(() => NOW_MS);
    for (let number = 0; number < 503; number++) await notes.write(aDraft({ id: `note-${String(number).padStart(5, '0')}`, atMs: number }));
    const answer = await list(await listen({ notes }));
    expect([answer.notes.length, answer.leftOff, answer.notes[0]?.atMs]).toEqual([500, 3, 502]);
  });
});
