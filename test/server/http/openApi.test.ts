import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { readBranding } from '../../../server/branding.ts';
import { readCatalogue } from '../../../server/catalogue.ts';
import { aChannelView, indicators, NOW_MS } from '../../support/aChannelView.ts';
import { anAlarm } from '../../support/roomsServer.ts';
import { createWalls } from '../../../server/walls/createWalls.ts';
import { somebody } from '../../support/somePeople.ts';
import { aWallPage } from '../../support/aWallPage.ts';
import { aWallReport } from '../../support/aWallReport.ts';
import { listen } from './listen.ts';

const Schema = z.record(z.string(), z.unknown());
const Content = z.record(z.string().regex(/^[\w.+-]+\/[\w.+-]+$/), z.strictObject({ schema: Schema, example: z.unknown().refine((example) => example !== undefined) }));
const Parameter = z.strictObject({
  name: z.string(), in: z.enum(['query', 'path']), required: z.boolean(), description: z.string().optional(), example: z.string().optional(),
  schema: Schema.refine((schema) => !('examples' in schema) && !('in' in schema)),
});
const Operation = z.strictObject({
  operationId: z.string().regex(/^[a-z][A-Za-z0-9]*$/), summary: z.string().min(1), description: z.string().min(1), parameters: z.array(Parameter),
  requestBody: z.strictObject({ required: z.literal(true), description: z.string().min(1), content: Content }).optional(),
  responses: z.record(z.string().regex(/^[2-5]\d\d$/), z.strictObject({ description: z.string().min(1), content: Content.optional() })),
});
/** What every tool relies on in an OpenAPI 3.1 document; stricter than the standard where we never use the freedom. */
const OpenApi = z.strictObject({
  openapi: z.string().regex(/^3\.1\.\d+$/),
  info: z.strictObject({ title: z.string(), version: z.string(), description: z.string() }),
  servers: z.array(z.strictObject({ url: z.string() })),
  paths: z.record(z.string().startsWith('/'), z.partialRecord(z.enum(['get', 'post']), Operation)),
  components: z.strictObject({ schemas: z.record(z.string().regex(/^[A-Za-z0-9.-]+$/), Schema) }),
});
type OpenApi = z.infer<typeof OpenApi>;

const operationsOf = ({ paths }: OpenApi) => Object.entries(paths)
  .flatMap(([path, item]) => Object.entries(item).map(([method, operation]) => ({ path, method, operation })));

function brokenReferences(document: OpenApi): string[] {
  return [...JSON.stringify(document).matchAll(/"\$ref":"(?:#\/components\/schemas\/)?([^"]*)"/g)].map((match) => match[1]!)
    .filter((name) => document.components.schemas[name] === undefined);
}

/** The schemas of the document, as something that judges values. */
function schemasOf({ components }: OpenApi): (name: string) => z.ZodType {
  const $defs: z.core.JSONSchema.JSONSchema['$defs'] = JSON.parse(JSON.stringify(components.schemas).replaceAll('#/components/schemas/', '#/$defs/'));
  return (reference) => z.fromJSONSchema({ $ref: `#/$defs/${reference.split('/').at(-1)}`, ...($defs !== undefined && { $defs }) });
}

/** The example of the guide. */
const branding = readBranding(resolve(import.meta.dirname, '../../../docs/branding/brand.json'), '2021', readCatalogue().tablesByEdition['2021'].localities);

/** A server whose every list has something in it. */
function listenWithEverything() {
  const { facts, sources, localityLists, crosswalk } = readCatalogue();
  const channel = aChannelView({
    openAlarms: () => [anAlarm()], sources: () => [{ sourceId: 'laocai-tslcd', lastReceivedAtMs: NOW_MS, freshness: 'fresh' }],
    refusals: () => [{ reason: 'malformed', count: 1, lastAtMs: NOW_MS, lastSourceId: null, lastDetail: '', lastExample: '' }],
    quarantine: () => [{ id: 1, receivedAtMs: NOW_MS, reason: 'future', detail: '', candidate: {}, released: null }],
    history: { ...aChannelView().history, series: async () => ({ resolution: 'raw', bucketMs: 1, points: [{ atMs: 0, min: 1, max: 1, last: 1, count: 1 }, { atMs: 1, min: null, max: null, last: null, count: 0 }] }) },
  });
  channel.set('085', 'tslcd-latency', { value: 12, observedAtMs: NOW_MS, sourceId: 'laocai-tslcd', offset: 3 });
  const walls = createWalls({ nowMs: () => NOW_MS });
  walls.report(aWallPage(), aWallReport({ wallId: 'phong-hop-2' }), true);
  return listen({ branding, walls, people: somebody('auditor', { can: () => true }), channels: new Map([[channel.id, channel]]), facts, sources, editions: localityLists, crosswalk });
}

async function readDescription(url: string): Promise<OpenApi> {
  return OpenApi.parse(await (await fetch(`${url}/api/v1/openapi.json`)).json());
}

