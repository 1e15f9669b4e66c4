import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildDemoRecording } from '../../../server/buildRecording.ts';
import { readCatalogue } from '../../../server/catalogue.ts';
import { createGate } from '../../../server/ingest/gate.ts';
import { DEMO_RECORDING_PATH } from '../../../server/openRecording.ts';
import { readRecording, RecordingHeader, writeRecording } from '../../../server/players/recordingFile.ts';
import type { ReceivedCandidate } from '../../../server/ports/player.ts';

const catalogue = readCatalogue();
const header = RecordingHeader.parse({
  format: 'ioc-recording', version: 1, name: 'test', edition: '2021', startMs: 1_000, endMs: 2_000, rate: 1, marksMs: [1_500], sourceIds: ['seed-000'],
});
const arrivals = fc.array(fc.record({ receivedAtMs: fc.integer({ min: 1_000, max: 2_000 }), candidate: fc.jsonValue() }), { maxLength: 20 })
  .map((list): ReceivedCandidate[] => list.toSorted((a, b) => a.receivedAtMs - b.receivedAtMs));

describe('recording file', () => {
  test('[RF1] what is read is what was written, whatever the candidates are', () => {
    fc.assert(fc.property(arrivals, (received) => {
      const read = readRecording(writeRecording(header, received));
      expect(read.header).toEqual(header);
      // As JSON has it: -0 is 0 there.
      expect(JSON.stringify(read.received)).toBe(JSON.stringify(received));
    }));
  });

  test('[RF2] a file that ends early is refused with the line that is missing or torn', () => {
    const text = writeRecording(header, [{ receivedAtMs: 1_200, candidate: { a: 1 } }, { receivedAtMs: 1_300, candidate: { a: 2 } }]);
    const lines = text.trimEnd().split('\n');
    fc.assert(fc.property(fc.integer({ min: 0, max: text.length - 2 }), (length) => {
      const cut = text.slice(0, length);
      const left = cut.split('\n');
      expect(() => readRecording(cut)).toThrow(new RegExp(`line ${lines.findIndex((line, i) => line !== left[i]) + 1} `));
    }));
  });

  test('[RF2] a byte that was changed is found, on its line or, if it split or joined lines, at the latest on the next', () => {
    const text = writeRecording(header, [{ receivedAtMs: 1_200, candidate: { value: 96 } }, { receivedAtMs: 1_300, candidate: { value: 38 } }]);
    fc.assert(fc.property(fc.integer({ min: 0, max: text.length - 2 }), fc.constantFrom('0', '9', ' ', 'x', '\n', '"'), (at, character) => {
      fc.pre(text[at] !== character);
      const line = text.slice(0, at).split('\n').length;
      expect(() => readRecording(text.slice(0, at) + character + text.slice(at + 1))).toThrow(new RegExp(`line (${line}|${line + 1}) `));
    }));
  });

  test('[RF2] lines that were moved, doubled or taken out are refused', () => {
    const [first, a, b, last] = writeRecording(header, [{ receivedAtMs: 1_200, candidate: 1 }, { receivedAtMs: 1_300, candidate: 2 }]).split('\n');
    for (const lines of [[first, b, a, last], [first, a, a, b, last], [first, b, last], [first, a, last], [first, a, b, last, last]]) {
      expect(() => readRecording(lines.join('\n'))).toThrow(/line \d+ /);
    }
  });

  test('[RF3] another version, and a candidate outside the span, are refused', () => {
    const other = { ...header, version: 2 } as unknown as RecordingHeader;
    expect(() => readRecording(writeRecording(other, []))).toThrow(/line 1 .*version/);
    expect(() => readRecording(writeRecording(header, [{ receivedAtMs: 2_001, candidate: {} }]))).toThrow(/line 2 .*outside/);
    expect(() => readRecording(writeRecording(header, [{ receivedAtMs: 1_300, candidate: {} }, { receivedAtMs: 1_200, candidate: {} }]))).toThrow(/line 3 .*order/);
  });
});

describe('[RF4] the recording of the demo', () => {
  const text = buildDemoRecording(catalogue);

  test('is built to the same bytes from the same facts, and those are the bytes of the file', () => {
    expect(buildDemoRecording(readCatalogue())).toBe(text);
    // Red after a change to seeds/facts: run `npm run build:recording` and commit what it writes.
    expect(readFileSync(DEMO_RECORDING_PATH, 'utf8') === text, 'seeds/recording is what seeds/facts give: run `npm run build:recording`').toBe(true);
  });

  test('is admitted by the gate, candidate for candidate', () => {
    const { received } = readRecording(text);
    const { results } = createGate({ table: catalogue.tablesByEdition[2021], sources: catalogue.sources }).admit(received);
    expect(results.filter(({ kind }) => kind !== 'accepted')).toEqual([]);
    expect(received.length).toBeGreaterThan(600);
  });
});
