import type { DerivedFigure, Fact } from '../../../shared/domain/fact.ts';
import type { Candidate } from '../../../shared/domain/observation.ts';
import type { ReceivedCandidate } from '../../ports/player.ts';

/** Viet Nam has had one offset and no summer time since 1975, so a day's start needs no time-zone table. */
const VIETNAM_OFFSET = '+07:00';

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

function startOfDayMs(isoDate: string): number {
  return Date.parse(`${isoDate}T00:00:00${VIETNAM_OFFSET}`);
}
