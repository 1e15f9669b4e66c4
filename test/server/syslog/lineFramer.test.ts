import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LineFramer, MAX_LINE_BYTES, readLine } from '../../../server/syslog/lineFramer.ts';

const MAX = 64;

function frame(chunks: readonly Uint8Array[]) {
  const framer = new LineFramer(MAX);
  const lines = chunks.flatMap((chunk) => framer.push(chunk));
  return { lines: [...lines, ...framer.end()], isBroken: framer.isBroken };
}
const frameText = (text: string) => frame([Buffer.from(text)]);

function split(bytes: Uint8Array, cuts: readonly number[]): Uint8Array[] {
  const at = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  return at.slice(1).map((end, index) => bytes.subarray(at[index], end));
}

const text = fc.string({ unit: fc.oneof(fc.constantFrom('<', '1', ' ', '9', 'Ệ', '\\'), fc.string({ minLength: 1, maxLength: 1 })), minLength: 1, maxLength: 20 })
  .map((line) => `<13>${line.replace(/[\r\n\0]/g, '')}`);
const octets = (line: string) => `${Buffer.byteLength(line)} ${line}`;

describe('syslog framing', () => {
  test('[SL1] lines are messages, whatever ends them, and empty ones are none', () => {
    expect(frameText('một\nhai\r\n\n\r\nba\0\n')).toEqual({ lines: [{ text: 'một' }, { text: 'hai' }, { text: 'ba' }], isBroken: false });
  });

  test('[SL2] counted messages may hold line breaks, and may be followed by one', () => {
    expect(frameText('5 a\nb c3 Ệ\n4 hai\n').lines).toEqual([{ text: 'a\nb c' }, { text: 'Ệ' }, { text: 'hai' }]);
  });

  test('[SL2] a line that begins with a number is a line; the first message decides for all', () => {
    expect(frameText('2026-03-01T08:00:00Z a\n5 b\n').lines).toEqual([{ text: '2026-03-01T08:00:00Z a' }, { text: '5 b' }]);
    expect(frameText('1234567890 a\n').lines).toEqual([{ text: '1234567890 a' }]);
    expect(frameText('\n\n1 a').lines).toEqual([{ text: 'a' }]);
  });

  test('[SL3] one too long is a problem of its own and costs no other', () => {
    const long = 'x'.repeat(MAX + 1);
    const problem = { problem: { where: 'body', got: '65 bytes', expected: 'at most 64 bytes' } };
    expect(frameText(`a\n${long}\nb\n`).lines).toEqual([{ text: 'a' }, problem, { text: 'b' }]);
    expect(frameText(`1 a65 ${long}1 b`).lines).toEqual([{ text: 'a' }, problem, { text: 'b' }]);
    expect(frameText(`${'y'.repeat(MAX)}\n`).lines).toEqual([{ text: 'y'.repeat(MAX) }]);
  });

  test('[SL3] what is not UTF-8 is a problem of its own', () => {
    expect(frame([Buffer.from([0x61, 0x0a, 0xff, 0x0a, 0x62, 0x0a])]).lines).toEqual([{ text: 'a' }, { problem: { where: 'body', got: '1 bytes that are not UTF-8', expected: 'UTF-8' } }, { text: 'b' }]);
  });

  test('[SL4] a message without its end is not taken for a whole one', () => {
    const cutOff = { problem: expect.objectContaining({ got: 'a message without its end' }) };
    for (const half of ['a\nhal', '1 a9 hal', '1 a9', '12', '1 a1 b7 ']) expect(frameText(half).lines.at(-1)).toEqual(cutOff);
    for (const whole of ['', 'a\n', '1 a', '1 a\n', '\n']) expect(frameText(whole).lines).not.toContainEqual(cutOff);
  });

  test('[SL4] where a count is missing nothing can be told apart any more', () => {
    for (const broken of ['1 aX', '1 a0 ', '1 a1234567890 ', '1 a ']) {
      expect(frameText(broken)).toEqual({ lines: [{ text: 'a' }, { problem: expect.objectContaining({ where: 'body' }) }], isBroken: true });
    }
    expect(frame([Buffer.from('1 aX'), Buffer.from('1 b')]).lines).toHaveLength(2);
  });

  test.each([
    ['line by line', (lines: readonly string[]) => lines.map((line) => `${line}\n`).join('')],
    ['counted', (lines: readonly string[]) => lines.map(octets).join('')],
  ])('[SL5] messages sent %s come out as they were, however the stream is cut', (_, send) => {
    fc.assert(fc.property(fc.array(text, { maxLength: 8 }), fc.array(fc.nat(), { maxLength: 12 }), (lines, cuts) => {
      expect(frame(split(Buffer.from(send(lines)), cuts)).lines).toEqual(lines.map((line) => (Buffer.byteLength(line) > MAX
        ? { problem: { where: 'body', got: `${Buffer.byteLength(line)} bytes`, expected: 'at most 64 bytes' } } : { text: line })));
    }), { numRuns: 300 });
  });

  test('[SL5] any bytes give the same, however they are cut', () => {
    const byte = fc.oneof(fc.constantFrom(10, 13, 32, 48, 49, 50, 57, 60, 0, 0xff), fc.integer({ min: 0, max: 255 }));
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), fc.array(byte, { maxLength: 200 }), fc.array(fc.nat(), { maxLength: 20 }), (random, likely, cuts) => {
      for (const bytes of [random, Uint8Array.from(likely), Uint8Array.from([...Buffer.from('3 abc'), ...likely])]) {
        const whole = frame([bytes]);
        expect(frame(split(bytes, cuts))).toEqual(whole);
        expect(frame([...bytes].map((single) => Uint8Array.of(single)))).toEqual(whole);
      }
    }), { numRuns: 500 });
  });

  test('[SL3] a datagram as long as one can be is a message', () => {
    expect(readLine(Buffer.alloc(MAX_LINE_BYTES - 1, 'a'))).toHaveProperty('text');
    expect(readLine(Buffer.from('\r\n'))).toBeNull();
  });
});
