import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef, useState } from 'react';
import type { ChannelId } from '../../shared/domain/ids.ts';
import { topicRanges } from '../../shared/frame/topicRanges.ts';
import { type ChannelLink, connectChannel } from '../net/connectChannel.ts';
import { lastState } from '../offline/browserLastState.ts';
import { isSameCatalogue } from '../offline/lastState.ts';
import { useOffline } from './useOffline.ts';
import { createMirrorStore, type MirrorStore } from '../store/createMirrorStore.ts';
import { MirrorProvider } from '../store/mirrorHooks.tsx';
import { BUILD_ID } from './buildId.ts';
import type { Catalogue } from './catalogue.ts';
import { type FetchJson, loadCatalogue } from './loadCatalogue.ts';
import { createSocket, fetchJson } from './origin.ts';

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
/** Beyond this what was kept is shown: a network that answers nothing may take minutes to say so. */
const KEPT_AFTER_MS = 4_000;
/** So long a screen waits for its first picture before it is laid out without one; over a good link it comes sooner, and is laid out once instead of twice. */
const FIRST_PICTURE_MS = 250;

type Loading = { readonly catalogue: Catalogue; /** From an earlier visit; the server has not answered yet. */ readonly isKept: boolean } | { readonly problem: string | null };

/** Tries until the server answers: a wall switched on before its server must come up by itself. [OF8] Where the last state is kept, that is shown meanwhile. */
function useLoadedCatalogue(channel: ChannelId, fetchAs: FetchJson, keepsLast: boolean): Loading {
  const [loading, setLoading] = useState<Loading>({ problem: null });
  useEffect(() => {
    const abort = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isAnswered = false;
    let isKeptAsked = !keepsLast;
    const showKept = () => {
      if (isKeptAsked) return;
      isKeptAsked = true;
      void lastState.catalogue(channel).then((catalogue) => { if (catalogue !== null && !isAnswered && !abort.signal.aborted) setLoading({ catalogue, isKept: true }); });
    };
    const keptTimer = setTimeout(showKept, KEPT_AFTER_MS);
    const attempt = (waitMs: number) => {
      loadCatalogue(channel, fetchAs, abort.signal).then(
        (catalogue) => {
          isAnswered = true;
          // The same: the screen that stands goes on, with its picture.
          setLoading((held) => ('catalogue' in held && held.isKept && isSameCatalogue(held.catalogue, catalogue) ? held : { catalogue, isKept: false }));
        },
        (error: unknown) => {
          if (abort.signal.aborted) return;
          showKept();
          setLoading((held) => ('catalogue' in held ? held : { problem: error instanceof Error ? error.message : String(error) }));
          timer = setTimeout(() => attempt(Math.min(waitMs * 2, LAST_RETRY_MS)), waitMs);
        },
      );
    };
    attempt(FIRST_RETRY_MS);
    return () => { abort.abort(); clearTimeout(timer); clearTimeout(keptTimer); };
  }, [channel, fetchAs, keepsLast]);
  return loading;
}

interface ChannelProviderProps {
  readonly channel: ChannelId;
  /** "nation" or "province:68". */
  readonly topic: string;
  /** Shown until the catalogue is there. `problem`: what went wrong with the last attempt; `null` before the first answer. */
  readonly waiting: (problem: string | null) => ReactNode;
  /** [OF6] What was last seen is kept in this browser, and shown while there is no server. Not on walls. */
  readonly keepsLast?: boolean;
  readonly children: ReactNode;
}

/** Everything a screen needs of one channel: catalogue, mirror, link. */
export function ChannelProvider({ channel, topic, waiting, keepsLast = false, children }: ChannelProviderProps) {
  const loading = useLoadedCatalogue(channel, fetchJson, keepsLast);
  useOffline(keepsLast && 'catalogue' in loading);
  if (!('catalogue' in loading)) return waiting(loading.problem);
  return <ConnectedChannel channel={channel} topic={topic} keepsLast={keepsLast} {...loading}>{children}</ConnectedChannel>;
}

/** [OF10] `false` while a picture may still come before anybody would miss it. */
function useIsFirstPictureDue(store: MirrorStore, isWanted: boolean): boolean {
  const [dueFor, setDueFor] = useState<MirrorStore | null>(null);
  useEffect(() => {
    if (!isWanted) return undefined;
    const see = () => setDueFor(store);
    const timer = setTimeout(see, FIRST_PICTURE_MS);
    const unsubscribe = store.subscribe(({ version, kept, link }) => { if (version > 0 || kept !== null || link.state !== 'connecting') see(); });
    return () => { clearTimeout(timer); unsubscribe(); };
  }, [store, isWanted]);
  return !isWanted || dueFor === store;
}

interface ConnectedChannelProps {
  readonly channel: ChannelId;
  readonly topic: string;
  readonly catalogue: Catalogue;
  readonly isKept: boolean;
  readonly keepsLast: boolean;
  readonly children: ReactNode;
}

function ConnectedChannel({ channel, topic, catalogue, isKept, keepsLast, children }: ConnectedChannelProps) {
  const store = useMemo(() => createMirrorStore({ table: catalogue.table, channel, edition: catalogue.edition }), [catalogue, channel]);
  const [link, setLink] = useState<ChannelLink | null>(null);
  // A province that the edition does not have cannot be followed; the screen says so ("no such province").
  const isKnown = topicRanges(catalogue.table, topic) !== undefined;
  const firstTopic = useRef(isKnown ? topic : 'nation');
  useEffect(() => {
    let created: ChannelLink | undefined;
    let isCurrent = true;
    const connect = () => {
      if (!isCurrent) return;
      created = connectChannel({ socket: createSocket(), topic: firstTopic.current, store, buildId: BUILD_ID });
      setLink(created);
    };
    if (isKept) void lastState.show(store, catalogue, firstTopic.current).then(connect);
    else connect();
    return () => {
      isCurrent = false;
      setLink(null);
      created?.close();
    };
  }, [store, catalogue, isKept]);
  useEffect(() => {
    if (!isKnown || link === null || store.topic === topic) return;
    link.setTopic(topic);
    if (keepsLast && store.getState().link.state === 'lost') void lastState.show(store, catalogue, topic);
  }, [link, topic, isKnown, store, catalogue, keepsLast]);
  useEffect(() => (keepsLast ? lastState.keep(store, catalogue, document) : undefined), [keepsLast, store, catalogue]);
  const isFirstDue = useIsFirstPictureDue(store, keepsLast);
  if (link === null || !isFirstDue) return null;
  return <LinkContext value={link}><CatalogueProvider catalogue={catalogue} store={store}>{children}</CatalogueProvider></LinkContext>;
}
