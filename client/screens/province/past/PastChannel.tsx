import { useQuery } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useMemo } from 'react';
import { topicRanges } from '../../../../shared/frame/topicRanges.ts';
import { PastDto } from '../../../../shared/protocol/past.ts';
import { CatalogueProvider, useCatalogue } from '../../../catalogue/ChannelProvider.tsx';
import { useMirrorStore, useNow } from '../../../store/mirrorHooks.tsx';
import { useAnswer } from '../../answers.tsx';
import { useAsOf } from './asOf.tsx';
import { createPastStore } from './pastStore.ts';

export interface Travel {
  readonly atMs: number;
  /** The live channel's clock, which goes on; 0: not heard yet. */
  readonly liveNowMs: number;
  /** `outside`: nothing is kept of that moment, or it has not come. */
  readonly state: 'asking' | 'failed' | 'outside' | 'shown';
  /** `null`: not answered yet. */
  readonly past: PastDto | null;
}

const TravelContext = createContext<Travel | null>(null);

/** `null`: the page shows now. */
export function useTravelState(): Travel | null {
  return useContext(TravelContext);
}

async function askFrame(path: string, signal: AbortSignal): Promise<Uint8Array> {
  const response = await fetch(path, { signal });
  if (!response.ok) throw new Error(`${path} was answered with ${response.status} ${response.statusText}; expected 200.`);
  return new Uint8Array(await response.arrayBuffer());
}

function useFrame(path: string | null) {
  // The same moment is the same picture for as long as the page is open, late readings aside; five minutes of it are kept for Back.
  return useQuery({ queryKey: [path], queryFn: ({ signal }) => askFrame(path ?? '', signal), enabled: path !== null, staleTime: 60_000 });
}

interface PastChannelProps {
  /** What the page follows: "province:68". */
  readonly topic: string;
  readonly children: ReactNode;
}

/**
 * Where the link names a past moment, its children read a mirror of that moment instead of the live one, which goes on underneath so that
 * the way back takes no time. Until the picture is here they read an empty one: what is now is never shown as what was.
 */
export function PastChannel({ topic, children }: PastChannelProps) {
  const atMs = useAsOf();
  const catalogue = useCatalogue();
  const live = useMirrorStore();
  const liveNowMs = useNow().serverNowMs;
  const isKnown = topicRanges(catalogue.table, topic) !== undefined;
  const query = atMs === null || !isKnown ? null : `channel=${live.channel}&at=${atMs}`;
  const past = useAnswer(PastDto, query === null ? null : `/api/v1/past?${query}`);
  const isOutside = past.data?.resolution === null;
  const frame = useFrame(query === null ? null : `/api/v1/frame?${query}&topic=${topic}`);
  const store = useMemo(
    () => (atMs === null || !isKnown ? live : createPastStore(catalogue, live, atMs, { topic, frame: frame.data ?? null, past: past.data ?? null })),
    [atMs, isKnown, catalogue, live, topic, frame.data, past.data],
  );
  const travel = atMs === null || !isKnown ? null : { atMs, liveNowMs, past: past.data ?? null, state: stateOf(isOutside, frame) };
  return <TravelContext value={travel}><CatalogueProvider catalogue={catalogue} store={store}>{children}</CatalogueProvider></TravelContext>;
}

function stateOf(isOutside: boolean, frame: { readonly isSuccess: boolean; readonly isError: boolean }): Travel['state'] {
  if (isOutside) return 'outside';
  if (frame.isSuccess) return 'shown';
  return frame.isError ? 'failed' : 'asking';
}
