import { withEpoch } from '../../shared/frame/frameHeader.ts';
import { createPlayhead, type Playhead } from '../../shared/playback/playhead.ts';
import { isAble, playbackStateOf, steer } from '../../shared/playback/steering.ts';
import type { Hello, Playback, PlaybackState, ServerToClientEvents, SourceHealth } from '../../shared/protocol/socket.ts';
import { PROTOCOL_VERSION } from '../../shared/protocol/version.ts';
import type { SocketRequests } from './channelSocket.ts';
import type { Replay } from './replayFiles.ts';

const HEARTBEAT_EVERY_MS = 2_000;

export interface ReplayChannelOptions {
  readonly replay: Replay;
  readonly clock: { readonly monotonicMs: () => number; readonly wallMs: () => number };
  readonly tell: <Event extends keyof ServerToClientEvents>(event: Event, payload: Parameters<ServerToClientEvents[Event]>[0]) => void;
}

/** The epoch of the recording first; after each seek another one, as [J2] asks for. */
function nthEpoch(first: string, count: number): string {
  return BigInt.asUintN(64, BigInt(`0x${first}`) + BigInt(count)).toString(16).padStart(16, '0');
}

/**
 * What a server would be to one follower of one channel: recorded frames, sent as the playhead comes to them. A seek is a new epoch
 * with the nearest snapshot and the deltas from there, so that what is shown depends on the place alone.
 */
export class ReplayChannel {
  readonly #replay: Replay;
  readonly #clock: ReplayChannelOptions['clock'];
  readonly #tell: ReplayChannelOptions['tell'];
  readonly #playhead: Playhead;
  #epoch: string;
  #seekCount = 0;
  /** What the follower has been sent last; `null`: nobody follows. */
  #sentSeq: number | null = null;
  #toldMotion = '';
  #heartbeatAtMs = Number.NEGATIVE_INFINITY;

  /** What the follower asks for, by the name it asks with. */
  readonly heard: { readonly [Name in keyof SocketRequests]: (...said: SocketRequests[Name]) => void } = {
    subscribe: ({ topics, resume }) => {
      if (topics.includes(this.#topic)) this.#sendPicture(resume?.epoch === this.#epoch ? resume.seqByTopic[this.#topic] ?? null : null);
    },
    unsubscribe: ({ topics }) => {
      if (topics.includes(this.#topic)) this.leave();
    },
    resync: ({ topic }) => {
      if (topic === this.#topic && this.#sentSeq !== null) this.#sendPicture(null);
    },
    playback: (request) => this.#steer(request),
    // Said to a server that looks after walls; there is none.
    report: () => {},
    goodbye: () => {},
  };

  constructor({ replay, clock, tell }: ReplayChannelOptions) {
    const { stopsMs, channel: { epoch, playback: { nowMs, endMs, rate, isPlaying } } } = replay.index;
    this.#replay = replay;
    this.#clock = clock;
    this.#tell = tell;
    this.#epoch = epoch;
    this.#playhead = createPlayhead({ startMs: nowMs, elapsedMs: clock.monotonicMs, stopsMs, rate, isPlaying, ...(endMs !== null && { endMs }) });
  }

  hello(buildId: string): Hello {
    const { channel, edition, seriesCount } = this.#replay.index.channel;
    return {
      protocolVersion: PROTOCOL_VERSION, buildId, serverTimeMs: this.#clock.wallMs(), heartbeatEveryMs: HEARTBEAT_EVERY_MS,
      channels: [{ channel, edition, epoch: this.#epoch, seriesCount, playback: this.#playback() }],
    };
  }

  tick(): void {
    if (this.#playhead.isDueAgain) this.#beginAnew();
    if (this.#sentSeq === null) return;
    this.#sendFrames(this.#sentSeq);
    if (this.#motion() !== this.#toldMotion || this.#clock.monotonicMs() - this.#heartbeatAtMs >= HEARTBEAT_EVERY_MS) this.#beat();
  }

  /** Nobody follows any more. */
  leave(): void {
    this.#sentSeq = null;
  }

  get #topic() {
    return this.#replay.index.topic;
  }

  // ---- what is sent

  #sendFrames(heldSeq: number | null): void {
    this.#sentSeq = heldSeq;
    for (const { bytes, seq } of this.#replay.line.framesTo(this.#playhead.nowMs(), heldSeq)) {
      this.#sentSeq = seq;
      this.#tell('frame', withEpoch(bytes, this.#epoch).buffer);
    }
  }

  /** In the order of a server ([W1]). `heldSeq`: what the follower holds of this epoch; `null`: nothing. */
  #sendPicture(heldSeq: number | null): void {
    this.#sendFrames(heldSeq);
    // A recording that raises alarms is refused when the folder is built.
    this.#tell('alarms', { channel: this.#replay.index.channel.channel, epoch: this.#epoch, kind: 'snapshot', alarms: [] });
    this.#beat();
  }

  #beat(): void {
    if (this.#sentSeq === null) return;
    this.#tell('heartbeat', {
      channel: this.#replay.index.channel.channel, topic: this.#topic, epoch: this.#epoch, head: this.#sentSeq, serverTimeMs: this.#clock.wallMs(),
      playback: this.#playback(), sources: this.#sourceHealth(), wallTroubles: [], alarmLoad: null,
    });
    this.#toldMotion = this.#motion();
    this.#heartbeatAtMs = this.#clock.monotonicMs();
  }

  #playback(): PlaybackState {
    const { startMs, endMs, exercise, capabilities } = this.#replay.index.channel.playback;
    return playbackStateOf(this.#playhead, { startMs, endMs, exercise, capabilities });
  }

  #sourceHealth(): SourceHealth {
    const nowMs = this.#playhead.nowMs();
    const { sources } = this.#replay.index;
    const told = sources.findLast(({ fromMs }) => fromMs <= nowMs) ?? sources[0];
    if (told === undefined) throw new Error('Invariant: the index of the replay tells of no sources; its schema asks for one entry at least.');
    return told.health;
  }

  /** A screen runs its clock by itself between messages, so it must hear at once that the playhead stopped or went on. */
  #motion(): string {
    if (this.#playhead.restLeftMs > 0) return 'resting';
    return this.#playhead.isPlaying ? 'moving' : 'paused';
  }

  // ---- what moves the playhead

  #steer(request: Playback): void {
    if (!isAble(new Set(this.#replay.index.channel.playback.capabilities), request)) {
      this.#tell('problem', { severity: 'error', code: 'playback-refused', message: `Refused: this replay cannot ${request.action}.`, tip: 'Its playback.capabilities say what it can do.' });
      return;
    }
    if (request.action === 'seek') {
      this.#seek(request.toMs);
      return;
    }
    steer(this.#playhead, request);
    if (this.#sentSeq !== null) this.#sendFrames(this.#sentSeq);
    this.#beat();
  }

  #seek(toMs: number): void {
    this.#playhead.seek(toMs);
    this.#seekCount += 1;
    this.#epoch = nthEpoch(this.#replay.index.channel.epoch, this.#seekCount);
    if (this.#sentSeq !== null) this.#sendPicture(null);
  }

  #beginAnew(): void {
    const { startMs, nowMs } = this.#replay.index.channel.playback;
    this.#seek(startMs ?? nowMs);
    this.#playhead.play();
  }
}
