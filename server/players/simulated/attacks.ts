import { draw, mix, saltOf } from './noise.ts';
import { bucketAt, isWithin, type OccurrenceRule, occurrenceIn, type Span } from './occurrence.ts';
import type { Script } from './script.ts';
import { shuffled } from './spread.ts';
import type { Units } from './units.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** About two waves a day, each over a few provinces at once. */
const WAVE: OccurrenceRule = { bucketMs: 8 * HOUR_MS, chanceRatio: 0.65, minMs: 20 * 60_000, maxMs: 1.5 * HOUR_MS };
/** About three critical alerts a day in the whole country: more often and a wall would teach people to look away. */
const CRITICAL: OccurrenceRule = { bucketMs: 6 * HOUR_MS, chanceRatio: 0.7, minMs: 5 * 60_000, maxMs: 20 * 60_000 };
const WAVE_SALT = saltOf('attack-wave');
const CRITICAL_SALT = saltOf('critical-alert');
/** Part of a wave's length in which it rises, and again in which it falls. */
const RAMP_RATIO = 0.25;
const KEPT_BUCKETS = 8;

export interface Attacks {
  /** How many times the usual number of alerts is open; 1 in quiet times. */
  factorAt(province: number, atMs: number): number;
  criticalAt(province: number, atMs: number): number;
  /** Extra alerts of the 24 hours before, in minutes of one-fold excess. */
  excessMinutesIn24h(province: number, atMs: number): number;
}

interface Wave extends Span { readonly peakByUnit: ReadonlyMap<number, number> }
interface Critical extends Span { readonly province: number; readonly count: number }

export function createAttacks(seed: number, units: Units, script: Script): Attacks {
  const waveIn = remembered((bucket) => makeWave(mix(seed, WAVE_SALT), bucket, units));
  const criticalIn = remembered((bucket) => makeCritical(mix(seed, CRITICAL_SALT), bucket, units));
  /** Of a natural wave: what did not happen, because the script said so. Its quiet times do not overlap but where none is ever over. */
  const quietMinutes = (wave: Wave, fromMs: number, toMs: number) => Math.min(
    minutesBetween(wave, fromMs, toMs),
    script.quiet.reduce((sum, quiet) => sum + minutesBetween(wave, Math.max(fromMs, quiet.fromMs), Math.min(toMs, quiet.toMs)), 0),
  );

  return {
    factorAt(province, atMs) {
      let factor = 1;
      if (script.hasNaturalIncidentsAt(atMs)) {
        const wave = waveIn(bucketAt(mix(seed, WAVE_SALT), atMs, WAVE));
        const peak = wave?.peakByUnit.get(province);
        if (wave !== null && peak !== undefined) factor += (peak - 1) * heightAt(wave, atMs);
      }
      for (const attack of script.attacksByUnit.get(province) ?? []) factor += atMs < attack.toMs ? (attack.peakFactor - 1) * heightAt(attack.course, atMs) : 0;
      return factor;
    },
    criticalAt(province, atMs) {
      let count = 0;
      if (script.hasNaturalIncidentsAt(atMs)) {
        const critical = criticalIn(bucketAt(mix(seed, CRITICAL_SALT), atMs, CRITICAL));
        if (critical !== null && critical.province === province && isWithin(critical, atMs)) count += critical.count;
      }
      for (const attack of script.attacksByUnit.get(province) ?? []) if (isWithin(attack, atMs)) count += attack.critical;
      return count;
    },
    excessMinutesIn24h(province, atMs) {
      let minutes = 0;
      const key = mix(seed, WAVE_SALT);
      for (let bucket = bucketAt(key, atMs - DAY_MS, WAVE); bucket <= bucketAt(key, atMs, WAVE); bucket += 1) {
        const wave = waveIn(bucket);
        const peak = wave?.peakByUnit.get(province);
        if (wave !== null && peak !== undefined) minutes += (peak - 1) * (minutesBetween(wave, atMs - DAY_MS, atMs) - quietMinutes(wave, atMs - DAY_MS, atMs));
      }
      for (const attack of script.attacksByUnit.get(province) ?? []) minutes += (attack.peakFactor - 1) * minutesBetween(attack.course, atMs - DAY_MS, Math.min(atMs, attack.toMs));
      return minutes;
    },
  };
}

function makeWave(key: number, bucket: number, units: Units): Wave | null {
  const span = occurrenceIn(key, bucket, WAVE);
  if (span === null) return null;
  const own = mix(key, bucket);
  const count = 3 + Math.floor(draw(own, 8) * 6);
  const hit = shuffled(own, units.provinces, (province) => units.name[province] ?? 0).slice(0, count);
  return { ...span, peakByUnit: new Map(hit.map((province) => [province, 2 + 3 * draw(own, (units.name[province] ?? 0) + 1)])) };
}

function makeCritical(key: number, bucket: number, units: Units): Critical | null {
  const span = occurrenceIn(key, bucket, CRITICAL);
  const own = mix(key, bucket);
  const province = units.provinces[Math.floor(draw(own, 9) * units.provinces.length)];
  if (span === null || province === undefined) return null;
  return { ...span, province, count: draw(own, 10) < 0.8 ? 1 : 2 };
}

/** 0 outside, rising to 1, level, falling again. */
function heightAt(span: Span, atMs: number): number {
  const part = (atMs - span.fromMs) / (span.toMs - span.fromMs);
  if (part <= 0 || part >= 1) return 0;
  return Math.min(1, part / RAMP_RATIO, (1 - part) / RAMP_RATIO);
}

function minutesBetween(span: Span, fromMs: number, toMs: number): number {
  if (toMs <= fromMs) return 0;
  const lengthMs = span.toMs - span.fromMs;
  const until = (atMs: number) => areaBelow(Math.min(1, Math.max(0, (atMs - span.fromMs) / lengthMs)));
  return ((until(toMs) - until(fromMs)) * lengthMs) / 60_000;
}

/** The integral of `heightAt` over the first `part` of a span of length 1. */
function areaBelow(part: number): number {
  if (part <= RAMP_RATIO) return (part * part) / (2 * RAMP_RATIO);
  if (part <= 1 - RAMP_RATIO) return part - RAMP_RATIO / 2;
  return 1 - RAMP_RATIO - ((1 - part) * (1 - part)) / (2 * RAMP_RATIO);
}

/** Pure, so forgetting is harmless. */
function remembered<Value>(make: (bucket: number) => Value): (bucket: number) => Value {
  const valuesByBucket = new Map<number, Value>();
  return (bucket) => {
    const held = valuesByBucket.get(bucket);
    if (held !== undefined) return held;
    const made = make(bucket);
    if (valuesByBucket.size >= KEPT_BUCKETS) valuesByBucket.clear();
    valuesByBucket.set(bucket, made);
    return made;
  };
}
