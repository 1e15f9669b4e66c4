import type { ChildProcess } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import { createReadingColumns, type ReadingColumns } from '../../shared/domain/readingColumns.ts';
import type { SeriesTable } from '../../shared/domain/seriesTable.ts';
import type { Alarm } from '../../shared/domain/alarm.ts';
import { alarmWith } from './alarmWith.ts';
import type { Playback, PlaybackState, Problem } from '../../shared/protocol/socket.ts';
import { createWalls } from '../../server/walls/createWalls.ts';
import { forkSocketWorker } from '../../server/forkSocketWorker.ts';
import type { SocketServerOptions } from '../../server/rooms/createSocketServer.ts';
import type { ClosingReason } from '../../server/rooms/guardConnection.ts';
import { openSockets } from '../../server/rooms/openSockets.ts';
import type { SocketWorkers } from '../../server/rooms/socketWorkers.ts';
import { untilSo } from './untilSo.ts';
import type { WallReports, WallsView } from '../../server/ports/walls.ts';
import type { Rooms } from '../../server/rooms/rooms.ts';
import type { RoomsLimits } from '../../server/rooms/roomsLimits.ts';
import { type SeriesChange, writeChanges } from './someReadings.ts';

export const EPOCH = '0123456789abcdef';

export interface RoomsServerOptions {
  readonly table: SeriesTable;
  readonly epoch?: string;
  readonly firstSeq?: number;
  readonly columns?: ReadingColumns;
  readonly limits?: Partial<RoomsLimits>;
  readonly useDirectPath?: boolean;
  readonly openAlarms?: () => readonly Alarm[];
  readonly nowMs?: () => number;
  /** Processes that serve the sockets; none by default. */
  readonly workers?: number;
  /** Sessions from which on there are such; 0 by default. */
  readonly workersFrom?: number;
  readonly maxConnections?: number;
  readonly control?: (request: Playback) => string | null;
  readonly sockets?: Partial<SocketServerOptions>;
}

export interface RoomsServer {
  readonly port: number;
  readonly rooms: Rooms;
  readonly workers: SocketWorkers;
  /** Of the workers, in the order started. */
  readonly processes: readonly ChildProcess[];
  readonly walls: WallReports & WallsView;
  readonly columns: ReadingColumns;
  readonly problems: readonly Problem[];
  /** Of every connection that ended, oldest first. */
  readonly closings: readonly ClosingReason[];
  /** What waits for clients in this process: beyond the kernel's buffers, and in engine.io's queues. */
  heldBytes(): number;
  /** TCP connections that are there. */
  lineCount(): number;
  /** Time on the data's axis; one second more with every tick. */
  readonly dataTimeMs: number;
  tick(changes: readonly SeriesChange[]): void;
  close(): Promise<void>;
}

/** A worker that has been compiled before is there in a third of the time. */
process.env.NODE_COMPILE_CACHE ??= resolve(import.meta.dirname, '../../node_modules/.cache/ioc-compiled');

const T0 = 1_600_000_000_000;

interface Engine { readonly clients: Readonly<Record<string, { readonly writeBuffer: readonly { readonly data?: string | Buffer }[] }>> }

function queuedBytes(engine: unknown): number {
  const queues = Object.values((engine as Engine).clients).map(({ writeBuffer }) => writeBuffer);
  return queues.flat().reduce((total, { data }) => total + (data === undefined ? 0 : Buffer.byteLength(data)), 0);
}

/** The real thing on a free port, with a channel whose state is an array the test writes to. */
export async function startRooms(options: RoomsServerOptions): Promise<RoomsServer> {
  const { table } = options;
  const http = createServer();
  const nowMs = options.nowMs ?? (() => performance.timeOrigin + performance.now());
  const closings: ClosingReason[] = [];
  const lines = new Set<Socket>();
  http.on('connection', (line) => {
    lines.add(line);
    line.on('close', () => lines.delete(line));
  });
  const problems: Problem[] = [];
  const processes: ChildProcess[] = [];
  const walls = createWalls({ nowMs });
  const passed = { ...(options.limits !== undefined && { limits: options.limits }), ...(options.useDirectPath !== undefined && { useDirectPath: options.useDirectPath }) };
  const { io, rooms, workers } = openSockets(http, {
    allowedOrigins: [], isLoopbackBind: true, buildId: 'build-1', walls, nowMs, handshakesPerSec: 10_000, handshakeBurst: 10_000, packetBurst: 10_000, onClosed: (reason) => closings.push(reason), ...passed, ...options.sockets,
    ...(options.maxConnections !== undefined && { maxConnections: options.maxConnections }),
    onProblem: (problem) => problems.push(problem), plan: { count: options.workers ?? 0, fromSessions: options.workersFrom ?? 0 },
    fork() {
      const worker = forkSocketWorker({ buildId: 'build-1', clockOffsetMs: nowMs() - Number(process.hrtime.bigint()) / 1e6, packetBurst: 10_000, ...passed });
      processes.push(worker);
      return worker;
    },
  });
  const columns = options.columns ?? createReadingColumns(table.series.length);
  let dataTimeMs = T0;
  const playback = (): PlaybackState => ({ nowMs: dataTimeMs, rate: 1, isPlaying: true, startMs: null, endMs: null, stopMs: null, restLeftMs: 0, isChaptered: false, isLooping: false, exercise: null, capabilities: [] });
  rooms.openChannel({
    id: 'live', edition: '2021', epoch: options.epoch ?? EPOCH, table, firstSeq: options.firstSeq ?? 0, playback,
    sourceHealth: () => ({ fresh: 1, late: 0, stale: 0, dead: 0, never: 0 }),
    control(request, refuse) {
      const why = options.control?.(request) ?? null;
      if (why !== null) refuse(why);
    },
    openAlarms: options.openAlarms ?? (() => []), alarmLoad: () => 0,
  });
  if (options.columns !== undefined) {
    rooms.publish('live', { columns, changed: Uint32Array.from({ length: columns.seriesCount }, (_, index) => index), dataTimeMs });
  }
  if (workers.isStarted) await untilSo(() => workers.readyCount === options.workers);
  await new Promise<void>((resolve) => { http.listen(0, '127.0.0.1', resolve); });
  return {
    port: (http.address() as AddressInfo).port, rooms, workers, processes, walls, columns, problems, closings,
    lineCount: () => lines.size,
    heldBytes: () => [...lines].reduce((total, { writableLength }) => total + writableLength, 0) + queuedBytes(io.engine),
    get dataTimeMs() { return dataTimeMs; },
    tick(changes) {
      dataTimeMs += 1000;
      rooms.publish('live', { columns, changed: writeChanges(columns, changes), dataTimeMs });
    },
    async close() {
      rooms.close();
      const closed = io.close();
      // Node's server waits for ever for processes that ended and had connections of its.
      if (processes.length === 0) await closed;
      else await untilSo(() => processes.every(({ exitCode, signalCode }) => exitCode !== null || signalCode !== null));
    },
  };
}

export function anAlarm(part: Partial<Alarm> = {}): Alarm {
  return alarmWith({
    id: 'state/101/latency', occurrenceId: 'a-1', severity: 'high', domain: 'connectivity', localityCode: '101', indicatorId: 'latency', sourceId: null,
    kind: 'state', value: 250, state: 'UNACK', sinceMs: T0, dataLost: false, ...part,
  });
}
