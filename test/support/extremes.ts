import type { Indicator } from '../../shared/domain/indicator.ts';
import { realIndicators, realTable } from './aCatalogue.ts';

/** Provinces with the longest names, and the neighbours of the longest district names. */
const LONG_NAMES = ['77', '46', '79', '58', '30'];
const BATCH = 900;
const EVENT_TYPE = 'vn.ioc.observation.v1';

interface Reading { readonly subject: string; readonly data: Readonly<Record<string, unknown>> }

const hasAlarm = ({ states }: Indicator) => states.some(({ alarm }) => alarm !== undefined);

/** The largest plausible value; a state: lost or worst in places with long names, in order elsewhere. */
function extremeOf(indicator: Indicator, provinceCode: string): number {
  const isLong = LONG_NAMES.includes(provinceCode);
  if (hasAlarm(indicator)) return isLong ? (indicator.states.find(({ alarm }) => alarm !== undefined)?.value ?? 0) : indicator.plausible.max;
  if (indicator.id === 'alerts-critical') return provinceCode === '77' ? indicator.plausible.max : 0;
  return indicator.plausible.max;
}

function extremeReadings(): Reading[] {
  const table = realTable('2021');
  return table.series.flatMap(({ locality, indicator }): Reading[] => {
    const level = locality.level === 'district' ? 'local' : locality.level;
    if (indicator.observedAt !== level || level === 'nation') return [];
    const provinceCode = level === 'province' ? locality.code : (locality.parent ?? '');
    return [{ subject: locality.code, data: { indicator: indicator.id, value: extremeOf(indicator, provinceCode) } }];
  });
}

/** The largest number every displayed series may hold, and alarms where names are longest: what a layout has to bear. */
export async function postExtremes(url: string): Promise<void> {
  const indicators = new Map(realIndicators().map((indicator) => [indicator.id as string, indicator]));
  const readings = extremeReadings().filter(({ data }) => indicators.has(String(data.indicator)));
  const time = new Date().toISOString();
  for (let start = 0; start < readings.length; start += BATCH) {
    const events = readings.slice(start, start + BATCH).map(({ subject, data }, i) => ({
      specversion: '1.0', id: `extreme-${start + i}`, source: 'extremes', type: EVENT_TYPE, subject, time, data,
    }));
    const answer = await fetch(`${url}/api/v1/observations`, { method: 'POST', headers: { 'content-type': 'application/cloudevents-batch+json' }, body: JSON.stringify(events) });
    const { stored } = await answer.json() as { stored?: number };
    if (stored !== events.length) throw new Error(`Of ${events.length} extremes ${stored ?? 0} were stored (HTTP ${answer.status}).`);
  }
}
