import { io as connect, type Socket } from 'socket.io-client';
import type { FrameHeader } from '../../shared/frame/frame.ts';
import { readFrameHeader } from '../../shared/frame/frameHeader.ts';
import { SOCKET_PATH } from '../../shared/protocol/version.ts';

interface Received { readonly event: string; readonly payload: unknown }

/** A stock socket.io client that knows nothing of ours but the event names. */
export class StockClient {
  readonly socket: Socket;
  readonly received: Received[] = [];
  readonly #waiting = new Set<() => void>();

  constructor(port: number) {
    this.socket = connect(`http://127.0.0.1:${port}`, { path: SOCKET_PATH, transports: ['websocket'], forceNew: true, reconnection: false });
    this.socket.onAny((event: string, payload: unknown) => this.#note({ event, payload }));
    this.socket.on('disconnect', (reason) => this.#note({ event: 'disconnect', payload: reason }));
  }

  #note(received: Received): void {
    this.received.push(received);
    for (const check of this.#waiting) check();
  }

  payloads(event: string): unknown[] {
    return this.received.filter((one) => one.event === event).map(({ payload }) => payload);
  }

  frames(): Uint8Array[] {
    return this.payloads('frame').map((payload) => new Uint8Array(payload as Buffer));
  }

  headers(): FrameHeader[] {
    return this.frames().map(readFrameHeader);
  }

  async has(event: string, count = 1): Promise<unknown[]> {
    await new Promise<void>((resolve) => {
      const check = () => {
        if (this.payloads(event).length < count) return;
        this.#waiting.delete(check);
        resolve();
      };
      this.#waiting.add(check);
      check();
    });
    return this.payloads(event);
  }

  async follow(topics: string[], resume?: { epoch: string; seqByTopic: Record<string, number> }): Promise<this> {
    await this.has('hello');
    const before = this.payloads('heartbeat').length;
    this.socket.emit('subscribe', { channel: 'live', topics, ...(resume === undefined ? {} : { resume }) });
    await this.has('heartbeat', before + topics.length);
    return this;
  }
}