describe('the description of the interface', () => {
  test('[X14] is OpenAPI 3.1 in structure, with every reference resolved and every failure a problem', async () => {
    const document = await readDescription((await listen()).url);
    expect(brokenReferences(document)).toEqual([]);
    expect(brokenReferences({ ...document, components: { schemas: {} } })).toContain('ProblemDetail');
    expect(JSON.stringify(document)).not.toMatch(/"\$(id|schema)":/);
    const operations = operationsOf(document);
    expect(new Set(operations.map(({ operation }) => operation.operationId)).size).toBe(operations.length);
    for (const { operation: { responses } } of operations) {
      expect(Object.keys(responses).filter((status) => status.startsWith('2'))).toHaveLength(1);
      const failures = Object.entries(responses).filter(([status]) => status >= '400');
      expect(failures.map(([, { content }]) => Object.keys(content ?? {}))).toEqual(failures.map(() => ['application/problem+json']));
    }
  });

  test('[X14] describes every registered route and no other', async () => {
    const { url, app } = await listen();
    const described = operationsOf(await readDescription(url)).map(({ method, path }) => `${method} ${path}`);
    const registered = app.router.stack.flatMap(({ route }) => (route === undefined ? [] : [{ path: String(route.path).replace(/:(\w+)/g, '{$1}'), methods: new Set(route.stack.map(({ method }) => method)) }]));
    // Each path is registered twice: with its own method, and with all methods to refuse the others.
    const own = registered.filter(({ methods }) => methods.size === 1).map(({ path, methods }) => `${[...methods][0]} ${path}`);
    expect(own.toSorted()).toEqual(described.toSorted());
    expect(described).toEqual(expect.arrayContaining(['get /api/v1/snapshot', 'post /api/v1/observations', 'get /healthz', 'get /api/v1/openapi.json']));
  });

  test('[X14] every parameter is described, and its example is answered', async () => {
    // No role may read both the trail and what is restricted.
    const { url } = await listen({ branding, people: somebody('auditor', { can: () => true }) });
    for (const { path, method, operation: { parameters } } of operationsOf(await readDescription(url))) {
      if (method !== 'get') continue;
      for (const { name, description } of parameters) expect([path, name, description]).toEqual([path, name, expect.stringMatching(/\w/)]);
      const given = (place: 'query' | 'path') => parameters.flatMap(({ name, in: at, example }): [string, string][] => (at !== place || example === undefined ? [] : [[name, example]]));
      const asked = given('path').reduce((filled, [name, example]) => filled.replace(`{${name}}`, encodeURIComponent(example)), path);
      expect([path, (await fetch(`${url}${asked}?${new URLSearchParams(given('query'))}`)).status]).toEqual([path, 200]);
    }
  });

  test('[X14] every answer, refusals too, has a described status and fits the schema described for it', async () => {
    const { url } = await listenWithEverything();
    const document = await readDescription(url);
    const schemaOf = schemasOf(document);
    const statuses = new Set<number>();
    for (const { path: template, method, operation } of operationsOf(document)) {
      const query = new URLSearchParams(operation.parameters.flatMap(({ name, example, in: place }) => (example === undefined || place === 'path' ? [] : [[name, example]])));
      const path = template.replace(/\{(\w+)\}/g, (_, named: string) => operation.parameters.find(({ name }) => name === named)!.example!);
      const [mediaType, body] = Object.entries(operation.requestBody?.content ?? {})[0] ?? [];
      const good = { method, ...(body !== undefined && { body: JSON.stringify(body.example) }), headers: { ...(mediaType !== undefined && { 'Content-Type': mediaType }) } };
      for (const [asked, init] of [
        [`${path}?${query}`, good], [`${path}?no-such=1`, good], [`${path}?${query}&channel=demo`.replace('channel=live&', ''), good],
        [`${path}?${query}`, { ...good, headers: { ...good.headers, Origin: 'http://evil.example' } }],
        [`${path}?${query}`, method === 'post' ? { ...good, headers: { 'Content-Type': 'text/plain' } } : good],
      ] as const) {
        const response = await fetch(url + asked, init);
        const answered = operation.responses[String(response.status)];
        expect([asked, response.status, Object.keys(operation.responses)]).toEqual([asked, response.status, expect.arrayContaining([String(response.status)])]);
        statuses.add(response.status);
        const [media, content] = Object.entries(answered?.content ?? {})[0] ?? [];
        expect([asked, response.headers.get('Content-Type')?.split(';')[0]]).toEqual([asked, media]);
        const reference = content?.schema.$ref;
        if (typeof reference === 'string') expect([asked, schemaOf(reference).safeParse(await response.json())]).toMatchObject([asked, { success: true }]);
      }
    }
    expect([...statuses].toSorted()).toEqual([200, 204, 400, 403, 404, 415]);
  });

  test('[X14] examples of answers have the required fields, and bodies can be sent as shown', async () => {
    const { url } = await listen();
    const document = await readDescription(url);
    for (const { path, operation } of operationsOf(document)) {
      const { schema, example } = operation.responses['200']?.content?.['application/json'] ?? {};
      if (schema === undefined) continue;
      const { type, required } = document.components.schemas[String(schema.$ref).split('/').at(-1)!]!;
      if (type === 'array') expect([path, Array.isArray(example)]).toEqual([path, true]);
      else expect([path, Object.keys(Object(example))]).toEqual([path, expect.arrayContaining(required as string[])]);
    }
    const content = document.paths['/api/v1/observations']?.post?.requestBody?.content ?? {};
    for (const mediaType of ['application/cloudevents+json', 'application/cloudevents-batch+json']) {
      const response = await fetch(`${url}/api/v1/observations`, { method: 'POST', headers: { 'Content-Type': mediaType }, body: JSON.stringify(content[mediaType]?.example) });
      expect((await response.json()).stored).toBe(1);
    }
    expect(indicators.map(({ id }) => id as unknown)).toContain(Reflect.get(Object(content['application/json']?.example), 'indicator'));
  });
});
