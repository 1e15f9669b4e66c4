import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Candidate } from '../../shared/domain/observation.ts';
import { COMPARATORS, PROVENANCES } from '../../shared/domain/provenance.ts';
import type { Player, ReceivedCandidate } from '../../server/ports/player.ts';

/** A player in its first state, and the span in which the suite asks it. */
interface PlayerUnderTest {
  readonly player: Player;
  /** Epoch ms. Nothing is asked before `fromMs`; everything the player returns lies at or before `untilMs`. */
  readonly fromMs: number;
  readonly untilMs: number;
}

/**
 * Called many times; each call makes another player that would return the same. `given` is in order of arrival and never empty, every
 * candidate is valid, and every series is one of `CONTRACT_LOCALITIES` × `CONTRACT_INDICATORS`. A player that plays what it is
 * handed (live, replay) is built from `given`; one that makes its own candidates (simulated) ignores it.
 */
export type MakePlayer = (given: readonly ReceivedCandidate[]) => PlayerUnderTest | Promise<PlayerUnderTest>;

export interface PlayerContractOptions {
  /** `given` (default): returns exactly the candidates it was built from. `own`: makes its own, the same ones every time. */
  readonly returns?: 'given' | 'own';
  /** Random cases per rule. Lower it for a player that is dear to run. */
  readonly runs?: number;
}

export const CONTRACT_SPAN_MS = { fromMs: 1_600_000_000_000, untilMs: 1_600_000_100_000 } as const;
/** Province-level series of the 2021 edition. */
const CONTRACT_LOCALITIES = ['01', '06', '96'] as const;
const CONTRACT_INDICATORS = ['lgsp-state', 'ndxp-transactions', 'portal-sync-lag'] as const;

/** One suite for every player. A new player is not done until it is registered here. */
export function describePlayerContract(name: string, makePlayer: MakePlayer, options: PlayerContractOptions = {}): void {
  const { returns = 'given', runs = 30 } = options;
  const given = returns === 'given' ? givenCandidates : fc.constant<readonly ReceivedCandidate[]>([]);
  const check = (property: fc.IAsyncProperty<[readonly ReceivedCandidate[], number[]]>) => fc.assert(property, { numRuns: runs });
  const rule = (body: (given: readonly ReceivedCandidate[], fractions: number[]) => Promise<void>) =>
    check(fc.asyncProperty(given, splitFractions, body));

  describe(`player contract: ${name}`, () => {
    test('[PL1] everything comes once, in order of arrival, and never later than asked', () => rule(async (list, fractions) => {
      const under = await makePlayer(list);
      const played: Played[] = [];
      for (const untilMs of splitPoints(under, fractions)) {
        const step = await under.player.readUntil(untilMs);
        for (const received of step) expect(received.receivedAtMs).toBeLessThanOrEqual(untilMs);
        played.push(...step.map(toPlayed));
      }
      await under.player.close();
      const times = played.map((each) => each.receivedAtMs);
      expect(times).toEqual(times.toSorted((a, b) => a - b));
      expect(new Set(played.map((each) => JSON.stringify(each))).size).toBe(played.length);
      if (returns === 'given') expect(played).toEqual(list.map(toPlayed));
      else expect(played.length).toBeGreaterThan(0);
      expectWithinBounds(under.player, played);
    }));

    test('[PL2] asked in one step or in many, it returns the same', () => rule(async (list, fractions) => {
      expect(await playThrough(makePlayer, list, fractions)).toEqual(await playThrough(makePlayer, list, []));
    }));

    test('[PL3] asked again for the same time or an earlier one, it returns nothing, and then goes on as if not asked', () => rule(async (list, fractions) => {
      const { player, ...span } = await makePlayer(list);
      const [midMs = span.untilMs] = splitPoints(span, fractions);
      await player.readUntil(midMs);
      expect(await player.readUntil(midMs)).toEqual([]);
      expect(await player.readUntil(span.fromMs)).toEqual([]);
      const rest = (await player.readUntil(span.untilMs)).map(toPlayed);
      await player.close();
      expect(rest).toEqual((await playThrough(makePlayer, list, [])).filter(({ receivedAtMs }) => receivedAtMs > midMs));
    }));

    test('[PL4] calls that overlap return nothing twice and lose nothing', () => rule(async (list, fractions) => {
      const { player, ...span } = await makePlayer(list);
      const steps = await Promise.all(splitPoints(span, fractions).map((untilMs) => player.readUntil(untilMs)));
      await player.close();
      expect(steps.flat().map(toPlayed)).toEqual(await playThrough(makePlayer, list, []));
    }));

    test('[PL5] after close it returns nothing, and closing twice is harmless', () => rule(async (list, fractions) => {
      const { player, ...span } = await makePlayer(list);
      const [midMs = span.untilMs] = splitPoints(span, fractions);
      await player.readUntil(midMs);
      await player.close();
      expect(await player.readUntil(span.untilMs)).toEqual([]);
      await player.close();
    }));

    test('[PL6] a seek returns what was current there, one per series, and goes on from there', () => rule(async (list, fractions) => {
      const { player, ...span } = await makePlayer(list);
      if (player.capabilities.has('seek')) {
        const [earlyMs = span.fromMs, toMs = span.untilMs] = splitPoints(span, fractions);
        const whole = await playThrough(makePlayer, list, []);
        // Once forward and once back: both must leave the same place.
        for (const readFirstMs of [earlyMs, span.untilMs]) {
          await player.readUntil(readFirstMs);
          player.seek(toMs);
          const current = (await player.readUntil(toMs)).map(toPlayed);
          expect(new Set(current.map(toSeriesKey)).size).toBe(current.length);
          for (const received of current) expect(received.receivedAtMs).toBeLessThanOrEqual(toMs);
          if (returns === 'given') expect(current).toEqual(currentOf(whole, toMs));
          const rest = (await player.readUntil(span.untilMs)).map(toPlayed);
          expect(rest).toEqual(whole.filter((received) => received.receivedAtMs > toMs));
        }
      }
      await player.close();
    }));
  });
}

