import { createReadStream } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';
import { createGunzip, deflateRawSync, inflateRawSync } from 'node:zlib';
import type { ReceivedCandidate } from '../ports/player.ts';
import { CurrentCandidates, type Recording } from './recording.ts';
import { type RecordingHeader, RecordingReader } from './recordingFile.ts';

/** As zlib writes it, without a name or a date; the tenth byte, of the operating system, says nothing (RFC 1952). */
const GZIP_HEADER = '1f8b08000000000000';
/** Half a minute of the nation. */
const BLOCK_CANDIDATES = 2_000;
/** A seek unpacks at most so many blocks: 130 ms, where sixteen took 209 (bench `recording`). */
const KEYFRAME_EVERY_BLOCKS = 8;

interface Block {
  readonly firstMs: number;
  readonly lastMs: number;
  readonly packed: Uint8Array;
  /** What was current before it; packed as blocks are. `null`: look further back. */
  readonly currentBefore: Uint8Array | null;
}

export interface OpenedFile {
  readonly header: RecordingHeader;
  readonly recording: Recording;
}

const pack = (received: readonly ReceivedCandidate[]) => deflateRawSync(JSON.stringify(received), { level: 1 });
const unpack = (packed: Uint8Array) => JSON.parse(inflateRawSync(packed).toString('utf8')) as ReceivedCandidate[];

/** Cuts what arrives into blocks. */
class BlockBuilder {
  readonly blocks: Block[] = [];
  readonly #current = new CurrentCandidates();
  readonly #blockCandidates: number;
  #open: ReceivedCandidate[] = [];

  constructor(blockCandidates: number) {
    this.#blockCandidates = blockCandidates;
  }

  add(received: ReceivedCandidate): void {
    this.#open.push(received);
    if (this.#open.length === this.#blockCandidates) this.close();
  }

  close(): void {
    const [first, last] = [this.#open[0], this.#open.at(-1)];
    if (first === undefined || last === undefined) return;
    const currentBefore = this.blocks.length % KEYFRAME_EVERY_BLOCKS === 0 ? pack(this.#current.list()) : null;
    this.blocks.push({ firstMs: first.receivedAtMs, lastMs: last.receivedAtMs, packed: pack(this.#open), currentBefore });
    for (const received of this.#open) this.#current.take(received);
    this.#open = [];
  }
}

/**
 * A recording file packed with gzip (`.jsonl.gz`), checked line by line while it is read once. It is held packed, a tenth of its text: an hour
 * of the nation is 53 MB of text.
 * @throws RecordingFileError
 */
export async function readPackedRecording(path: string, blockCandidates = BLOCK_CANDIDATES): Promise<OpenedFile> {
  const reader = new RecordingReader();
  const builder = new BlockBuilder(blockCandidates);
  const takeLine = (line: string) => {
    const received = reader.take(line);
    if (received !== null) builder.add(received);
  };
  await eachLine(path, takeLine, (why) => reader.fail(why));
  builder.close();
  const header = reader.end();
  return { header, recording: recordingOf(header, builder.blocks) };
}

/** `fail` is told why the file could be unpacked no further; lines before that have been taken. */
function eachLine(path: string, takeLine: (line: string) => void, fail: (why: string) => never): Promise<void> {
  return new Promise((done, refused) => {
    const file = createReadStream(path);
    const gunzip = createGunzip();
    file.pipe(gunzip);
    const decoder = new StringDecoder('utf8');
    let rest = '';
    const guarded = (act: () => void) => {
      try {
        act();
      } catch (error) {
        file.destroy();
        gunzip.destroy();
        refused(error);
      }
    };
    file.on('error', refused);
    file.once('data', (chunk) => guarded(() => {
      const header = Buffer.from(chunk).subarray(0, GZIP_HEADER.length / 2).toString('hex');
      if (header !== GZIP_HEADER) fail(`it begins with ${header} instead of ${GZIP_HEADER}`);
    }));
    gunzip.on('error', ({ message }) => guarded(() => fail(message)));
    // Not awaited chunk by chunk: what was unpacked before a fault would be lost, and with it the number of the line.
    gunzip.on('data', (chunk: Buffer) => guarded(() => {
      const lines = (rest + decoder.write(chunk)).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) takeLine(line);
    }));
    gunzip.on('end', () => guarded(() => {
      takeLine(rest + decoder.end());
      // What follows gzip's own end is left unread.
      if (gunzip.bytesWritten !== file.bytesRead) fail(`${file.bytesRead - gunzip.bytesWritten} bytes stand behind the end`);
      done();
    }));
  });
}

function recordingOf({ startMs, shownFromMs = startMs, endMs, marksMs }: RecordingHeader, blocks: readonly Block[]): Recording {
  /** The block that was read last: the next read nearly always is in it. */
  let unpacked: { readonly block: Block; readonly received: readonly ReceivedCandidate[] } | null = null;
  const read = (block: Block) => {
    if (unpacked?.block !== block) unpacked = { block, received: unpack(block.packed) };
    return unpacked.received;
  };
  return {
    startMs: shownFromMs, endMs, marksMs,
    readBetween: async (afterMs, untilMs) => blocks.filter(({ firstMs, lastMs }) => lastMs > afterMs && firstMs <= untilMs)
      .flatMap((block) => read(block).filter(({ receivedAtMs }) => receivedAtMs > afterMs && receivedAtMs <= untilMs)),
    async currentAt(atMs) {
      const until = blocks.findLastIndex(({ firstMs }) => firstMs <= atMs);
      const from = blocks.findLastIndex(({ currentBefore }, index) => index <= until && currentBefore !== null);
      const current = new CurrentCandidates();
      const keyframe = blocks[from]?.currentBefore;
      if (keyframe != null) for (const received of unpack(keyframe)) current.take(received);
      for (const block of blocks.slice(Math.max(0, from), until + 1)) for (const received of read(block)) if (received.receivedAtMs <= atMs) current.take(received);
      return current.list();
    },
  };
}
