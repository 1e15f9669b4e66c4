import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { createReadingColumns } from '../../../shared/domain/readingColumns.ts';
import { applyFrame } from '../../../shared/frame/applyFrame.ts';
import { decimalsOf } from '../../../shared/frame/topicRanges.ts';
import { createMirrorStore } from '../../../client/store/createMirrorStore.ts';
import { connectChannel } from '../../../client/net/connectChannel.ts';
import { createServerSocket } from '../../../client/net/serverSocket.ts';
import { createWorkload, workloadTable } from '../../bench/workload.ts';
import { pictureOf } from '../../support/someReadings.ts';
import { type RoomsServer, startRooms } from '../../support/roomsServer.ts';
import { until } from '../../support/until.ts';

const table = workloadTable();
const closers: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** A websocket client as bytes, that can stop reading: what a frozen browser looks like to the kernel. */
class RawClient {
  readonly tcp: Socket;
  readonly messages: { readonly isText: boolean; readonly payload: Buffer }[] = [];
  #held: Buffer = Buffer.alloc(0);
  #isUpgraded = false;
  #wake: () => void = () => {};

  constructor(port: number) {
    this.tcp = connect(port, '127.0.0.1');
    this.tcp.on('error', () => {});
    this.tcp.on('data', (chunk) => this.#take(chunk));
    this.tcp.write(`GET /rt/?EIO=4&transport=websocket HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${randomBytes(16).toString('base64')}\r\n\r\n`);
    closers.push(() => { this.tcp.destroy(); });
  }

  #take(chunk: Buffer): void {
    this.#held = Buffer.concat([this.#held, chunk]);
    if (!this.#isUpgraded) {
      const end = this.#held.indexOf('\r\n\r\n');
      if (end < 0) return;
      this.#isUpgraded = true;
      this.#held = this.#held.subarray(end + 4);
    }
    for (;;) {
      const held = this.#held;
      if (held.length < 2) break;
      const short = held[1]!;
      if (short === 127 || (short === 126 && held.length < 4)) break;
      const headLength = short < 126 ? 2 : 4;
      const length = short < 126 ? short : held.readUInt16BE(2);
      if (held.length < headLength + length) break;
      const payload = Buffer.from(held.subarray(headLength, headLength + length));
      this.#held = held.subarray(headLength + length);
      this.messages.push({ isText: (held[0]! & 15) === 1, payload });
      if (payload.toString() === '2') this.send('3');
    }
    this.#wake();
  }

  send(text: string): void {
    const payload = Buffer.from(text);
    this.tcp.write(Buffer.concat([Buffer.from([0x81, 0x80 | payload.length, 0, 0, 0, 0]), payload]));
  }

  texts(): string[] {
    return this.messages.filter(({ isText }) => isText).map(({ payload }) => payload.toString());
  }

  async has(isSo: () => boolean): Promise<void> {
    while (!isSo()) await new Promise<void>((resolve) => { this.#wake = resolve; });
  }

  async follow(): Promise<void> {
    await this.has(() => this.texts().some((text) => text.startsWith('0')));
    this.send('40');
    await this.has(() => this.texts().some((text) => text.startsWith('42["hello"')));
    this.send('42["subscribe",{"channel":"live","topics":["nation"]}]');
    await this.has(() => this.texts().some((text) => text.startsWith('42["heartbeat"')));
  }
}

describe('a client that stops reading', () => {
  test('[B4] [B5] costs at most a frame beyond the kernel’s buffer, no one else a frame, and afterwards gets the latest state and is told', async () => {
    const workload = createWorkload(table, { ratio: 1, seed: 7, startMs: 1_600_000_000_000 });
    const server: RoomsServer = await startRooms({ table, columns: workload.columns });
    closers.push(() => server.close());
    const frozen = new RawClient(server.port);
    await frozen.follow();
    const store = createMirrorStore({ table, channel: 'live', edition: '2021', scheduleFrame: (flush) => flush() });
    const link = connectChannel({ socket: createServerSocket(`http://127.0.0.1:${server.port}`), topic: 'nation', store, buildId: 'build-1' });
    closers.push(() => link.close());
    await until(store, 'the healthy client to be live', () => store.getState().link.state === 'live');

    frozen.tcp.pause();
    let dataTimeMs = 1_600_000_000_000;
    const tick = () => {
      dataTimeMs += 1000;
      const changed = workload.next(dataTimeMs);
      server.rooms.publish('live', { columns: workload.columns, changed, dataTimeMs });
    };
    let ticks = 0;
    while (server.rooms.stats().skippedForSlow < 200) {
      const { seq } = store.position!;
      tick();
      ticks += 1;
      await until(store, 'the healthy client to have the tick', () => store.position!.seq === seq + 1);
    }
    const { sentDeltas, skippedForSlow } = server.rooms.stats();
    // Every tick either reached the healthy client, and the frozen one, or was skipped for the frozen one alone.
    expect(sentDeltas + skippedForSlow).toBe(ticks * 2);
    expect(pictureOf(store.columns)).toEqual(pictureOf(workload.columns));

    const queuedBefore = frozen.messages.length;
    frozen.tcp.resume();
    // Draining is the kernel's: until it has, ticks go on being skipped.
    while (!frozen.texts().some((text) => text.includes('"behind"'))) {
      tick();
      await new Promise((resolve) => { setImmediate(resolve); });
    }
    await frozen.has(() => frozen.messages.slice(queuedBefore).some(({ isText, payload }) => !isText && payload[5] === 1));
    const frames = frozen.messages.filter(({ isText }) => !isText).map(({ payload }) => payload);
    const last = frames.findLastIndex((frame) => frame[5] === 1);
    const mirror = createReadingColumns(table.series.length);
    const { header } = applyFrame(mirror, frames[last]!, null, decimalsOf(table));
    // What the kernel held was contiguous, then the latest state: never the backlog.
    expect(header.seq - frames.length).toBeGreaterThan(200 - 2);
    tick();
    await frozen.has(() => frozen.messages.at(-1)!.payload[5] === 2 && !frozen.messages.at(-1)!.isText);
    let held = { epoch: header.epoch, seq: header.seq };
    for (const frame of frozen.messages.filter(({ isText }) => !isText).slice(last + 1)) {
      const next = applyFrame(mirror, frame.payload, held, decimalsOf(table)).header;
      held = { epoch: next.epoch, seq: next.seq };
    }
    expect(held.seq).toBeGreaterThan(header.seq);
  }, 60_000);
});
