import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { LocalityCode } from '../../shared/domain/ids.ts';
import { type Indicator, IndicatorList } from '../../shared/domain/indicator.ts';
import type { Locality } from '../../shared/domain/locality.ts';
import { createReadingColumns, packStatus, type ReadingStatus } from '../../shared/domain/readingColumns.ts';
import { buildSeriesTable } from '../../shared/domain/seriesTable.ts';
import { createRuleBook } from '../../server/alarms/ruleBook.ts';
import type { Alarms } from '../../server/ports/alarms.ts';
import type { ChannelView } from '../../server/ports/channel.ts';
import { aRule } from './someRules.ts';

/** The catalogue as shipped. */
export const indicators: readonly Indicator[] = IndicatorList.parse(
  JSON.parse(readFileSync(resolve(import.meta.dirname, '../../seeds/catalogue/indicators.json'), 'utf8')),
);

function aLocality(code: string, level: Locality['level'], parent: string | null): Locality {
  return {
    code: LocalityCode.parse(code), name: code, fullName: code, level, kind: level, parent: parent === null ? null : LocalityCode.parse(parent),
    lngLat: [105, 21], geometry: 'none',
  };
}

/** A nation of two provinces, of three and two districts. */
export const smallNation: readonly Locality[] = [
  aLocality('VN', 'nation', null),
  aLocality('10', 'province', 'VN'), aLocality('080', 'district', '10'), aLocality('082', 'district', '10'), aLocality('085', 'district', '10'),
  aLocality('11', 'province', 'VN'), aLocality('094', 'district', '11'), aLocality('095', 'district', '11'),
];

export const NOW_MS = Date.parse('2026-03-01T08:00:00+07:00');

/** The one rule that it has. */
export const linkRule = aRule({ id: 'link-lost', severity: 'high', needsAckOnReturn: true, when: { type: 'state', indicator: 'tslcd-link-state', equals: 0 } });

const noAlarms: Alarms = {
  observe: async () => {}, act: async (acts) => acts.map(() => ({ outcome: 'refused', why: 'unknown', alarm: null })), noteRefused: async () => {}, open: () => [], held: () => undefined,
  closedSince: () => [], lastTenMin: () => 0, historyOf: () => ({ events: [], leftOff: 0 }), shifts: () => [],
  rules: createRuleBook([linkRule]), changeRule: async ({ rule }) => ({ outcome: 'done', known: { rule, shippedVersion: 1, isShippedNewer: false, changed: null } }),
  load: () => ({ buckets: [], lastTenMin: 0, isFlood: false, floodRatio: 0, standing: 0, chattering: 0, worst: [] }),
};

interface SetReading {
  readonly value?: number;
  readonly numerator?: number;
  readonly denominator?: number;
  readonly observedAtMs?: number;
  readonly membersFresh?: number;
  readonly membersExpected?: number;
  readonly status?: Partial<ReadingStatus>;
  /** Absent: computed. */
  readonly sourceId?: string;
  readonly offset?: number;
  readonly ref?: string;
}

export interface AChannelView extends ChannelView {
  /** Puts a reading on the small nation's table. */
  set(localityCode: string, indicatorId: string, reading: SetReading): void;
}

/** The smallest thing that the routes accept as a channel: nothing read yet, nothing refused. */
export function aChannelView(overrides: Partial<ChannelView> = {}): AChannelView {
  const table = buildSeriesTable(smallNation, indicators);
  const columns = createReadingColumns(table.series.length);
  const receivedAtMs = new Float64Array(table.series.length).fill(Number.NaN);
  const offset = new Float64Array(table.series.length).fill(-1);
  const sourceIds = new Map<number, string>();
  const refs = new Map<number, string>();
  return {
    id: 'live', edition: '2021', epoch: '0123456789abcdef', playerName: 'fake', table,
    readings: { columns, receivedAtMs, offset, sourceIdOf: (index) => sourceIds.get(index) ?? null, refOf: (index) => refs.get(index) ?? null },
    history: {
      series: async ({ fromMs, toMs, points }) => ({ resolution: 'raw', bucketMs: (toMs - fromMs) / points, points: [] }),
      asOf: async () => ({ resolution: 'raw', observations: [] }),
      beginsAtMs: async () => 0,
      retain: async () => ({ raw: 0, minute: 0, hour: 0, log: 0, fingerprints: 0 }),
    },
    playback: () => ({ nowMs: NOW_MS, rate: 1, isPlaying: true, startMs: null, endMs: null, stopMs: null, restLeftMs: 0, isChaptered: false, isLooping: false, exercise: null, capabilities: [] }),
    control: () => null,
    alarms: noAlarms,
    openAlarms: () => [], alarmLoad: () => 0,
    sourceHealth: () => ({ fresh: 0, late: 0, stale: 0, dead: 0, never: 0 }),
    sources: () => [], refusals: () => [], quarantine: () => [], release: async () => ({ kind: 'unknown' }),
    acceptedCount: () => 0,
    ...overrides,
    set(localityCode, indicatorId, reading) {
      const index = table.indexOf(localityCode, indicatorId);
      if (index === undefined) throw new Error(`The small nation has no series ${localityCode}/${indicatorId}.`);
      columns.value[index] = reading.value ?? Number.NaN;
      columns.numerator[index] = reading.numerator ?? Number.NaN;
      columns.denominator[index] = reading.denominator ?? Number.NaN;
      columns.observedAtMs[index] = reading.observedAtMs ?? NOW_MS;
      columns.membersFresh[index] = reading.membersFresh ?? 0;
      columns.membersExpected[index] = reading.membersExpected ?? 0;
      columns.status[index] = packStatus({ freshness: 'fresh', provenance: 'measured', comparator: 'exactly', ...reading.status });
      if (reading.sourceId !== undefined) {
        sourceIds.set(index, reading.sourceId);
        receivedAtMs[index] = NOW_MS + 1_000;
        offset[index] = reading.offset ?? 0;
      }
      if (reading.ref !== undefined) refs.set(index, reading.ref);
    },
  };
}
