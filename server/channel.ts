import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Alarm } from '../shared/domain/alarm.ts';
import type { AlarmEvent } from '../shared/domain/alarmEvent.ts';
import type { AlarmRule } from '../shared/domain/alarmRule.ts';
import type { ChannelId, EditionId } from '../shared/domain/ids.ts';
import type { SeriesTable } from '../shared/domain/seriesTable.ts';
import type { Playhead } from '../shared/playback/playhead.ts';
import { isAble, playbackStateOf, steer } from '../shared/playback/steering.ts';
import type { Playback } from '../shared/protocol/socket.ts';
import { createAlarms } from './alarms/createAlarms.ts';
import type { AlarmCheckpoint } from './ports/alarmCheckpoint.ts';
import type { AlarmLog } from './ports/alarmLog.ts';
import type { Alarms } from './ports/alarms.ts';
import type { ChannelView } from './ports/channel.ts';
import type { ConditionChange } from './ports/conditions.ts';
import { createReleases } from './releases.ts';
import type { AdmittedBatch, Gate, GateResult, Outcome } from './ports/ingest.ts';
import type { Player, ReceivedCandidate } from './ports/player.ts';
import type { ChannelState } from './ports/state.ts';
import type { AsOfAnswer, History, ObservationLog } from './ports/store.ts';

/** About 3 ms in the gate; a larger delivery becomes several batches. */
const BATCH_MAX = 1_000;

/** What two readings of two clocks may differ by without a step. */
const LEAST_STEP_MS = 100;

/** Says what has changed of its conditions since the call before. */
export interface Watcher {
  take(nowMs: number): readonly ConditionChange[];
}

/** Where a channel's pictures go. */
export interface ChannelPublisher {
  /** Once, when the channel has a picture. */
  open(channel: ChannelView): Promise<void>;
  publish(channel: ChannelView, changed: Uint32Array): void;
  publishAlarms(channel: ChannelView, transitions: readonly Alarm[]): void;
  /** Play, pause or rate changed: screens should hear of it with the next tick. */
  announcePlayback(): void;
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
  readonly createState: (open: readonly Alarm[], rules: readonly AlarmRule[]) => ChannelState;
  /** Rules of alarms as shipped; the log may say otherwise of each. Absent: none. */
  readonly rules?: readonly AlarmRule[];
  readonly alarmLog: AlarmLog;
  /** What it holds, and what those came to that have left it. */
  readonly alarmEvents: readonly AlarmEvent[];
  readonly alarmCheckpoint?: AlarmCheckpoint | null;
  /** Clock of the log of alarms: one that no step of the machine's clock moves. Epoch ms. Default: the playhead's. */
  readonly alarmNowMs?: () => number;
  /** Of conditions on other things than readings: each is asked with every tick what has changed since. */
  readonly watchers?: readonly Watcher[];
  readonly publisher: ChannelPublisher;
  /** Called with anything that stopped a tick or a drain; the channel goes on with the next one. */
  readonly onError: (error: unknown) => void;
}

export interface Channel extends ChannelView {
  readonly state: ChannelState;
  readonly gate: Gate;
  /** Why the last batch could not be made durable; `null` once one could be again. */
  logFailure(): string | null;
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
  const alarmNowMs = options.alarmNowMs ?? playhead.nowMs;
  let gate = options.createGate();
  /** Nobody is told yet: whoever comes gets the open alarms. */
  let isTelling = false;
  const openAlarmLog = (events: readonly AlarmEvent[], checkpoint: AlarmCheckpoint | null = null) => createAlarms({
    log: options.alarmLog, events, checkpoint, nowMs: alarmNowMs, onError,
    onTransitions: (transitions) => { if (isTelling) publisher.publishAlarms(view, transitions); },
    rules: { shipped: options.rules ?? [], indicators: table.indicators },
    // What it changes is told with the next tick; between two steps of the state, never within one.
    onRules: () => void commits(async () => state.replaceRules(alarms.rules.inForce())),
  });
  let alarms: Alarms = openAlarmLog(options.alarmEvents, options.alarmCheckpoint);
  const openState = () => options.createState(alarms.open(), alarms.rules.inForce());
  let state = openState();
  let isClosed = false;
  const leadOfClock = () => playhead.nowMs() - alarmNowMs();
  let clockLeadMs = leadOfClock();
  /** [CK1] Before anything is judged by time: the machine's clock may have stepped, or the playhead stand still until a clock set back has caught up. */
  function followClock(): void {
    const stepMs = leadOfClock() - clockLeadMs;
    if (options.alarmNowMs === undefined || Math.abs(stepMs) < LEAST_STEP_MS) return;
    clockLeadMs += stepMs;
    state.shiftClock(stepMs);
  }
  // Two lines. Intake: read, judge, hand to the log, one batch after the other. Commits: project, answer, publish, in the order
  // handed over. So the gate judges the next batch while the disk still writes the last one.
  const intake = createLine(onError);
  const commits = createLine(onError);
  let lastBatchId = 0;
  let lastCommittedId = 0;
  let lastFailedId = 0;
  let logFailure: string | null = null;
  let announced: string | null = null;

  async function takeIn(): Promise<void> {
    const received = await player.readUntil(playhead.nowMs());
    for (let start = 0; start < received.length; start += BATCH_MAX) {
      handOver(received.slice(start, start + BATCH_MAX));
      // Judging a batch takes milliseconds; heartbeats and other requests get their turn before the next.
      await nextTurn();
    }
  }

