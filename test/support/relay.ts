import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

export interface Relay {
  readonly port: number;
  /** Where new connections go. */
  aimAt(port: number): void;
  /** The next frame event (both of its websocket frames) is lost on the way, on every connection. */
  dropNextFrame(): void;
  readonly droppedFrames: number;
  /** What clients say is lost on the way, until this is called with `false`. */
  mute(isMuted: boolean): void;
  /** Connections break now. */
  cut(): void;
  close(): Promise<void>;
}

/** Splits what a server sends into websocket frames. */
class FrameSplitter {
  #held: Buffer = Buffer.alloc(0);
  #isUpgraded = false;

  take(chunk: Buffer): Buffer[] {
    this.#held = Buffer.concat([this.#held, chunk]);
    const parts: Buffer[] = [];
    for (let length = this.#nextLength(); length > 0 && length <= this.#held.length; length = this.#nextLength()) {
      parts.push(this.#held.subarray(0, length));
      this.#held = this.#held.subarray(length);
    }
    return parts;
  }

  /** 0: not known yet. */
  #nextLength(): number {
    const held = this.#held;
    if (!this.#isUpgraded) {
      const end = held.indexOf('\r\n\r\n');
      if (end < 0) return 0;
      this.#isUpgraded = true;
      return end + 4;
    }
    if (held.length < 2) return 0;
    const short = held[1]! & 127;
    if (short < 126) return 2 + short;
    if (short === 126) return held.length < 4 ? 0 : 4 + held.readUInt16BE(2);
    return held.length < 10 ? 0 : 10 + Number(held.readBigUInt64BE(2));
  }
}

/** A wire that can lose a frame or break, between a real client and a real server. */
export async function startRelay(): Promise<Relay> {
  let target = 0;
  let toDrop = 0;
  let droppedFrames = 0;
  let isMuted = false;
  const open = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(target, '127.0.0.1');
    const splitter = new FrameSplitter();
    let isAttachmentDropped = false;
    for (const socket of [client, upstream]) {
      open.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => {
        open.delete(socket);
        client.destroy();
        upstream.destroy();
      });
    }
    client.on('data', (chunk) => { if (!isMuted) upstream.write(chunk); });
    upstream.on('data', (chunk) => {
      for (const part of splitter.take(chunk)) {
        const isEvent = part.includes('451-["frame"');
        if (isEvent && toDrop > 0) {
          toDrop -= 1;
          droppedFrames += 1;
          isAttachmentDropped = true;
        } else if (isAttachmentDropped) {
          isAttachmentDropped = false;
        } else {
          client.write(part);
        }
      }
    });
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  const cut = () => { for (const socket of open) socket.destroy(); };
  return {
    port: (server.address() as AddressInfo).port,
    aimAt(port) { target = port; },
    dropNextFrame() { toDrop = 1; },
    get droppedFrames() { return droppedFrames; },
    mute(next) { isMuted = next; },
    cut,
    close() {
      cut();
      return new Promise((resolve) => { server.close(() => resolve()); });
    },
  };
}
