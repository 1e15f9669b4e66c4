import { crc32 } from './crc32.ts';

/** "DVPR". Layout: `shared/frame/README.md`, "A file of frames". */
const MAGIC = [0x44, 0x56, 0x50, 0x52] as const;
const LAYOUT_VERSION = 1;
const HEADER_BYTES = 16;
/** Length and check in front of each frame. */
const PREFIX_BYTES = 8;

/** The bytes are not a file of frames as it was written. The message says which frame, what is wrong, and what to do. */
export class FrameFileError extends Error {
  override readonly name = 'FrameFileError';
}

function refuse(why: string): never {
  throw new FrameFileError(`The file of frames cannot be played: ${why}. Copy it again as it was built.`);
}

/** `frames` in order of time, each as it is on the wire. The same frames give the same bytes. */
export function writeFrameFile(frames: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const file = new Uint8Array(frames.reduce((total, frame) => total + PREFIX_BYTES + frame.length, HEADER_BYTES));
  const view = new DataView(file.buffer);
  file.set([...MAGIC, LAYOUT_VERSION]);
  view.setUint32(8, frames.length, true);
  let check = crc32(file.subarray(0, HEADER_BYTES - 4));
  view.setUint32(HEADER_BYTES - 4, check, true);
  let at = HEADER_BYTES;
  for (const frame of frames) {
    view.setUint32(at, frame.length, true);
    file.set(frame, at + PREFIX_BYTES);
    check = checkAfter(check, file, at, frame.length);
    view.setUint32(at + 4, check, true);
    at += PREFIX_BYTES + frame.length;
  }
  return file;
}

/** It covers everything before it, so that a frame that was changed, moved, added or left out is the first not to fit. */
function checkAfter(before: number, file: Uint8Array, at: number, length: number): number {
  return crc32(file.subarray(at + PREFIX_BYTES, at + PREFIX_BYTES + length), crc32(file.subarray(at, at + 4), before));
}

/**
 * The frames, each a part of `file` and not a copy. What is in them is not looked at.
 * @throws FrameFileError that names the first frame, counted from 1, that is not as it was written.
 */
export function readFrameFile(file: Uint8Array): readonly Uint8Array[] {
  if (file.length < HEADER_BYTES || MAGIC.some((byte, i) => file[i] !== byte)) refuse('it does not begin as one');
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  let check = crc32(file.subarray(0, HEADER_BYTES - 4));
  if (view.getUint32(HEADER_BYTES - 4, true) !== check) refuse('its first 16 bytes are not as they were written');
  if (file[4] !== LAYOUT_VERSION) refuse(`it is of layout ${file[4]}, and this page reads layout ${LAYOUT_VERSION}`);
  const count = view.getUint32(8, true);
  const frames: Uint8Array[] = [];
  let at = HEADER_BYTES;
  for (let number = 1; number <= count; number++) {
    const left = file.length - at - PREFIX_BYTES;
    const length = left < 0 ? 0 : view.getUint32(at, true);
    if (left < length) refuse(`frame ${number} of ${count} is cut off`);
    check = checkAfter(check, file, at, length);
    if (view.getUint32(at + 4, true) !== check) refuse(`frame ${number} of ${count} is not as it was written`);
    frames.push(file.subarray(at + PREFIX_BYTES, at + PREFIX_BYTES + length));
    at += PREFIX_BYTES + length;
  }
  if (at < file.length) refuse(`${file.length - at} bytes follow its last frame, number ${count}`);
  return frames;
}
