import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { ServiceIndexRules } from '../../shared/domain/serviceIndex.ts';

/** The rules as shipped, unparsed. */
export function serviceIndexJson(): unknown {
  return JSON.parse(readFileSync(resolve(import.meta.dirname, '../../seeds/serviceIndex/rules.json'), 'utf8'));
}

export function realServiceIndex(): ServiceIndexRules {
  return ServiceIndexRules.parse(serviceIndexJson());
}
