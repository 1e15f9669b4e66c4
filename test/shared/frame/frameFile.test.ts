import { crc32 as zlibCrc32 } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { crc32 } from '../../../shared/frame/crc32.ts';
import { FrameFileError, readFrameFile, writeFrameFile } from '../../../shared/frame/frameFile.ts';

const someFrames = fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 8 });
const aFile = () => writeFrameFile([Uint8Array.of(1, 2, 3), Uint8Array.of(), Uint8Array.of(4, 5), Uint8Array.of(6)]);
/** Where the frames of `aFile` begin, their length and check included. */
const BEGINS = [16, 27, 35, 45] as const;
/** "frame 2 of 4 is cut off", or null where the file is read. */
const whyRefused = (file: Uint8Array): string | null => {
  try {
    readFrameFile(file);
    return null;
  } catch (error) {
    if (!(error instanceof FrameFileError)) throw error;
    return /: (.*)\. Copy it again/.exec(error.message)?.[1] ?? error.message;
  }
};

test('the check is CRC-32 as in zip, and carries on', () => {
  fc.assert(fc.property(fc.uint8Array(), fc.uint8Array(), (first, second) => {
    expect(crc32(first)).toBe(zlibCrc32(first));
    expect(crc32(second, crc32(first))).toBe(zlibCrc32(Buffer.concat([first, second])));
  }));
});

describe('[SR3] a file of frames', () => {
  test('gives back the frames written, and the same frames are the same bytes', () => {
    fc.assert(fc.property(someFrames, (frames) => {
      const file = writeFrameFile(frames);
      expect(readFrameFile(file).map((frame) => [...frame])).toEqual(frames.map((frame) => [...frame]));
      expect(writeFrameFile(frames)).toEqual(file);
    }));
  });

  test('is laid out as shared/frame/README.md says', () => {
    const file = writeFrameFile([Uint8Array.of(7, 8)]);
    const head = Buffer.from('44565052' + '01' + '000000' + '01000000', 'hex');
    const length = Buffer.from('02000000', 'hex');
    const check = Buffer.alloc(8);
    check.writeUInt32LE(zlibCrc32(head), 0);
    check.writeUInt32LE(zlibCrc32(Buffer.concat([length, Buffer.of(7, 8)]), zlibCrc32(head)), 4);
    expect(Buffer.from(file)).toEqual(Buffer.concat([head, check.subarray(0, 4), length, check.subarray(4), Buffer.of(7, 8)]));
  });

  test('with any one bit turned is refused, and the frame it lies in is named', () => {
    for (let at = 0; at < aFile().length; at++) {
      for (let bit = 0; bit < 8; bit++) {
        const file = aFile();
        file[at] = (file[at] ?? 0) ^ (1 << bit);
        const number = BEGINS.filter((begin) => begin <= at).length;
        // A length that points beyond the file is told as a cut.
        expect(whyRefused(file)).toMatch(number === 0 ? /^it does not begin as one$|^its first 16 bytes/ : new RegExp(`^frame ${number} of 4 is (not as it was written|cut off)$`));
      }
    }
  });

  test('cut anywhere is refused, and the first frame that is not whole is named', () => {
    for (let length = 0; length < aFile().length; length++) {
      const number = BEGINS.filter((begin) => begin <= length).length;
      expect(whyRefused(aFile().subarray(0, length))).toBe(length < 16 ? 'it does not begin as one' : `frame ${number} of 4 is cut off`);
    }
  });

  test('with a frame left out, doubled or moved is refused at that frame; so is anything after the end', () => {
    const file = aFile();
    const [begin, first, second, third] = [file.subarray(0, 16), file.subarray(16, 27), file.subarray(27, 35), file.subarray(35, 45)];
    const last = file.subarray(45);
    const joined = (...parts: Uint8Array[]) => whyRefused(Uint8Array.from(Buffer.concat(parts)));
    expect(joined(begin, first, third, last)).toBe('frame 2 of 4 is not as it was written');
    expect(joined(begin, first, first, second, third, last)).toBe('frame 2 of 4 is not as it was written');
    expect(joined(begin, first, third, second, last)).toBe('frame 2 of 4 is not as it was written');
    expect(joined(begin, first, second, third, last, Uint8Array.of(0))).toBe('1 bytes follow its last frame, number 4');
  });

  test('of another layout is refused as such', () => {
    const file = aFile();
    file[4] = 2;
    new DataView(file.buffer).setUint32(12, zlibCrc32(file.subarray(0, 12)), true);
    expect(whyRefused(file)).toBe('it is of layout 2, and this page reads layout 1');
  });
});
