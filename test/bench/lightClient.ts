import { connect, type Socket } from 'node:net';
import { ByteReader } from '../../shared/frame/byteReader.ts';
import type { HeldPosition } from '../../shared/frame/frame.ts';
import { TRY_AGAIN_LATER } from '../../shared/protocol/retryHint.ts';

// A client as bytes: no decoding beyond the heads of messages, so that thousands of them share a machine with the server.

export type LightProtocol = 'socket.io' | 'websocket' | 'tcp';

export interface LightClientOptions {
  readonly port: number;
  readonly protocol: LightProtocol;
  /** 127.x.y.z: the ports of one address are 28,000. */
  readonly localAddress: string;
  /** `nation` by default. */
  readonly topic?: string;
  readonly resume?: HeldPosition | null;
  readonly onBytes?: (length: number) => void;
  /** What comes from now on is for it. */
  readonly onReady?: () => void;
  /** All of a frame, or of a naive snapshot, is here. `stampMs`: when the server knew its values. */
  readonly onFrame?: (stampMs: number, header: FrameNews | null) => void;
  readonly onHeartbeat?: () => void;
  /** `reason`: of a close that says 1013. */
  readonly onClose?: (reason: string | null) => void;
}

export interface FrameNews extends HeldPosition { readonly isSnapshot: boolean }

const NATION = 'nation';
const MAGIC = 0x31505644;
const MAGIC_BYTES = 24;
const EPOCH_AT = 24;
const SEQ_AT = 32;
const SNAPSHOT = '42["snapshot",{"ts":';
const HEARTBEAT = '42["heartbeat"';
/** As much of a message as has to be seen at once to know its stamp. */
const PEEK_BYTES = 64;
const chunk = Buffer.allocUnsafe(256 * 1024);

function masked(text: string): Buffer {
  const payload = Buffer.from(text);
  const head = payload.length < 126 ? [0x81, 0x80 | payload.length] : [0x81, 0xfe, payload.length >> 8, payload.length & 255];
  return Buffer.concat([Buffer.from([...head, 0, 0, 0, 0]), payload]);
}

const OPEN = masked('40');
const PONG = masked('3');

function subscribeTo(topic: string, resume: HeldPosition | null): Buffer {
  return masked(`42${JSON.stringify(['subscribe', { channel: 'live', topics: [topic], ...(resume !== null && { resume: { epoch: resume.epoch, seqByTopic: { [topic]: resume.seq } } }) }])}`);
}

function upgradeTo(protocol: LightProtocol, port: number, topic: string): string {
  const path = protocol === 'socket.io' ? '/rt/?EIO=4&transport=websocket' : `/?${topic}`;
  return `GET ${path} HTTP/1.1\r\nHost: localhost:${port}\r\nOrigin: http://localhost:${port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`;
}

interface Head { readonly start: number; readonly length: number; readonly opcode: number }

/** When the server knew the values, or `null` for what carries none. */
function stampOf(held: Buffer, { start, length, opcode }: Head): number | null {
  if (opcode === 2) return length >= MAGIC_BYTES && held.readUInt32LE(start) === MAGIC ? held.readDoubleLE(start + 8) : null;
  if (length <= PEEK_BYTES || held[start + 4] !== 0x73 || held.toString('latin1', start, start + SNAPSHOT.length) !== SNAPSHOT) return null;
  return Number.parseFloat(held.toString('latin1', start + SNAPSHOT.length, start + PEEK_BYTES));
}

function frameNewsOf(held: Buffer, start: number): FrameNews {
  const seq = new ByteReader(held.subarray(start + SEQ_AT, start + PEEK_BYTES)).varint(Number.MAX_SAFE_INTEGER, 'sequence number');
  return { isSnapshot: held[start + 5] === 1, epoch: held.toString('hex', start + EPOCH_AT, start + SEQ_AT), seq };
}

