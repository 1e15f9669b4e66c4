import { isIP } from 'node:net';
import { z } from 'zod';
import { EditionId } from '../shared/domain/ids.ts';

const wholeNumber = (min: number, max: number) => z.coerce.number().int().min(min).max(max);

/** Parts between commas; empty ones are none. */
const List = z.string().default('').transform((text) => text.split(',').map((part) => part.trim()).filter((part) => part !== ''));

/** Never "everyone": then any client could choose its address. */
function isAddressOrNetwork(text: string): boolean {
  const [address = '', bits, ...more] = text.split('/');
  const version = isIP(address);
  if (version === 0 || more.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) >= 1 && Number(bits) <= (version === 4 ? 32 : 128));
}

const Environment = z.strictObject({
  /** Address to listen on. Anything but loopback is the operator's explicit choice. */
  IOC_HOST: z.string().min(1).default('127.0.0.1'),
  IOC_PORT: wholeNumber(0, 65_535).default(4000),
  /** Folder of the database files, made if absent. */
  IOC_DATA: z.string().min(1).default('./data'),
  /** Unit set of the live channel. */
  IOC_EDITION: EditionId.default('2021'),
  /** JSON file of the feeds that may send (docs/feeds/README.md). */
  IOC_FEEDS: z.string().min(1).optional(),
  /** `tokens`: who posts readings shows the token of a feed. `open`: nobody need; for a server that no other machine can reach. By default `open` on loopback, else `tokens`. */
  IOC_INGEST: z.enum(['tokens', 'open']).optional(),
  IOC_LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  /** Time between two deltas of a topic. */
  IOC_TICK_MS: wholeNumber(100, 60_000).default(1_000),
  /** `simulated`: the simulator fills what no feed has reported yet. `feeds`: only what is posted. */
  IOC_LIVE: z.enum(['simulated', 'feeds']).default('simulated'),
  IOC_SIM_SEED: wholeNumber(0, 2 ** 32 - 1).default(2_026),
  /** Readings per real one: 1 is the catalogue's cadence, 10 a stress test. */
  IOC_SIM_RATE: z.coerce.number().min(0.1).max(600).default(1),
  /** Name of a file in seeds/scenarios without ".json"; it begins when the server starts. */
  IOC_SCENARIO: z.string().regex(/^[a-z0-9-]+$/).optional(),
  /** Recording (`.jsonl`) or database file of an earlier run for the demo channel to replay, instead of the seed facts. */
  IOC_RECORDING: z.string().min(1).optional(),
  /** Folder of recordings of live runs (`.jsonl.gz`, docs/recordings.md) for `/wall?recording=<name>`; at most eight. */
  IOC_RECORDINGS: z.string().min(1).optional(),
  /** JSON file that says whose displays these are: title, emblem, home locality, accent (docs/branding.md). */
  IOC_BRAND: z.string().min(1).optional(),
  /** JSON file of receivers that are told of alarms (docs/webhooks.md). */
  IOC_WEBHOOKS: z.string().min(1).optional(),
  /** `off`: tablets keep no pages and no last state, and remove what they have kept (docs/offline.md). */
  IOC_OFFLINE: z.enum(['on', 'off']).default('on'),
  /** Processes that serve sockets beside the main one (docs/adr/0015). `auto`: none up to 2,000 clients, then one less than there are cores; a number: from the start; 0: never. */
  IOC_SOCKET_WORKERS: z.union([z.literal('auto'), wholeNumber(0, 16)]).default('auto'),
  /** Sockets let in a second; the others are told when to come again. */
  IOC_HANDSHAKES_PER_SEC: wholeNumber(1, 10_000).default(100),
  /** Comma-separated origins that may open a socket besides the server's own. */
  IOC_ALLOWED_ORIGINS: List,
  /** Comma-separated addresses or networks ("10.0.0.0/8") of proxies whose `X-Forwarded-For` and `X-Forwarded-Proto` are believed. */
  IOC_TRUSTED_PROXIES: List.pipe(z.array(z.string().refine(isAddressOrNetwork, 'must be addresses or networks, e.g. "127.0.0.1" or "10.0.0.0/8"'))),
  /** `plain`: passwords are taken over plain HTTP from other machines too; for a network where nobody else listens. `secure`: over HTTPS, or on the server itself. */
  IOC_SIGN_IN: z.enum(['secure', 'plain']).default('secure'),
});

export type Config = Readonly<z.output<typeof Environment>> & { readonly IOC_INGEST: 'tokens' | 'open' };

const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', '::1', 'localhost']);

/** Whether only programs of this machine can reach the server. */
export function isLoopback(host: string): boolean {
  return LOOPBACK.has(host);
}

/** A tick to 2,000 clients is some 25 ms of a core: with fewer, another process costs more than it takes off this one. */
const AUTO_WORKERS_FROM_SESSIONS = 2_000;

/** `cores`: that this process may use. */
export function workerPlanOf(asked: Config['IOC_SOCKET_WORKERS'], cores: number): { readonly count: number; readonly fromSessions: number } {
  return asked === 'auto' ? { count: Math.max(1, cores - 1), fromSessions: AUTO_WORKERS_FROM_SESSIONS } : { count: asked, fromSessions: 0 };
}

/** @throws Error that names every wrong or unknown `IOC_*` variable, what it holds and what it may hold. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const ours = Object.fromEntries(Object.entries(environment).filter(([name]) => name.startsWith('IOC_') && name !== 'IOC_SEED_DOCUMENTS'));
  const parsed = Environment.safeParse(ours);
  if (parsed.success) return Object.freeze({ ...parsed.data, IOC_INGEST: ingestOf(parsed.data) });
  const lines = parsed.error.issues.flatMap((issue) => {
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((name) => `${name} is not a setting of this version. Known: ${Object.keys(Environment.shape).join(', ')}.`);
    }
    const name = String(issue.path[0]);
    return [`${name}="${ours[name] ?? ''}": ${issue.message}.`];
  });
  throw new Error(`The environment cannot be used. Fix it and start again:\n  ${lines.join('\n  ')}`);
}

/** @throws Error for a door that stands open to a whole network. */
function ingestOf({ IOC_HOST: host, IOC_INGEST: asked }: z.output<typeof Environment>): Config['IOC_INGEST'] {
  if (asked === 'open' && !isLoopback(host)) {
    throw new Error(`IOC_INGEST="open" with IOC_HOST="${host}": whoever reaches this address could write on the wall. Leave IOC_INGEST away and give each feed a token (npm run ioc -- token create --feed <id>), or listen on 127.0.0.1.`);
  }
  return asked ?? (isLoopback(host) ? 'open' : 'tokens');
}
