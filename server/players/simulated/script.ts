import { draw, saltOf } from './noise.ts';
import { isWithin, type Span } from './occurrence.ts';
import type { Scenario, ScenarioStep } from './scenario.ts';
import type { Units } from './units.ts';

export interface SilenceSpan extends Span {
  /** Whether the source delivers what it kept, once it is back. */
  readonly keepsReadings: boolean;
}

interface AttackSpan extends Span {
  readonly peakFactor: number;
  readonly critical: number;
  /** From its beginning to the end it was to have: it rises and falls by this one also when it is cut short. */
  readonly course: Span;
}

interface SurgeSpan extends Span {
  readonly factor: number;
}

/** Scenarios with their times on the data's axis and their targets as units. Cuts and surges by local unit, the others by province. */
export interface Script {
  /** Times in which nothing happens but what is scripted. */
  readonly quiet: readonly Span[];
  hasNaturalIncidentsAt(atMs: number): boolean;
  readonly cutsByUnit: ReadonlyMap<number, readonly Span[]>;
  readonly attacksByUnit: ReadonlyMap<number, readonly AttackSpan[]>;
  /** They may overlap. */
  readonly silencesByUnit: ReadonlyMap<number, readonly SilenceSpan[]>;
  readonly surgesByUnit: ReadonlyMap<number, readonly SurgeSpan[]>;
}

export interface OpenScript extends Script {
  /** How long the scenario lasts in this edition; 0: it has no step here. @throws Error as `lay` does. */
  lengthMs(scenario: Scenario): number;
  /**
   * Has a scenario happen from a moment on. Nothing of what is before that moment changes. `quietMs`: for how long natural incidents
   * pause, if the scenario wants that.
   *
   * @throws Error when a target is not a unit of this edition, or not of the level its step needs; then nothing is laid.
   */
  lay(scenario: Scenario, fromMs: number, quietMs: number): LaidScenario;
}

export interface LaidScenario {
  /** What goes on ends now, what was to come does not. What is before that moment stays as it was. */
  cutShort(atMs: number): void;
}

type Ending<S extends Span> = Omit<S, 'toMs'> & { toMs: number };
interface Mutable {
  readonly quiet: Ending<Span>[];
  readonly cutsByUnit: Map<number, Ending<Span>[]>;
  readonly attacksByUnit: Map<number, Ending<AttackSpan>[]>;
  readonly silencesByUnit: Map<number, Ending<SilenceSpan>[]>;
  readonly surgesByUnit: Map<number, Ending<SurgeSpan>[]>;
}

const RESTORE = saltOf('scenario-restore');
/** Longer than anything looks back: the dossiers of a month, and the day after in which a surge of its last day is worked off. */
const KEPT_MS = 40 * 24 * 3_600_000;

/** @param canBeCut whether a local unit has a link to lose. */
export function createScript(units: Units, canBeCut: (unit: number) => boolean): OpenScript {
  const held: Mutable = { quiet: [], cutsByUnit: new Map(), attacksByUnit: new Map(), silencesByUnit: new Map(), surgesByUnit: new Map() };
  const edition = units.code.some((code) => code.length === 5) ? '2025' : '2021';

  /** Every step's targets before any is laid, so that a wrong one leaves nothing behind. */
  const targetsOf = ({ steps }: Scenario) => steps.map((step, index) => ({ step, targets: step.targets[edition].flatMap((code) => findTargets(code, step, index, units)) }));

  return {
    ...held,
    hasNaturalIncidentsAt: (atMs) => !held.quiet.some((span) => isWithin(span, atMs)),
    lengthMs: (scenario) => targetsOf(scenario).reduce((lastMs, { step, targets }) => (targets.length === 0 ? lastMs : Math.max(lastMs, step.afterMs + step.durationMs)), 0),
    lay(scenario, fromMs, quietMs) {
      forget(held, fromMs - KEPT_MS);
      const own: Ending<Span>[] = [];
      for (const { step, targets } of targetsOf(scenario)) {
        for (const target of targets) own.push(...layStep(held, step, target, fromMs, units, canBeCut));
      }
      if (!scenario.naturalIncidents) {
        const quiet = { fromMs: quietMs === Number.POSITIVE_INFINITY ? Number.NEGATIVE_INFINITY : fromMs, toMs: fromMs + quietMs };
        held.quiet.push(quiet);
        own.push(quiet);
      }
      return {
        cutShort(atMs) {
          for (const span of own) span.toMs = Math.min(span.toMs, Math.max(span.fromMs, atMs));
        },
      };
    },
  };
}

