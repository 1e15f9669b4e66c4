import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import { LocalityCode, LocalizedText } from '../../../shared/domain/ids.ts';

const SCENARIOS = resolve(import.meta.dirname, '../../../seeds/scenarios');

/** Units are dated: each edition names its own. "VN" stands for every province. Empty: the step does nothing in that edition. */
const Targets = z.strictObject({ 2021: z.array(LocalityCode), 2025: z.array(LocalityCode) });

const span = {
  /** From the start of the simulator, or of the exercise. */
  afterMs: z.number().int().nonnegative(),
  durationMs: z.number().int().positive(),
  targets: Targets,
};

export const ScenarioStep = z.discriminatedUnion('kind', [
  /** Links of districts (communes) are lost. `shareRatio`: how many of a targeted province's, around one of its remotest. */
  z.strictObject({ kind: z.literal('link-cut'), ...span, shareRatio: z.number().positive().max(1) }),
  /** Open alerts rise to `peakFactor` times the usual; `critical` open critical alerts while it lasts. Targets provinces. */
  z.strictObject({ kind: z.literal('attack'), ...span, peakFactor: z.number().min(1).max(100), critical: z.number().int().min(0).max(50) }),
  /** Everything a province sends stops. `keepsReadings`: it delivers what it kept when it is back. Targets provinces. */
  z.strictObject({ kind: z.literal('silence'), ...span, keepsReadings: z.boolean() }),
  /** `factor` times the usual number of dossiers is received. */
  z.strictObject({ kind: z.literal('dossier-surge'), ...span, factor: z.number().min(1).max(20) }),
]);
export type ScenarioStep = z.infer<typeof ScenarioStep>;

/** A scripted day for the simulator; `seeds/scenarios/README.md` says how to write one. */
export const Scenario = z.strictObject({
  name: LocalizedText,
  description: LocalizedText,
  /** Whether the simulator's own link failures, attacks and silences go on beside the script. */
  naturalIncidents: z.boolean(),
  steps: z.array(ScenarioStep),
});
export type Scenario = z.infer<typeof Scenario>;

/** Every file in seeds/scenarios, by name. @throws Error as `readScenario` does. */
export function readScenarios(): ReadonlyMap<string, Scenario> {
  const names = readdirSync(SCENARIOS).filter((file) => file.endsWith('.json')).map((file) => file.slice(0, -'.json'.length)).sort();
  return new Map(names.map((name) => [name, readScenario(name)]));
}

/** @throws Error that names the file and the first thing wrong in it. */
export function readScenario(name: string): Scenario {
  const path = resolve(SCENARIOS, `${name}.json`);
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    throw new Error(`No scenario "${name}": seeds/scenarios/${name}.json cannot be read. Use the name of a file there, without ".json".`, { cause });
  }
  const parsed = Scenario.safeParse(JSON.parse(text));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new Error(`seeds/scenarios/${name}.json cannot be used: at ${issue?.path.join('.') ?? 'its root'}: ${issue?.message ?? 'unknown problem'}. See seeds/scenarios/README.md.`);
}
