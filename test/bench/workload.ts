import type { Indicator } from '../../shared/domain/indicator.ts';
import { createReadingColumns, packStatus, type ReadingColumns } from '../../shared/domain/readingColumns.ts';
import { buildSeriesTable, type SeriesTable } from '../../shared/domain/seriesTable.ts';
import { aLocality, anIndicator } from '../support/someReadings.ts';

const PROVINCES = 63;
const DISTRICTS = 705;
/** Decimals of the ten indicators: the workload of `research/performance.md`. */
const DECIMALS = [0, 0, 1, 1, 2, 2, 2, 1, 0, 2];
const MAX_STEP = 50;
const MAX_UNITS = 9999;
const FRESH = packStatus({ freshness: 'fresh', provenance: 'measured', comparator: 'exactly' });

/** 63 provinces and 705 districts with ten indicators each: 7,680 series. */
export function workloadTable(): SeriesTable {
  const localities = [aLocality('VN', null, 'nation')];
  let district = 0;
  for (let p = 0; p < PROVINCES; p++) {
    const province = String(p + 1).padStart(2, '0');
    localities.push(aLocality(province, 'VN', 'province'));
    const until = Math.round(((p + 1) * DISTRICTS) / PROVINCES);
    for (; district < until; district++) localities.push(aLocality(String(district + 1).padStart(3, '0'), province, 'district'));
  }
  const levels: Indicator['levels'] = ['province', 'local'];
  return buildSeriesTable(localities, DECIMALS.map((decimals, i) => anIndicator(`indicator-${i}`, decimals, levels)));
}

function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export interface Workload {
  readonly columns: ReadingColumns;
  /** Moves exactly `ratio` of the series by a uniform non-zero step of -50..50 units, all observed at `atMs`. Ascending indices. */
  next(atMs: number): Uint32Array;
}

export function createWorkload(table: SeriesTable, { ratio, seed, startMs }: { ratio: number; seed: number; startMs: number }): Workload {
  const random = mulberry32(seed);
  const seriesCount = table.series.length;
  const columns = createReadingColumns(seriesCount);
  const units = Int32Array.from({ length: seriesCount }, () => 2000 + Math.floor(random() * 6000));
  const scale = Float64Array.from(table.series, ({ indicator }) => 10 ** indicator.decimals);
  const set = (index: number, atMs: number) => {
    columns.value[index] = (units[index] ?? 0) / (scale[index] ?? 1);
    columns.observedAtMs[index] = atMs;
    columns.status[index] = FRESH;
  };
  for (let index = 0; index < seriesCount; index++) set(index, startMs);
  const changing = Math.round(seriesCount * ratio);
  return {
    columns,
    next(atMs) {
      const changed = new Uint32Array(changing);
      let found = 0;
      for (let index = 0; index < seriesCount && found < changing; index++) {
        // Selection sampling: exactly `changing` of them, every set equally likely.
        if (random() * (seriesCount - index) >= changing - found) continue;
        const draw = Math.floor(random() * MAX_STEP * 2);
        const step = draw < MAX_STEP ? draw - MAX_STEP : draw - MAX_STEP + 1;
        const next = (units[index] ?? 0) + step;
        units[index] = next < 0 || next > MAX_UNITS ? (units[index] ?? 0) - step : next;
        set(index, atMs);
        changed[found++] = index;
      }
      return changed;
    },
  };
}
