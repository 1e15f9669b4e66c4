import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { DAY_MS } from '../shared/domain/instant.ts';
import { writeFrameFile } from '../shared/frame/frameFile.ts';
import { REPLAY_INDEX_PATH, type ReplayIndex } from '../shared/protocol/replayFolder.ts';
import { type Catalogue, readCatalogue } from './catalogue.ts';
import { readConfig } from './config.ts';
import { openDemoChannel } from './openChannels.ts';
import { DEMO_RECORDING_PATH } from './openRecording.ts';
import { UNBRANDED } from './ports/branding.ts';
import { type RecordedReplay, recordReplay } from './recordReplay.ts';

const ROOT = resolve(import.meta.dirname, '..');
const DEMO_DIR = join(ROOT, 'dist-demo');
/** What a free host takes, and a visitor on a telephone waits for. */
const LIMIT_BYTES = 6_000_000;
/** A seek applies half of these on average, some milliseconds; a snapshot in front of each delta would be most of the folder. */
const SNAPSHOT_EVERY = 30;
const EPOCH_LENGTH = 16;

const digestOf = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex');

/** The replay of the seed facts, as the server would play it. No document says the hour, so a step is a day. */
function recordFacts(catalogue: Catalogue): Promise<RecordedReplay> {
  return recordReplay({
    stepMs: DAY_MS, snapshotEvery: SNAPSHOT_EVERY, epoch: digestOf(readFileSync(DEMO_RECORDING_PATH)).slice(0, EPOCH_LENGTH),
    open: (driven) => openDemoChannel({ config: readConfig({}), catalogue, nowMs: driven.elapsedMs, steadyNowMs: driven.elapsedMs, ...driven }),
  });
}

/** What the screen of the replay asks the HTTP interface, and what that answers. */
function answersOf({ channel }: RecordedReplay, { facts, indicators, localityLists }: Catalogue): ReplayIndex['answers'] {
  return {
    '/api/v1/branding': UNBRANDED.dto,
    [`/api/v1/catalogue?channel=${channel.channel}`]: { edition: channel.edition, localities: localityLists.find(({ edition }) => edition === channel.edition)?.localities ?? [], indicators },
    '/api/v1/facts': facts,
  };
}

/** The files of the replay by their path in the folder. The same facts give the same bytes. */
async function replayFiles(catalogue: Catalogue): Promise<ReadonlyMap<string, Uint8Array | string>> {
  const recorded = await recordFacts(catalogue);
  const bytes = writeFrameFile(recorded.frames);
  const file = `frames-${digestOf(bytes).slice(0, 8)}.bin`;
  const { channel, topic, stopsMs, sources, frames } = recorded;
  const index: ReplayIndex = {
    format: 'ioc-replay', version: 1, channel, topic, stopsMs, frames: { file, count: frames.length, bytes: bytes.length }, sources,
    answers: answersOf(recorded, catalogue),
  };
  return new Map<string, Uint8Array | string>([[REPLAY_INDEX_PATH, JSON.stringify(index)], [join(dirname(REPLAY_INDEX_PATH), file), bytes]]);
}

function sizeOf(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    .reduce((total, entry) => total + statSync(join(entry.parentPath, entry.name)).size, 0);
}

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(2)} MB`;

/** What is in the folder is deleted, so it must be empty or an earlier build. */
function refuseOthersFolder(folder: string): void {
  if (!existsSync(folder) || readdirSync(folder).length === 0 || existsSync(join(folder, REPLAY_INDEX_PATH))) return;
  throw new Error(`${folder} holds something else than an earlier build of the demo, and building would delete it. Name an empty folder.`);
}

/** @throws Error when `folder` is not ours to empty, or comes out too large for what it is for. */
async function buildDemo(folder: string): Promise<void> {
  refuseOthersFolder(folder);
  const { build } = await import('vite');
  await build({ configFile: join(ROOT, 'vite.config.ts'), root: join(ROOT, 'client'), mode: 'static', logLevel: 'warn', build: { outDir: folder } });
  for (const [path, content] of await replayFiles(readCatalogue())) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  const bytes = sizeOf(folder);
  if (bytes >= LIMIT_BYTES) throw new Error(`${folder} is ${megabytes(bytes)}; expected less than ${megabytes(LIMIT_BYTES)}. List its largest files: either the page has grown, or the recording.`);
  process.stdout.write(`${folder}: ${megabytes(bytes)}, for any web server\n`);
}

if (import.meta.main) {
  try {
    await buildDemo(resolve(process.argv[2] ?? DEMO_DIR));
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
