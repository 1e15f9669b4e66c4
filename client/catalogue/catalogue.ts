import type { EditionId } from '../../shared/domain/ids.ts';
import type { Indicator } from '../../shared/domain/indicator.ts';
import type { Locality, LocalityList } from '../../shared/domain/locality.ts';
import { buildSeriesTable, type SeriesTable } from '../../shared/domain/seriesTable.ts';

export interface Catalogue {
  readonly edition: EditionId;
  readonly table: SeriesTable;
  readonly provinces: readonly Locality[];
  /** Districts or communes, whichever the edition has. */
  readonly locals: readonly Locality[];
  /** `undefined`: not in the catalogue. */
  indicator(id: string): Indicator | undefined;
  locality(code: string): Locality | undefined;
  /** The province a unit lies in; a province is its own, the nation has none. */
  provinceOf(code: string): Locality | undefined;
}

export function createCatalogue({ edition, localities }: Pick<LocalityList, 'edition' | 'localities'>, indicators: readonly Indicator[]): Catalogue {
  const localitiesByCode = new Map<string, Locality>(localities.map((locality) => [locality.code, locality]));
  const indicatorsById = new Map<string, Indicator>(indicators.map((indicator) => [indicator.id, indicator]));
  return {
    edition,
    table: buildSeriesTable(localities, indicators),
    provinces: localities.filter(({ level }) => level === 'province'),
    locals: localities.filter(({ level }) => level === 'district' || level === 'commune'),
    indicator: (id) => indicatorsById.get(id),
    locality: (code) => localitiesByCode.get(code),
    provinceOf(code) {
      const locality = localitiesByCode.get(code);
      return locality === undefined || locality.level === 'province' ? locality : localitiesByCode.get(locality.parent ?? '');
    },
  };
}

/** Name for a wall or a map, where room is short and everyone knows whom it means. */
export function displayName({ code, name }: Pick<Locality, 'code' | 'name'>): string {
  return code === '79' ? 'TP.HCM' : name;
}
