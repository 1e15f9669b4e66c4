import { draw, mix, saltOf } from './noise.ts';
import { bucketAt, isWithin, type OccurrenceRule, occurrenceIn } from './occurrence.ts';
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

  function naturalIn(province: number, bucket: number): SilenceSpan | null {
    const known = held.get(province);
    if (known?.bucket === bucket) return known.silence;
    const key = keys.get(province) ?? 0;
    const span = occurrenceIn(key, bucket, rule);
    const silence = span === null ? null : { ...span, keepsReadings: draw(mix(key, bucket), 7) < KEEPS_READINGS_RATIO };
    held.set(province, { bucket, silence });
    return silence;
  }

  /** A natural silence, but for the part of it in which the script has no natural incidents. */
  function naturalAt(province: number, atMs: number): SilenceSpan | null {
    const silence = naturalIn(province, bucketAt(keys.get(province) ?? 0, atMs, rule));
    if (silence === null || !isWithin(silence, atMs) || !script.hasNaturalIncidentsAt(atMs)) return null;
    return {
      keepsReadings: silence.keepsReadings,
      fromMs: Math.max(silence.fromMs, ...script.quiet.filter(({ toMs }) => toMs <= atMs).map(({ toMs }) => toMs)),
      toMs: Math.min(silence.toMs, ...script.quiet.filter((quiet) => quiet.fromMs > atMs && quiet.toMs > quiet.fromMs).map(({ fromMs }) => fromMs)),
    };
  }

  const anyAt = (province: number, atMs: number): SilenceSpan | null =>
    naturalAt(province, atMs) ?? script.silencesByUnit.get(province)?.find((scripted) => isWithin(scripted, atMs)) ?? null;

  /** Silences that follow on one another without a break are one: the source is not heard in between. */
  function silenceAt(province: number, atMs: number): SilenceSpan | null {
    let silence = anyAt(province, atMs);
    if (silence === null) return null;
    for (let before = anyAt(province, silence.fromMs - 1); before !== null; before = anyAt(province, silence.fromMs - 1)) silence = joined(before, silence);
    for (let after = anyAt(province, silence.toMs); after !== null; after = anyAt(province, silence.toMs)) silence = joined(silence, after);
    return silence;
  }

  /** Every moment in the window at which a silence may end. */
  function* endsIn(province: number, fromMs: number, toMs: number): Iterable<number> {
    const key = keys.get(province) ?? 0;
    // One bucket earlier too: a silence may end at the very border.
    for (let bucket = bucketAt(key, fromMs, rule) - 1; bucket <= bucketAt(key, toMs, rule); bucket += 1) yield naturalIn(province, bucket)?.toMs ?? Number.NaN;
    for (const quiet of script.quiet) yield quiet.fromMs;
    for (const silence of script.silencesByUnit.get(province) ?? []) yield silence.toMs;
  }

  return {
    silenceAt,
    endingIn(fromMs, toMs) {
      const ending: { province: number; silence: SilenceSpan }[] = [];
      for (const province of units.provinces) {
        for (const endMs of new Set(endsIn(province, fromMs, toMs))) {
          if (!(endMs > fromMs && endMs <= toMs) || anyAt(province, endMs) !== null) continue;
          const silence = silenceAt(province, endMs - 1);
          if (silence !== null) ending.push({ province, silence });
        }
      }
      return ending.sort((a, b) => a.silence.toMs - b.silence.toMs || a.province - b.province);
    },
  };
}

const joined = (first: SilenceSpan, second: SilenceSpan): SilenceSpan => ({ fromMs: first.fromMs, toMs: second.toMs, keepsReadings: first.keepsReadings && second.keepsReadings });
