import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import { Fact } from '../../shared/domain/fact.ts';

const FACTS = resolve(import.meta.dirname, '../../seeds/facts');

/** What the seed documents state, in the order of the documents. */
export function realFacts(): Fact[] {
  return readdirSync(FACTS).filter((name) => /^seed-\d+\.json$/.test(name)).sort()
    .flatMap((name) => z.array(Fact).parse(JSON.parse(readFileSync(resolve(FACTS, name), 'utf8'))));
}
