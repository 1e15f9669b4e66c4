/** Writes the committed map files. Same packages in, same bytes out. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { ARCHIPELAGOS, describeArchipelagos } from './archipelagos.ts';
import { describeAttribution } from './attribution.ts';
import { buildEdition2021 } from './edition2021.ts';
import { buildEdition2025 } from './edition2025.ts';
import { InputError } from './inputError.ts';
import { formatJoinReport } from './joinReport.ts';
import type { ProvinceSource } from './provinceOutlines.ts';

function readOptions(): { source: ProvinceSource; districts: string | undefined; codeProperty: string | undefined; out: string } {
  const { values } = parseArgs({
    options: {
      provinces: { type: 'string', default: 'openstreetmap' },
      districts: { type: 'string' },
      'code-property': { type: 'string' },
      out: { type: 'string', default: import.meta.dirname },
    },
  });
  if (values.provinces !== 'openstreetmap' && values.provinces !== 'natural-earth') {
    throw new InputError(`--provinces is openstreetmap or natural-earth, got "${values.provinces}".`);
  }
  return { source: values.provinces, districts: values.districts, codeProperty: values['code-property'], out: resolve(values.out) };
}

/** `npm run` starts in the project's folder, but INIT_CWD is where the person typed the file name. */
function readGeoJson(path: string): unknown {
  const file = resolve(process.env.INIT_CWD ?? process.cwd(), path);
  try {
    // Windows tools begin the file with a byte order mark, which JSON does not allow.
    return JSON.parse(readFileSync(file, 'utf8').replace(/^\uFEFF/, ''));
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new InputError(`--districts=${path}: ${file} cannot be read as JSON (${why}). Give the path of a GeoJSON file.`, { cause });
  }
}

function writeJson(folder: string, name: string, content: string): void {
  writeFileSync(join(folder, name), `${content}\n`);
  const kb = (bytes: number) => (bytes / 1000).toFixed(1).padStart(8);
  console.log(`${name.padEnd(26)}${kb(Buffer.byteLength(content))} KB${kb(gzipSync(content, { level: 9 }).length)} KB gzip`);
}

/** One locality a line, so that a change of one is a change of one line. */
function formatLocalities({ localities, ...head }: { edition: string; asOf: string; localities: readonly unknown[] }): string {
  const lines = localities.map((locality) => JSON.stringify(locality)).join(',\n');
  return `${JSON.stringify(head).slice(0, -1)},"localities":[\n${lines}\n]}`;
}

function pretty(content: unknown): string {
  return JSON.stringify(content, null, 2);
}

/** Also an option that does not exist. */
function isInputError(error: unknown): error is Error {
  return error instanceof InputError || (error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS'));
}

function main(): void {
  const options = readOptions();
  const official = options.districts === undefined ? undefined : { geojson: readGeoJson(options.districts), codeProperty: options.codeProperty };
  const edition2021 = buildEdition2021(options.source, official);
  const { joinReport } = edition2021;
  if (joinReport !== null) {
    console.log(formatJoinReport(joinReport, (code) => edition2021.provinceOf(code)));
    if (joinReport.joined.length === 0) throw new InputError(`No district of ${options.districts} could be joined; nothing was written.`);
  }
  const edition2025 = buildEdition2025(edition2021);
  const { officialCount, schematicCount } = edition2021;
  mkdirSync(options.out, { recursive: true });
  writeJson(options.out, 'edition-2021.topo.json', JSON.stringify(edition2021.topology));
  writeJson(options.out, 'edition-2025.topo.json', JSON.stringify(edition2025.topology));
  writeJson(options.out, 'localities-2021.json', formatLocalities(edition2021.localities));
  writeJson(options.out, 'localities-2025.json', formatLocalities(edition2025.localities));
  writeJson(options.out, 'crosswalk-2021-2025.json', pretty(edition2025.crosswalk));
  writeJson(options.out, 'archipelagos.json', pretty(describeArchipelagos()));
  writeJson(options.out, 'attribution.json', pretty(describeAttribution(options.source, officialCount, schematicCount)));
  console.log(`districts: ${officialCount} official, ${schematicCount} schematic, ${edition2021.pointCount} points; ` +
    `seats: ${edition2021.seatSummary}; communes placed by name: ${edition2025.foundByNameCount}; ` +
    `islets: ${ARCHIPELAGOS.map(({ name, islets }) => `${name} ${islets.length}`).join(', ')}`);
}

try {
  main();
} catch (error) {
  if (!isInputError(error)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
