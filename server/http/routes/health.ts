import { z } from 'zod';
import type { HttpDependencies } from '../dependencies.ts';
import { ProblemError } from '../problem.ts';
import { answers, defineRoute, json, type Route } from '../route.ts';

const Health = z.strictObject({ status: z.literal('ok'), buildId: z.string() });
const Readiness = z.strictObject({ ready: z.literal(true), why: z.string() });

/** Alive: this process answers. Says nothing of feeds or stores, so that nobody restarts a server because a province is silent. */
export function healthRoute({ buildId }: Pick<HttpDependencies, 'buildId'>): Route {
  return defineRoute({
    path: '/healthz', isOpenToAll: true, query: z.strictObject({}),
    summary: { vi: 'Máy chủ còn chạy', en: 'The server is alive' },
    answer: answers('Health', Health, { status: 'ok', buildId: '0.1.0' }),
    handle: () => json({ status: 'ok', buildId }),
  });
}

export function readinessRoute({ isReady }: Pick<HttpDependencies, 'isReady'>): Route {
  return defineRoute({
    path: '/readyz', isOpenToAll: true, query: z.strictObject({}),
    summary: { vi: 'Máy chủ sẵn sàng phục vụ', en: 'The server can do its work' },
    answer: answers('Readiness', Readiness, { ready: true, why: '' }),
    problems: ['not-ready'],
    handle() {
      const { ready, why } = isReady();
      if (!ready) throw new ProblemError('not-ready', why, { headers: { 'Retry-After': '1' } });
      return json({ ready, why });
    },
  });
}
