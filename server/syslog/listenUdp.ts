import { createSocket } from 'node:dgram';
import { isIPv6 } from 'node:net';
import type { SyslogSettings } from '../ports/feedSettings.ts';
import { type ReceivedLine, readLine } from './lineFramer.ts';
import { createAllowList, type LineTaker, type SyslogListener } from './listener.ts';

/** Datagrams that wait while the door is busy; what comes beyond is lost, and counted. */
const MAX_WAITING_BYTES = 4 * 1_024 * 1_024;
/** What a short line costs beside its bytes. */
const LINE_COST_BYTES = 200;

/** One datagram, one message (RFC 5426). Nobody can be told to wait. @throws the error of `bind`, e.g. EADDRINUSE */
export async function listenUdp({ port, listenOn, allowFrom }: Omit<SyslogSettings, 'transport'>, taker: LineTaker): Promise<SyslogListener> {
  const isAllowed = createAllowList(allowFrom);
  const socket = createSocket(isIPv6(listenOn) ? 'udp6' : 'udp4');
  let waiting: ReceivedLine[] = [];
  let waitingBytes = 0;
  let draining: Promise<void> | null = null;

  async function drain(): Promise<void> {
    while (waiting.length > 0) {
      const lines = waiting;
      waiting = [];
      waitingBytes = 0;
      await taker.takeLines(lines);
    }
    draining = null;
  }

  socket.on('message', (datagram, { address }) => {
    if (!isAllowed(address)) return taker.noteTurnedAway('not-allowed', `${address} may not send; allowFrom: ${allowFrom.join(', ')}`);
    const costBytes = datagram.length + LINE_COST_BYTES;
    if (waitingBytes + costBytes > MAX_WAITING_BYTES) return taker.noteTurnedAway('too-many', `a datagram of ${address} is lost: ${waitingBytes} bytes are waiting already. TCP can be told to wait.`);
    const line = readLine(datagram);
    if (line === null) return;
    waiting.push(line);
    waitingBytes += costBytes;
    draining ??= drain();
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject);
    socket.bind(port, listenOn, resolve);
  });
  // Of one datagram, as when an answer to nothing comes back; the next may be well.
  socket.on('error', () => {});
  return {
    port: socket.address().port,
    async close() {
      await new Promise<void>((resolve) => { socket.close(resolve); });
      await draining;
    },
  };
}