export class LightClient {
  readonly #options: LightClientOptions;
  readonly #socket: Socket;
  /** The beginning of a message whose stamp is not here yet. What is long is not kept but skipped. */
  #rest: Buffer<ArrayBufferLike> = Buffer.alloc(0);
  #skipBytes = 0;
  #skipped: (() => void) | null = null;
  #isOpen: boolean;
  #closeReason: string | null = null;

  constructor(options: LightClientOptions) {
    this.#options = options;
    const { port, protocol, localAddress, topic = NATION } = options;
    this.#isOpen = protocol === 'tcp';
    this.#socket = connect({ port, host: '127.0.0.1', localAddress, noDelay: true, onread: { buffer: chunk, callback: (length) => this.#take(length) } });
    this.#socket.on('error', () => {});
    this.#socket.on('close', () => options.onClose?.(this.#closeReason));
    if (protocol === 'tcp') {
      this.#socket.on('connect', () => options.onReady?.());
      this.#socket.write(`${topic}\n`);
    } else this.#socket.write(upgradeTo(protocol, port, topic));
  }

  #take(length: number): boolean {
    this.#options.onBytes?.(length);
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
    if (this.#options.protocol === 'websocket') this.#options.onReady?.();
    return held.subarray(end + 4);
  }

  /** `null`: not all of the head is here. */
  #headAt(held: Buffer, at: number): Head | null {
    const left = held.length - at;
    if (this.#options.protocol === 'tcp') return left < 4 ? null : { start: at + 4, length: held.readUInt32BE(at), opcode: 2 };
    if (left < 2) return null;
    const opcode = (held[at] ?? 0) & 15;
    const short = held[at + 1] ?? 0;
    if (short < 126) return { start: at + 2, length: short, opcode };
    if (short === 126) return left < 4 ? null : { start: at + 4, length: held.readUInt16BE(at + 2), opcode };
    return left < 10 ? null : { start: at + 10, length: Number(held.readBigUInt64BE(at + 2)), opcode };
  }

  /** How far it came. */
  #messages(held: Buffer): number {
    let at = Math.min(this.#skipBytes, held.length);
    if (this.#skipBytes > 0 && at === this.#skipBytes) this.#skipped?.();
    this.#skipBytes -= at;
    while (at < held.length) {
      const head = this.#headAt(held, at);
      if (head === null || head.start + Math.min(head.length, PEEK_BYTES) > held.length) break;
      const arrived = this.#arrivalOf(held, head);
      const end = head.start + head.length;
      if (end > held.length) {
        this.#skipped = arrived;
        this.#skipBytes = end - held.length;
        return held.length;
      }
      arrived?.();
      at = end;
    }
    return at;
  }

  /** What to do once all of the message is here. */
  #arrivalOf(held: Buffer, head: Head): (() => void) | null {
    const { onFrame, onHeartbeat, protocol } = this.#options;
    const stampMs = onFrame === undefined ? null : stampOf(held, head);
    if (stampMs !== null) {
      const news = head.opcode === 2 && protocol === 'socket.io' ? frameNewsOf(held, head.start) : null;
      return () => onFrame?.(stampMs, news);
    }
    if (head.opcode === 1) return this.#textAt(held, head.start, onHeartbeat);
    if (head.opcode === 8 && head.length > 2 && held.readUInt16BE(head.start) === TRY_AGAIN_LATER) {
      this.#closeReason = held.toString('latin1', head.start + 2, head.start + head.length);
      this.#socket.end();
    }
    return null;
  }

  #textAt(held: Buffer, start: number, onHeartbeat: (() => void) | undefined): (() => void) | null {
    const first = held[start];
    if (first === 0x32) return () => this.#socket.write(PONG);
    if (first === 0x30) return () => this.#socket.write(OPEN);
    if (first === 0x34 && held[start + 1] === 0x30) {
      return () => {
        this.#socket.write(subscribeTo(this.#options.topic ?? NATION, this.#options.resume ?? null));
        this.#options.onReady?.();
      };
    }
    return onHeartbeat !== undefined && held.toString('latin1', start, start + HEARTBEAT.length) === HEARTBEAT ? onHeartbeat : null;
  }
}
