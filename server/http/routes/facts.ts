import { z } from 'zod';
import { Fact } from '../../../shared/domain/fact.ts';
import type { HttpDependencies } from '../dependencies.ts';
import { indicatorField, localityField } from '../query.ts';
import { answers, defineRoute, json, type Route } from '../route.ts';

export function factsRoute({ facts }: Pick<HttpDependencies, 'facts'>): Route {
  return defineRoute({
    path: '/api/v1/facts',
    query: z.strictObject({
      locality: localityField.optional(), indicator: indicatorField.optional(),
      id: z.string().optional().describe('A fact\'s id, as `source.ref` of an explanation names it.'),
    }),
    summary: { vi: 'Số liệu trong các tài liệu gốc, kèm trích dẫn', en: 'Figures of the seed documents with their citations' },
    answer: answers('FactList', z.array(Fact), facts.slice(0, 1)),
    handle: ({ locality, indicator, id }) => json(facts.filter((fact) =>
      (locality === undefined || fact.localityCode === locality) && (indicator === undefined || fact.indicatorId === indicator) && (id === undefined || fact.id === id))),
  });
}
