import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express';
import { z } from 'zod';
import { describeFields, describePlaces } from '../../shared/protocol/fieldProblem.ts';
import type { HttpDependencies } from './dependencies.ts';
import { createColumnReader } from './pastColumns.ts';
import { countRequests, createRateLimit, hangUpOnStalled, refuseForeign, requireOneHost, securityHeaders } from './middleware.ts';
import { createFeedPosting, type FeedPosting } from './feedPosting.ts';
import { describeApi } from './openApi.ts';
import { createErrorHandler, ProblemError, toProblemError } from './problem.ts';
import { readBody } from './requestBody.ts';
import { answers, defineRoute, type Route, sendReply, toFixedBody } from './route.ts';
import { alarmActRoutes } from './routes/alarmActs.ts';
import { alarmRuleRoutes } from './routes/alarmRules.ts';
import { alarmRoutes } from './routes/alarms.ts';
import { auditRoute } from './routes/audit.ts';
import { brandingRoute, emblemRoute } from './routes/branding.ts';
import { catalogueRoute, editionsRoute, indicatorsRoute, localitiesRoute, sourcesRoute } from './routes/catalogue.ts';
import { channelsRoute } from './routes/channels.ts';
import { compareRoute } from './routes/compare.ts';
import { cspReportRoute } from './routes/cspReport.ts';
import { exerciseStartRoute, exerciseStopRoute, exercisesRoute } from './routes/exercises.ts';
import { explainRoute } from './routes/explain.ts';
import { factsRoute } from './routes/facts.ts';
import { feedItemsRoutes } from './routes/feedItems.ts';
import { feedsRoute } from './routes/feeds.ts';
import { handOverRoute, takeBackRoute } from './routes/handover.ts';
import { healthRoute, readinessRoute } from './routes/health.ts';
import { leagueRoute } from './routes/league.ts';
import { leagueSeriesRoute } from './routes/leagueSeries.ts';
import { metricsRoute } from './routes/metrics.ts';
import { notesRoute, noteWithdrawRoute, noteWriteRoute } from './routes/notes.ts';
import { observationsRoute } from './routes/observations.ts';
import { leavingWorkerRoute, manifestRoute } from './routes/offline.ts';
import { frameRoute, pastRoute } from './routes/past.ts';
import { quarantineReleaseRoute, quarantineRoute } from './routes/quarantine.ts';
import { recordingsRoute } from './routes/recordings.ts';
import { seriesRoute } from './routes/series.ts';
import { serviceIndexRoute } from './routes/serviceIndex.ts';
import { passwordRoute, sessionRoute, signInRoute, signOutRoute } from './routes/session.ts';
import { snapshotRoute } from './routes/snapshot.ts';
import { trendsRoute } from './routes/trends.ts';
import { wallCommandRoute, wallForgetRoute, wallsRoute } from './routes/walls.ts';
import { createStaticSite } from './staticSite.ts';
import { createTurnedAwayTally, type TurnedAwayTally } from './turnedAway.ts';
import { createTurnstile, type Turnstile } from './turnstile.ts';

export { DEFAULT_HTTP_LIMITS, type HttpDependencies } from './dependencies.ts';

const API_DESCRIPTION_PATH = '/api/v1/openapi.json';

/** One at a time: it asks the store thousands of questions. */
const LONG_WORK = { atOnce: 1, waiting: 4 } as const;

/** The whole of the HTTP interface and the built pages. Holds no state but counters and limits; opens no port and no timer. */
export function createHttpApp(dependencies: HttpDependencies): Express {
  const { limits, whyForeign, staticDir, reportError } = dependencies;
  const turnedAway = createTurnedAwayTally();
  const posting = createFeedPosting(dependencies);
  const routes = createRoutes(dependencies, turnedAway, posting);
  const app = express();
  app.set('query parser', false);
  app.set('trust proxy', limits.trustedProxies.length > 0 ? [...limits.trustedProxies] : false);
  app.use(securityHeaders(), countRequests(dependencies), hangUpOnStalled(limits.stalledAfterMs), requireOneHost());

  const limiting = { posts: createRateLimit(limits.postsPerTenSec), costs: createRateLimit(limits.costUnitsPerTenSec), turnstile: createTurnstile(limits.costly), longTurnstile: createTurnstile(LONG_WORK) };
  const [open, guarded] = [routes.filter(({ isOpenToAll }) => isOpenToAll), routes.filter(({ isOpenToAll }) => !isOpenToAll)];
  register(app, open, limiting);
  app.use(refuseForeign(whyForeign));
  register(app, guarded, limiting);
  app.use('/api/v1/observations', noteTurnedAway(dependencies, turnedAway, posting, describeFields));
  // What a one-stop system sends may name people; what is kept of it says where it was wrong, not what was there.
  app.use('/api/v1/feeds', noteTurnedAway(dependencies, turnedAway, posting, describePlaces));
  app.use(createStaticSite(staticDir));
  app.use((request) => {
    throw new ProblemError('not-found', `There is nothing at ${request.path}. ${API_DESCRIPTION_PATH} describes what there is.`);
  });
  app.use(createErrorHandler(reportError));
  return app;
}

