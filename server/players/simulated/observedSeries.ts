import { toLevel } from '../../../shared/domain/locality.ts';
import type { Series, SeriesTable } from '../../../shared/domain/seriesTable.ts';
import type { Source } from '../../../shared/domain/source.ts';
import type { Model, Models, World } from './model.ts';
import { draw, mix, saltOf } from './noise.ts';
import type { Delivery } from './schedule.ts';

/** However high the rate, a series is not read more often than once a second: a tick would only ever show the last. */
const SHORTEST_PERIOD_MS = 1_000;
/** Yearly figures are confirmed daily, so that a wall started today has them. */
const LONGEST_PERIOD_MS = 86_400_000;
const GOLDEN_RATIO = (Math.sqrt(5) - 1) / 2;

/** Platforms whose id is not their system's name. The Government Office runs the portal and reports tasks and rankings too. */
const PLATFORM_BY_SYSTEM: Readonly<Record<string, string>> = {
  'national-databases': 'population-database', 'resolution-17': 'national-portal', 'rankings': 'national-portal',
};

/** One delivery: who sends it, about which unit, and its readings. */
export interface ObservedDelivery extends Delivery {
  readonly sourceId: string;
  readonly unit: number;
  /** From the reading to its arrival. */
  readonly delayMs: number;
  readonly readings: readonly ObservedReading[];
}

export interface ObservedReading {
  readonly indicatorId: string;
  readonly model: Model;
  /** 10 to the power of the indicator's decimals. */
  readonly scale: number;
}

/**
 * The series that sources observe, grouped into deliveries. Those computed by roll-up are not among them, and neither are
 * indicators the simulator has no model of: only a real feed can report those.
 */
export function groupObservedSeries(table: SeriesTable, sources: readonly Source[], rateMultiplier: number, world: World, models: Models): readonly ObservedDelivery[] {
  const cadenceById = new Map(sources.map((source) => [source.id as string, source.expectEveryMs]));
  const seriesByDelivery = new Map<string, { readonly sourceId: string; readonly unit: number; readonly everyMs: number; readonly members: Series[] }>();
  for (const series of table.series) {
    const { indicator, locality } = series;
    if (indicator.observedAt !== toLevel(locality) || models[indicator.id] === undefined) continue;
    const unit = world.units.unitOf(locality.code) ?? 0;
    const sourceId = sourceIdOf(series, world);
    // A platform sends all it has at its own cadence, or it would look silent.
    const everyMs = locality.level === 'nation' ? Math.min(indicator.expectEveryMs, cadenceById.get(sourceId) ?? indicator.expectEveryMs) : indicator.expectEveryMs;
    const key = `${unit}/${indicator.system}/${everyMs}`;
    const delivery = seriesByDelivery.get(key) ?? { sourceId, unit, everyMs, members: [] };
    delivery.members.push(series);
    seriesByDelivery.set(key, delivery);
  }
  const firstPhase = draw(world.seed, saltOf('phase'));
  const delaySalt = mix(world.seed, saltOf('delay'));
  return [...seriesByDelivery.values()].map(({ sourceId, unit, everyMs, members }, index) => {
    const periodMs = Math.min(LONGEST_PERIOD_MS, Math.max(SHORTEST_PERIOD_MS, Math.round(everyMs / rateMultiplier)));
    return {
      sourceId, unit, periodMs,
      // Steps of the golden ratio fill a circle evenly, however many there are: so is the load on every tick.
      phaseMs: Math.floor(((firstPhase + index * GOLDEN_RATIO) % 1) * periodMs),
      delayMs: 30 + Math.floor(870 * draw(delaySalt, world.units.name[unit] ?? 0)),
      readings: members.flatMap(({ indicator }) => {
        const model = models[indicator.id];
        return model === undefined ? [] : [{ indicatorId: indicator.id, model, scale: 10 ** indicator.decimals }];
      }),
    };
  });
}

function sourceIdOf({ indicator, locality }: Series, { units }: World): string {
  if (locality.level === 'nation') return PLATFORM_BY_SYSTEM[indicator.system] ?? indicator.system;
  const province = units.provinceOf[units.unitOf(locality.code) ?? 0] ?? 0;
  return `province-${units.code[province] ?? ''}`;
}
