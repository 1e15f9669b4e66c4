import { isIP } from 'node:net';

export interface OriginQuestion {
  /** The `Origin` header; absent from programs and from a page's own GETs. */
  readonly origin: string | undefined;
  /** The `Host` header. */
  readonly host: string | undefined;
  /** Origins besides the server's own, e.g. "https://ioc.laocai.gov.vn". */
  readonly allowedOrigins: readonly string[];
  /** The address or name the server listens on. */
  readonly bindHost: string;
}

function parseHost(host: string): URL | null {
  // A host with a path, a user or a blank in it would parse as something else than what the browser showed.
  return /^[\w.:[\]-]+$/.test(host) ? URL.parse(`http://${host}`) : null;
}

function hostnameOfOrigin(origin: string): string | undefined {
  return URL.parse(origin)?.hostname;
}

/**
 * [AC1] A page of a stranger can make its own name resolve to our address (DNS rebinding) and then be same-origin with us. Such an
 * attack needs a name, so any address literal passes; of names only "localhost", the one we listen on, and those listed.
 */
export function isHostAllowed({ host, allowedOrigins, bindHost }: Omit<OriginQuestion, 'origin'>): boolean {
  if (host === undefined) return false;
  const hostname = parseHost(host)?.hostname;
  if (hostname === undefined) return false;
  if (isIP(hostname.replace(/^\[|\]$/g, '')) !== 0) return true;
  if (hostname === 'localhost' || hostname.endsWith('.localhost') || hostname === bindHost.toLowerCase()) return true;
  return allowedOrigins.some((allowed) => hostnameOfOrigin(allowed) === hostname);
}

/**
 * [AC2] Whether the page that asks is one of ours: no origin (a program), the host that was asked, or one that is listed.
 * Schemes are not compared with our own, because a proxy in front may be the one that speaks TLS.
 */
export function isOriginAllowed({ origin, host, allowedOrigins }: OriginQuestion): boolean {
  if (origin === undefined) return true;
  const asked = URL.parse(origin);
  // "null" (a sandboxed frame, a file) is nobody's origin and does not parse.
  if (asked === null || !/^https?:$/.test(asked.protocol) || asked.origin !== origin.toLowerCase()) return false;
  if (host !== undefined && asked.host === sameSchemeHost(host, asked.protocol)) return true;
  return allowedOrigins.some((allowed) => URL.parse(allowed)?.origin === asked.origin);
}

/** Drops the port that the scheme implies, as browsers do in `Origin`. */
function sameSchemeHost(host: string, protocol: string): string | undefined {
  return parseHost(host) === null ? undefined : URL.parse(`${protocol}//${host}`)?.host;
}

/** `null`: welcome. Otherwise a sentence that says what was refused and how to allow it. */
export function whyForeign(question: OriginQuestion): string | null {
  const { origin, host } = question;
  if (!isHostAllowed(question)) {
    return `The host "${host ?? ''}" is not a name of this server. Use its address, or list "http://${host ?? 'name'}" in IOC_ALLOWED_ORIGINS.`;
  }
  if (!isOriginAllowed(question)) {
    return `Pages of "${origin ?? ''}" may not use this server. If they should, list that origin in IOC_ALLOWED_ORIGINS.`;
  }
  return null;
}