  function handOver(received: readonly ReceivedCandidate[]): void {
    const batch = gate.admit(received);
    const batchId = ++lastBatchId;
    const oldestInFlight = lastCommittedId + 1;
    const committing = batch.accepted.length === 0 ? Promise.resolve(-1) : log.append(batch.accepted, batch.fingerprints);
    // Seen again, and handled, on the other line.
    committing.catch(() => {});
    void commits(async () => {
      try {
        const firstOffset = await committing;
        // A batch of which nothing was accepted has written nothing, and proves nothing.
        if (batch.accepted.length > 0) logFailure = null;
        followClock();
        state.project(batch.accepted, firstOffset);
        // A duplicate of something that was then not stored is no duplicate: its sender must try again.
        answer(received, batch, firstOffset, lastFailedId < oldestInFlight);
      } catch (error) {
        lastFailedId = batchId;
        logFailure = error instanceof Error ? error.message : String(error);
        gate.forget(batch.fingerprints);
        for (const { onFailure } of received) onFailure?.(error);
        throw error;
      } finally {
        lastCommittedId = batchId;
      }
    });
  }

  const releases = createReleases({
    held: () => gate.quarantine(), nowMs: () => playhead.nowMs(),
    handOver: (received) => void intake(async () => handOver([received])),
  });

  async function advance(): Promise<void> {
    await intake(takeIn);
    await commits(async () => {});
  }

  /** What is taken is told once only: a watcher that fails must not take with it what others have said. */
  const takeFrom = (watcher: Watcher): readonly ConditionChange[] => {
    try {
      return watcher.take(playhead.nowMs());
    } catch (error) {
      onError(error);
      return [];
    }
  };
  const observe = () => alarms.observe([...state.takeConditionChanges(), ...(options.watchers ?? []).flatMap(takeFrom)], alarmNowMs());

  /** Both lines stand still meanwhile: nothing of the old epoch may reach the new state. */
  const seek = (toMs: number) => intake(() => commits(async () => {
    player.seek(toMs);
    playhead.seek(toMs);
    await log.restart();
    isTelling = false;
    gate = options.createGate();
    alarms = openAlarmLog([]);
    state = openState();
    const received = await player.readUntil(playhead.nowMs());
    const batch = gate.admit(received);
    if (batch.accepted.length > 0) state.project(batch.accepted, await log.append(batch.accepted, batch.fingerprints));
    state.settle(playhead.nowMs());
    await observe();
    await publisher.newEpoch(view);
    isTelling = true;
  }));

  async function beginAnew(): Promise<void> {
    await seek(player.startMs ?? playhead.nowMs());
    playhead.play();
  }

  /** A screen runs its clock by itself between messages: it must hear soon that the playhead stopped, or went on. And what is only exercised. */
  function announceTurns(): void {
    const motion = playhead.restLeftMs > 0 ? 'resting' : playhead.isPlaying ? 'moving' : 'paused';
    const turn = `${motion}/${player.exercise(playhead.nowMs())?.sinceMs ?? ''}`;
    if (turn !== announced) publisher.announcePlayback();
    announced = turn;
  }

  const playback = () => playbackStateOf(playhead, {
    startMs: player.startMs, endMs: player.endMs, exercise: player.exercise(playhead.nowMs()), capabilities: [...player.capabilities],
  });

  const view: Channel = {
    id, edition, table, history, playerName: player.name,
    get epoch() { return log.epoch; },
    get readings() { return state.readings; },
    get state() { return state; },
    get gate() { return gate; },
    playback,
    logFailure: () => logFailure,
    control(request: Playback): string | null {
      if (!isAble(player.capabilities, request)) return `Channel "${id}" cannot ${request.action}: its player (${player.name}) has no such capability.`;
      if (request.action === 'seek') void seek(request.toMs);
      else steer(playhead, request);
      publisher.announcePlayback();
      return null;
    },
    get alarms() { return alarms; },
    openAlarms: () => alarms.open(),
    alarmLoad: () => alarms.lastTenMin(),
    sourceHealth: () => state.sourceHealth(playhead.nowMs()),
    sources: () => state.sources(playhead.nowMs()),
    refusals: () => gate.refusals(),
    quarantine: releases.list,
    release: releases.release,
    acceptedCount: () => gate.acceptedCount,
    open: (picture) => commits(async () => {
      // Offsets of restored readings are looked up in history when someone asks; -1 says "from before this start".
      state.project(picture.observations, -1);
      state.settle(playhead.nowMs());
      await observe();
      await publisher.open(view);
      isTelling = true;
    }),
    async drain() {
      if (!isClosed) await advance();
    },
    async tick() {
      if (isClosed) return;
      if (playhead.isDueAgain) await beginAnew();
      await intake(takeIn);
      await commits(async () => {
        followClock();
        const changed = state.settle(playhead.nowMs());
        announceTurns();
        publisher.publish(view, changed);
        await observe();
      });
    },
    async close() {
      isClosed = true;
      await advance();
      await player.close();
      await log.close();
    },
  };
  return view;
}

/** Steps one after the other; one that fails is reported, and the next goes on. */
function createLine(onError: (error: unknown) => void) {
  let last: Promise<void> = Promise.resolve();
  return (step: () => Promise<void>): Promise<void> => {
    last = last.then(step).catch(onError);
    return last;
  };
}

function answer(received: readonly ReceivedCandidate[], batch: AdmittedBatch, firstOffset: number, areDuplicatesStored: boolean): void {
  let offset = firstOffset;
  for (const [index, { onOutcome, onFailure }] of received.entries()) {
    const result = batch.results[index];
    if (result === undefined) throw new Error(`Invariant: the gate answered ${batch.results.length} of ${received.length} candidates.`);
    const own = result.kind === 'accepted' ? offset++ : -1;
    if (result.kind === 'duplicate' && !areDuplicatesStored) onFailure?.(new Error('The item this one repeats could not be stored. Send it again.'));
    else onOutcome?.(toOutcome(result, own));
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
