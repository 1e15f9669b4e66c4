import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import { AlarmRules, whyRulesUnusable } from '../shared/domain/alarmRule.ts';
import { DerivedCounter, DerivedFigure, Fact } from '../shared/domain/fact.ts';
import type { EditionId } from '../shared/domain/ids.ts';
import { type Indicator, IndicatorList } from '../shared/domain/indicator.ts';
import { LocalityList } from '../shared/domain/locality.ts';
import { buildSeriesTable, type SeriesTable } from '../shared/domain/seriesTable.ts';
import { ServiceIndexRules, whyUnusable } from '../shared/domain/serviceIndex.ts';
import { Source } from '../shared/domain/source.ts';
import { Crosswalk } from '../shared/protocol/answers.ts';

const SEEDS = resolve(import.meta.dirname, '../seeds');

/** Everything that is known before the first reading arrives. Read once at start; a wrong file stops the start. */
export interface Catalogue {
  readonly indicators: readonly Indicator[];
  readonly sources: readonly Source[];
  readonly facts: readonly Fact[];
  /** Figures that no document states but that follow from facts that do. */
  readonly derivedFigures: readonly DerivedFigure[];
  /** Counts spread over the period of a reported total. */
  readonly derivedCounters: readonly DerivedCounter[];
  readonly alarmRules: AlarmRules;
  readonly localityLists: readonly LocalityList[];
  readonly crosswalk: Crosswalk;
  /** Its indicators are in the catalogue. */
  readonly serviceIndex: ServiceIndexRules;
  readonly tablesByEdition: Readonly<Record<EditionId, SeriesTable>>;
}

/** @throws Error that names the file and the first thing wrong in it. */
function readSeed<Schema extends z.ZodType>(path: string, schema: Schema): z.output<Schema> {
  const parsed = schema.safeParse(JSON.parse(readFileSync(resolve(SEEDS, path), 'utf8')));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new Error(`seeds/${path} cannot be used: at ${issue?.path.join('.') ?? 'its root'}: ${issue?.message ?? 'unknown problem'}. Correct the file; \`npm test\` checks all of them.`);
}

/** @throws Error as `readSeed` does, or that names the indicator that is not there. */
function readServiceIndex(indicators: readonly Indicator[]): ServiceIndexRules {
  const rules = readSeed('serviceIndex/rules.json', ServiceIndexRules);
  const why = whyUnusable(rules, indicators);
  if (why !== null) throw new Error(`seeds/serviceIndex/rules.json cannot be used: ${why}. Correct the file, or add the indicator to seeds/catalogue/indicators.json.`);
  return rules;
}

/** @throws Error as `readSeed` does, or that names the indicator or rule that is not there. */
function readAlarmRules(indicators: readonly Indicator[]): AlarmRules {
  const rules = readSeed('catalogue/alarmRules.json', AlarmRules);
  const why = whyRulesUnusable(rules, indicators);
  if (why !== null) throw new Error(`seeds/catalogue/alarmRules.json cannot be used: ${why}.`);
  return rules;
}

export function readCatalogue(): Catalogue {
  const indicators = readSeed('catalogue/indicators.json', IndicatorList);
  const facts = readdirSync(resolve(SEEDS, 'facts')).filter((name) => name.endsWith('.json')).sort()
    .flatMap((name) => readSeed(`facts/${name}`, z.array(Fact)));
  const lists = { 2021: readSeed('geography/localities-2021.json', LocalityList), 2025: readSeed('geography/localities-2025.json', LocalityList) };
  return {
    indicators, facts,
    derivedFigures: readSeed('facts/derived/figures.json', z.array(DerivedFigure)),
    derivedCounters: readSeed('facts/derived/counters.json', z.array(DerivedCounter)),
    alarmRules: readAlarmRules(indicators),
    localityLists: [lists[2021], lists[2025]],
    crosswalk: readSeed('geography/crosswalk-2021-2025.json', Crosswalk),
    serviceIndex: readServiceIndex(indicators),
    sources: readSeed('catalogue/sources.json', z.array(Source)),
    tablesByEdition: {
      2021: buildSeriesTable(lists[2021].localities, indicators),
      2025: buildSeriesTable(lists[2025].localities, indicators),
    },
  };
}
