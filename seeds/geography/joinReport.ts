import type { JoinReport } from './officialDistricts.ts';

const SHOWN_CODES = 20;

function listSome(entries: readonly string[]): string {
  const rest = entries.length - SHOWN_CODES;
  return entries.slice(0, SHOWN_CODES).join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}

function section(title: string, entries: readonly string[]): string[] {
  return entries.length === 0 ? [`  ${title}: none`] : [`  ${title}: ${entries.length}`, ...entries.map((entry) => `    - ${entry}`)];
}

function describeMixedProvinces(report: JoinReport, provinceOf: (district: string) => string): string[] {
  const joined = Map.groupBy(report.joined, provinceOf);
  const missing = Map.groupBy(report.missing, provinceOf);
  return [...joined]
    .filter(([province]) => missing.has(province))
    .map(([province, codes]) => `${province}: ${codes.length} official, schematic ${listSome(missing.get(province) ?? [])}`);
}

/** For the person who ran the build: everything in the file that did not become a boundary, and why. */
export function formatJoinReport(report: JoinReport, provinceOf: (district: string) => string): string {
  return [
    `Official districts: joined ${report.joined.length}/${report.expectedCount} by property "${report.codeProperty}", ` +
      `${report.featureCount} features read`,
    ...section('code is no district of 2021', report.unknown.map(({ featureIndex, code }) =>
      `feature ${featureIndex}: ${code === null ? 'property absent' : `"${code}"`}`)),
    ...section('code given more than once, none used', report.duplicated.map(({ code, featureIndexes }) =>
      `${code}: features ${featureIndexes.join(', ')}`)),
    ...section('invalid geometry', report.invalid.map(({ code, featureIndex, reason }) => `${code} (feature ${featureIndex}) ${reason}`)),
    ...section('lies outside its province', report.outside.map(({ code, featureIndex, reason }) => `${code} (feature ${featureIndex}): ${reason}`)),
    ...section('joined, but far from its seat; is the code right?', report.farFromSeat.map(({ code, featureIndex, km }) =>
      `${code} (feature ${featureIndex}): ${km.toFixed(0)} km`)),
    `  keeps its schematic cell or point: ${report.missing.length === 0 ? 'none' : `${report.missing.length}: ${listSome(report.missing)}`}`,
    ...section('province with both kinds, where a cell may overlap an official outline', describeMixedProvinces(report, provinceOf)),
  ].join('\n');
}
