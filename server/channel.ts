import type { ChannelId, EditionId } from '../shared/domain/ids.ts';
import type { SeriesTable } from '../shared/domain/seriesTable.ts';
import type { Playback, PlaybackState } from '../shared/protocol/socket.ts';
import type { ChannelView } from './ports/channel.ts';
import type { AdmittedBatch, Gate, GateResult, Outcome } from './ports/ingest.ts';
import type { Player, Playhead, ReceivedCandidate } from './ports/player.ts';
import type { ChannelState } from './ports/state.ts';
import type { AsOfAnswer, History, ObservationLog } from './ports/store.ts';

/** Where a channel's pictures go. */
export interface ChannelPublisher {
  /** Once, when the channel has a picture. */
  open(channel: ChannelView): Promise<void>;
  publish(channel: ChannelView, changed: Uint32Array): void;
  publishAlarms(channel: ChannelView, transitions: ReturnType<ChannelState['takeAlarmTransitions']>): void;
  /** Everything sent before belongs to another log: every subscriber gets a snapshot. */
  newEpoch(channel: ChannelView): Promise<void>;
}

export interface ChannelOptions {
  readonly id: ChannelId;
  readonly edition: EditionId;
  readonly table: SeriesTable;
  readonly player: Player;
  readonly playhead: Playhead;
  readonly log: ObservationLog;
  readonly history: History;
  readonly createGate: () => Gate;
  readonly createState: () => ChannelState;
  readonly publisher: ChannelPublisher;
  /** Called with anything that stopped a tick or a drain; the channel goes on with the next one. */
  readonly onError: (error: unknown) => void;
}

export interface Channel extends ChannelView {
  readonly state: ChannelState;
  readonly gate: Gate;
  /** Takes over the last known picture, so that a restart does not show an empty wall, and opens the channel to screens. */
  open(picture: AsOfAnswer): Promise<void>;
  /** One step of the journey up to the state: readUntil → admit → append → project. Safe to call at any time. */
  drain(): Promise<void>;
  /** A drain, then roll-up, freshness and alarms as of now, then one delta per topic. */
  tick(): Promise<void>;
  close(): Promise<void>;
}

/** One player, one log, one state: the journey of an observation, in order, one step at a time ([L1]). */
export function createChannel(options: ChannelOptions): Channel {
  const { id, edition, table, player, playhead, log, history, publisher, onError } = options;
  let gate = options.createGate();
  let state = options.createState();
  let isClosed = false;
  // Every step waits for the one before: a batch is projected in the order it was logged.
  let queue: Promise<void> = Promise.resolve();
  const inOrder = (step: () => Promise<void>): Promise<void> => {
    queue = queue.then(step).catch(onError);
    return queue;
  };

  async function advance(): Promise<void> {
    const received = await player.readUntil(playhead.nowMs());
    if (received.length > 0) await admitAndLog(received);
  }

  async function admitAndLog(received: readonly ReceivedCandidate[]): Promise<void> {
    const batch = gate.admit(received);
    let firstOffset = -1;
    if (batch.accepted.length > 0) {
      try {
        firstOffset = await log.append(batch.accepted, batch.fingerprints);
      } catch (error) {
        gate.forget(batch.fingerprints);
        for (const { onFailure } of received) onFailure?.(error);
        throw error;
      }
      state.project(batch.accepted, firstOffset);
    }
    answer(received, batch, firstOffset);
  }

  async function seek(toMs: number): Promise<void> {
    player.seek(toMs);
    playhead.seek(toMs);
    await log.restart();
    gate = options.createGate();
    state = options.createState();
    await advance();
    state.settle(playhead.nowMs());
    state.takeAlarmTransitions();
    await publisher.newEpoch(view);
  }

  const playback = (): PlaybackState => ({
    nowMs: playhead.nowMs(), rate: playhead.rate, isPlaying: playhead.isPlaying,
    startMs: player.startMs, endMs: player.endMs, capabilities: [...player.capabilities],
  });

  const view: Channel = {
    id, edition, table, history, playerName: player.name,
    get epoch() { return log.epoch; },
    get readings() { return state.readings; },
    get state() { return state; },
    get gate() { return gate; },
    playback,
    control(request: Playback): string | null {
      const needed = request.action === 'play' ? 'pause' : request.action;
      if (!player.capabilities.has(needed)) return `Channel "${id}" cannot ${request.action}: its player (${player.name}) has no such capability.`;
      if (request.action === 'play') playhead.play();
      else if (request.action === 'pause') playhead.pause();
      else if (request.action === 'rate') playhead.setRate(request.rate);
      else void inOrder(() => seek(request.toMs));
      return null;
    },
    openAlarms: () => state.openAlarms(),
    sourceHealth: () => state.sourceHealth(playhead.nowMs()),
    sources: () => state.sources(playhead.nowMs()),
    refusals: () => gate.refusals(),
    quarantine: () => gate.quarantine(),
    acceptedCount: () => gate.acceptedCount,
    open: (picture) => inOrder(async () => {
      // Offsets of restored readings are looked up in history when someone asks; -1 says "from before this start".
      state.project(picture.observations, -1);
      state.settle(playhead.nowMs());
      state.takeAlarmTransitions();
      await publisher.open(view);
    }),
    drain: () => inOrder(async () => {
      if (!isClosed) await advance();
    }),
    tick: () => inOrder(async () => {
      if (isClosed) return;
      await advance();
      const changed = state.settle(playhead.nowMs());
      publisher.publish(view, changed);
      publisher.publishAlarms(view, state.takeAlarmTransitions());
    }),
    async close() {
      isClosed = true;
      await queue;
      await player.close();
      await log.close();
    },
  };
  return view;
}

function answer(received: readonly ReceivedCandidate[], batch: AdmittedBatch, firstOffset: number): void {
  let offset = firstOffset;
  for (const [index, { onOutcome }] of received.entries()) {
    const result = batch.results[index];
    if (result === undefined) throw new Error(`Invariant: the gate answered ${batch.results.length} of ${received.length} candidates.`);
    const own = result.kind === 'accepted' ? offset++ : -1;
    onOutcome?.(toOutcome(result, own));
  }
}

function toOutcome(result: GateResult, offset: number): Outcome {
  switch (result.kind) {
    case 'accepted': return { outcome: 'stored', offset };
    case 'duplicate': return { outcome: 'duplicate' };
    case 'quarantined': return { outcome: 'quarantined', reason: result.reason, detail: result.detail };
    case 'rejected': return { outcome: 'rejected', reason: result.reason, detail: result.detail };
  }
}
