import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Delivery {
  readonly receivedAtMs: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface WebhookListener {
  readonly url: string;
  /** The next delivery, in order of arrival, that nobody has taken yet. */
  next(): Promise<Delivery>;
  close(): Promise<void>;
}

/** Stands where a server's feed address will: answers 200 to everything and hands over what came. */
export async function startWebhookListener(): Promise<WebhookListener> {
  const waiting: ((delivery: Delivery) => void)[] = [];
  const untaken: Delivery[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    const delivery: Delivery = { receivedAtMs: Date.now(), headers: request.headers, body: Buffer.concat(chunks).toString() };
    const taker = waiting.shift();
    if (taker === undefined) untaken.push(delivery);
    else taker(delivery);
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    next: () => {
      const delivery = untaken.shift();
      return delivery === undefined ? new Promise((taken) => waiting.push(taken)) : Promise.resolve(delivery);
    },
    close: () => new Promise((done) => {
      server.close(() => done());
      server.closeAllConnections();
    }),
  };
}
