import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { Registry } from 'prom-client';
import { expect, onTestFinished } from 'vitest';
import { whyForeign } from '../../../server/access/origin.ts';
import { createHttpServerOptions } from '../../../server/access/httpServerOptions.ts';
import { UNBRANDED } from '../../../server/ports/branding.ts';
import { answerClientError } from '../../../server/http/clientError.ts';
import { createHttpApp, DEFAULT_HTTP_LIMITS, type HttpDependencies } from '../../../server/http/createHttpApp.ts';
import type { Outcome } from '../../../server/ports/ingest.ts';
import { dryRun } from '../../../server/state/dryRun.ts';
import { createWalls } from '../../../server/walls/createWalls.ts';
import { createCloudEventsFeed } from '../../../server/sources/cloudevents/decode.ts';
import { realServiceIndex } from '../../support/aServiceIndex.ts';
import { someExercises } from '../../support/someExercises.ts';
import { LocalityCode } from '../../../shared/domain/ids.ts';
import { aFeedDoor, smallNationJudge, someFeedTokens } from '../../support/someFeeds.ts';
import { nobodyAtAll } from '../../support/somePeople.ts';
import { someNotes } from '../../support/someNotes.ts';
import { aChannelView, indicators, NOW_MS, smallNation } from '../../support/aChannelView.ts';

export interface Listening {
  readonly url: string;
  readonly port: number;
  readonly server: Server;
  readonly app: ReturnType<typeof createHttpApp>;
  /** Every candidate handed to `ingest`, in order. */
  readonly ingested: unknown[];
  /** Faults reported as the server's own. */
  readonly faults: unknown[];
}

function someDependencies(overrides: Partial<HttpDependencies> = {}): HttpDependencies {
  const live = aChannelView();
  const code = LocalityCode.parse('10');
  return {
    channels: new Map([[live.id, live]]),
    editions: [{ edition: '2021', asOf: '2021-01-01', localities: [...smallNation] }],
    crosswalk: { provinces: [{ from: code, to: LocalityCode.parse('15') }], composition: [] },
    indicators, sources: [], facts: [], serviceIndex: realServiceIndex(), branding: UNBRANDED,
    observationFeed: createCloudEventsFeed(indicators),
    feedStatusesOf: () => null, webhooksOf: () => [], releaseQuarantined: async () => ({ kind: 'unknown' }),
    ingest: async (candidates) => candidates.map((_, offset): Outcome => ({ outcome: 'stored', offset })),
    isIngestOpen: true, feedDoor: aFeedDoor([]), feedAdapters: [], feedTokens: someFeedTokens({}), scopeJudge: smallNationJudge,
    walls: createWalls({ nowMs: () => NOW_MS }), exercises: someExercises(() => NOW_MS), recordings: { list: () => [] }, notes: someNotes(() => NOW_MS),
    people: nobodyAtAll, isPlainSignInTaken: false, trail: { append: async () => {}, readAudit: async () => [] },
    projectAsOf: (channel) => channel.readings.columns, alarmsAsOf: (channel) => channel.openAlarms(),
    dryRun,
    whyForeign: (headers) => whyForeign({ ...headers, allowedOrigins: ['https://ioc.example'], bindHost: '127.0.0.1' }),
    nowMs: () => NOW_MS, isReady: () => ({ ready: true, why: '' }), metricsRegistry: new Registry(),
    staticDir: null, buildId: 'test', isOfflineOn: true, limits: DEFAULT_HTTP_LIMITS, reportError: () => {},
    ...overrides,
  };
}

/** The app on a free port of a real server, closed when the test ends. */
export async function listen(overrides: Partial<HttpDependencies> = {}): Promise<Listening> {
  const ingested: unknown[] = [];
  const faults: unknown[] = [];
  const dependencies = someDependencies({ reportError: (error) => faults.push(error), ...overrides });
  const app = createHttpApp({
    ...dependencies,
    ingest(candidates, receivedAtMs) {
      ingested.push(...candidates);
      return dependencies.ingest(candidates, receivedAtMs);
    },
  });
  const { serverOptions } = createHttpServerOptions();
  const server = createServer(serverOptions, app);
  server.on('clientError', answerClientError);
  // As in the product, someone listens for upgrades; here it hangs up.
  server.on('upgrade', (_request, socket) => socket.destroy());
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, port, server, app, ingested, faults };
}

export function get({ url }: Listening, path: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${url}${path}`, { headers });
}

/** The JSON of an answer that must be a 200. */
export async function read(listening: Listening, path: string) {
  const response = await get(listening, path);
  expect([path, response.status]).toEqual([path, 200]);
  return response.json();
}

interface ReadProblem {
  readonly status: number;
  readonly mediaType: string | null;
  readonly kind: string;
  readonly detail: string;
  readonly errors: readonly { readonly where: string; readonly got: string; readonly expected: string }[];
}

/** Reads an answer that must be an RFC 9457 problem. */
export async function readProblem(response: Response): Promise<ReadProblem> {
  const body = await response.json();
  return { status: response.status, mediaType: response.headers.get('Content-Type'), kind: String(body.type).replace('urn:ioc:problem:', ''), detail: body.detail, errors: body.errors ?? [] };
}

/** Sends raw bytes and returns everything until the server hangs up: for what `fetch` would not send. */
export function talk(port: number, bytes: string): Promise<string> {
  return new Promise((done, failed) => {
    let text = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    socket.on('data', (chunk) => { text += chunk.toString(); });
    socket.on('error', failed);
    socket.on('close', () => done(text));
  });
}
