import { localDay, localDayStartMs } from './calendar.ts';
import type { Model, Models, World } from './model.ts';
import { monthlyCounter } from './monthlyCounter.ts';
import { draw, mix, partOf, saltOf } from './noise.ts';
import { chooseProvinces } from './provinceSpread.ts';

const HOUR_MS = 3_600_000;
/** The portal publishes once a day, for the counts of one in the night. Of how many provinces is assumed: so both cases are seen. */
const PUBLISHED_AT_MS = HOUR_MS;
const PUBLISHED_RATIO = 0.65;
/** Assumed: the portal misses up to so much of what is on time. */
const PORTAL_LOSS_RATIO = 0.03;

/** What the portal publishes of groups that it alone can judge: between these parts of the maximum. Assumed. */
const PORTAL_GROUPS = {
  openness: { points: 18, from: 0.7, to: 0.95 }, online: { points: 12, from: 0.55, to: 0.9 }, payment: { points: 10, from: 0.4, to: 0.8 },
  digitisation: { points: 22, from: 0.5, to: 0.8 }, satisfaction: { points: 18, from: 0.85, to: 0.97 },
} as const;

/**
 * Counts of the service index and what the portal publishes of it. None of it is reported anywhere: every ratio is assumed, low
 * enough for no part to be larger than a whole that other feeds count ([SIM10]).
 */
export function createServiceIndexModels(world: World, daily: Float64Array, models: Models): Models {
  return { ...countModels(world, daily, models), ...portalModels(world, models) };
}

function countModels(world: World, daily: Float64Array, models: Models): Models {
  const { seed, units } = world;
  /** A part of another count, whose ratio is the unit's own. */
  function part(what: string, of: Model, fromRatio: number, toRatio: number): Model {
    const salt = mix(seed, saltOf(what));
    return (unit, atMs) => partOf(of(unit, atMs), fromRatio + (toRatio - fromRatio) * draw(salt, units.name[unit] ?? 0), 0);
  }
  const inReport = monthlyCounter(world, daily, 'dossiers-in-report', 0.96, 1);
  const feedbackDue = monthlyCounter(world, daily, 'feedback-due', 0.002, 0.006);
  const payments = models['payments-total'] ?? (() => Number.NaN);
  return {
    'dossiers-in-report': inReport,
    'dossiers-on-portal': part('dossiers-on-portal', inReport, 0.93, 1),
    'dossiers-synced': part('dossiers-synced', inReport, 0.85, 0.99),
    'payments-zero-fee': part('payments-zero-fee', payments, 0.04, 0.12),
    'results-electronic': monthlyCounter(world, daily, 'results-electronic', 0.35, 0.7),
    'dossiers-digitised': monthlyCounter(world, daily, 'dossiers-digitised', 0.4, 0.7),
    'dossiers-data-reused': monthlyCounter(world, daily, 'dossiers-data-reused', 0.2, 0.55),
    'feedback-due': feedbackDue,
    'feedback-in-time': part('feedback-in-time', feedbackDue, 0.75, 1),
    'dossiers-complained': monthlyCounter(world, daily, 'dossiers-complained', 0.001, 0.004),
  };
}

/** A moment at which the month has no resolved dossier yet has no figures: "no reading". */
function portalModels({ seed, units }: World, models: Models): Models {
  const published = chooseProvinces({ seed, units }, 'portal-index', PUBLISHED_RATIO);
  const salt = mix(seed, saltOf('portal-index'));
  const [onTime, resolved] = [models['dossiers-on-time'], models['dossiers-resolved']];
  const countedMs = (atMs: number) => localDayStartMs(localDay(atMs - PUBLISHED_AT_MS)) + PUBLISHED_AT_MS;
  const sumOf = (model: Model | undefined, unit: number, atMs: number) => units.localsOf(unit).reduce((sum, local) => sum + (model?.(local, atMs) ?? Number.NaN), 0);
  // A night's ratio holds for the day: worked out once, not for each of its groups and readings.
  const heldFromMs = new Float64Array(units.count).fill(Number.NaN);
  const heldRatio = new Float64Array(units.count);
  const progress: Model = (unit, atMs) => {
    if (!published.has(unit)) return Number.NaN;
    const fromMs = countedMs(atMs);
    if (heldFromMs[unit] !== fromMs) {
      heldFromMs[unit] = fromMs;
      heldRatio[unit] = sumOf(onTime, unit, fromMs) / sumOf(resolved, unit, fromMs);
    }
    return 20 * (heldRatio[unit] ?? Number.NaN) * (1 - PORTAL_LOSS_RATIO * draw(salt, units.name[unit] ?? 0));
  };
  const others = Object.entries(PORTAL_GROUPS).map(([id, { points, from, to }]): [string, Model] => {
    const own = mix(salt, saltOf(id));
    return [`portal-index-${id}`, (unit, atMs) => (Number.isNaN(progress(unit, atMs)) ? Number.NaN : Math.round(100 * points * (from + (to - from) * draw(own, units.name[unit] ?? 0))) / 100)];
  });
  return {
    'portal-index-progress': progress, ...Object.fromEntries(others),
    'portal-index-total': (unit, atMs) => others.reduce((sum, [, model]) => sum + model(unit, atMs), Math.round(100 * progress(unit, atMs)) / 100),
  };
}
