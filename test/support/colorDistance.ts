/**
 * Colour difference as eyes with and without colour-vision deficiency see it: CIEDE2000 after Machado et al. (2009), severity 1.
 * The matrices are applied to encoded sRGB and nothing is cut to the gamut, as in the design's table, whose thresholds belong to that.
 */
export type Vision = 'normal' | 'deutan' | 'protan' | 'tritan';

type Triple = readonly [number, number, number];

const MACHADO: Readonly<Record<Exclude<Vision, 'normal'>, readonly Triple[]>> = {
  protan: [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
  deutan: [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
  tritan: [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
};

const toLinear = (channel: number): number => (channel < 0 ? -toLinear(-channel) : channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4);
const dot = (row: Triple, v: Triple) => row[0] * v[0] + row[1] * v[1] + row[2] * v[2];

function encodedOf(hex: string): Triple {
  const value = Number.parseInt(hex.slice(1, 7), 16);
  return [((value >> 16) & 255) / 255, ((value >> 8) & 255) / 255, (value & 255) / 255];
}

const linearOf = ([r, g, b]: Triple): Triple => [toLinear(r), toLinear(g), toLinear(b)];

function labOf(hex: string, vision: Vision): Triple {
  const shown = encodedOf(hex);
  const seen: Triple = vision === 'normal' ? shown : [dot(MACHADO[vision][0]!, shown), dot(MACHADO[vision][1]!, shown), dot(MACHADO[vision][2]!, shown)];
  const linear = linearOf(seen);
  const f = (t: number) => (t > 216 / 24389 ? Math.cbrt(t) : (24389 / 27 * t + 16) / 116);
  const x = f(dot([0.4124564, 0.3575761, 0.1804375], linear) / 0.95047);
  const y = f(dot([0.2126729, 0.7151522, 0.072175], linear));
  const z = f(dot([0.0193339, 0.119192, 0.9503041], linear) / 1.08883);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

const radians = (degrees: number) => (degrees * Math.PI) / 180;
const hueOf = (b: number, a: number) => (a === 0 && b === 0 ? 0 : ((Math.atan2(b, a) * 180) / Math.PI + 360) % 360);

/** CIEDE2000 between two colours as `vision` sees them. */
export function colorDistance(hexA: string, hexB: string, vision: Vision): number {
  const [l1, a1, b1] = labOf(hexA, vision);
  const [l2, a2, b2] = labOf(hexB, vision);
  const meanC7 = ((Math.hypot(a1, b1) + Math.hypot(a2, b2)) / 2) ** 7;
  const g = 0.5 * (1 - Math.sqrt(meanC7 / (meanC7 + 25 ** 7)));
  const [c1, c2] = [Math.hypot(a1 * (1 + g), b1), Math.hypot(a2 * (1 + g), b2)];
  const [h1, h2] = [hueOf(b1, a1 * (1 + g)), hueOf(b2, a2 * (1 + g))];
  const gap = Math.abs(h2 - h1) > 180 ? (h2 > h1 ? h2 - h1 - 360 : h2 - h1 + 360) : h2 - h1;
  const deltaH = c1 * c2 === 0 ? 0 : 2 * Math.sqrt(c1 * c2) * Math.sin(radians(gap / 2));
  const meanL = (l1 + l2) / 2;
  const meanC = (c1 + c2) / 2;
  const meanH = c1 * c2 === 0 ? h1 + h2 : Math.abs(h1 - h2) <= 180 ? (h1 + h2) / 2 : (h1 + h2 + (h1 + h2 < 360 ? 360 : -360)) / 2;
  const t = 1 - 0.17 * Math.cos(radians(meanH - 30)) + 0.24 * Math.cos(radians(2 * meanH)) + 0.32 * Math.cos(radians(3 * meanH + 6)) - 0.2 * Math.cos(radians(4 * meanH - 63));
  const rotation = -Math.sin(radians(60 * Math.exp(-(((meanH - 275) / 25) ** 2)))) * 2 * Math.sqrt(meanC ** 7 / (meanC ** 7 + 25 ** 7));
  const dl = (l2 - l1) / (1 + (0.015 * (meanL - 50) ** 2) / Math.sqrt(20 + (meanL - 50) ** 2));
  const dc = (c2 - c1) / (1 + 0.045 * meanC);
  const dh = deltaH / (1 + 0.015 * meanC * t);
  return Math.sqrt(dl ** 2 + dc ** 2 + dh ** 2 + rotation * dc * dh);
}
