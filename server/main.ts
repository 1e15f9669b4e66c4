import { createServer } from 'node:http';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { pino } from 'pino';
import { createHttpServerOptions } from './access/httpServerOptions.ts';
import { whyForeign } from './access/origin.ts';
import { readCatalogue } from './catalogue.ts';
import { readConfig } from './config.ts';
import { answerClientError } from './http/clientError.ts';
import { createHttpApp, DEFAULT_HTTP_LIMITS } from './http/createHttpApp.ts';
import { openDemoChannel, openLiveChannel } from './openChannels.ts';
import { projectAsOf } from './projectAsOf.ts';
import { createRooms } from './rooms/createRooms.ts';
import { createSocketServer } from './rooms/createSocketServer.ts';
import { createCloudEventsDecoder } from './sources/cloudevents/decode.ts';

const HEARTBEAT_EVERY_MS = 2_000;
const RETAIN_EVERY_MS = 10 * 60_000;