/** What a caller can see of a candidate: who waits for its outcome is not part of what was played. */
interface Played {
  readonly receivedAtMs: number;
  readonly candidate: unknown;
}

function toPlayed({ receivedAtMs, candidate }: ReceivedCandidate): Played {
  return { receivedAtMs, candidate };
}

async function playThrough(makePlayer: MakePlayer, given: readonly ReceivedCandidate[], fractions: readonly number[]): Promise<readonly Played[]> {
  const { player, ...span } = await makePlayer(given);
  const played: Played[] = [];
  for (const untilMs of splitPoints(span, fractions)) played.push(...(await player.readUntil(untilMs)).map(toPlayed));
  await player.close();
  return played;
}

function splitPoints({ fromMs, untilMs }: Pick<PlayerUnderTest, 'fromMs' | 'untilMs'>, fractions: readonly number[]): readonly number[] {
  return [...fractions.map((fraction) => Math.floor(fromMs + fraction * (untilMs - fromMs))), untilMs].sort((a, b) => a - b);
}

function expectWithinBounds(player: Player, played: readonly Played[]): void {
  const first = played[0];
  const last = played.at(-1);
  if (first === undefined || last === undefined) return;
  expect(first.receivedAtMs).toBeGreaterThanOrEqual(player.startMs ?? Number.NEGATIVE_INFINITY);
  expect(last.receivedAtMs).toBeLessThanOrEqual(player.endMs ?? Number.POSITIVE_INFINITY);
}

function toSeriesKey({ candidate }: Played): string {
  const { localityCode, indicatorId } = Candidate.parse(candidate);
  return `${localityCode}/${indicatorId}`;
}

/** [R1] as the state applies it: the newest `observedAtMs` wins, ties to the later arrival; given back in order of arrival. */
function currentOf(played: readonly Played[], toMs: number): readonly Played[] {
  const heldByKey = new Map<string, Played>();
  for (const received of played) {
    if (received.receivedAtMs > toMs) break;
    const held = heldByKey.get(toSeriesKey(received));
    if (held === undefined || observedAtMsOf(held) <= observedAtMsOf(received)) heldByKey.set(toSeriesKey(received), received);
  }
  const current = new Set(heldByKey.values());
  return played.filter((received) => current.has(received));
}

function observedAtMsOf({ candidate }: Played): number {
  return Candidate.parse(candidate).observedAtMs;
}

// Not fc.double: that draws exponents evenly, so nearly every split would fall on the first millisecond.
const splitFractions = fc.array(fc.integer({ min: 0, max: 1_000 }).map((thousandths) => thousandths / 1_000), { minLength: 2, maxLength: 6 });

/** Late, out of order, at the same moment, with and without parts: whatever a gate lets through. */
const givenCandidates: fc.Arbitrary<readonly ReceivedCandidate[]> = fc
  .array(fc.record({
    afterMs: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 2_000 })),
    latenessMs: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 20_000 })),
    sourceId: fc.constantFrom('province-01', 'ndxp'),
    localityCode: fc.constantFrom(...CONTRACT_LOCALITIES),
    indicatorId: fc.constantFrom(...CONTRACT_INDICATORS),
    value: fc.oneof(fc.constant(null), fc.constantFrom(0, 1)),
    parts: fc.option(fc.record({ numerator: fc.nat(50), denominator: fc.integer({ min: 50, max: 99 }) })),
    comparator: fc.constantFrom(...COMPARATORS),
    provenance: fc.constantFrom(...PROVENANCES),
    ref: fc.option(fc.constantFrom('fact-a', 'fact-b')),
  }), { minLength: 1, maxLength: 40 })
  .map((rows) => {
    let receivedAtMs: number = CONTRACT_SPAN_MS.fromMs;
    return rows.map(({ afterMs, latenessMs, parts, ref, ...said }, position) => {
      receivedAtMs += afterMs;
      // To five seconds, so that two observations of one time are common.
      const observedAtMs = Math.floor((receivedAtMs - latenessMs) / 5_000) * 5_000;
      const candidate = { ...said, eventId: `event-${position}`, observedAtMs, ...parts, ...(ref === null ? {} : { ref }) };
      return { receivedAtMs, candidate };
    });
  });