function createRoutes(dependencies: HttpDependencies, turnedAway: TurnedAwayTally, posting: FeedPosting): readonly Route[] {
  const readColumns = createColumnReader(dependencies);
  const routes = [
    healthRoute(dependencies), readinessRoute(dependencies), metricsRoute(dependencies),
    editionsRoute(dependencies), localitiesRoute(dependencies), indicatorsRoute(dependencies), catalogueRoute(dependencies), sourcesRoute(dependencies), factsRoute(dependencies),
    brandingRoute(dependencies), emblemRoute(dependencies),
    channelsRoute(dependencies), recordingsRoute(dependencies), snapshotRoute(dependencies), seriesRoute(dependencies), explainRoute(dependencies), trendsRoute(dependencies, readColumns),
    leagueRoute(dependencies, readColumns), leagueSeriesRoute(dependencies), compareRoute(dependencies, readColumns),
    observationsRoute(dependencies, turnedAway, posting), ...feedItemsRoutes(dependencies, posting), ...alarmRoutes(dependencies), ...alarmActRoutes(dependencies), ...alarmRuleRoutes(dependencies), feedsRoute(dependencies, turnedAway), quarantineRoute(dependencies), quarantineReleaseRoute(dependencies),
    serviceIndexRoute(dependencies),
    wallsRoute(dependencies), wallCommandRoute(dependencies), wallForgetRoute(dependencies),
    handOverRoute(dependencies), takeBackRoute(dependencies),
    exercisesRoute(dependencies), exerciseStartRoute(dependencies), exerciseStopRoute(dependencies),
    frameRoute(dependencies), pastRoute(dependencies),
    notesRoute(dependencies), noteWriteRoute(dependencies), noteWithdrawRoute(dependencies),
    sessionRoute(dependencies), signInRoute(dependencies), passwordRoute(dependencies), signOutRoute(dependencies), auditRoute(dependencies),
    cspReportRoute(dependencies),
    manifestRoute(dependencies), ...(dependencies.isOfflineOn ? [] : [leavingWorkerRoute()]),
  ];
  const description: Omit<Route, 'handle'> = defineRoute({
    path: API_DESCRIPTION_PATH, query: z.strictObject({}),
    summary: { vi: 'Mô tả giao diện này', en: 'This description' },
    answer: answers('ApiDescription', z.looseObject({ openapi: z.string() }), { openapi: '3.1.0' }),
    handle: () => ({ kind: 'empty' }),
  });
  const body = toFixedBody(describeApi([...routes, description], dependencies.buildId));
  return [...routes, { ...description, handle: () => ({ kind: 'fixed', body }) }];
}

interface Limiting {
  readonly posts: ReturnType<typeof createRateLimit>;
  readonly costs: ReturnType<typeof createRateLimit>;
  readonly turnstile: Turnstile;
  readonly longTurnstile: Turnstile;
}

function register(app: Express, routes: readonly Route[], { posts, costs, turnstile, longTurnstile }: Limiting): void {
  for (const route of routes) {
    const before: RequestHandler[] = [];
    if (route.method === 'post') before.push(posts());
    const { admit } = route;
    if (admit !== null) {
      before.push(async (request, _response, next) => {
        await admit(request);
        next();
      });
    }
    if (route.costOf !== null) before.push(costs(route.costOf));
    if (route.body !== undefined) before.push(...readBody(route.body));
    const answer: RequestHandler = async (request, response) => {
      // Whoever gave up while waiting is not worked for.
      if (!request.socket.destroyed) sendReply(request, response, await route.handle(request));
    };
    app[route.method](toExpressPath(route.path), ...before, route.costOf === null ? answer : (request, response, next) => (route.isLong ? longTurnstile : turnstile)(async () => answer(request, response, next)));
  }
  for (const [path, same] of Map.groupBy(routes, (route) => route.path)) app.all(toExpressPath(path), refuseOtherMethods(same));
}

function toExpressPath(path: string): string {
  return path.replace(/\{(\w+)\}/g, ':$1');
}

function refuseOtherMethods(routes: readonly Route[]): RequestHandler {
  const allow = routes.map(({ method }) => (method === 'get' ? 'GET, HEAD' : 'POST')).join(', ');
  return (request, response) => {
    if (request.method !== 'OPTIONS') {
      throw new ProblemError('method-not-allowed', `${request.method} does nothing at ${request.path}. Allowed: ${allow}.`, { headers: { Allow: allow } });
    }
    response.set('Allow', allow).status(204).end();
  };
}

/** Feed owners see under /feeds what of theirs was refused, also what never became an observation. Ids in conflict are counted by the gate. */
function noteTurnedAway({ feedDoor, nowMs }: HttpDependencies, turnedAway: TurnedAwayTally, { passes }: FeedPosting, describe: typeof describeFields): ErrorRequestHandler {
  return (error: unknown, request, _response, next) => {
    const problem = toProblemError(error);
    if (request.method === 'POST' && problem !== null && problem.kind !== 'id-conflict') {
      const detail = problem.errors.length === 0 ? problem.message : describe(problem.errors);
      turnedAway.note(problem.kind, 1, detail, nowMs());
      // What came under no feed's name is in the tally of all posts.
      const feedId = passes.feedIdOf(request);
      if (feedId !== null) feedDoor.noteTurnedAway(feedId, problem.kind, detail, nowMs());
    }
    next(error);
  };
}
