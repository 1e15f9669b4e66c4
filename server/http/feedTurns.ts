import type { SourceId } from '../../shared/domain/ids.ts';

/** What goes in at once: a feed's turn is over after so many items, and another one's begins. */
const QUANTUM_ITEMS = 500;
/** Of all feeds together: one batch that is judged while the one before it is written. More would only be a queue without turns. */
const IN_HAND_ITEMS = 2_000;
/** Of one feed: a tenth of what may wait for the live channel. */
const WAITING_PER_FEED = 5_000;
const RETRY_AFTER_MS = 1_000;

/** Named as what the inbox throws, because to the sender it is the same: nothing of this delivery was taken, try again. */
class FeedInboxFullError extends Error {
  override readonly name = 'InboxFullError';
  readonly retryAfterMs = RETRY_AFTER_MS;
}

export interface FeedTurns {
  /**
   * Hands a delivery on in pieces of at most 500 items, feeds in turns, the pieces of one feed in the order they came. Resolves with one
   * outcome per item once all are answered; rejects with the first failure, after which no further piece of this delivery is begun.
   */
  take<Item, Outcome>(feedId: SourceId, items: readonly Item[], send: (piece: readonly Item[]) => Promise<readonly Outcome[]>): Promise<readonly Outcome[]>;
}

interface Piece {
  readonly size: number;
  isDropped: boolean;
  /** Never rejects. */
  begin(): Promise<void>;
}

interface Line {
  readonly pieces: Piece[];
  /** Items taken and not yet answered. */
  waiting: number;
  /** Items it may still hand on in this turn. */
  credit: number;
  isItsTurn: boolean;
}

/**
 * Deficit round robin (Shreedhar and Varghese, 1995) before the door: a feed that floods waits for itself, and every other one waits
 * for at most one turn of each.
 */
export function createFeedTurns({ inHandItems = IN_HAND_ITEMS, waitingPerFeed = WAITING_PER_FEED } = {}): FeedTurns {
  const linesByFeed = new Map<SourceId, Line>();
  /** Those with something to hand on; the first one's turn it is. */
  const round: Line[] = [];
  let inHand = 0;

  function handOn(): void {
    for (let line = round[0]; line !== undefined && inHand < inHandItems; line = round[0]) {
      const piece = line.pieces[0];
      if (piece === undefined) {
        Object.assign(line, { credit: 0, isItsTurn: false });
        round.shift();
      } else if (piece.isDropped) {
        line.waiting -= piece.size;
        line.pieces.shift();
      } else if (!line.isItsTurn) {
        line.isItsTurn = true;
        line.credit += QUANTUM_ITEMS;
      } else if (piece.size > line.credit) {
        line.isItsTurn = false;
        round.push(...round.splice(0, 1));
      } else {
        line.credit -= piece.size;
        line.pieces.shift();
        void begin(line, piece);
      }
    }
  }

  async function begin(line: Line, piece: Piece): Promise<void> {
    inHand += piece.size;
    await piece.begin();
    inHand -= piece.size;
    line.waiting -= piece.size;
    handOn();
  }

  return {
    async take(feedId, items, send) {
      if (items.length === 0) return [];
      const line = linesByFeed.get(feedId) ?? { pieces: [], waiting: 0, credit: 0, isItsTurn: false };
      linesByFeed.set(feedId, line);
      if (line.waiting + items.length > waitingPerFeed) {
        throw new FeedInboxFullError(`Feed "${feedId}" has ${line.waiting} items waiting of at most ${waitingPerFeed}, and sent ${items.length} more.`);
      }
      line.waiting += items.length;
      const { pieces, answered } = cut(items, send);
      const isResting = !round.includes(line);
      line.pieces.push(...pieces);
      if (isResting) round.push(line);
      handOn();
      return answered;
    },
  };
}

function cut<Item, Outcome>(items: readonly Item[], send: (piece: readonly Item[]) => Promise<readonly Outcome[]>) {
  const outcomes: Outcome[] = new Array(items.length);
  const { promise: answered, resolve, reject } = Promise.withResolvers<readonly Outcome[]>();
  const pieces: Piece[] = [];
  let unanswered = items.length;
  const answer = async (from: number, part: readonly Item[]): Promise<void> => {
    const own = await send(part);
    if (own.length !== part.length) throw new Error(`Invariant: ${part.length} items were handed on and ${own.length} answered.`);
    for (const [index, outcome] of own.entries()) outcomes[from + index] = outcome;
    unanswered -= part.length;
    if (unanswered === 0) resolve(outcomes);
  };
  for (let from = 0; from < items.length; from += QUANTUM_ITEMS) {
    const part = items.slice(from, from + QUANTUM_ITEMS);
    pieces.push({
      size: part.length, isDropped: false,
      begin: () => answer(from, part).catch((error: unknown) => {
        for (const piece of pieces) piece.isDropped = true;
        reject(error);
      }),
    });
  }
  return { pieces, answered };
}
