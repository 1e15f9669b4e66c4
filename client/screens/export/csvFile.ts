import type { TFunction } from 'i18next';
import { csvOf } from './csv.ts';
import type { ExportTable } from './exportTable.ts';
import { vietnamTime } from './fileName.ts';

/** [XE3] The whole file: what, where, when, from whom and what kind of numbers, an empty line, names with units, rows. Pure. */
export function csvFile({ title, placeName, placeCode, atMs, source, provenance, columns, rows }: ExportTable, t: TFunction): string {
  return csvOf([
    [t('exported.what'), title],
    [t('exported.where'), placeName, placeCode],
    [t('exported.when'), vietnamTime(atMs)],
    [t('exported.source'), source],
    [t('exported.provenance'), provenance],
    [],
    columns.map(({ name, unit }) => (unit === '' ? name : `${name} (${unit})`)),
    ...rows,
  ]);
}
