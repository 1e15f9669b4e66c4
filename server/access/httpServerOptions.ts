import type { ServerOptions } from 'node:http';

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
    },
    maxConnections: 2_000,
  };
}
