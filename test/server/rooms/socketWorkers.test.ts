import { io as connect } from 'socket.io-client';
import { expect, test } from 'vitest';
import { SOCKET_PATH } from '../../../shared/protocol/version.ts';
import { startRooms } from '../../support/roomsServer.ts';
import { aSmallTable } from '../../support/someReadings.ts';

test('first', async () => {
  const server = await startRooms({ table: aSmallTable(), workers: 2 });
  const socket = connect(`http://127.0.0.1:${server.port}`, { path: SOCKET_PATH, transports: ['websocket'], forceNew: true, reconnection: false });
  socket.onAny((event, payload) => console.log(event, payload));
  socket.on('connect_error', (error) => console.log(error));
  await new Promise((resolve) => { socket.on('hello', resolve); });
  socket.emit('subscribe', { channel: 'live', topics: ['nation'] });
  await new Promise((resolve) => { socket.on('heartbeat', resolve); });
  expect(server.problems).toEqual([]);
  socket.disconnect();
  await server.close();
});
