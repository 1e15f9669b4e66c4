import { afterEach, expect, test, vi } from 'vitest';
import { askEarly, fetchFromServer } from '../../../client/catalogue/earlyAnswers.ts';
import { giveHeadStart } from '../../../client/headStart.ts';
import { routes, type ScreenRoute } from '../../../client/routes.ts';

afterEach(() => { vi.unstubAllGlobals(); });

/** A server that answers each asking with how many came before it, when it is told to. */
function aServer() {
  const asked: string[] = [];
  const signals: AbortSignal[] = [];
  const answers: (() => void)[] = [];
  vi.stubGlobal('fetch', (path: string, { signal }: { signal: AbortSignal }) => new Promise((resolve, reject) => {
    const count = asked.push(path);
    signals.push(signal);
    signal.addEventListener('abort', () => reject(signal.reason));
    answers.push(() => resolve(new Response(JSON.stringify(count))));
  }));
  return { asked, signals, answer: () => { for (const send of answers) send(); } };
}

const STILL = new AbortController().signal;

test('[CT2] what was asked early is handed over once; after that it is asked anew', async () => {
  const server = aServer();
  askEarly('/a');
  const [first, second] = [fetchFromServer('/a', STILL), fetchFromServer('/a', STILL)];
  server.answer();
  expect([await first, await second, server.asked]).toEqual([1, 2, ['/a', '/a']]);
});

test('[CT2] who gives up waiting gives up the early question too', async () => {
  const server = aServer();
  askEarly('/b');
  const patience = new AbortController();
  const answer = fetchFromServer('/b', patience.signal);
  patience.abort(new Error('gone'));
  await expect(answer).rejects.toThrow('gone');
  expect(server.signals[0]?.aborted).toBe(true);
});

test('[CT2] an early question that failed is told to whoever asks, and the next asking is a new one', async () => {
  vi.stubGlobal('fetch', async () => new Response('', { status: 503, statusText: 'Service Unavailable' }));
  askEarly('/c');
  await expect(fetchFromServer('/c', STILL)).rejects.toThrow('/c was answered with 503 Service Unavailable; expected 200.');
  vi.stubGlobal('fetch', async () => new Response('7'));
  expect(await fetchFromServer('/c', STILL)).toBe(7);
});

test.each([
  ['/province/68', '?domain=dossiers', ['/api/v1/branding', '/api/v1/catalogue?channel=live']],
  ['/province/68/report', '', ['/api/v1/branding', '/api/v1/catalogue?channel=live']],
  ['/wall/', '', ['/api/v1/branding', '/api/v1/catalogue?channel=live']],
  ['/wall', '?recording=storm', ['/api/v1/branding']],
  ['/demo', '', ['/api/v1/branding', '/api/v1/catalogue?channel=demo']],
  ['/nowhere', '', []],
])('[CT2] of %s%s the screen and its first questions are under way', (pathname, search, asks) => {
  const server = aServer();
  const loaded: string[] = [];
  const watched = routes.map((route): ScreenRoute => ({ ...route, load: () => { loaded.push(route.path); return Promise.reject(new Error('not in a test')); } }));
  giveHeadStart(watched, { pathname, search });
  expect(server.asked).toEqual(asks);
  expect(loaded).toHaveLength(asks.length === 0 ? 0 : 1);
});
