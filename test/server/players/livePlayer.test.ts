import { describe, expect, test } from 'vitest';
import { createLivePlayer, InboxFullError, NotStoredError } from '../../../server/players/livePlayer.ts';
import type { Outcome } from '../../../server/ports/ingest.ts';
import { aCandidate, START_MS } from '../../support/anObservation.ts';
import { CONTRACT_SPAN_MS, describePlayerContract } from '../../support/playerContract.ts';

const nobody = () => {};
const STORED: Outcome = { outcome: 'stored', offset: 0 };

describePlayerContract('live', (given) => {
  const player = createLivePlayer({ onArrival: nobody });
  for (const { candidate, receivedAtMs } of given) player.receive([candidate], receivedAtMs).catch(nobody);
  return { player, ...CONTRACT_SPAN_MS };
});

describe('the answer', () => {
  test('[PL12] a delivery is answered after commit, one outcome per candidate, in the order sent', async () => {
    let arrivals = 0;
    const player = createLivePlayer({ onArrival: () => { arrivals += 1; } });
    let isAnswered = false;
    const answer = player.receive(['a', 'b', 'c'], START_MS).finally(() => { isAnswered = true; });
    expect(arrivals).toBe(1);
    const taken = await player.readUntil(START_MS);
    expect(taken.map(({ candidate }) => candidate)).toEqual(['a', 'b', 'c']);
    // Answered out of order, and not all at once.
    taken[2]!.onOutcome!({ outcome: 'duplicate' });
    taken[0]!.onOutcome!({ outcome: 'stored', offset: 7 });
    await Promise.resolve();
    expect(isAnswered).toBe(false);
    taken[1]!.onOutcome!({ outcome: 'rejected', reason: 'malformed', detail: 'not an object' });
    expect(await answer).toEqual([{ outcome: 'stored', offset: 7 }, { outcome: 'rejected', reason: 'malformed', detail: 'not an object' }, { outcome: 'duplicate' }]);
    expect(player.waitingCount).toBe(0);
  });

  test('[PL12] an empty delivery is answered at once, and nobody is woken for it', async () => {
    let arrivals = 0;
    const player = createLivePlayer({ onArrival: () => { arrivals += 1; } });
    expect(await player.receive([], START_MS)).toEqual([]);
    expect(arrivals).toBe(0);
  });

  test('[PL12] when the batch cannot be made durable the sender is told, with the cause', async () => {
    const player = createLivePlayer({ onArrival: nobody });
    const answer = player.receive([aCandidate(), aCandidate()], START_MS);
    const cause = new Error('disk full');
    for (const { onFailure } of await player.readUntil(START_MS)) onFailure!(cause);
    await expect(answer).rejects.toThrow(NotStoredError);
    await expect(answer).rejects.toMatchObject({ cause });
    expect(player.waitingCount).toBe(0);
  });

  test('[PL12] a caller whose clock stepped back is not overtaken and does not wait', async () => {
    const player = createLivePlayer({ onArrival: nobody });
    const answers = [player.receive(['first'], START_MS), player.receive(['second'], START_MS - 5_000)];
    const taken = await player.readUntil(START_MS);
    expect(taken.map(({ candidate }) => candidate)).toEqual(['first', 'second']);
    expect(taken[1]!.receivedAtMs).toBe(START_MS);
    for (const { onOutcome } of taken) onOutcome!(STORED);
    expect(await Promise.all(answers)).toEqual([[STORED], [STORED]]);
  });
});

describe('the bound', () => {
  test('[PL13] beyond its limit the inbox takes nothing of a delivery, and says how much is waiting', async () => {
    const player = createLivePlayer({ onArrival: nobody, limit: 3 });
    const answer = player.receive(['a', 'b'], START_MS);
    const refused = player.receive(['c', 'd'], START_MS);
    await expect(refused).rejects.toThrow(InboxFullError);
    await expect(refused).rejects.toMatchObject({ waiting: 2, limit: 3 });
    expect((await player.readUntil(START_MS)).map(({ candidate, onOutcome }) => { onOutcome!(STORED); return candidate; })).toEqual(['a', 'b']);
    expect(await answer).toHaveLength(2);
  });

  test('[PL13] a candidate counts until it is answered, not until it is read, so a slow log fills the inbox too', async () => {
    const player = createLivePlayer({ onArrival: nobody, limit: 2 });
    const first = player.receive(['a', 'b'], START_MS);
    const taken = await player.readUntil(START_MS);
    await expect(player.receive(['c'], START_MS)).rejects.toThrow(InboxFullError);
    for (const { onOutcome } of taken) onOutcome!(STORED);
    await first;
    const second = player.receive(['c'], START_MS);
    (await player.readUntil(START_MS))[0]!.onOutcome!(STORED);
    expect(await second).toEqual([STORED]);
  });
});

describe('closing', () => {
  test('[PL14] everyone who still waits is told to send again, read or not, and nothing more is taken', async () => {
    const player = createLivePlayer({ onArrival: nobody });
    const read = player.receive(['a'], START_MS);
    const taken = await player.readUntil(START_MS);
    const unread = player.receive(['b'], START_MS);
    const settled = Promise.allSettled([read, unread]);
    await player.close();
    for (const result of await settled) expect(result).toMatchObject({ status: 'rejected', reason: { name: 'NotStoredError' } });
    await expect(player.receive(['c'], START_MS)).rejects.toThrow('closing');
    // An answer that comes after all changes nothing.
    taken[0]!.onOutcome!(STORED);
    expect(player.waitingCount).toBe(0);
  });
});
