import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const FILE = readFileSync(resolve(import.meta.dirname, '../../docs/feeds/zabbix/media-type.yaml'), 'utf8');

/** The JavaScript of the media type that we ship, as Zabbix runs it. */
export function mediaTypeScript(): string {
  const block = /^ {6}script: \|\n((?: {8}.*\n|\n)+)/m.exec(FILE)?.[1];
  if (block === undefined) throw new Error('docs/feeds/zabbix/media-type.yaml has no "script: |" at the place where Zabbix exports it.');
  return block.replace(/^ {8}/gm, '');
}

/** What Zabbix hands to the script: each parameter with its macros resolved, all of them texts; a macro that is not given stays as written. */
export function mediaTypeParameters(macros: Readonly<Record<string, string>>): string {
  const parameters = [...FILE.matchAll(/^ {8}- name: (\S+)\n {10}value: '(.*)'$/gm)].map(([, name = '', macro = '']) => [name, macros[macro] ?? macro]);
  return JSON.stringify(Object.fromEntries(parameters));
}
