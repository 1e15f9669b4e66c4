import type { Duplex } from 'node:stream';
import { toProblemDetail } from './problem.ts';

const ANSWERS: Readonly<Record<string, { readonly status: string; readonly detail: string }>> = {
  HPE_HEADER_OVERFLOW: { status: '431 Request Header Fields Too Large', detail: 'The headers are larger than 8 KB.' },
  ERR_HTTP_REQUEST_TIMEOUT: { status: '408 Request Timeout', detail: 'The request did not arrive in time: headers within 10 s, the whole within 15 s.' },
};

/** For `server.on('clientError')`: bytes that are not HTTP never reach the routes, and are answered like everything else. */
export function answerClientError(error: Error & { readonly code?: string }, socket: Duplex): void {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const { status, detail } = ANSWERS[error.code ?? ''] ?? { status: '400 Bad Request', detail: 'This is not an HTTP request.' };
  const body = JSON.stringify({ ...toProblemDetail('malformed-request', detail), status: Number(status.slice(0, 3)) });
  const head = [
    `HTTP/1.1 ${status}`, 'Content-Type: application/problem+json; charset=utf-8', `Content-Length: ${Buffer.byteLength(body)}`, 'Cache-Control: no-store',
    "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'", 'X-Content-Type-Options: nosniff', 'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