function layStep(held: Mutable, step: ScenarioStep, target: number, startMs: number, units: Units, canBeCut: (unit: number) => boolean): readonly Ending<Span>[] {
  const span = { fromMs: startMs + step.afterMs, toMs: startMs + step.afterMs + step.durationMs };
  switch (step.kind) {
    case 'link-cut':
      return cluster(units, target, step.shareRatio, canBeCut).map((unit) => push(held.cutsByUnit, unit, { ...span, toMs: restoredMs(units, unit, span) }));
    case 'attack':
      return [push(held.attacksByUnit, target, { ...span, course: span, peakFactor: step.peakFactor, critical: step.critical })];
    case 'silence':
      return [push(held.silencesByUnit, target, { ...span, keepsReadings: step.keepsReadings })];
    case 'dossier-surge': {
      const members = units.localsOf(target);
      return (members.length > 0 ? members : [target]).map((unit) => push(held.surgesByUnit, unit, { ...span, factor: step.factor }));
    }
  }
}

/** Exercises of years would be looked through for every reading. */
function forget({ quiet, ...byUnit }: Mutable, beforeMs: number): void {
  const keep = <S extends Span>(spans: S[]) => { spans.splice(0, spans.length, ...spans.filter(({ toMs }) => toMs > beforeMs)); };
  keep(quiet);
  for (const spansByUnit of Object.values(byUnit)) for (const spans of spansByUnit.values()) keep<Span>(spans);
}

function findTargets(code: string, step: ScenarioStep, index: number, units: Units): readonly number[] {
  if (code === 'VN') return units.provinces;
  const unit = units.unitOf(code);
  if (unit === undefined) {
    throw new Error(`Scenario step ${index + 1} (${step.kind}) targets "${code}", which is not a unit of this edition. Correct its list for this edition in the scenario file.`);
  }
  const isProvince = units.provinces.includes(unit);
  if (!isProvince && (step.kind === 'attack' || step.kind === 'silence')) {
    throw new Error(`Scenario step ${index + 1} (${step.kind}) targets "${code}", which is not a province; feeds and alerts are a province's. Name its province instead.`);
  }
  return [unit];
}

/** The part of a province's links that go together: those nearest to its remotest one. A local unit is its own cluster. */
function cluster(units: Units, target: number, shareRatio: number, canBeCut: (unit: number) => boolean): readonly number[] {
  const members = units.localsOf(target).filter(canBeCut);
  if (members.length === 0) return units.provinces.includes(target) || !canBeCut(target) ? [] : [target];
  const centre = members.reduce((best, unit) => ((units.remoteRatio[unit] ?? 0) > (units.remoteRatio[best] ?? 0) ? unit : best));
  return nearestTo(units, centre, members).slice(0, Math.ceil(members.length * shareRatio));
}

/** Nearest first, beginning with the centre itself. */
export function nearestTo(units: Units, centre: number, members: readonly number[]): number[] {
  return members.toSorted((a, b) => units.distanceKm(centre, a) - units.distanceKm(centre, b) || a - b);
}

/** Crews bring links back one after another, over the last two fifths of the cut. */
function restoredMs(units: Units, unit: number, { fromMs, toMs }: Span): number {
  return Math.round(fromMs + (toMs - fromMs) * (0.6 + 0.4 * draw(RESTORE, units.name[unit] ?? 0)));
}

function push<Value>(valuesByUnit: Map<number, Value[]>, unit: number, value: Value): Value {
  const values = valuesByUnit.get(unit);
  if (values === undefined) valuesByUnit.set(unit, [value]);
  else values.push(value);
  return value;
}
