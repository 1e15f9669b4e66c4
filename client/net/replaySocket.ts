import type { ChannelSocket, SocketNews } from './channelSocket.ts';
import { ReplayChannel } from './replayChannel.ts';
import type { Replay } from './replayFiles.ts';

export interface ReplayClock {
  readonly monotonicMs: () => number;
  readonly wallMs: () => number;
  /** Runs something again and again until the returned function is called. */
  readonly every: (ms: number, run: () => void) => () => void;
}

export interface ReplaySocketOptions {
  /** Asked at every connect. */
  readonly fetchReplay: () => Promise<Replay>;
  readonly buildId: string;
  readonly clock?: ReplayClock;
}

/** Four times as often as a server ticks: here it costs nobody else anything, and the counter runs smoothly. */
const TICK_MS = 250;

const PAGE_CLOCK: ReplayClock = {
  monotonicMs: () => performance.now(),
  wallMs: () => Date.now(),
  every(ms, run) {
    const timer = setInterval(run, ms);
    return () => clearInterval(timer);
  },
};

/** [SR2] A line with recorded frames at its other end instead of a server, and a playhead of its own. Not yet connected. */
export function createReplaySocket({ fetchReplay, buildId, clock = PAGE_CLOCK }: ReplaySocketOptions): ChannelSocket {
  const listeners = new Map<SocketNews, readonly ((payload: unknown) => void)[]>();
  const tell = (news: SocketNews, payload?: unknown) => { for (const listener of listeners.get(news) ?? []) listener(payload); };
  let channel: ReplayChannel | null = null;
  let state: 'down' | 'connecting' | 'up' = 'down';
  let stopTicking = () => {};

  function comeUp(replay: Replay): void {
    if (state !== 'connecting') return;
    state = 'up';
    // A line that went down finds the playhead where it is by now, not at the start.
    const played = channel ?? new ReplayChannel({ replay, clock, tell });
    channel = played;
    stopTicking = clock.every(TICK_MS, () => played.tick());
    tell('hello', played.hello(buildId));
  }

  function stayDown(): void {
    if (state !== 'connecting') return;
    state = 'down';
    tell('connect_error');
  }

  return {
    get connected() { return state === 'up'; },
    connect() {
      if (state !== 'down') return;
      state = 'connecting';
      fetchReplay().then(comeUp, stayDown);
    },
    disconnect() {
      const wasUp = state === 'up';
      state = 'down';
      stopTicking();
      channel?.leave();
      if (wasUp) tell('disconnect');
    },
    emit(name, ...said) {
      queueMicrotask(() => { if (state === 'up') channel?.heard[name](...said); });
    },
    on(news, listener) { listeners.set(news, [...(listeners.get(news) ?? []), listener]); },
  };
}
