import { z } from 'zod';
import { EditionId } from '../domain/ids.ts';
import { IndicatorList } from '../domain/indicator.ts';
import { LocalityList } from '../domain/locality.ts';

/** All that the series of one channel are numbered by ([S1]). */
export const CatalogueDto = z.strictObject({ edition: EditionId, localities: LocalityList.shape.localities, indicators: IndicatorList });
export type CatalogueDto = z.infer<typeof CatalogueDto>;
