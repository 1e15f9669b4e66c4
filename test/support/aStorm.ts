import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { readScenario } from '../../server/players/simulated/scenario.ts';
import { LocalityList } from '../../shared/domain/locality.ts';

const { localities } = LocalityList.parse(JSON.parse(readFileSync(resolve(import.meta.dirname, '../../seeds/geography/localities-2021.json'), 'utf8')));

export const districtsOf = (province: string) => localities.filter(({ level, parent }) => level === 'district' && parent === province).map(({ code }) => code);

/** The districts whose links the scenario cuts, by province: its share of each, in the order of their codes. */
export function cutByStorm(): ReadonlyMap<string, readonly string[]> {
  return new Map(readScenario('storm-central').steps.flatMap((step) => {
    if (step.kind !== 'link-cut') return [];
    return step.targets['2021'].map((province): [string, readonly string[]] => {
      const districts = districtsOf(province);
      return [province, districts.slice(0, Math.ceil((step.shareRatio ?? 1) * districts.length))];
    });
  }));
}

export interface Said {
  readonly place: string;
  readonly indicator: string;
  readonly value: number;
}

let sent = 0;

/** As the gateways of those provinces would: one post, durable when it resolves. */
export async function say(url: string, readings: readonly Said[]): Promise<void> {
  const time = new Date().toISOString();
  const events = readings.map(({ place, indicator, value }) => ({
    specversion: '1.0', id: `storm-${process.pid}-${sent++}`, source: 'storm-gateway', type: 'vn.ioc.observation.v1', subject: place, time, data: { indicator, value },
  }));
  const answer = await fetch(`${url}/api/v1/observations`, { method: 'POST', headers: { 'content-type': 'application/cloudevents-batch+json' }, body: JSON.stringify(events) });
  if (!answer.ok) throw new Error(`The storm was answered ${answer.status}: ${await answer.text()}`);
}

/** The scenario at once: links of four provinces are cut, and one-stop offices of two of them close. */
export async function strike(url: string): Promise<void> {
  const cut = [...cutByStorm().values()].flat();
  await say(url, [...cut.map((place) => ({ place, indicator: 'tslcd-link-state', value: 0 })), ...officesShut().map((place) => ({ place, indicator: 'one-stop-state', value: 0 }))]);
}

/** And everything is as before. */
export async function calm(url: string): Promise<void> {
  const cut = [...cutByStorm().values()].flat();
  await say(url, [...cut.map((place) => ({ place, indicator: 'tslcd-link-state', value: 2 })), ...officesShut().map((place) => ({ place, indicator: 'one-stop-state', value: 1 }))]);
}

export const officesShut = (): readonly string[] => [...districtsOf('46'), ...districtsOf('45')];
