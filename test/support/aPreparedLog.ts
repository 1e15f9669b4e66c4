import { join } from 'node:path';
import { openStore } from '../../server/openStore.ts';
import { IndicatorId, SourceId } from '../../shared/domain/ids.ts';
import type { Observation } from '../../shared/domain/observation.ts';
import { realTable } from './aCatalogue.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const BATCH = 1_000;
const NO_FINGERPRINTS = { words: new Uint32Array(0) };

/** Districts of Lâm Đồng whose links were down for the two days around a week ago. */
export const LOST_THEN = ['672', '673', '674'];
/** Hours in the middle of the log in which nothing at all was read. */
const SILENT_HOURS = 9;

interface Feed {
  readonly indicator: string;
  valueOf(code: string, place: number, agoMs: number): number;
}

const FEEDS: readonly Feed[] = [
  { indicator: 'tslcd-link-state', valueOf: (code, _, agoMs) => (LOST_THEN.includes(code) && Math.abs(agoMs - 7 * DAY_MS) < DAY_MS ? 0 : 2) },
  { indicator: 'tslcd-latency', valueOf: (_, place, agoMs) => Math.round((18 + place + 9 * Math.sin(agoMs / (DAY_MS / 6)) + ((agoMs / MINUTE_MS) * 7 + place) % 5) * 10) / 10 },
  { indicator: 'meeting-rooms', valueOf: (_, place, agoMs) => (agoMs > 2 * DAY_MS ? 6 : 7) + (place % 3) },
  { indicator: 'meeting-units', valueOf: () => 10 },
];

/** Every minute where a test looks closely, around the end and a week before it; else as seldom as a chart of a week still shows as a line. */
function isTold(agoMs: number): boolean {
  const isNear = agoMs < 30 * MINUTE_MS || Math.abs(agoMs - 7 * DAY_MS) < 30 * MINUTE_MS;
  return isNear || agoMs % (15 * MINUTE_MS) === 0;
}

/**
 * The file of a server that has run for `days`: what twelve districts of Lâm Đồng sent, ending at `nowMs`, with a silence of some hours half way.
 * `folder`: what `IOC_DATA` will name.
 */
export async function prepareLog(folder: string, nowMs: number, days: number): Promise<void> {
  const table = realTable('2021');
  const store = await openStore({ path: join(folder, 'live-2021.sqlite'), table });
  const districts = table.childrenOf('68');
  const silenceFromMs = nowMs - (days / 2) * DAY_MS;
  const isSilent = (atMs: number) => atMs >= silenceFromMs && atMs < silenceFromMs + SILENT_HOURS * 60 * MINUTE_MS;
  const series = FEEDS.flatMap((feed) => districts.map(({ code }, place) => ({ feed, code, place, index: table.indexOf(code, IndicatorId.parse(feed.indicator)) ?? -1 })));
  let batch: Observation[] = [];
  for (let atMs = nowMs - days * DAY_MS; atMs <= nowMs; atMs += MINUTE_MS) {
    if (isSilent(atMs) || !isTold(nowMs - atMs)) continue;
    for (const { feed, code, place, index } of series) {
      batch.push({
        seriesIndex: index, sourceId: SourceId.parse('province-68'), eventId: null, observedAtMs: atMs, receivedAtMs: atMs + 400,
        value: feed.valueOf(code, place, nowMs - atMs), numerator: null, denominator: null, comparator: 'exactly', provenance: 'measured', ref: null,
      });
    }
    if (batch.length >= BATCH || atMs + MINUTE_MS > nowMs) {
      await store.log.append(batch, NO_FINGERPRINTS);
      batch = [];
    }
  }
  await store.history.retain(nowMs);
  await store.log.close();
}
