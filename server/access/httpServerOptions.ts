import type { ServerOptions } from 'node:http';
import { SOCKET_PATH } from '../../shared/protocol/version.ts';

/**
 * Limits of the listening server, so that slow or huge headers and idle connections cannot exhaust it. Node's own defaults are
 * 60 s, 300 s, 5 s, 16 KB and no limit.
 */
export function createHttpServerOptions(): { readonly serverOptions: ServerOptions; readonly maxConnections: number } {
  return {
    serverOptions: {
      headersTimeout: 10_000,
      requestTimeout: 15_000,
      keepAliveTimeout: 5_000,
      connectionsCheckingInterval: 5_000,
      maxHeaderSize: 8 * 1024,
      insecureHTTPParser: false,
      // The routes refuse it, in words; Node would send a bare 400.
      requireHostHeader: false,
      // [AC5] A client that offers another upgrade (curl and Java offer HTTP/2 by default) is answered in HTTP/1.1, as RFC 9110 has
      // it; by default it would be left without an answer for as long as anyone listens for upgrades.
      shouldUpgradeCallback: ({ url = '', headers }) => headers.upgrade?.toLowerCase() === 'websocket' && url.startsWith(`${SOCKET_PATH}/`),
    },
    // Websockets count too: the 12,000 of server/rooms/createSocketServer.ts, and 2,000 for requests.
    maxConnections: 14_000,
  };
}
