import { performance } from 'node:perf_hooks';
import { hintedDelayMs, RETRY_RANGE, retryDelayMs } from '../../client/net/retryDelay.ts';
import { parseRetryHint } from '../../shared/protocol/retryHint.ts';
import type { HeldPosition } from '../../shared/frame/frame.ts';
import { LightClient } from './lightClient.ts';

// Clients that come back as the page does. Forked by `reconnectStorm.ts`. Arguments: port, how many, the address they come from.

const [, , portText, clientsText, localAddress = '127.0.0.1'] = process.argv;
const port = Number(portText);

/** What became of one client since the last report. */
interface Comeback {
  /** Epoch ms; 0: it is not back. */
  currentAtMs: number;
  attempts: number;
  refusals: number;
  hasSnapshot: boolean;
}

let notCurrent = 0;

class ReturningClient {
  readonly came: Comeback = { currentAtMs: 0, attempts: 0, refusals: 0, hasSnapshot: false };
  #held: HeldPosition | null = null;
  #attempt = 0;

  constructor() {
    notCurrent += 1;
    this.#connect();
  }

  #connect(): void {
    this.came.attempts += 1;
    new LightClient({
      port, protocol: 'socket.io', localAddress, resume: this.#held,
      onFrame: (_, news) => {
        this.#held = news;
        if (news?.isSnapshot === true) this.came.hasSnapshot = true;
      },
      // The last of what a subscription is answered with.
      onHeartbeat: () => this.#comeCurrent(),
      onClose: (reason) => this.#handleDown(reason),
    });
  }

  #comeCurrent(): void {
    this.#attempt = 0;
    if (this.came.currentAtMs > 0) return;
    this.came.currentAtMs = performance.timeOrigin + performance.now();
    notCurrent -= 1;
    if (notCurrent === 0) process.send?.({ isCurrent: true });
  }

  #handleDown(reason: string | null): void {
    if (this.came.currentAtMs > 0) {
      Object.assign(this.came, { currentAtMs: 0, attempts: 0, refusals: 0, hasSnapshot: false });
      notCurrent += 1;
    }
    if (reason !== null) this.came.refusals += 1;
    const hintMs = reason === null ? null : parseRetryHint(reason);
    const waitMs = hintMs === null ? retryDelayMs(this.#attempt, RETRY_RANGE, Math.random) : hintedDelayMs(hintMs, RETRY_RANGE, Math.random);
    this.#attempt += 1;
    setTimeout(() => this.#connect(), waitMs);
  }
}

const all = Array.from({ length: Number(clientsText) }, () => new ReturningClient());
process.on('message', () => process.send?.({ comebacks: all.map(({ came }) => came) }));
process.on('disconnect', () => process.exit(0));
