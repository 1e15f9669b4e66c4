import type { ChannelId } from '../../shared/domain/ids.ts';
import { cataloguePath } from './askedFirst.ts';
import { type Catalogue, createCatalogue } from './catalogue.ts';
import { readCatalogueDto } from './plainCatalogue.ts';

/** Answers parsed JSON, or rejects with what was asked and what came. */
export type FetchJson = (path: string, signal: AbortSignal) => Promise<unknown>;

/** What a channel's numbers are about. Series are numbered from its two lists, in their order ([S1]). */
export async function loadCatalogue(channel: ChannelId, fetchAs: FetchJson, signal: AbortSignal): Promise<Catalogue> {
  const catalogue = readCatalogueDto(await fetchAs(cataloguePath(channel), signal));
  return createCatalogue(catalogue, catalogue.indicators);
}
