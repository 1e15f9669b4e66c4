import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

const WINDOW_SEC = 15 * 60;
const WRONG_PER_ACCOUNT = 5;
const WRONG_PER_ADDRESS = 20;
/** Each takes 19 MiB and a core for some 30 ms; the answers of readings must not wait for them. */
const AT_ONCE = 2;
const MOST_WAITING = 30;

export interface SignInLimits {
  /** Counts an attempt before it is looked at, so that many at once are not looked at together. `retryAfterMs`: locked for so long; `null`: go on. */
  begin(account: string, address: string): Promise<number | null>;
  /** It was right: it does not count. */
  takeBack(account: string, address: string): Promise<void>;
  /** It was wrong. `true`: it was one too many, and the account is locked from now on. */
  noteWrong(account: string): Promise<boolean>;
  /** Two at a time. `null`: too many wait already, and it was not done. */
  inTurn<Result>(work: () => Promise<Result>): Promise<Result | null>;
}

export function createSignInLimits(): SignInLimits {
  const byAccount = new RateLimiterMemory({ points: WRONG_PER_ACCOUNT, duration: WINDOW_SEC });
  const byAddress = new RateLimiterMemory({ points: WRONG_PER_ADDRESS, duration: WINDOW_SEC });
  const waiting: (() => void)[] = [];
  let running = 0;

  async function inTurn<Result>(work: () => Promise<Result>): Promise<Result | null> {
    if (waiting.length >= MOST_WAITING) return null;
    if (running >= AT_ONCE) await new Promise<void>((next) => { waiting.push(next); });
    else running += 1;
    try {
      return await work();
    } finally {
      // The place goes to the next one without becoming free in between.
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  }

  return {
    async begin(account, address) {
      const addressLock = await consume(byAddress, address);
      if (addressLock !== null) return addressLock;
      const accountLock = await consume(byAccount, account);
      // Who is locked out is not looked at: that is no wrong guess, neither of this account nor of this address.
      if (accountLock !== null) await Promise.all([byAccount.reward(account), byAddress.reward(address)]);
      return accountLock;
    },
    async takeBack(account, address) {
      await Promise.all([byAccount.reward(account), byAddress.reward(address)]);
    },
    async noteWrong(account) {
      const spent = await byAccount.get(account);
      if (spent === null || spent.consumedPoints !== WRONG_PER_ACCOUNT) return false;
      await byAccount.block(account, WINDOW_SEC);
      return true;
    },
    inTurn,
  };
}

async function consume(limiter: RateLimiterMemory, key: string): Promise<number | null> {
  try {
    await limiter.consume(key);
    return null;
  } catch (refusal) {
    if (refusal instanceof RateLimiterRes) return Math.max(1_000, refusal.msBeforeNext);
    throw refusal;
  }
}
