import { Counter } from 'prom-client';
import { z } from 'zod';
import type { HttpDependencies } from '../dependencies.ts';
import { defineRoute, type Route } from '../route.ts';

/** Browsers report here what the content security policy stopped. Counted, not kept: anyone can send one. */
export function cspReportRoute({ metricsRegistry }: Pick<HttpDependencies, 'metricsRegistry'>): Route {
  const reports = new Counter({ name: 'ioc_csp_reports_total', help: 'Reports of content security policy violations.', registers: [metricsRegistry] });
  return defineRoute({
    method: 'post', path: '/csp-report', isOpenToAll: true, query: z.strictObject({}),
    summary: { vi: 'Báo cáo vi phạm CSP từ trình duyệt', en: 'Violation reports of browsers' },
    body: {
      limitBytes: 16 * 1024,
      accepts: [{ mediaType: 'application/csp-report', description: 'As browsers send it.', schema: z.looseObject({}), example: { 'csp-report': { 'blocked-uri': 'inline' } } }],
    },
    answer: { status: 204, mediaType: null, schema: null, name: 'Nothing', example: null },
    problems: ['too-large', 'unsupported-media-type', 'too-many-requests'],
    handle() {
      reports.inc();
      return { kind: 'empty' };
    },
  });
}
