import { z } from 'zod';
import { AlarmsMessage, Heartbeat, Hello, type Playback, Problem, Topic } from '../../shared/protocol/socket.ts';
import { PROTOCOL_VERSION } from '../../shared/protocol/version.ts';
import type { MirrorStore } from '../store/createMirrorStore.ts';
import { withAlarms, withoutRefusals, withProblem } from '../store/mirrorState.ts';
import type { ChannelSocket } from './channelSocket.ts';
import { everyFrame } from './everyFrame.ts';
import { LINK_PROBLEMS } from './linkProblems.ts';
import { createLinkWatch, type LinkWatch } from './linkWatch.ts';
import { hintedDelayMs, hintMsOf, RETRY_RANGE, type RetryRange, retryDelayMs } from './retryDelay.ts';
import { createServerClock, type ServerClock } from './serverClock.ts';
import { toBytes } from './toBytes.ts';
import { createWallLine, type WallLine } from './wallLine.ts';

export interface ChannelLinkOptions {
  /** Not yet connected; the link has it for itself. */
  readonly socket: ChannelSocket;
  /** `nation` or `province:<code>`. */
  readonly topic: string;
  /** Says the channel, and holds what arrives. */
  readonly store: MirrorStore;
  readonly buildId: string;
  readonly retry?: RetryRange;
  readonly clock?: LinkClock;
  readonly random?: () => number;
}

interface LinkClock {
  readonly monotonicMs: () => number;
  readonly wallMs: () => number;
}

export interface ChannelLink {
  /** For the page of a wall. */
  readonly wall: WallLine;
  /** Follows another topic instead; the picture held stays until its first snapshot. */
  setTopic(topic: string): void;
  /** Refusals come back as a problem. Does nothing while the link is down. */
  requestPlayback(request: Playback): void;
  /** Tries now instead of when the wait is over. */
  retryNow(): void;
  close(): void;
}

const WATCH_EVERY_MS = 1000;
const WRONG_CLOCK_MS = 5000;

const AnyHello = z.looseObject({ protocolVersion: z.number() });

const PAGE_CLOCK: LinkClock = { monotonicMs: () => performance.now(), wallMs: () => Date.now() };

/** Keeps one store at the server's picture of one channel, over every fault of the link, until closed. */
export function connectChannel(options: ChannelLinkOptions): ChannelLink {
  const link = new Link(options);
  link.open();
  return link;
}

class Link implements ChannelLink {
  readonly wall: WallLine;
  readonly #store: MirrorStore;
  readonly #buildId: string;
  readonly #retry: RetryRange;
  readonly #random: () => number;
  readonly #clock: LinkClock;
  readonly #serverClock: ServerClock;
  readonly #watch: LinkWatch;
  readonly #socket: ChannelSocket;
  #topic: Topic;
  #isSubscribed = false;
  /** [M2] One request at a time; the server always answers it. */
  #isResyncAsked = false;
  /** The newest position the server told of on this connection. */
  #head: { readonly epoch: string; readonly seq: number } | null = null;
  #heardAtMs: number;
  #attempt = 0;
  #watchTimer: ReturnType<typeof setInterval> | undefined;
  #stopLooking = () => {};
  #retryTimer: ReturnType<typeof setTimeout> | undefined;
  #isClosed = false;

