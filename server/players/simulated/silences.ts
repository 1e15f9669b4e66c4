import { draw, mix, saltOf } from './noise.ts';
import { bucketAt, isWithin, type OccurrenceRule, occurrenceIn, overlaps } from './occurrence.ts';
import type { Script, SilenceSpan } from './script.ts';
import type { Units } from './units.ts';

const HOUR_MS = 3_600_000;
/** Ten minutes to three hours, one on average; with this chance 1.5 of 63 province sources are silent at any moment. */
const SILENCE = { bucketMs: 12 * HOUR_MS, minMs: 10 * 60_000, maxMs: 3 * HOUR_MS } as const;
const SILENCES_PER_BUCKET = 18;
const SILENCE_SALT = saltOf('silence');
/** Gateways that keep what they could not send are the rule, not the law. */
const KEEPS_READINGS_RATIO = 0.6;

export interface Silences {
  /** The silence a province's source is in at that moment; `null`: it delivers. */
  silenceAt(province: number, atMs: number): SilenceSpan | null;
  /** Silences that end after `fromMs` and at or before `toMs`, by end. */
  endingIn(fromMs: number, toMs: number): readonly { readonly province: number; readonly silence: SilenceSpan }[];
}

/** Times at which a province's source sends nothing at all, whatever happens there. */
export function createSilences(seed: number, units: Units, script: Script): Silences {
  const rule: OccurrenceRule = { ...SILENCE, chanceRatio: Math.min(1, SILENCES_PER_BUCKET / Math.max(units.provinces.length, 20)) };
  const keys = new Map(units.provinces.map((province) => [province, mix(seed ^ SILENCE_SALT, units.name[province] ?? 0)]));
  const held = new Map<number, { readonly bucket: number; readonly silence: SilenceSpan | null }>();

  /** A scripted silence takes the place of a natural one that it overlaps, so a source's silences stay apart. */
  function naturalIn(province: number, bucket: number): SilenceSpan | null {
    if (!script.hasNaturalIncidents) return null;
    const known = held.get(province);
    if (known?.bucket === bucket) return known.silence;
    const key = keys.get(province) ?? 0;
    const span = occurrenceIn(key, bucket, rule);
    const isReplaced = span !== null && script.silencesByUnit.get(province)?.some((scripted) => overlaps(scripted, span)) === true;
    const silence = span === null || isReplaced ? null : { ...span, keepsReadings: draw(mix(key, bucket), 7) < KEEPS_READINGS_RATIO };
    held.set(province, { bucket, silence });
    return silence;
  }

  return {
    silenceAt(province, atMs) {
      const natural = naturalIn(province, bucketAt(keys.get(province) ?? 0, atMs, rule));
      if (natural !== null && isWithin(natural, atMs)) return natural;
      return script.silencesByUnit.get(province)?.find((scripted) => isWithin(scripted, atMs)) ?? null;
    },
    endingIn(fromMs, toMs) {
      const ending: { province: number; silence: SilenceSpan }[] = [];
      for (const province of units.provinces) {
        const key = keys.get(province) ?? 0;
        const lastBucket = bucketAt(key, toMs, rule);
        // One bucket earlier too: a silence may end at the very border.
        for (let bucket = bucketAt(key, fromMs, rule) - 1; bucket <= lastBucket; bucket += 1) {
          const silence = naturalIn(province, bucket);
          if (silence !== null && silence.toMs > fromMs && silence.toMs <= toMs) ending.push({ province, silence });
        }
        for (const silence of script.silencesByUnit.get(province) ?? []) {
          if (silence.toMs > fromMs && silence.toMs <= toMs) ending.push({ province, silence });
        }
      }
      return ending.sort((a, b) => a.silence.toMs - b.silence.toMs || a.province - b.province);
    },
  };
}
