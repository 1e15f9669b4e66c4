import { z } from 'zod';
import { AuditDto } from '../../../shared/protocol/session.ts';
import type { HttpDependencies } from '../dependencies.ts';
import { AT_EXAMPLE_MS } from '../examples.ts';
import { requirePerson } from '../persons.ts';
import { countField } from '../query.ts';
import { answers, defineRoute, json, type Route } from '../route.ts';

const MOST_ROWS = 500;
const Before = z.string().regex(/^[1-9]\d{0,14}$/, 'must be the number of a row').transform(Number).optional().describe('Only rows before this number.').meta({ examples: ['120'] });

export function auditRoute({ people, trail }: Pick<HttpDependencies, 'people' | 'trail'>): Route {
  return defineRoute({
    path: '/api/v1/audit', query: z.strictObject({ limit: countField(1, MOST_ROWS, 100, 'Rows to answer.'), before: Before }),
    summary: { vi: 'Nhật ký kiểm toán, mới nhất trước', en: 'The audit trail, newest first; for auditors' },
    answer: answers('Audit', AuditDto, { rows: [{
      seq: 119, atMs: AT_EXAMPLE_MS, actor: 'ha.lt', station: '10.20.0.15', action: 'session.begin', target: 'ha.lt', outcome: 'done', detail: { role: 'operator' }, hash: '0'.repeat(64),
    }] }),
    problems: ['not-signed-in', 'forbidden'],
    async handle({ limit, before }, request) {
      requirePerson({ people }, request, 'audit.read');
      return json({ rows: [...await trail.readAudit({ limit, beforeSeq: before ?? null })] } satisfies AuditDto);
    },
  });
}
