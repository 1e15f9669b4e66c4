import type { ChannelId } from '../../shared/domain/ids.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import type { MirrorStore } from '../store/createMirrorStore.ts';
import { catalogueMark, KeptPicture, packCatalogue, packPicture, readCatalogue, showPicture } from './kept.ts';
import type { Shelf } from './shelf.ts';

/** A person looks at a few provinces; one takes some 10 KB. */
export const MOST_PICTURES = 8;
export const KEEP_EVERY_MS = 30_000;
/** After the first picture is painted, and before most people have gone again. */
const FIRST_KEEP_MS = 2_000;

const catalogueKey = (channel: string) => `catalogue/${channel}`;
const pictureKey = (channel: string, topic: string) => `picture/${channel}/${topic}`;

const markOf = ({ table }: Catalogue) => catalogueMark(table.localities, table.indicators);

/** What was last seen of the channels, over visits. */
export interface LastState {
  /** `null`: nothing that this page can read. */
  catalogue(channel: ChannelId): Promise<Catalogue | null>;
  /** Shows the kept picture of `topic`, unless the server's came first. */
  show(store: MirrorStore, catalogue: Catalogue, topic: string): Promise<void>;
  /** Keeps what `store` shows, from time to time and when the page goes out of sight. Returns the function that ends it. */
  keep(store: MirrorStore, catalogue: Catalogue, page: Document): () => void;
}

/** Whether series are numbered alike, so that one may stand for the other. */
export function isSameCatalogue(a: Catalogue, b: Catalogue): boolean {
  return a.edition === b.edition && markOf(a) === markOf(b);
}

/** `isWorthIt`: `false` while nothing could open this page without a server anyway. */
export function createLastState(shelf: Shelf, isWorthIt: () => Promise<boolean>): LastState {
  return {
    catalogue: async (channel) => readCatalogue(await shelf.read(catalogueKey(channel))),
    async show(store, catalogue, topic) {
      const kept = await shelf.read(pictureKey(store.channel, topic));
      if (kept !== undefined && !showPicture(store, topic, markOf(catalogue), kept) && store.getState().link.state !== 'live') await shelf.remove(pictureKey(store.channel, topic));
    },
    keep: (store, catalogue, page) => startKeeping({ shelf, isWorthIt, store, catalogue, page }),
  };
}

interface Keeping {
  readonly shelf: Shelf;
  readonly isWorthIt: () => Promise<boolean>;
  readonly store: MirrorStore;
  readonly catalogue: Catalogue;
  readonly page: Document;
}

/** [OF6] */
function startKeeping({ shelf, isWorthIt, store, catalogue, page }: Keeping): () => void {
  let mark: number | null = null;
  let isCatalogueKept = false;
  let keptAtMs: number | null = null;

  async function keepNow(): Promise<void> {
    if (store.position === null || store.getState().confirmed?.atMs === keptAtMs) return;
    mark ??= markOf(catalogue);
    const picture = packPicture(store, mark);
    if (picture === null || !await isWorthIt()) return;
    keptAtMs = picture.atMs;
    if (!isCatalogueKept) await shelf.write(catalogueKey(store.channel), packCatalogue(catalogue, store.channel));
    isCatalogueKept = true;
    await shelf.write(pictureKey(picture.channel, picture.topic), picture);
    await clearOut(shelf);
  }

  const keepWhenHidden = () => { if (page.visibilityState === 'hidden') void keepNow(); };
  const first = setTimeout(() => void keepNow(), FIRST_KEEP_MS);
  const timer = setInterval(() => void keepNow(), KEEP_EVERY_MS);
  page.addEventListener('visibilitychange', keepWhenHidden);
  return () => {
    clearTimeout(first);
    clearInterval(timer);
    page.removeEventListener('visibilitychange', keepWhenHidden);
    void keepNow();
  };
}

/** [OF6] The latest few stay; what this version cannot read goes. */
async function clearOut(shelf: Shelf): Promise<void> {
  const pictures = [...await shelf.readAll()].filter(([key]) => key.startsWith('picture/')).map(([key, value]) => ({ key, atMs: KeptPicture.safeParse(value).data?.atMs ?? null }));
  pictures.sort((a, b) => (b.atMs ?? 0) - (a.atMs ?? 0));
  await Promise.all(pictures.filter(({ atMs }, place) => atMs === null || place >= MOST_PICTURES).map(({ key }) => shelf.remove(key)));
}
