import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createFeedTurns } from '../../../server/http/feedTurns.ts';
import { SourceId } from '../../../shared/domain/ids.ts';

const [FLOOD, GOOD] = [SourceId.parse('flood'), SourceId.parse('good')];
const numbers = (count: number, from = 0) => Array.from({ length: count }, (_, index) => from + index);

/** What takes the pieces: each is answered when the test says so, in the order begun. */
function aTaker() {
  const begun: { readonly feed: string; readonly piece: readonly number[]; answer(): void; fail(error: unknown): void }[] = [];
  const sendOf = (feed: string) => (piece: readonly number[]) => new Promise<readonly string[]>((resolve, reject) => {
    begun.push({ feed, piece, answer: () => resolve(piece.map((item) => `${feed}-${item}`)), fail: reject });
  });
  return { begun, sendOf };
}
const settled = () => new Promise((done) => { setImmediate(done); });

describe('feeds in turns', () => {
  test('[FK12] a delivery goes in pieces of at most 500, in order, and is answered item by item', async () => {
    const turns = createFeedTurns();
    const pieces: number[][] = [];
    const answer = await turns.take(FLOOD, numbers(1_201), async (piece) => {
      pieces.push([...piece]);
      return piece.map(String);
    });
    expect(pieces.map(({ length }) => length)).toEqual([500, 500, 201]);
    expect(pieces.flat()).toEqual(numbers(1_201));
    expect(answer).toEqual(numbers(1_201).map(String));
    expect(await turns.take(FLOOD, [], () => Promise.reject(new Error('must not be asked')))).toEqual([]);
  });

  test('[FK12] whoever comes after a flood waits for one turn of it, not for all of it', async () => {
    const turns = createFeedTurns({ inHandItems: 500 });
    const { begun, sendOf } = aTaker();
    const flood = turns.take(FLOOD, numbers(2_000), sendOf('flood'));
    const good = turns.take(GOOD, numbers(10), sendOf('good'));
    for (let next = 0; next < 5; next += 1) {
      await settled();
      begun[next]?.answer();
    }
    await Promise.all([flood, good]);
    expect(begun.map(({ feed }) => feed)).toEqual(['flood', 'good', 'flood', 'flood', 'flood']);
  });

  test('[FK12] of one feed at most so many wait; the next delivery is refused whole, and others are not', async () => {
    const turns = createFeedTurns({ inHandItems: 500, waitingPerFeed: 1_000 });
    const { begun, sendOf } = aTaker();
    const first = turns.take(FLOOD, numbers(900), sendOf('flood'));
    await expect(turns.take(FLOOD, numbers(101), sendOf('flood'))).rejects.toMatchObject({ name: 'InboxFullError', retryAfterMs: 1_000 });
    const others = turns.take(GOOD, numbers(1), sendOf('good'));
    for (let next = 0; next < 3; next += 1) {
      await settled();
      begun[next]?.answer();
    }
    await Promise.all([first, others]);
    await expect(turns.take(FLOOD, numbers(1_000), async (piece) => piece)).resolves.toHaveLength(1_000);
  });

  test('[FK12] a piece that fails fails its delivery, no further piece of it is begun, and the feed goes on', async () => {
    const turns = createFeedTurns({ inHandItems: 500, waitingPerFeed: 2_000 });
    const { begun, sendOf } = aTaker();
    const first = turns.take(FLOOD, numbers(1_500), sendOf('flood'));
    begun[0]?.fail(new Error('disk'));
    await expect(first).rejects.toThrow('disk');
    await expect(turns.take(FLOOD, numbers(2_000), async (piece) => piece)).resolves.toHaveLength(2_000);
    expect(begun).toHaveLength(1);
    await expect(turns.take(FLOOD, numbers(3), async () => [1])).rejects.toThrow(/Invariant: 3 items were handed on and 1 answered/);
  });

  test('[FK12] whatever is sent by whom: none starves, each feed\'s order is kept, and nothing is lost or doubled', async () => {
    const delivery = fc.record({ feed: fc.constantFrom('a', 'b', 'c'), count: fc.integer({ min: 0, max: 1_400 }) });
    await fc.assert(fc.asyncProperty(fc.array(delivery, { maxLength: 12 }), fc.constantFrom(1, 500, 2_000), fc.scheduler(), async (deliveries, inHandItems, scheduler) => {
      const turns = createFeedTurns({ inHandItems, waitingPerFeed: 1_000_000 });
      const begun: { readonly feed: string; readonly piece: readonly number[] }[] = [];
      const next: Record<string, number> = { a: 0, b: 0, c: 0 };
      // Nothing more is begun until all have come, so that from then on everyone waits who has something.
      const plug = Promise.withResolvers<void>();
      const plugged = turns.take(SourceId.parse('plug'), numbers(inHandItems), async (piece) => {
        await plug.promise;
        return piece;
      });
      const answers = deliveries.map(({ feed, count }) => {
        const items = numbers(count, next[feed]);
        next[feed] = (next[feed] ?? 0) + count;
        return turns.take(SourceId.parse(feed), items, (piece) => {
          begun.push({ feed, piece });
          return scheduler.schedule(Promise.resolve(piece));
        }).then((answer) => expect(answer).toEqual(items));
      });
      plug.resolve();
      await scheduler.waitFor(Promise.all([plugged, ...answers]));
      for (const feed of ['a', 'b', 'c']) expect(begun.filter((one) => one.feed === feed).flatMap(({ piece }) => piece)).toEqual(numbers(next[feed] ?? 0));
      // Between two pieces of its own, and before the first, each other has one turn: 500 items, and what it could not use of the turn before.
      for (const feed of ['a', 'b', 'c']) {
        const own = begun.flatMap((one, index) => (one.feed === feed ? [index] : []));
        for (const [at, index] of own.entries()) {
          const between = begun.slice((own[at - 1] ?? -1) + 1, index);
          for (const other of ['a', 'b', 'c']) {
            expect(between.filter((one) => one.feed === other).reduce((sum, { piece }) => sum + piece.length, 0)).toBeLessThan(1_000);
          }
        }
      }
    }), { numRuns: 100 });
  });
});