  constructor({ socket, topic, store, buildId, retry = RETRY_RANGE, clock = PAGE_CLOCK, random = Math.random }: ChannelLinkOptions) {
    this.#store = store;
    this.#buildId = buildId;
    this.#retry = retry;
    this.#random = random;
    this.#clock = clock;
    this.#topic = Topic.parse(topic);
    this.#serverClock = createServerClock(clock.monotonicMs, clock.wallMs);
    this.#heardAtMs = this.#serverClock.serverNowMs();
    this.#watch = createLinkWatch(clock.monotonicMs(), clock.wallMs());
    this.#socket = socket;
    this.wall = createWallLine(this.#socket, () => this.#report(LINK_PROBLEMS.unreadable));
  }

  open(): void {
    this.#store.follow(this.#topic);
    const { kept } = this.#store.getState();
    // [OF8] A kept picture is an old one from the first paint on.
    this.#store.setState({ link: { state: kept === null ? 'connecting' : 'lost', sinceMs: kept?.atMs ?? this.#heardAtMs, attempt: 0, retryInMs: null } });
    this.#socket.on('hello', (hello) => this.#greet(hello));
    this.#socket.on('heartbeat', (heartbeat) => this.#read(Heartbeat, heartbeat, (parsed) => this.#handleHeartbeat(parsed)));
    this.#socket.on('alarms', (message) => this.#read(AlarmsMessage, message, (parsed) => this.#handleAlarms(parsed)));
    this.#socket.on('problem', (problem) => this.#read(Problem, problem, (parsed) => this.#report(parsed)));
    this.#socket.on('frame', (frame) => this.#handleFrame(toBytes(frame)));
    this.#socket.on('disconnect', () => this.#handleDown());
    this.#socket.on('connect_error', (error) => this.#handleDown(hintMsOf(error)));
    this.#watchTimer = setInterval(() => this.#tick(), WATCH_EVERY_MS);
    // [H2] A page that stood still must look dead in its first paint, and animation frames come before paints where timers may not.
    this.#stopLooking = everyFrame(() => this.#checkLink());
    this.#tick();
    this.#socket.connect();
  }

  setTopic(topic: string): void {
    const next = Topic.parse(topic);
    if (next === this.#topic) return;
    const channel = this.#store.channel;
    if (this.#isSubscribed && this.#socket.connected) this.#socket.emit('unsubscribe', { channel, topics: [this.#topic] });
    this.#topic = next;
    this.#store.follow(next);
    this.#head = null;
    if (this.#isSubscribed) this.#subscribe();
  }

  requestPlayback(request: Playback): void {
    if (this.#socket.connected) this.#socket.emit('playback', request);
  }

  retryNow(): void {
    if (this.#isClosed || this.#retryTimer === undefined) return;
    clearTimeout(this.#retryTimer);
    this.#retryTimer = undefined;
    this.#setLink({ retryInMs: null });
    this.#socket.connect();
  }

  close(): void {
    this.#isClosed = true;
    clearInterval(this.#watchTimer);
    this.#stopLooking();
    clearTimeout(this.#retryTimer);
    this.#socket.disconnect();
  }

  /** What arrives is outside data here too: what does not parse is shown as a problem and otherwise ignored. */
  #read<T>(schema: z.ZodType<T>, payload: unknown, handle: (parsed: T) => void): void {
    const parsed = schema.safeParse(payload);
    if (parsed.success) handle(parsed.data);
    else this.#report(LINK_PROBLEMS.unreadable);
  }

  #report(problem: Problem): void {
    this.#store.setState(({ problems }) => ({ problems: withProblem(problems, problem) }));
  }

  #setLink(part: Partial<ReturnType<MirrorStore['getState']>['link']>): void {
    this.#store.setState(({ link }) => ({ link: { ...link, ...part } }));
  }

  // ---- what the server says

  /** The version first: the rest of another version's hello need not be readable. */
  #greet(hello: unknown): void {
    const greeting = AnyHello.safeParse(hello);
    if (greeting.success && greeting.data.protocolVersion !== PROTOCOL_VERSION) this.#refuse(LINK_PROBLEMS.protocol);
    else this.#read(Hello, hello, (parsed) => this.#handleHello(parsed));
  }

  /** Another page is needed, or another server: until then go on trying, in case the server is rolled back. */
  #refuse(problem: Problem): void {
    this.#store.setState({ isNewBuild: true });
    this.#report(problem);
    this.#socket.disconnect();
  }

  #handleHello(hello: Hello): void {
    const offered = hello.channels.find(({ channel }) => channel === this.#store.channel);
    if (hello.buildId !== this.#buildId) this.#store.setState({ isNewBuild: true });
    if (offered === undefined) {
      this.#report(LINK_PROBLEMS.noChannel);
      this.#socket.disconnect();
      return;
    }
    const isOtherTable = offered.edition !== this.#store.getState().edition || offered.seriesCount !== this.#store.table.series.length;
    if (isOtherTable) {
      this.#refuse(LINK_PROBLEMS.otherEdition);
      return;
    }
    this.#store.setState(({ problems }) => ({ problems: withoutRefusals(problems) }));
    this.#serverClock.observe(hello.serverTimeMs);
    this.#watch.heard(this.#clock.monotonicMs());
    this.#subscribe();
  }

  /** [P3] From what is held; the answer continues it, or replaces it. */
  #subscribe(): void {
    const { position, channel } = this.#store;
    this.#isSubscribed = true;
    this.#isResyncAsked = false;
    this.#store.setState({ isWaitingForResync: false });
    const resume = position === null ? {} : { resume: { epoch: position.epoch, seqByTopic: { [this.#topic]: position.seq } } };
    this.#socket.emit('subscribe', { channel, topics: [this.#topic], ...resume });
  }

  #handleFrame(bytes: Uint8Array): void {
    const outcome = this.#store.takeFrame(bytes);
    if (outcome === 'needs-resync') this.#askResync();
    if (outcome !== 'applied') return;
    if (!this.#store.getState().isWaitingForResync) this.#isResyncAsked = false;
    this.#comeAlive();
  }

  #handleHeartbeat({ channel, topic, epoch, head, serverTimeMs, playback, sources, wallTroubles, alarmLoad }: Heartbeat): void {
    if (channel !== this.#store.channel || topic !== this.#topic) return;
    this.#serverClock.observe(serverTimeMs);
    this.#serverClock.observePlayback(playback, serverTimeMs);
    this.#watch.heard(this.#clock.monotonicMs());
    this.#heardAtMs = this.#serverClock.serverNowMs();
    this.#head = { epoch, seq: head };
    this.#store.setState({ playback, sources, wallTroubles, alarmLoad, ...(this.#isAtHead() && { confirmed: { ...this.#head, atMs: this.#heardAtMs } }) });
    if (Math.abs(this.#clock.wallMs() - this.#heardAtMs) > WRONG_CLOCK_MS) this.#report(LINK_PROBLEMS.clockWrong);
    // Frames and heartbeats come in order: a head beyond what is held means that a frame was lost on the way.
    if (!this.#isAtHead()) this.#askResync();
    this.#comeAlive();
  }

  #handleAlarms({ channel, kind, alarms }: AlarmsMessage): void {
    if (channel !== this.#store.channel) return;
    this.#store.setState((state) => (kind === 'snapshot'
      ? { alarms: withAlarms([], alarms), alarmSnapshots: state.alarmSnapshots + 1 }
      : { alarms: withAlarms(state.alarms, alarms) }));
  }

  #isAtHead(): boolean {
    const { position } = this.#store;
    return position !== null && this.#head !== null && position.epoch === this.#head.epoch && position.seq >= this.#head.seq;
  }

  #askResync(): void {
    this.#store.waitForResync();
    if (this.#isResyncAsked || !this.#socket.connected) return;
    this.#isResyncAsked = true;
    this.#socket.emit('resync', { channel: this.#store.channel, topic: this.#topic });
  }

  /** Live only when what is held is what the server has, as told on this connection. */
  #comeAlive(): void {
    const { link, isWaitingForResync } = this.#store.getState();
    if (link.state === 'live' || isWaitingForResync || !this.#isAtHead()) return;
    this.#attempt = 0;
    this.#store.setState({ kept: null });
    this.#setLink({ state: 'live', sinceMs: this.#serverClock.serverNowMs(), attempt: 0, retryInMs: null });
    this.#tellTime();
  }

  // ---- when it does not

  #lose(): void {
    const { link } = this.#store.getState();
    if (link.state === 'live') this.#setLink({ state: 'lost', sinceMs: this.#heardAtMs });
  }

  /** `hintMs`: when the server says to come again. */
  #handleDown(hintMs: number | null = null): void {
    this.#isSubscribed = false;
    this.#head = null;
    this.#lose();
    if (this.#isClosed || this.#retryTimer !== undefined) return;
    const retryInMs = hintMs === null ? retryDelayMs(this.#attempt, this.#retry, this.#random) : hintedDelayMs(hintMs, this.#retry, this.#random);
    this.#attempt += 1;
    this.#setLink({ attempt: this.#attempt, retryInMs });
    this.#retryTimer = setTimeout(() => this.retryNow(), retryInMs);
  }

  #tick(): void {
    this.#checkLink();
    this.#tellTime();
  }

  #tellTime(): void {
    this.#store.setState({ serverNowMs: this.#serverClock.serverNowMs(), dataNowMs: this.#store.getState().kept?.dataTimeMs ?? this.#serverClock.dataNowMs() });
  }

  #checkLink(): void {
    const found = this.#watch.check(this.#clock.monotonicMs(), this.#clock.wallMs());
    if (found === 'ok') return;
    this.#lose();
    if (found === 'silent') {
      // Half-open: TCP would notice in minutes. `disconnect` brings us to `#handleDown`.
      this.#watch.heard(this.#clock.monotonicMs());
      if (this.#socket.connected) this.#socket.disconnect();
    } else if (this.#isSubscribed) {
      this.#askResync();
    }
  }
}
