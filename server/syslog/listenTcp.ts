import { type AddressInfo, createServer, type Socket } from 'node:net';
import type { SyslogSettings } from '../ports/feedSettings.ts';
import { LineFramer } from './lineFramer.ts';
import { createAllowList, type LineTaker, type SyslogListener } from './listener.ts';

/** A feed has one sender, or a few relays. */
const MAX_CONNECTIONS = 32;
/** A sender whose power went is found out by silence: nothing else ends its connection. */
const KEEP_ALIVE_MS = 60_000;

/** @throws the error of `listen`, e.g. EADDRINUSE */
export async function listenTcp({ port, listenOn, allowFrom }: Omit<SyslogSettings, 'transport'>, taker: LineTaker): Promise<SyslogListener> {
  const isAllowed = createAllowList(allowFrom);
  const readingBySocket = new Map<Socket, Promise<void>>();
  const server = createServer({ keepAlive: true, keepAliveInitialDelay: KEEP_ALIVE_MS }, (socket) => {
    const address = socket.remoteAddress ?? '';
    // A connection that breaks ends its reading; that is all there is to say of it.
    socket.on('error', () => {});
    if (!isAllowed(address)) {
      taker.noteTurnedAway('not-allowed', `${address} may not send; allowFrom: ${allowFrom.join(', ')}`);
      socket.destroy();
      return;
    }
    readingBySocket.set(socket, readConnection(socket, taker).finally(() => readingBySocket.delete(socket)));
  });
  server.maxConnections = MAX_CONNECTIONS;
  server.on('drop', (connection) => taker.noteTurnedAway('too-many', `${connection?.remoteAddress ?? 'a sender'}: ${MAX_CONNECTIONS} connections are open already`));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, listenOn, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      const isClosed = new Promise<void>((resolve) => { server.close(() => resolve()); });
      for (const socket of readingBySocket.keys()) socket.destroy();
      await Promise.all([isClosed, ...readingBySocket.values()]);
    },
  };
}

/**
 * Reads on only after the lines of the last chunk were dealt with. Meanwhile the kernel's buffers fill, and then the sender has to keep
 * what it has: that is the only thing that plain syslog over TCP understands.
 */
export async function readConnection(stream: AsyncIterable<Uint8Array>, { takeLines }: Pick<LineTaker, 'takeLines'>): Promise<void> {
  const framer = new LineFramer();
  for await (const chunk of untilItEnds(stream)) {
    await takeLines(framer.push(chunk));
    // Leaving the loop closes the stream.
    if (framer.isBroken) break;
  }
  await takeLines(framer.end());
}

/** Closed or reset, by the sender or by us, is the same end: what was completed until then counts. */
async function* untilItEnds(stream: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* stream;
  } catch {
    // The socket's own "error" event is heard too, and says no more.
  }
}
