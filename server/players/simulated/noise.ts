/**
 * Randomness without state: every draw is a hash of what it is about, so any moment of any run can be computed on its own.
 * Keys and salts are 32-bit integers.
 */

const UINT32 = 2 ** 32;

/** Mixes two words into one; a change of any input bit changes about half of the output bits. */
export function mix(key: number, word: number): number {
  // Murmur3's finaliser, run over the key and then over both.
  let hash = Math.imul(key ^ (key >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  hash = Math.imul((hash ^ (hash >>> 16)) + word, 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) | 0;
}

/** The salt of a purpose: different names give unrelated draws. */
export function saltOf(name: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < name.length; at += 1) hash = Math.imul(hash ^ name.charCodeAt(at), 0x01000193);
  return hash | 0;
}

/** 0 (inclusive) to 1 (exclusive). */
export function draw(key: number, word: number): number {
  return (mix(key, word) >>> 0) / UINT32;
}

/** -1 to 1, continuous in time, another draw every `bucketMs`. */
export function smoothNoise(key: number, atMs: number, bucketMs: number): number {
  const position = atMs / bucketMs;
  const bucket = Math.floor(position);
  const part = position - bucket;
  const from = draw(key, bucket);
  return (from + (draw(key, bucket + 1) - from) * part * part * (3 - 2 * part)) * 2 - 1;
}

/**
 * -1 to 1 on `position` 0-1, 0 at both ends: wobble that a counter can carry without losing its total. Straight between
 * `nodes` equal steps, so its slope is never steeper than `2 × nodes`.
 */
export function bridge(key: number, position: number, nodes: number): number {
  const scaled = Math.min(Math.max(position, 0), 1) * nodes;
  const node = Math.min(Math.floor(scaled), nodes - 1);
  const from = node === 0 ? 0 : draw(key, node) * 2 - 1;
  const to = node + 1 === nodes ? 0 : draw(key, node + 1) * 2 - 1;
  return from + (to - from) * (scaled - node);
}

/** The whole part of a whole number, rounded up or down by `roundUp` (0-1): never more than `whole`, and never falls while `whole` grows. */
export function partOf(whole: number, ratio: number, roundUp: number): number {
  return Math.floor(whole * ratio + roundUp);
}
