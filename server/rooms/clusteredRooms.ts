import type { ChannelId } from '../../shared/domain/ids.ts';
import type { WallReports } from '../ports/walls.ts';
import { addStats } from './addStats.ts';
import { takeSeries } from './copySeries.ts';
import { HEARTBEAT_EVERY_MS, type Rooms, type RoomsChannel } from './rooms.ts';
import type { SocketWorkers, WorkerHost } from './socketWorkers.ts';
import type { ChannelNews, ToWorker } from './workerMessages.ts';

/** How many workers there are to be, and from how many sessions in this process on. */
export interface WorkerPlan { readonly count: number; readonly fromSessions: number }

export interface ClusteredRoomsOptions {
  /** Of this process: it serves whom no worker does, and says what position comes next. */
  readonly local: Rooms;
  readonly workers: SocketWorkers;
  readonly plan: WorkerPlan;
  readonly walls: WallReports;
  readonly nowMs: () => number;
}

const newsOf = (channel: RoomsChannel): ChannelNews => ({ playback: channel.playback(), sourceHealth: channel.sourceHealth(), alarmLoad: channel.alarmLoad() });

/** [MC2] The same rooms in several processes: what is said to those of this one is said to each worker too, in the same order. */
export function createClusteredRooms({ local, workers, plan, walls, nowMs }: ClusteredRoomsOptions): Rooms {
  const channels = new Map<ChannelId, RoomsChannel>();
  /** Their alarms became other ones altogether, which workers are told with the next picture. */
  const renewed = new Set<ChannelId>();
  let askedAtMs = Number.NEGATIVE_INFINITY;

  const openingOf = (channel: RoomsChannel): ToWorker => ({
    kind: 'openChannel', channelId: channel.id, edition: channel.edition, localities: channel.table.localities, indicators: channel.table.indicators,
    from: local.position(channel.id), openAlarms: channel.openAlarms(), news: newsOf(channel),
  });
  const heartbeat = (): ToWorker => ({ kind: 'heartbeat', news: new Map([...channels.values()].map((channel) => [channel.id, newsOf(channel)])), wallTroubles: walls.troubles() });
  const host: WorkerHost = {
    welcome: () => [...channels.values()].map(openingOf),
    steer: (request, refuse) => channels.get(request.channel)?.control(request, refuse),
  };

  function startWhenDue(): void {
    if (plan.count > 0 && !workers.isStarted && local.stats().sessions >= plan.fromSessions) workers.start(plan.count, host);
  }

  startWhenDue();
  return {
    openChannel(channel, from) {
      local.openChannel(channel, from);
      channels.set(channel.id, channel);
      workers.send(openingOf(channel));
    },
    publish(channelId, tick) {
      const answer = local.publish(channelId, tick);
      const channel = channels.get(channelId);
      if (workers.readyCount > 0 && channel !== undefined) {
        const { columns, changed, dataTimeMs } = tick;
        const openAlarms = renewed.has(channelId) ? channel.openAlarms() : null;
        workers.send({ kind: 'publish', channelId, changed: changed.slice(), part: takeSeries(columns, changed), dataTimeMs, playback: channel.playback(), openAlarms });
      }
      renewed.delete(channelId);
      return answer;
    },
    publishAlarms(channelId, transitions) {
      local.publishAlarms(channelId, transitions);
      workers.send({ kind: 'publishAlarms', channelId, transitions });
    },
    heartbeat() {
      local.heartbeat();
      startWhenDue();
      if (!workers.isStarted) return;
      workers.send(heartbeat());
      // Heartbeats come out of turn when playback changes: those must not count against a worker.
      if (nowMs() - askedAtMs < HEARTBEAT_EVERY_MS / 2) return;
      askedAtMs = nowMs();
      workers.ask();
    },
    newEpoch(channelId, epoch, firstSeq) {
      local.newEpoch(channelId, epoch, firstSeq);
      renewed.add(channelId);
      workers.send({ kind: 'newEpoch', channelId, epoch, firstSeq });
    },
    position: local.position,
    stats: () => addStats(local.stats(), workers.stats),
    close() {
      local.close();
      workers.close();
    },
  };
}
