import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import { TokenBucket } from './tokenBucket.ts';

export interface AdmissionOptions {
  /** Pages of other origins that may connect, as `scheme://host[:port]`. Their hosts are names we answer to. */
  readonly allowedOrigins: readonly string[];
  /** The HTTP server listens on loopback only. */
  readonly isLoopbackBind: boolean;
  readonly nowMs: () => number;
  readonly maxConnections?: number;
  /** Not counted for loopback peers: a reverse proxy on this machine is one address for everybody. */
  readonly maxConnectionsPerAddress?: number;
  /** Handshakes cost about 1.2 ms of CPU each; the others try again with jitter. */
  readonly handshakesPerSec?: number;
}

export type OriginRule = Pick<AdmissionOptions, 'allowedOrigins' | 'isLoopbackBind'>;

const DEFAULTS = { maxConnections: 12_000, maxConnectionsPerAddress: 64, handshakesPerSec: 200 } as const;
const LOOPBACK_NAMES = new Set(['localhost', '127.0.0.1', '[::1]']);

function hostOf(url: string): { readonly host: string; readonly hostname: string } | null {
  const parsed = URL.parse(url);
  return parsed === null || parsed.host === '' ? null : { host: parsed.host, hostname: parsed.hostname };
}

function isAddress(hostname: string): boolean {
  return isIP(hostname.replace(/^\[|\]$/g, '')) !== 0;
}

/**
 * [O1] `null`, or why the handshake is refused. socket.io itself checks no origin on a websocket.
 * Host: a name that we answer to, so that a foreign name pointed at this server (DNS rebinding) does not count as ours: on a
 * loopback bind loopback names, elsewhere any bare address or "localhost"; always the hosts of `allowedOrigins`.
 * Origin: of the same host, or one of `allowedOrigins`. None at all (a program, not a page) only on a loopback bind.
 */
export function refusalOf({ host, origin }: { readonly host: string | undefined; readonly origin: string | undefined }, rule: OriginRule): string | null {
  const asked = hostOf(`http://${host ?? ''}`);
  const isListed = asked !== null && rule.allowedOrigins.some((allowed) => hostOf(allowed)?.host === asked.host);
  const isOurs = asked !== null && (LOOPBACK_NAMES.has(asked.hostname) || (!rule.isLoopbackBind && isAddress(asked.hostname)));
  if (asked === null || !(isListed || isOurs)) return `host "${host ?? ''}" is not one this server answers to; add its origin to the allowed ones`;
  if (origin === undefined) return rule.isLoopbackBind ? null : 'an Origin header is needed from other machines';
  const isAllowed = rule.allowedOrigins.includes(origin) || (/^https?:\/\//.test(origin) && hostOf(origin)?.host === asked.host);
  return isAllowed ? null : `origin "${origin}" is not allowed; add it to the allowed ones`;
}

/** [O3] Who may open a socket, and how many: counted in the process that accepts connections, whichever serves them. */
export class Admission {
  readonly #options: Required<AdmissionOptions>;
  readonly #handshakes: TokenBucket;
  readonly #countByAddress = new Map<string, number>();
  #connections = 0;

  constructor(options: AdmissionOptions) {
    this.#options = { ...DEFAULTS, ...options };
    this.#handshakes = new TokenBucket(this.#options.handshakesPerSec, this.#options.handshakesPerSec, options.nowMs());
  }

  /** `null`: welcome, and one handshake of this second is taken. Otherwise why not. */
  refusal(request: IncomingMessage): string | null {
    const { maxConnections, maxConnectionsPerAddress, handshakesPerSec, nowMs } = this.#options;
    const address = request.socket.remoteAddress ?? '';
    if (this.#connections >= maxConnections) return `all ${maxConnections} connections are taken`;
    if ((this.#countByAddress.get(address) ?? 0) >= maxConnectionsPerAddress) return `${maxConnectionsPerAddress} connections from ${address} already`;
    const why = refusalOf({ host: request.headers.host, origin: request.headers.origin }, this.#options);
    if (why !== null) return why;
    return this.#handshakes.take(nowMs()) ? null : `more than ${handshakesPerSec} handshakes a second; try again shortly`;
  }

  /** Counts a connection until what it returns is called. */
  opened(remoteAddress: string): () => void {
    const isCounted = !/^(::ffff:)?127\.|^::1$/.test(remoteAddress);
    this.#connections += 1;
    if (isCounted) this.#countByAddress.set(remoteAddress, (this.#countByAddress.get(remoteAddress) ?? 0) + 1);
    return () => {
      this.#connections -= 1;
      const left = (this.#countByAddress.get(remoteAddress) ?? 1) - 1;
      if (left > 0) this.#countByAddress.set(remoteAddress, left);
      else this.#countByAddress.delete(remoteAddress);
    };
  }
}
