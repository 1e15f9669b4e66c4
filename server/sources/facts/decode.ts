import type { DerivedCounter, DerivedFigure, Fact } from '../../../shared/domain/fact.ts';
import { DAY_MS, startOfDayMs } from '../../../shared/domain/instant.ts';
import type { Candidate } from '../../../shared/domain/observation.ts';
import type { ReceivedCandidate } from '../../ports/player.ts';

/**
 * Seed facts → candidates in order of arrival: by the day they were reported, then by the day they are about, then as given.
 * A fact without a figure (a planned date) gives none. Pure.
 */
export function decodeFacts(facts: readonly Fact[]): ReceivedCandidate[] {
  return facts.filter(hasFigure).map((fact) => toReceived(fact, fact, 'reported')).sort(byArrival).map(({ received }) => received);
}

/**
 * Figures that follow from facts, seen from the day the last of those was reported. Pure.
 * @throws Error when a figure names a fact that is not there.
 */
export function decodeDerivedFigures(figures: readonly DerivedFigure[], facts: readonly Fact[]): ReceivedCandidate[] {
  const factsById = new Map(facts.map((fact) => [fact.id, fact]));
  return figures.map((figure) => {
    const parents = figure.from.map((id) => {
      const fact = factsById.get(id);
      if (fact === undefined) {
        throw new Error(`Derived figure "${figure.id}" follows from fact "${id}", which is in no file of seeds/facts/. Correct its "from".`);
      }
      return fact;
    });
    return toReceived(figure, latestReported(parents), 'derived');
  }).sort(byArrival).map(({ received }) => received);
}

/**
 * A counter's reading for every day of its period, shown on that day: what had been counted by its end. It comes to exactly the
 * reported total on the last day, and then stands. Pure.
 * @throws Error when it counts towards a fact that is not there, or that states no total of a period.
 */
export function decodeDerivedCounters(counters: readonly DerivedCounter[], facts: readonly Fact[]): ReceivedCandidate[] {
  return counters.flatMap(({ id, of }) => {
    const fact = facts.find((candidate) => candidate.id === of);
    if (fact === undefined || fact.value === null || fact.period === null) {
      throw new Error(`Derived counter "${id}" counts towards "${of}", which is no fact in seeds/facts/ with a value and a period. Correct its "of".`);
    }
    const { value: total, localityCode, indicatorId, comparator, document } = fact;
    const fromMs = startOfDayMs(fact.period.from);
    const days = (startOfDayMs(fact.period.to) - fromMs) / DAY_MS + 1;
    return Array.from({ length: days }, (_, passed) => {
      const dayMs = fromMs + passed * DAY_MS;
      const value = countedAfter(passed + 1, days, total);
      const candidate: unknown = { sourceId: toSourceId(document), eventId: `${id}-${passed + 1}`, localityCode, indicatorId, observedAtMs: dayMs, value, comparator, provenance: 'derived', ref: id };
      return { receivedAtMs: dayMs, candidate };
    });
  });
}

/** How much of `total` had come by the end of day `day` of `days`, when each day brings as much as any other. Whole. */
export function countedAfter(day: number, days: number, total: number): number {
  return Math.floor((total * day) / days);
}

type Figure = Pick<Fact, 'id' | 'indicatorId' | 'localityCode' | 'value' | 'numerator' | 'denominator' | 'comparator' | 'asOf'>;

interface Arrival {
  readonly observedAtMs: number;
  readonly received: ReceivedCandidate;
}

function toReceived(figure: Figure, report: Pick<Fact, 'document' | 'reportedOn'>, provenance: Candidate['provenance']): Arrival {
  const observedAtMs = startOfDayMs(figure.asOf);
  const candidate = {
    sourceId: toSourceId(report.document),
    eventId: figure.id,
    localityCode: figure.localityCode,
    indicatorId: figure.indicatorId,
    observedAtMs,
    value: figure.value ?? shareOf(figure),
    ...(hasParts(figure) ? { numerator: figure.numerator, denominator: figure.denominator } : {}),
    comparator: figure.comparator,
    provenance,
    ref: figure.id,
  };
  return { observedAtMs, received: { receivedAtMs: startOfDayMs(report.reportedOn), candidate } };
}

function byArrival(a: Arrival, b: Arrival): number {
  return a.received.receivedAtMs - b.received.receivedAtMs || a.observedAtMs - b.observedAtMs;
}

function latestReported(facts: readonly Fact[]): Fact {
  return facts.reduce((latest, fact) => (fact.reportedOn > latest.reportedOn ? fact : latest));
}

function hasFigure(figure: Figure): boolean {
  return figure.value !== null || hasParts(figure);
}

function hasParts<Parts extends Pick<Figure, 'numerator' | 'denominator'>>(figure: Parts): figure is Parts & { numerator: number; denominator: number } {
  return figure.numerator !== null && figure.denominator !== null;
}

/** Documents state parts alone only for shares, whose unit is "%". The gate rounds. */
function shareOf(figure: Figure): number | null {
  return hasParts(figure) ? (100 * figure.numerator) / figure.denominator : null;
}

/** "000_af08fb4ccec8fd45" is the document of source "seed-000". */
function toSourceId(document: string): string {
  return `seed-${document.slice(0, 3)}`;
}
