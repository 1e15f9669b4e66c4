import { z } from 'zod';
import type { ChannelId, EditionId } from '../../shared/domain/ids.ts';
import { IndicatorList } from '../../shared/domain/indicator.ts';
import { LocalityList } from '../../shared/domain/locality.ts';
import { ChannelDto } from '../../shared/protocol/http.ts';
import { type Catalogue, createCatalogue } from './catalogue.ts';

/** Answers parsed JSON, or rejects with what was asked and what came. */
export type FetchJson = (path: string, signal: AbortSignal) => Promise<unknown>;

async function editionOf(channel: ChannelId, fetchAs: FetchJson, signal: AbortSignal): Promise<EditionId> {
  const channels = z.array(ChannelDto).parse(await fetchAs('/api/v1/channels', signal));
  const found = channels.find((candidate) => candidate.channel === channel);
  if (found === undefined) throw new Error(`This server has no channel "${channel}"; it has ${channels.map(({ channel: id }) => id).join(', ') || 'none'}.`);
  return found.edition;
}

/** What a channel's numbers are about. Series are numbered from these two lists, in their order ([S1]). */
export async function loadCatalogue(channel: ChannelId, fetchAs: FetchJson, signal: AbortSignal): Promise<Catalogue> {
  const edition = await editionOf(channel, fetchAs, signal);
  const [localities, indicators] = await Promise.all([
    fetchAs(`/api/v1/localities?edition=${edition}`, signal), fetchAs('/api/v1/indicators', signal),
  ]);
  return createCatalogue(LocalityList.parse(localities), IndicatorList.parse(indicators));
}
