import { z } from 'zod';
import type { HttpDependencies } from '../dependencies.ts';
import { defineRoute, type Route } from '../route.ts';

export function metricsRoute({ metricsRegistry }: Pick<HttpDependencies, 'metricsRegistry'>): Route {
  return defineRoute({
    path: '/metrics', query: z.strictObject({}),
    summary: { vi: 'Số đo cho Prometheus', en: 'Metrics in the Prometheus text format' },
    answer: { status: 200, mediaType: 'text/plain', schema: null, name: 'Metrics', example: 'ioc_http_requests_total{method="GET",route="/healthz",status="200"} 1' },
    handle: async () => ({ kind: 'text', mediaType: metricsRegistry.contentType, text: await metricsRegistry.metrics() }),
  });
}
