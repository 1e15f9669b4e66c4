import { isIP } from 'node:net';

export interface OriginRule {
  /** Pages of other origins that may connect, as `scheme://host[:port]`. Their hosts are names we answer to. */
  readonly allowedOrigins: readonly string[];
  /** The HTTP server listens on loopback only. */
  readonly isLoopbackBind: boolean;
}

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
