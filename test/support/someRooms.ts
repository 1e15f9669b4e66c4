import { afterEach } from 'vitest';
import { RawClient } from './rawClient.ts';
import { type RoomsServer, type RoomsServerOptions, startRooms } from './roomsServer.ts';
import { aSmallTable } from './someReadings.ts';
import { StockClient } from './stockClient.ts';

export interface SomeRooms {
  started(options?: Partial<RoomsServerOptions>): Promise<RoomsServer>;
  connected(server: RoomsServer): StockClient;
  connectedRaw(server: RoomsServer): RawClient;
  closeLater(close: () => Promise<void> | void): void;
}

/** Rooms and clients for the tests of one file, closed after each test, last first. */
export function someRooms(own: Partial<RoomsServerOptions> = {}): SomeRooms {
  const closers: (() => Promise<void> | void)[] = [];
  afterEach(async () => {
    for (const close of closers.splice(0).reverse()) await close();
  });
  return {
    async started(options = {}) {
      const server = await startRooms({ table: aSmallTable(), ...own, ...options });
      closers.push(() => server.close());
      return server;
    },
    connected(server) {
      const client = new StockClient(server.port);
      closers.push(() => { client.socket.disconnect(); });
      return client;
    },
    connectedRaw(server) {
      const client = new RawClient(server.port);
      closers.push(() => { client.tcp.destroy(); });
      return client;
    },
    closeLater(close) { closers.push(close); },
  };
}
