import { draw, mix, saltOf } from './noise.ts';
import { bucketAt, isWithin, occurrenceIn, type OccurrenceRule } from './occurrence.ts';
import { nearestTo, type Script } from './script.ts';
import type { Units } from './units.ts';

const HOUR_MS = 3_600_000;
/** A cut lasts an hour on average; with this chance about two of 63 provinces have one at any moment. */
const CUT = { bucketMs: 12 * HOUR_MS, minMs: 5 * 60_000, maxMs: 4 * HOUR_MS } as const;
const CUTS_PER_BUCKET = 19;
const CUT_SALT = saltOf('link-cut');
/** One broken cable takes out one to five neighbours, not a whole province. */
const MOST_UNITS_CUT = 5;
/** Buckets kept per province: the present one, and the one before for readings delivered late. */
const KEPT_BUCKETS = 3;

export interface LinkCuts {
  /** Whether the link of a local unit is lost at that moment. */
  isCut(unit: number, atMs: number): boolean;
}

type RestoredMsByUnit = ReadonlyMap<number, number>;
interface ProvinceCut { readonly fromMs: number; readonly restoredMsByUnit: RestoredMsByUnit }

/** Link failures of neighbouring units of one province at once; they come back one after another. */
export function createLinkCuts(seed: number, units: Units, script: Script, canBeCut: (unit: number) => boolean): LinkCuts {
  const cutsByProvince = new Map<number, Map<number, ProvinceCut | null>>(units.provinces.map((province) => [province, new Map()]));
  const meanRemoteRatio = units.provinces.reduce((sum, province) => sum + (units.remoteRatio[province] ?? 0), 0) / Math.max(1, units.provinces.length);
  const ruleByProvince = new Map<number, OccurrenceRule>(units.provinces.map((province) => {
    const exposure = (0.5 + (units.remoteRatio[province] ?? 0)) / (0.5 + meanRemoteRatio);
    // 63 provinces' worth of cuts for the whole country, however many provinces it is divided into.
    return [province, { ...CUT, chanceRatio: Math.min(1, (CUTS_PER_BUCKET / Math.max(units.provinces.length, 20)) * exposure) }];
  }));

  function cutIn(province: number, bucket: number, key: number, rule: OccurrenceRule): ProvinceCut | null {
    const known = cutsByProvince.get(province);
    const held = known?.get(bucket);
    if (held !== undefined) return held;
    const made = makeCut(province, bucket, key, rule);
    if (known !== undefined) {
      if (known.size >= KEPT_BUCKETS) known.clear();
      known.set(bucket, made);
    }
    return made;
  }

  function makeCut(province: number, bucket: number, key: number, rule: OccurrenceRule): ProvinceCut | null {
    const span = occurrenceIn(key, bucket, rule);
    const members = units.localsOf(province).filter(canBeCut);
    if (span === null || members.length === 0) return null;
    const own = mix(key, bucket);
    const centre = members[Math.floor(draw(own, 5) * members.length)] ?? 0;
    const size = 1 + Math.floor(MOST_UNITS_CUT * draw(own, 6));
    const restoredMsByUnit = new Map(nearestTo(units, centre, members).slice(0, size).map((unit) =>
      [unit, Math.round(span.fromMs + (span.toMs - span.fromMs) * (0.6 + 0.4 * draw(own, units.name[unit] ?? 0)))]));
    return { fromMs: span.fromMs, restoredMsByUnit };
  }

  return {
    isCut(unit, atMs) {
      const scripted = script.cutsByUnit.get(unit);
      if (scripted?.some((span) => isWithin(span, atMs)) === true) return true;
      if (!script.hasNaturalIncidentsAt(atMs) || !canBeCut(unit)) return false;
      const province = units.provinceOf[unit] ?? unit;
      const rule = ruleByProvince.get(province);
      if (rule === undefined) return false;
      const key = mix(seed ^ CUT_SALT, units.name[province] ?? 0);
      const cut = cutIn(province, bucketAt(key, atMs, rule), key, rule);
      return cut !== null && atMs >= cut.fromMs && atMs < (cut.restoredMsByUnit.get(unit) ?? cut.fromMs);
    },
  };
}
