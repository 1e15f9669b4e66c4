import { connect, type Socket } from 'node:net';
import { performance } from 'node:perf_hooks';

// Many clients in one process, as bytes: no decoding beyond the heads of messages, so that they share a machine with the server.
// Forked by `fanoutCase.ts`. Arguments: port, how many, protocol (`socket.io`, `websocket`, `tcp`), the address they come from, what
// each follows (`nation`, or `province`: one of 63, in turn).

const [, , portText, clientsText, protocol, localAddress, scope] = process.argv;
const clients = Number(clientsText);
const AT_ONCE = 50;
const MAGIC = 0x31505644;
const MAGIC_BYTES = 24;
const SNAPSHOT = '42["snapshot",{"ts":';
/** As much of a message as has to be seen at once to know its stamp. */
const PEEK_BYTES = 64;
const chunk = Buffer.allocUnsafe(256 * 1024);

let isMeasuring = false;
let bytes = 0;
let closed = 0;
let cpuFrom = process.cpuUsage();
const latenciesMs: number[] = [];
const all: Client[] = [];

function masked(text: string): Buffer {
  const payload = Buffer.from(text);
  return Buffer.concat([Buffer.from([0x81, 0x80 | payload.length, 0, 0, 0, 0]), payload]);
}

const OPEN = masked('40');
const PONG = masked('3');
const PROVINCES = 63;
const topicOf = (client: number) => (scope === 'province' ? `province:${String((client % PROVINCES) + 1).padStart(2, '0')}` : 'nation');
const pathOf = (client: number) => (protocol === 'socket.io' ? '/rt/?EIO=4&transport=websocket' : `/?${topicOf(client)}`);
const upgradeOf = (client: number) => `GET ${pathOf(client)} HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`;

interface Head { readonly start: number; readonly length: number; readonly opcode: number }

/** `null`: not all of the head is here. */
function headAt(held: Buffer, at: number): Head | null {
  const left = held.length - at;
  if (protocol === 'tcp') return left < 4 ? null : { start: at + 4, length: held.readUInt32BE(at), opcode: 2 };
  if (left < 2) return null;
  const opcode = (held[at] ?? 0) & 15;
  const short = held[at + 1] ?? 0;
  if (short < 126) return { start: at + 2, length: short, opcode };
  if (short === 126) return left < 4 ? null : { start: at + 4, length: held.readUInt16BE(at + 2), opcode };
  return left < 10 ? null : { start: at + 10, length: Number(held.readBigUInt64BE(at + 2)), opcode };
}

/** When the server knew the values, or `null` for what carries none. */
function stampOf(held: Buffer, { start, length, opcode }: Head): number | null {
  if (opcode === 2) return length >= MAGIC_BYTES && held.readUInt32LE(start) === MAGIC ? held.readDoubleLE(start + 8) : null;
  if (length <= PEEK_BYTES || held[start + 4] !== 0x73 || held.toString('latin1', start, start + SNAPSHOT.length) !== SNAPSHOT) return null;
  return Number.parseFloat(held.toString('latin1', start + SNAPSHOT.length, start + PEEK_BYTES));
}

class Client {
  ticks = 0;
  readonly #socket: Socket;
  /** The beginning of a message whose stamp is not here yet. What is long is not kept but skipped. */
  #rest: Buffer<ArrayBufferLike> = Buffer.alloc(0);
  #skipBytes = 0;
  #skippedStamp: number | null = null;
  #isOpen = protocol === 'tcp';
  readonly #number: number;
  readonly #onReady: () => void;

  constructor(number: number, onReady: () => void) {
    this.#number = number;
    this.#onReady = onReady;
    this.#socket = connect({ port: Number(portText), host: '127.0.0.1', localAddress: localAddress ?? '127.0.0.1', noDelay: true, onread: { buffer: chunk, callback: (length) => this.#take(length) } });
    this.#socket.on('error', () => {});
    this.#socket.on('close', () => { closed += 1; });
    if (protocol === 'tcp') {
      this.#socket.on('connect', onReady);
      this.#socket.write(`${topicOf(number)}\n`);
    } else this.#socket.write(upgradeOf(number));
  }

  #take(length: number): boolean {
    if (isMeasuring) bytes += length;
    const fresh = chunk.subarray(0, length);
    let held: Buffer = this.#rest.length === 0 ? fresh : Buffer.concat([this.#rest, fresh]);
    if (!this.#isOpen) held = this.#upgrade(held);
    const at = this.#isOpen ? this.#messages(held) : 0;
    this.#rest = at === held.length ? Buffer.alloc(0) : Buffer.from(held.subarray(at));
    return true;
  }

  #upgrade(held: Buffer): Buffer {
    const end = held.indexOf('\r\n\r\n');
    if (end < 0) return held;
    this.#isOpen = true;
    if (protocol === 'websocket') this.#onReady();
    return held.subarray(end + 4);
  }

  /** How far it came. */
  #messages(held: Buffer): number {
    let at = Math.min(this.#skipBytes, held.length);
    if (this.#skipBytes > 0 && at === this.#skipBytes) this.#arrived(this.#skippedStamp);
    this.#skipBytes -= at;
    while (at < held.length) {
      const head = headAt(held, at);
      if (head === null || head.start + Math.min(head.length, PEEK_BYTES) > held.length) break;
      const stampMs = stampOf(held, head);
      const end = head.start + head.length;
      if (end > held.length) {
        this.#skippedStamp = stampMs;
        this.#skipBytes = end - held.length;
        return held.length;
      }
      this.#arrived(stampMs);
      if (head.opcode === 1) this.#text(held, head.start);
      at = end;
    }
    return at;
  }

  #arrived(stampMs: number | null): void {
    if (!isMeasuring || stampMs === null) return;
    this.ticks += 1;
    latenciesMs.push(performance.timeOrigin + performance.now() - stampMs);
  }

  #text(held: Buffer, start: number): void {
    const first = held[start];
    if (first === 0x32) this.#socket.write(PONG);
    else if (first === 0x30) this.#socket.write(OPEN);
    else if (first === 0x34 && held[start + 1] === 0x30) {
      this.#socket.write(masked(`42${JSON.stringify(['subscribe', { channel: 'live', topics: [topicOf(this.#number)] }])}`));
      this.#onReady();
    }
  }
}

async function connectAll(): Promise<void> {
  let next = 0;
  const worker = async () => {
    for (let number = next++; number < clients; number = next++) await new Promise<void>((resolve) => { all.push(new Client(number, resolve)); });
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  process.send?.({ isConnected: true });
}

process.on('message', (message) => {
  isMeasuring = message === 'measure';
  if (isMeasuring) {
    bytes = 0;
    latenciesMs.length = 0;
    for (const client of all) client.ticks = 0;
    cpuFrom = process.cpuUsage();
    return;
  }
  const { user, system } = process.cpuUsage(cpuFrom);
  process.send?.({ bytes, closed, cpuUs: user + system, latenciesMs: Float64Array.from(latenciesMs), ticksByClient: Uint32Array.from(all, ({ ticks }) => ticks) });
});
process.on('disconnect', () => process.exit(0));
void connectAll();
