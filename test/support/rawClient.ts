import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';

const TEXT = 0x1;
const PING = 0x9;

interface Received { readonly isText: boolean; readonly payload: Buffer }

/** RFC 6455 §5.2, masked with zeros. `payload`: less than 64 KB. */
export function maskedFrame(opcode: number, payload: Buffer, isFinal = true): Buffer {
  const { length } = payload;
  const first = (isFinal ? 0x80 : 0) | opcode;
  const head = length < 126 ? [first, 0x80 | length] : [first, 0x80 | 126, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([...head, 0, 0, 0, 0]), payload]);
}

/** A websocket client as bytes: it can stop reading, as a frozen browser looks to the kernel, and send what no library would. */
export class RawClient {
  readonly tcp: Socket;
  readonly messages: Received[] = [];
  readonly closed: Promise<void>;
  #held: Buffer = Buffer.alloc(0);
  #isUpgraded = false;
  #wake: () => void = () => {};

  constructor(port: number) {
    this.tcp = connect(port, '127.0.0.1');
    this.closed = new Promise((resolve) => { this.tcp.on('close', () => resolve()); });
    this.tcp.on('error', () => {});
    this.tcp.on('data', (chunk) => this.#take(chunk));
    this.tcp.write(`GET /rt/?EIO=4&transport=websocket HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${randomBytes(16).toString('base64')}\r\n\r\n`);
  }

  #take(chunk: Buffer): void {
    this.#held = Buffer.concat([this.#held, chunk]);
    if (!this.#isUpgraded) {
      const end = this.#held.indexOf('\r\n\r\n');
      if (end < 0) return;
      this.#isUpgraded = true;
      this.#held = this.#held.subarray(end + 4);
    }
    while (this.#readMessage());
    this.#wake();
  }

  /** `false`: not all of one is here. */
  #readMessage(): boolean {
    const held = this.#held;
    const short = held[1] ?? 0;
    const start = short < 126 ? 2 : short === 126 ? 4 : 10;
    if (held.length < start) return false;
    const end = start + (short < 126 ? short : short === 126 ? held.readUInt16BE(2) : Number(held.readBigUInt64BE(2)));
    if (held.length < end) return false;
    const payload = Buffer.from(held.subarray(start, end));
    this.#held = held.subarray(end);
    this.messages.push({ isText: ((held[0] ?? 0) & 15) === TEXT, payload });
    if (payload.toString() === '2') this.send('3');
    return true;
  }

  /** An engine.io packet. */
  send(text: string): void {
    this.tcp.write(maskedFrame(TEXT, Buffer.from(text)));
  }

  emit(event: string, request: unknown): void {
    this.send(`42${JSON.stringify([event, request])}`);
  }

  /** Of the websocket, which no server of socket.io counts. */
  ping(payload = Buffer.alloc(0)): void {
    this.tcp.write(maskedFrame(PING, payload));
  }

  texts(): string[] {
    return this.messages.filter(({ isText }) => isText).map(({ payload }) => payload.toString());
  }

  frames(): Buffer[] {
    return this.messages.filter(({ isText }) => !isText).map(({ payload }) => payload);
  }

  async has(isSo: () => boolean): Promise<void> {
    while (!isSo()) await new Promise<void>((resolve) => { this.#wake = resolve; });
  }

  async hello(): Promise<this> {
    await this.has(() => this.texts().some((text) => text.startsWith('0')));
    this.send('40');
    await this.has(() => this.texts().some((text) => text.startsWith('42["hello"')));
    return this;
  }

  async follow(...topics: string[]): Promise<this> {
    await this.hello();
    this.emit('subscribe', { channel: 'live', topics });
    await this.has(() => this.texts().filter((text) => text.startsWith('42["heartbeat"')).length >= topics.length);
    return this;
  }
}
