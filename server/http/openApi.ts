import { z } from 'zod';
import { Fact } from '../../shared/domain/fact.ts';
import { Indicator } from '../../shared/domain/indicator.ts';
import { Locality } from '../../shared/domain/locality.ts';
import { ExplainNodeDto } from '../../shared/protocol/answers.ts';
import { IngestOutcome, ProblemDetail, ReadingDto, SeriesPoint } from '../../shared/protocol/http.ts';
import { Alarm } from '../../shared/domain/alarm.ts';
import { PlaybackState } from '../../shared/protocol/socket.ts';
import { PROBLEM_KINDS, toProblemDetail } from './problem.ts';
import type { RouteDescription } from './route.ts';

type Json = Readonly<Record<string, unknown>>;

/** Shapes that several answers share; referred to by name instead of repeated. */
const SHARED_SCHEMAS = { Alarm, ExplainNode: ExplainNodeDto, Fact, IngestOutcome, Indicator, Locality, PlaybackState, ProblemDetail, Reading: ReadingDto, SeriesPoint };

const toReference = (name: string) => `#/components/schemas/${name}`;

/** The OpenAPI 3.1 document of exactly these routes, from the same schemas that answer them. */
export function describeApi(routes: readonly RouteDescription[], buildId: string): Json {
  const paths: Record<string, Record<string, Json>> = {};
  for (const route of routes) {
    paths[route.path] = { ...paths[route.path], [route.method]: { operationId: toOperationId(route, routes), ...describeRoute(route) } };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Trung tâm Điều hành thông minh (IOC)', version: buildId,
      description: 'Readings of every province and district: what is known, as of when, from whom, and how it was computed. Every failure is an RFC 9457 problem document.',
    },
    servers: [{ url: '/' }],
    paths,
    components: { schemas: describeSchemas(routes) },
  };
}

function describeSchemas(routes: readonly RouteDescription[]): Json {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(SHARED_SCHEMAS)) registry.add(schema, { id });
  for (const { answer } of routes) {
    if (answer.schema !== null && !registry.has(answer.schema)) registry.add(answer.schema, { id: answer.name });
  }
  const { schemas } = z.toJSONSchema(registry, { uri: toReference, io: 'output' });
  return Object.fromEntries(Object.entries(schemas).map(([id, schema]) => [id, withoutIdentity(schema)]));
}

/** In a document a schema is named by its place; `$schema` and `$id` would contradict it. */
function withoutIdentity({ $schema: _schema, $id: _id, ...schema }: Json): Json {
  return schema;
}

function describeRoute({ path, pathParameters, summary, query, body, answer, problems }: RouteDescription): Json {
  const success = answer.mediaType === null ? { description: 'Done; no body.' } : {
    description: summary.en,
    content: { [answer.mediaType]: { schema: answer.schema === null ? { type: 'string' } : { $ref: toReference(answer.name) }, example: answer.example } },
  };
  return {
    summary: summary.vi, description: summary.en,
    parameters: [
      ...Object.entries(pathParameters).map(([name, described]) => ({ name, in: 'path', required: true, ...described, schema: { type: 'string' } })),
      ...describeParameters(query),
    ],
    ...(body !== undefined && { requestBody: {
      required: true,
      description: body.accepts.map(({ mediaType, description }) => `${mediaType}: ${description}`).join('\n'),
      content: Object.fromEntries(body.accepts.map(({ mediaType, schema, example }) => [mediaType, { schema: withoutIdentity(z.toJSONSchema(schema, { io: 'input' })), example }])),
    } }),
    responses: { [answer.status]: success, ...describeProblems(path, problems) },
  };
}

function describeProblems(path: string, kinds: RouteDescription['problems']): Json {
  const byStatus = Map.groupBy(new Set([...kinds, 'internal'] as const), (kind) => String(PROBLEM_KINDS[kind].status));
  return Object.fromEntries([...byStatus].map(([status, same]) => [status, {
    description: same.map((kind) => PROBLEM_KINDS[kind].title).join('; '),
    content: { 'application/problem+json': { schema: { $ref: toReference('ProblemDetail') }, example: toProblemDetail(same[0] ?? 'internal', 'What was wrong, and what to do.', [], path) } },
  }]));
}

function describeParameters(query: z.ZodObject): Json[] {
  const { properties = {}, required = [] } = z.toJSONSchema(query, { io: 'input' });
  return Object.entries(properties).map(([name, schema]) => {
    if (typeof schema === 'boolean') throw new Error(`Invariant: parameter "${name}" has no schema.`);
    const { description, examples, ...rest } = schema;
    return {
      name, in: 'query', required: required.includes(name), ...(description !== undefined && { description }),
      ...(Array.isArray(examples) && { example: examples[0] }), schema: rest,
    };
  });
}

/** A path that is both read and written gives two. */
function toOperationId({ path, method }: RouteDescription, routes: readonly RouteDescription[]): string {
  const isSecond = method === 'post' && routes.some((other) => other.path === path && other.method === 'get');
  return path.replace('/api/v1/', '').replace(/\}$/, '').replace(/^\//, '').replace(/[^a-z0-9]+([a-z0-9])/g, (_, letter: string) => letter.toUpperCase()) + (isSecond ? 'Post' : '');
}
