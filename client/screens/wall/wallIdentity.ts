import { WallId } from '../../../shared/protocol/socket.ts';

/** As on the wire, and in the header of the other walls. */
const NAME_CHARACTERS = 24;
const STORAGE_KEY = 'ioc-wall';

/** What of `localStorage` is needed; reading and writing may throw where a browser keeps nothing. */
interface Store {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
}

export interface WallIdentity {
  readonly wallId: WallId;
  /** `null`: nobody named it. */
  readonly name: string | null;
}

/** Four hex digits: enough to tell a few screens apart by ear. */
function makeUp(random: () => number): WallId {
  return WallId.parse(`wall-${Math.floor(random() * 0x10000).toString(16).padStart(4, '0')}`);
}

function keptId(store: Store, random: () => number): WallId {
  try {
    const kept = WallId.safeParse(store.getItem(STORAGE_KEY));
    if (kept.success) return kept.data;
    const made = makeUp(random);
    store.setItem(STORAGE_KEY, made);
    return made;
  } catch {
    return makeUp(random);
  }
}

/** [WR1] From the address (`?wall=phong-hop-2&name=Phòng họp tầng 2`), else made up by the first page and kept in this browser. */
export function wallIdentityFrom(search: URLSearchParams, store: Store, random: () => number): WallIdentity {
  const given = WallId.safeParse(search.get('wall'));
  const name = (search.get('name') ?? '').normalize('NFC').trim().slice(0, NAME_CHARACTERS).trim();
  if (given.success) return { wallId: given.data, name: name === '' ? given.data.slice(0, NAME_CHARACTERS) : name };
  return { wallId: keptId(store, random), name: name === '' ? null : name };
}
