import { toLevel } from '../../../shared/domain/locality.ts';
import { GROUP_IDS } from '../../../shared/domain/serviceIndex.ts';
import type { Series, SeriesTable } from '../../../shared/domain/seriesTable.ts';
import type { Source } from '../../../shared/domain/source.ts';
import type { Model, Models, World } from './model.ts';
import { draw, mix, saltOf } from './noise.ts';
import type { Delivery } from './schedule.ts';

/** However high the rate, a series is not read more often than once a second: a tick would only ever show the last. */
const SHORTEST_PERIOD_MS = 1_000;
/** Slow figures are confirmed twice a day: a wall started now has them, and none is older than the day the gate takes readings back. */
const LONGEST_PERIOD_MS = 12 * 3_600_000;
const GOLDEN_RATIO = (Math.sqrt(5) - 1) / 2;

/** Platforms whose id is not their system's name. The Government Office runs the portal and reports tasks and rankings too. */
const PLATFORM_BY_SYSTEM: Readonly<Record<string, string>> = {
  'national-databases': 'population-database', 'resolution-17': 'national-portal', 'rankings': 'national-portal',
};

/** What a national platform sees by itself of the units connected to it, also while a province's own source is silent. */
const PLATFORM_BY_INDICATOR: Readonly<Record<string, string>> = {
  'tslcd-latency': 'tslcd', 'tslcd-loss': 'tslcd', 'lgsp-state': 'ndxp', 'axis-state': 'document-axis',
  'portal-state': 'national-portal', 'portal-sync-lag': 'national-portal', 'soc-state': 'ncsc', 'public-centre-state': 'one-stop-hub',
  'dossiers-on-portal': 'national-portal',
  ...Object.fromEntries(['total', ...GROUP_IDS].map((id) => [`portal-index-${id}`, 'national-portal'])),
};

/** One delivery: who sends it, about which unit, and its readings. */
export interface ObservedDelivery extends Delivery {
  readonly sourceId: string;
  /** The province whose own source this is; `null`: a national platform, which is never silent here. */
  readonly province: number | null;
  readonly unit: number;
  readonly localityCode: string;
  /** From the reading to its arrival. */
  readonly delayMs: number;
  readonly readings: readonly ObservedReading[];
}

interface ObservedReading {
  readonly indicatorId: string;
  readonly model: Model;
  /** 10 to the power of the indicator's decimals. */
  readonly scale: number;
}

/**
 * The series that sources observe, grouped into deliveries. Those computed by roll-up are not among them, and neither are
 * indicators the simulator has no model of: figures of reports and plans, which no system sends, and whatever else is only
 * real when a feed reports it.
 */
export function groupObservedSeries(table: SeriesTable, sources: readonly Source[], rateMultiplier: number, world: World, models: Models): readonly ObservedDelivery[] {
  const cadenceById = new Map(sources.flatMap(({ id, expectEveryMs }) => (expectEveryMs === null ? [] : [[id as string, expectEveryMs] as const])));
  const seriesByDelivery = new Map<string, { readonly sender: Sender; readonly unit: number; readonly everyMs: number; readonly members: Series[] }>();
  for (const series of table.series) {
    const { indicator, locality } = series;
    if (indicator.observedAt !== toLevel(locality) || models[indicator.id] === undefined) continue;
    const unit = world.units.unitOf(locality.code) ?? 0;
    const sender = senderOf(series, unit, cadenceById, world);
    // A platform sends all it has at its own cadence, or it would look silent.
    const everyMs = sender.province === null ? Math.min(indicator.expectEveryMs, cadenceById.get(sender.sourceId) ?? indicator.expectEveryMs) : indicator.expectEveryMs;
    const key = `${unit}/${sender.sourceId}/${indicator.system}/${everyMs}`;
    const delivery = seriesByDelivery.get(key) ?? { sender, unit, everyMs, members: [] };
    delivery.members.push(series);
    seriesByDelivery.set(key, delivery);
  }
  const firstPhase = draw(world.seed, saltOf('phase'));
  const delaySalt = mix(world.seed, saltOf('delay'));
  return [...seriesByDelivery.values()].map(({ sender, unit, everyMs, members }, index) => {
    const periodMs = Math.min(LONGEST_PERIOD_MS, Math.max(SHORTEST_PERIOD_MS, Math.round(everyMs / rateMultiplier)));
    return {
      ...sender, unit, periodMs,
      localityCode: world.units.code[unit] ?? '',
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

type Sender = Pick<ObservedDelivery, 'sourceId' | 'province'>;

function senderOf({ indicator, locality }: Series, unit: number, cadenceById: ReadonlyMap<string, number>, { units }: World): Sender {
  if (locality.level === 'nation') return { sourceId: PLATFORM_BY_SYSTEM[indicator.system] ?? indicator.system, province: null };
  const platform = PLATFORM_BY_INDICATOR[indicator.id];
  if (platform !== undefined && cadenceById.has(platform)) return { sourceId: platform, province: null };
  const province = units.provinceOf[unit] ?? unit;
  return { sourceId: `province-${units.code[province] ?? ''}`, province };
}
