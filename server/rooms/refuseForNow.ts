import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { formatRetryHint, TRY_AGAIN_LATER } from '../../shared/protocol/retryHint.ts';

/** RFC 6455 §1.3. */
const ACCEPT_GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
const CLOSE = 0x88;
/** For the other side to read and close. Destroyed at once, what it has not read yet would be lost. */
const LINGER_MS = 5000;

/** RFC 6455 §5.5: unmasked, at most 125 bytes; a code of two, then the reason. */
function closeFrame(code: number, reason: string): Buffer {
  const text = Buffer.from(reason);
  return Buffer.concat([Buffer.from([CLOSE, 2 + text.length, code >> 8, code & 255]), text]);
}

/** A websocket that is opened and closed at once: all that a page can read of a refusal. */
function closedWebSocket(key: string, afterMs: number): Buffer {
  const accept = createHash('sha1').update(key + ACCEPT_GUID).digest('base64');
  const opening = `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`;
  return Buffer.concat([Buffer.from(opening), closeFrame(TRY_AGAIN_LATER, formatRetryHint(afterMs))]);
}

/** What a program can read; its socket.io-client would take the other for no answer, and wait for its time-out. */
function unavailable(afterMs: number): Buffer {
  return Buffer.from(`HTTP/1.1 503 Service Unavailable\r\nRetry-After: ${Math.ceil(afterMs / 1000)}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

/** Ends the request for an upgrade with when to come again. Pages send an Origin, programs do not. No session is made. */
export function refuseForNow({ headers, socket }: IncomingMessage, afterMs: number): void {
  const key = headers['sec-websocket-key'];
  socket.on('error', () => {});
  socket.setTimeout(LINGER_MS, () => socket.destroy());
  socket.resume();
  socket.end(headers.origin === undefined || key === undefined ? unavailable(afterMs) : closedWebSocket(key, afterMs));
}
