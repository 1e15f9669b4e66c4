import { createServer, IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { ChannelId } from '../../shared/domain/ids.ts';
import type { Playback } from '../../shared/protocol/socket.ts';
import { createRooms } from './createRooms.ts';
import { createSocketEngine } from './createSocketServer.ts';
import { ForwardedWalls } from './forwardedWalls.ts';
import { MirroredChannel } from './mirroredChannel.ts';
import type { FromWorker, ToWorker, WorkerStart } from './workerMessages.ts';

type Connection = Extract<ToWorker, { kind: 'connection' }>;

export interface HandedOver {
  /** In the order sent. `connection`: of a message that came with one. */
  handle(message: ToWorker, connection: Socket | undefined): void;
  /** Disconnects everyone. */
  close(): void;
}

/** The rooms of one worker: the same engine and the same rooms as in the primary process, fed by what it says instead of by channels. */
export function serveHandedOver(start: WorkerStart, nowMs: () => number, send: (message: FromWorker) => void): HandedOver {
  // Listens nowhere: the engine is attached to it, and hears of each connection that is handed over as of an upgrade.
  const http = createServer();
  const io = createSocketEngine(http, { nowMs, ...start, onClosed: (reason) => send({ kind: 'ended', reason }) });
  const walls = new ForwardedWalls(send);
  const rooms = createRooms({ io, walls, clock: { nowMs }, onProblem: (problem) => send({ kind: 'problem', problem }), ...start });
  const channels = new Map<ChannelId, MirroredChannel>();
  const refusals = new Map<number, (why: string) => void>();
  let requests = 0;

  function steer(request: Playback, refuse: (why: string) => void): void {
    const requestId = requests++;
    refusals.set(requestId, refuse);
    send({ kind: 'playback', requestId, request });
  }

  function steered(requestId: number, why: string | null): void {
    const refuse = refusals.get(requestId);
    refusals.delete(requestId);
    if (why !== null) refuse?.(why);
  }

  function connect({ connectionId, url, headers, head }: Connection, connection: Socket | undefined): void {
    const ended = () => send({ kind: 'closed', connectionId });
    if (connection === undefined) {
      ended();
      return;
    }
    connection.once('close', ended);
    const request = Object.assign(new IncomingMessage(connection), { method: 'GET', url, headers, httpVersion: '1.1' });
    http.emit('upgrade', request, connection, head);
  }

  function open(message: Extract<ToWorker, { kind: 'openChannel' }>): void {
    const channel = new MirroredChannel(message, nowMs, steer);
    channels.set(channel.id, channel);
    channel.take(message.from.published, Uint32Array.from({ length: channel.columns.seriesCount }, (_, index) => index));
    rooms.openChannel(channel, message.from);
  }

  function publish({ channelId, part, changed, dataTimeMs, playback, openAlarms }: Extract<ToWorker, { kind: 'publish' }>): void {
    const channel = channelOf(channelId);
    channel.hear({ playback });
    channel.take(part, changed);
    if (openAlarms !== null) channel.replaceAlarms(openAlarms);
    rooms.publish(channelId, { columns: channel.columns, changed, dataTimeMs });
  }

  function channelOf(channelId: ChannelId): MirroredChannel {
    const channel = channels.get(channelId);
    if (channel === undefined) throw new Error(`Invariant: channel "${channelId}" is not open in this worker; the primary opens it before it speaks of it.`);
    return channel;
  }

  function handle(message: ToWorker, connection: Socket | undefined): void {
    switch (message.kind) {
      case 'connection':
        connect(message, connection);
        break;
      case 'openChannel':
        open(message);
        break;
      case 'publish':
        publish(message);
        break;
      case 'publishAlarms':
        channelOf(message.channelId).changeAlarms(message.transitions);
        rooms.publishAlarms(message.channelId, message.transitions);
        break;
      case 'heartbeat':
        for (const [channelId, news] of message.news) channelOf(channelId).hear(news);
        walls.hear(message.wallTroubles);
        rooms.heartbeat();
        break;
      case 'newEpoch':
        rooms.newEpoch(message.channelId, message.epoch, message.firstSeq);
        break;
      case 'ask':
        send({ kind: 'answer', stats: rooms.stats() });
        break;
      case 'steered':
        steered(message.requestId, message.why);
        break;
      case 'command':
        walls.command(message.pageId, message.command);
        break;
      case 'tell':
        walls.tell(message.pageId, message.problem);
        break;
    }
  }

  return { handle, close: () => rooms.close() };
}
