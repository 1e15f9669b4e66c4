import { useMemo } from 'react';
import { useSearchParams } from 'react-router';
import peersFile from '../../../seeds/catalogue/peers.json' with { type: 'json' };
import { IndicatorList } from '../../../shared/domain/indicator.ts';
import { LocalityList } from '../../../shared/domain/locality.ts';
import { type PeerGroup, PeerGroups, peerGroupsOf } from '../../../shared/domain/peers.ts';
import type { ChannelDto } from '../../../shared/protocol/http.ts';
import { type Catalogue, createCatalogue } from '../../catalogue/catalogue.ts';
import type { Language } from '../../i18n/i18n.ts';
import { useAnswer } from '../answers.tsx';
import { ChannelList } from '../home/channelList.ts';
import { useAsOf } from '../province/past/asOf.tsx';
import { type CompareOptions, readCompareOptions, writeCompareOptions } from './compareOptions.ts';

const CHANNEL = 'live';
/** Who runs an exercise tells it with the channel; a screen that compares may say so some seconds later than a wall. */
const CHANNEL_EVERY_MS = 10_000;

const PEERS = PeerGroups.parse(peersFile);

/** What every part of the page is given. */
export interface ComparePage {
  readonly catalogue: Catalogue;
  readonly language: Language;
  readonly options: CompareOptions;
  readonly change: (change: Partial<CompareOptions>) => void;
  /** The past moment that is shown; `null`: now. */
  readonly asOfMs: number | null;
}

/** Units and indicators of the live channel, over HTTP: this page follows no topic, so no series of the nation is ever sent to it. */
export function useChannelCatalogue(): { readonly catalogue: Catalogue | null; readonly channel: ChannelDto | null; readonly isFailed: boolean } {
  const channels = useAnswer(ChannelList, '/api/v1/channels', { everyMs: CHANNEL_EVERY_MS });
  const channel = channels.data?.find((candidate) => candidate.channel === CHANNEL) ?? null;
  const localities = useAnswer(LocalityList, channel === null ? null : `/api/v1/localities?edition=${channel.edition}`);
  const indicators = useAnswer(IndicatorList, '/api/v1/indicators');
  const catalogue = useMemo(() => (localities.data === undefined || indicators.data === undefined ? null : createCatalogue(localities.data, indicators.data)), [localities.data, indicators.data]);
  return { catalogue, channel, isFailed: channels.isError || localities.isError || indicators.isError };
}

export function useComparePage(catalogue: Catalogue, language: Language): ComparePage {
  const [search, setSearch] = useSearchParams();
  const asOfMs = useAsOf();
  const options = useMemo(() => readCompareOptions(search), [search]);
  return {
    catalogue, language, options, asOfMs,
    change: (change) => setSearch((current) => writeCompareOptions(current, { ...readCompareOptions(current), ...change }), { replace: true }),
  };
}

/** Groups of the first place, or all of them. */
export function groupsOf({ catalogue }: ComparePage, kind: 'region' | 'size'): readonly PeerGroup[] {
  return peerGroupsOf(PEERS, kind, catalogue.edition, catalogue.table);
}
