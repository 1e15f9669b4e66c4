import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { groupMilestones } from '../shared/domain/milestones.ts';
import type { SeriesTable } from '../shared/domain/seriesTable.ts';
import { type Catalogue, readCatalogue } from './catalogue.ts';
import { DEMO_RECORDING_PATH } from './openRecording.ts';
import { illustrateAlerts } from './players/illustrated/alerts.ts';
import { illustrateDossiers } from './players/illustrated/dossiers.ts';
import { FIRST_DAY_MS, LAST_DAY_MS } from './players/illustrated/illustration.ts';
import { illustrateLinks } from './players/illustrated/links.ts';
import { writeRecording } from './players/recordingFile.ts';
import type { ReceivedCandidate } from './ports/player.ts';
import { decodeDerivedCounters, decodeDerivedFigures, decodeFacts } from './sources/facts/decode.ts';

/** From the first day a document counts from to the half-year of the last conference. */
const SPAN = { startMs: FIRST_DAY_MS, endMs: LAST_DAY_MS };
/** A week of data a second: with the rests at milestones, the whole in three minutes. */
const FIRST_RATE = 7 * 86_400;

/** What the documents leave open, filled in by rules and called illustrative. */
function illustration(table: SeriesTable): ReceivedCandidate[] {
  const provinces = table.localities.filter(({ level }) => level === 'province');
  const districts = provinces.flatMap(({ code }) => table.childrenOf(code));
  return [...illustrateLinks(districts), ...illustrateAlerts(provinces), ...illustrateDossiers(districts)];
}

/** The replay of what the seed documents report, as a recording file. The same facts give the same bytes. Pure. */
export function buildDemoRecording({ facts, derivedFigures, derivedCounters, sources, tablesByEdition }: Catalogue): string {
  const reported = [...decodeFacts(facts), ...decodeDerivedFigures(derivedFigures, facts), ...decodeDerivedCounters(derivedCounters, facts)];
  const received = [...reported, ...illustration(tablesByEdition[2021])]
    .sort((a, b) => a.receivedAtMs - b.receivedAtMs);
  return writeRecording({
    format: 'ioc-recording', version: 1, name: 'demo-2019-2021', edition: '2021', ...SPAN, rate: FIRST_RATE,
    marksMs: groupMilestones(facts).map(({ completeMs }) => completeMs),
    // The documents are typed in; no gateway is expected to speak in 2019.
    sourceIds: sources.filter(({ entryMethod }) => entryMethod === 'manual').map(({ id }) => id),
  }, received);
}

if (import.meta.main) {
  mkdirSync(dirname(DEMO_RECORDING_PATH), { recursive: true });
  writeFileSync(DEMO_RECORDING_PATH, buildDemoRecording(readCatalogue()));
  process.stdout.write(`${DEMO_RECORDING_PATH}\n`);
}
