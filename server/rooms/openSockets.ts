import type { ChildProcess } from 'node:child_process';
import type { Server as HttpServer } from 'node:http';
import type { Server } from 'socket.io';
import type { ClientToServerEvents, Problem, ServerToClientEvents } from '../../shared/protocol/socket.ts';
import type { WallReports } from '../ports/walls.ts';
import { createClusteredRooms, type WorkerPlan } from './clusteredRooms.ts';
import { createRooms, type RoomsOptions } from './createRooms.ts';
import { createSocketServer, type SocketServerOptions } from './createSocketServer.ts';
import type { Rooms } from './rooms.ts';
import { SocketWorkers } from './socketWorkers.ts';

export interface SocketsOptions extends Omit<SocketServerOptions, 'others' | 'nowMs'>, Pick<RoomsOptions, 'buildId' | 'limits' | 'useDirectPath'> {
  readonly walls: WallReports;
  /** Epoch ms; may be fractional. */
  readonly nowMs: () => number;
  readonly onProblem: (problem: Problem) => void;
  readonly plan: WorkerPlan;
  /** Starts server/socket.worker.ts. */
  readonly fork: () => ChildProcess;
}

export interface Sockets {
  readonly io: Server<ClientToServerEvents, ServerToClientEvents>;
  readonly rooms: Rooms;
  readonly workers: SocketWorkers;
}

/** All that serves sockets on one port: this process, and workers beside it if the plan says so. */
export function openSockets(http: HttpServer, options: SocketsOptions): Sockets {
  const { walls, nowMs, plan } = options;
  const workers = new SocketWorkers(options);
  const io = createSocketServer(http, { ...options, others: workers });
  const local = createRooms({ ...options, io, clock: { nowMs } });
  return { io, workers, rooms: createClusteredRooms({ local, workers, plan, walls, nowMs }) };
}
