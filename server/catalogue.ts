import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import { Fact } from '../shared/domain/fact.ts';
import type { EditionId } from '../shared/domain/ids.ts';
import { type Indicator, IndicatorList } from '../shared/domain/indicator.ts';
import { type Locality, LocalityList } from '../shared/domain/locality.ts';
import { buildSeriesTable, type SeriesTable } from '../shared/domain/seriesTable.ts';
import { Source } from '../shared/domain/source.ts';

const SEEDS = resolve(import.meta.dirname, '../seeds');

/** Everything that is known before the first reading arrives. Read once at start; a wrong file stops the start. */
export interface Catalogue {
  readonly indicators: readonly Indicator[];
  readonly sources: readonly Source[];
  readonly facts: readonly Fact[];
  readonly localitiesByEdition: Readonly<Record<EditionId, readonly Locality[]>>;
  readonly tablesByEdition: Readonly<Record<EditionId, SeriesTable>>;
}

/** @throws Error that names the file and the first thing wrong in it. */
function readSeed<Schema extends z.ZodType>(path: string, schema: Schema): z.output<Schema> {
  const parsed = schema.safeParse(JSON.parse(readFileSync(resolve(SEEDS, path), 'utf8')));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new Error(`seeds/${path} cannot be used: at ${issue?.path.join('.') ?? 'its root'}: ${issue?.message ?? 'unknown problem'}. Correct the file; \`npm test\` checks all of them.`);
}

export function readCatalogue(): Catalogue {
  const indicators = readSeed('catalogue/indicators.json', IndicatorList);
  const facts = readdirSync(resolve(SEEDS, 'facts')).filter((name) => name.endsWith('.json')).sort()
    .flatMap((name) => readSeed(`facts/${name}`, z.array(Fact)));
  const localities = (edition: EditionId) => readSeed(`geography/localities-${edition}.json`, LocalityList).localities;
  const localitiesByEdition = { 2021: localities('2021'), 2025: localities('2025') };
  return {
    indicators, facts, localitiesByEdition,
    sources: readSeed('catalogue/sources.json', z.array(Source)),
    tablesByEdition: {
      2021: buildSeriesTable(localitiesByEdition[2021], indicators),
      2025: buildSeriesTable(localitiesByEdition[2025], indicators),
    },
  };
}
