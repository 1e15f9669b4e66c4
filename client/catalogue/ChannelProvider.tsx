import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef, useState } from 'react';
import type { ChannelId } from '../../shared/domain/ids.ts';
import { topicRanges } from '../../shared/frame/topicRanges.ts';
import { type ChannelLink, connectChannel } from '../net/connectChannel.ts';
import { createMirrorStore, type MirrorStore } from '../store/createMirrorStore.ts';
import { MirrorProvider } from '../store/mirrorHooks.tsx';
import { BUILD_ID } from './buildId.ts';
import type { Catalogue } from './catalogue.ts';
import { type FetchJson, fetchJson, loadCatalogue } from './loadCatalogue.ts';

const CatalogueContext = createContext<Catalogue | null>(null);
const LinkContext = createContext<ChannelLink | null>(null);

export function useCatalogue(): Catalogue {
  const catalogue = useContext(CatalogueContext);
  if (catalogue === null) throw new Error('Invariant: the catalogue was asked for outside <ChannelProvider>.');
  return catalogue;
}

/** Gives panels a catalogue and a mirror that someone else made: tests, and screens beside the live one. */
export function CatalogueProvider({ catalogue, store, children }: { readonly catalogue: Catalogue; readonly store: MirrorStore; readonly children: ReactNode }) {
  return <CatalogueContext value={catalogue}><MirrorProvider store={store}>{children}</MirrorProvider></CatalogueContext>;
}

export function useChannelLink(): ChannelLink {
  const link = useContext(LinkContext);
  if (link === null) throw new Error('Invariant: the link was asked for outside <ChannelProvider>.');
  return link;
}

const FIRST_RETRY_MS = 1_000;
const LAST_RETRY_MS = 15_000;

type Loading = { readonly catalogue: Catalogue } | { readonly problem: string | null };

/** Tries until the server answers: a wall switched on before its server must come up by itself. */
function useLoadedCatalogue(channel: ChannelId, fetchAs: FetchJson): Loading {
  const [loading, setLoading] = useState<Loading>({ problem: null });
  useEffect(() => {
    const abort = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const attempt = (waitMs: number) => {
      loadCatalogue(channel, fetchAs, abort.signal).then(
        (catalogue) => setLoading({ catalogue }),
        (error: unknown) => {
          if (abort.signal.aborted) return;
          setLoading({ problem: error instanceof Error ? error.message : String(error) });
          timer = setTimeout(() => attempt(Math.min(waitMs * 2, LAST_RETRY_MS)), waitMs);
        },
      );
    };
    attempt(FIRST_RETRY_MS);
    return () => { abort.abort(); clearTimeout(timer); };
  }, [channel, fetchAs]);
  return loading;
}

interface ChannelProviderProps {
  readonly channel: ChannelId;
  /** "nation" or "province:68". */
  readonly topic: string;
  /** Shown until the catalogue is there. `problem`: what went wrong with the last attempt; `null` before the first answer. */
  readonly waiting: (problem: string | null) => ReactNode;
  readonly children: ReactNode;
}

/** Everything a screen needs of one channel: catalogue, mirror, link. */
export function ChannelProvider({ channel, topic, waiting, children }: ChannelProviderProps) {
  const loading = useLoadedCatalogue(channel, fetchJson);
  if (!('catalogue' in loading)) return waiting(loading.problem);
  return <ConnectedChannel channel={channel} topic={topic} catalogue={loading.catalogue}>{children}</ConnectedChannel>;
}

function ConnectedChannel({ channel, topic, catalogue, children }: { readonly channel: ChannelId; readonly topic: string; readonly catalogue: Catalogue; readonly children: ReactNode }) {
  const store = useMemo(() => createMirrorStore({ table: catalogue.table, channel, edition: catalogue.edition }), [catalogue, channel]);
  const [link, setLink] = useState<ChannelLink | null>(null);
  // A province that the edition does not have cannot be followed; the screen says so ("no such province").
  const isKnown = topicRanges(catalogue.table, topic) !== undefined;
  const firstTopic = useRef(isKnown ? topic : 'nation');
  useEffect(() => {
    const created = connectChannel({ url: '', topic: firstTopic.current, store, buildId: BUILD_ID });
    setLink(created);
    return () => { setLink(null); created.close(); };
  }, [store]);
  useEffect(() => { if (isKnown) link?.setTopic(topic); }, [link, topic, isKnown]);
  if (link === null) return null;
  return <LinkContext value={link}><CatalogueProvider catalogue={catalogue} store={store}>{children}</CatalogueProvider></LinkContext>;
}
