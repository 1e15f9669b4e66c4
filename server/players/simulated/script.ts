import { draw, saltOf } from './noise.ts';
import type { Scenario, ScenarioStep } from './scenario.ts';
import type { Span } from './occurrence.ts';
import type { Units } from './units.ts';

export interface SilenceSpan extends Span {
  /** Whether the source delivers what it kept, once it is back. */
  readonly keepsReadings: boolean;
}

interface AttackSpan extends Span {
  readonly peakFactor: number;
  readonly critical: number;
}

interface SurgeSpan extends Span {
  readonly factor: number;
}

/** A scenario with its times on the data's axis and its targets as units. Cuts and surges by local unit, the others by province. */
export interface Script {
  readonly hasNaturalIncidents: boolean;
  readonly cutsByUnit: ReadonlyMap<number, readonly Span[]>;
  readonly attacksByUnit: ReadonlyMap<number, readonly AttackSpan[]>;
  /** Disjoint and in order. */
  readonly silencesByUnit: ReadonlyMap<number, readonly SilenceSpan[]>;
  readonly surgesByUnit: ReadonlyMap<number, readonly SurgeSpan[]>;
}

const RESTORE = saltOf('scenario-restore');

/** @throws Error when a target is not a unit of this edition, or not of the level its step needs. */
export function buildScript(scenario: Scenario | undefined, units: Units, startMs: number, canBeCut: (unit: number) => boolean): Script {
  const cutsByUnit = new Map<number, Span[]>();
  const attacksByUnit = new Map<number, AttackSpan[]>();
  const silencesByUnit = new Map<number, SilenceSpan[]>();
  const surgesByUnit = new Map<number, SurgeSpan[]>();
  const edition = units.code.some((code) => code.length === 5) ? '2025' : '2021';
  for (const [index, step] of (scenario?.steps ?? []).entries()) {
    const span = { fromMs: startMs + step.afterMs, toMs: startMs + step.afterMs + step.durationMs };
    for (const code of step.targets[edition]) {
      const targets = findTargets(code, step, index, units);
      switch (step.kind) {
        case 'link-cut':
          for (const unit of targets.flatMap((target) => cluster(units, target, step.shareRatio, canBeCut))) push(cutsByUnit, unit, { ...span, toMs: restoredMs(units, unit, span) });
          break;
        case 'attack':
          for (const unit of targets) push(attacksByUnit, unit, { ...span, peakFactor: step.peakFactor, critical: step.critical });
          break;
        case 'silence':
          for (const unit of targets) push(silencesByUnit, unit, { ...span, keepsReadings: step.keepsReadings });
          break;
        case 'dossier-surge':
          for (const unit of targets.flatMap((target) => (units.localsOf(target).length > 0 ? units.localsOf(target) : [target]))) push(surgesByUnit, unit, { ...span, factor: step.factor });
          break;
      }
    }
  }
  for (const [unit, silences] of silencesByUnit) silencesByUnit.set(unit, joinOverlaps(silences));
  return { hasNaturalIncidents: scenario?.naturalIncidents ?? true, cutsByUnit, attacksByUnit, silencesByUnit, surgesByUnit };
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

function joinOverlaps(silences: readonly SilenceSpan[]): SilenceSpan[] {
  const joined: SilenceSpan[] = [];
  for (const silence of silences.toSorted((a, b) => a.fromMs - b.fromMs)) {
    const last = joined.at(-1);
    if (last === undefined || silence.fromMs > last.toMs) joined.push(silence);
    else joined[joined.length - 1] = { fromMs: last.fromMs, toMs: Math.max(last.toMs, silence.toMs), keepsReadings: last.keepsReadings && silence.keepsReadings };
  }
  return joined;
}

function push<Value>(valuesByUnit: Map<number, Value[]>, unit: number, value: Value): void {
  const values = valuesByUnit.get(unit);
  if (values === undefined) valuesByUnit.set(unit, [value]);
  else values.push(value);
}
