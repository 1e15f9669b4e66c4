import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { startOfDayMs } from '../shared/domain/instant.ts';
import { groupMilestones } from '../shared/domain/milestones.ts';
import { type Catalogue, readCatalogue } from './catalogue.ts';
import { DEMO_RECORDING_PATH } from './openRecording.ts';
import { writeRecording } from './players/recordingFile.ts';
import { decodeDerivedCounters, decodeDerivedFigures, decodeFacts } from './sources/facts/decode.ts';

/** From the first day a document counts from to the half-year of the last conference. */
const SPAN = { startMs: startOfDayMs('2019-01-01'), endMs: startOfDayMs('2021-06-30') };
/** A week of data a second: with the rests at milestones, the whole in three minutes. */
const FIRST_RATE = 7 * 86_400;

/** The replay of what the seed documents report, as a recording file. The same facts give the same bytes. Pure. */
export function buildDemoRecording({ facts, derivedFigures, derivedCounters, sources }: Catalogue): string {
  const received = [...decodeFacts(facts), ...decodeDerivedFigures(derivedFigures, facts), ...decodeDerivedCounters(derivedCounters, facts)]
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
