import type { Indicator } from '../../shared/domain/indicator.ts';
import { SnapshotDto } from '../../shared/protocol/http.ts';
import type { Series } from '../../shared/domain/seriesTable.ts';
import { realTable } from './aCatalogue.ts';

/** Provinces with the longest names, and the neighbours of the longest district names. */
const LONG_NAMES = ['77', '46', '79', '58', '30'];
const BATCH = 900;
/** Longer than the window in which new alarms are counted. */
const LONG_AGO_MS = 11 * 60_000;
const EVENT_TYPE = 'vn.ioc.observation.v1';

interface Reading { readonly subject: string; readonly time: string; readonly data: Readonly<Record<string, unknown>> }

const hasAlarm = ({ states }: Indicator) => states.some(({ alarm }) => alarm !== undefined);

/** The largest plausible value; a state: lost or worst in places with long names, in order elsewhere. */
function extremeOf(indicator: Indicator, provinceCode: string): number {
  const isLong = LONG_NAMES.includes(provinceCode);
  if (hasAlarm(indicator)) return isLong ? (indicator.states.find(({ alarm }) => alarm !== undefined)?.value ?? 0) : indicator.plausible.max;
  if (indicator.id === 'alerts-critical') return provinceCode === '77' ? indicator.plausible.max : 0;
  return indicator.plausible.max;
}

/** Series that feeds of provinces and districts report; all others are computed from them. */
function observedSeries(): readonly Series[] {
  return realTable('2021').series.filter(({ locality: { level }, indicator: { observedAt } }) => level !== 'nation' && observedAt === (level === 'district' ? 'local' : level));
}

const provinceOf = ({ locality }: Series) => (locality.level === 'province' ? locality.code : (locality.parent ?? ''));

function extremeReadings(): Omit<Reading, 'time'>[] {
  return observedSeries().map((series) => ({ subject: series.locality.code, data: { indicator: series.indicator.id, value: extremeOf(series.indicator, provinceOf(series)) } }));
}

/** The largest numbers again, and no alarm but one: every link of a province is lost, which is one cause and what it explains. */
export async function postOneCut(url: string): Promise<void> {
  const time = new Date().toISOString();
  await postReadings(url, 'cut', observedSeries().filter(({ indicator: { id } }) => id !== 'dossiers-waiting').map((series): Reading => {
    const { locality, indicator } = series;
    const isCut = indicator.id === 'tslcd-link-state' && provinceOf(series) === LONG_NAMES[1];
    const value = indicator.domain === 'security' && !hasAlarm(indicator) ? 0 : isCut ? 0 : indicator.plausible.max;
    return { subject: locality.code, time, data: { indicator: indicator.id, value } };
  }));
}

/** @throws Error when one is not stored. */
async function postReadings(url: string, source: string, readings: readonly Reading[]): Promise<void> {
  for (let start = 0; start < readings.length; start += BATCH) {
    const events = readings.slice(start, start + BATCH).map((reading, i) => ({ specversion: '1.0', id: `${source}-${reading.time}-${start + i}`, source, type: EVENT_TYPE, ...reading }));
    const answer = await fetch(`${url}/api/v1/observations`, { method: 'POST', headers: { 'content-type': 'application/cloudevents-batch+json' }, body: JSON.stringify(events) });
    const { stored } = await answer.json() as { stored?: number };
    if (stored !== events.length) throw new Error(`Of ${events.length} readings of ${source} ${stored ?? 0} were stored (HTTP ${answer.status}).`);
  }
}

/** The largest number every displayed series may hold, and alarms where names are longest: what a layout has to bear. They are a flood of alarms. */
export async function postExtremes(url: string): Promise<void> {
  const time = new Date().toISOString();
  await postReadings(url, 'extremes', extremeReadings().map((reading) => ({ ...reading, time })));
}

/** The same without the flood: its alarms began long ago. What waits is left out, or every province would have a surge from now on. */
export async function postCalmExtremes(url: string): Promise<void> {
  await postCalm(url, Date.now() - LONG_AGO_MS);
  await renewCalmExtremes(url);
}

/** They are of now again; what began long ago did so still. */
export function renewCalmExtremes(url: string): Promise<void> {
  return postCalm(url, Date.now());
}

function postCalm(url: string, atMs: number): Promise<void> {
  const time = new Date(atMs).toISOString();
  return postReadings(url, 'extremes', extremeReadings().filter(({ data }) => data.indicator !== 'dossiers-waiting').map((reading) => ({ ...reading, time })));
}

/** As the gate takes in. */
const LATE_WINDOW_MS = 24 * 3_600_000;

/** What another server shows now, as it would look if every source had fallen silent: each reading between stale and dead; what keeps for days is fresh still. */
export async function postOld(url: string, fromUrl: string): Promise<void> {
  const observed = new Map(observedSeries().map(({ locality, indicator }) => [`${locality.code}/${indicator.id}`, indicator]));
  const { readings } = SnapshotDto.parse(await (await fetch(`${fromUrl}/api/v1/snapshot?channel=live`)).json());
  const nowMs = Date.now();
  await postReadings(url, 'old', readings.flatMap(({ localityCode, indicatorId, value }): Reading[] => {
    const indicator = observed.get(`${localityCode}/${indicatorId}`);
    if (indicator === undefined || value === null) return [];
    const oldMs = (indicator.staleAfterMs + indicator.deadAfterMs) / 2;
    return [{ subject: localityCode, time: new Date(nowMs - (oldMs < LATE_WINDOW_MS ? oldMs : 0)).toISOString(), data: { indicator: indicatorId, value } }];
  }));
}
