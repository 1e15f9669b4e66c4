import { connect, type Socket } from 'node:net';
import { performance } from 'node:perf_hooks';
import { quantile } from './row.ts';

// Many websocket clients in one process, as bytes: no decoding beyond websocket heads, so that two share a machine with the server.
// Forked by `fanout.ts`. Arguments: port, how many, and whether they speak socket.io.

const [, , portText, clientsText, protocol] = process.argv;
const clients = Number(clientsText);
const isSocketIo = protocol === 'socket.io';
const AT_ONCE = 50;
const MAGIC = 0x31505644;
const MAGIC_BYTES = 24;
const chunk = Buffer.allocUnsafe(256 * 1024);

let isMeasuring = false;
let ticks = 0;
let bytes = 0;
let closed = 0;
const latenciesMs: number[] = [];

function masked(text: string): Buffer {
  const payload = Buffer.from(text);
  return Buffer.concat([Buffer.from([0x81, 0x80 | payload.length, 0, 0, 0, 0]), payload]);
}

const OPEN = masked('40');
const PONG = masked('3');
const SUBSCRIBE = masked('42["subscribe",{"channel":"live","topics":["nation"]}]');
const path = isSocketIo ? '/rt/?EIO=4&transport=websocket' : '/';
const UPGRADE = `GET ${path} HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`;

/** `take` reads whole websocket frames out of what arrives and keeps the rest. */
class Client {
  readonly socket: Socket;
  #rest: Buffer = Buffer.alloc(0);
  #isUpgraded = false;
  #onReady: () => void;

  constructor(onReady: () => void) {
    this.#onReady = onReady;
    this.socket = connect({ port: Number(portText), host: '127.0.0.1', noDelay: true, onread: { buffer: chunk, callback: (length) => this.#take(length) } });
    this.socket.on('error', () => {});
    this.socket.on('close', () => { closed += 1; });
    this.socket.write(UPGRADE);
  }

  #take(length: number): boolean {
    if (isMeasuring) bytes += length;
    let held = this.#rest.length === 0 ? chunk.subarray(0, length) : Buffer.concat([this.#rest, chunk.subarray(0, length)]);
    if (!this.#isUpgraded) {
      const end = held.indexOf('\r\n\r\n');
      if (end >= 0) {
        this.#isUpgraded = true;
        held = held.subarray(end + 4);
        if (!isSocketIo) this.#onReady();
      }
    }
    let at = 0;
    while (this.#isUpgraded && at + 2 <= held.length) {
      const short = held[at + 1] ?? 0;
      if (short === 126 && at + 4 > held.length) break;
      const start = at + (short === 126 ? 4 : 2);
      const end = start + (short === 126 ? held.readUInt16BE(at + 2) : short);
      if (end > held.length) break;
      if (((held[at] ?? 0) & 15) === 2) this.#frame(held, start, end);
      else this.#text(held, start);
      at = end;
    }
    this.#rest = at === held.length ? Buffer.alloc(0) : Buffer.from(held.subarray(at));
    return true;
  }

  #frame(held: Buffer, start: number, end: number): void {
    if (!isMeasuring || end - start < MAGIC_BYTES || held.readUInt32LE(start) !== MAGIC) return;
    ticks += 1;
    latenciesMs.push(performance.timeOrigin + performance.now() - held.readDoubleLE(start + 8));
  }

  #text(held: Buffer, start: number): void {
    const first = held[start];
    if (first === 0x32) this.socket.write(PONG);
    else if (first === 0x30) this.socket.write(OPEN);
    else if (first === 0x34 && held[start + 1] === 0x30) {
      this.socket.write(SUBSCRIBE);
      this.#onReady();
    }
  }
}

async function connectAll(): Promise<void> {
  let next = 0;
  const worker = async () => {
    while (next++ < clients) await new Promise<void>((resolve) => { new Client(resolve); });
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  process.send?.({ ready: true });
}

process.on('message', (message) => {
  isMeasuring = message === 'measure';
  if (isMeasuring) {
    ticks = 0;
    bytes = 0;
    latenciesMs.length = 0;
  } else process.send?.({ ticks, bytes, closed, p99Ms: quantile(latenciesMs.length > 0 ? latenciesMs : [0], 0.99) });
});
process.on('disconnect', () => process.exit(0));
void connectAll();
