import topology2021Url from '../../seeds/geography/edition-2021.topo.json?url';
import topology2025Url from '../../seeds/geography/edition-2025.topo.json?url';
import type { EditionId } from '../../shared/domain/ids.ts';
import { decodeGeography, type Geography } from './geography.ts';

// Files of their own with their own hash: a changed program leaves the cached map alone, and the map is not parsed as script.
const URL_BY_EDITION: Readonly<Record<EditionId, string>> = { '2021': topology2021Url, '2025': topology2025Url };

const loading = new Map<EditionId, Promise<Geography>>();

async function fetchGeography(edition: EditionId): Promise<Geography> {
  const url = URL_BY_EDITION[edition];
  const response = await fetch(url);
  if (!response.ok) throw new Error(`The map file ${url} was answered with ${response.status}; expected 200. Build the client again, or reload.`);
  return decodeGeography(edition, await response.json());
}

/** Fetched once per page; a failed attempt is forgotten, so the next call tries again. */
export function loadGeography(edition: EditionId): Promise<Geography> {
  const known = loading.get(edition);
  if (known !== undefined) return known;
  const attempt = fetchGeography(edition).catch((error: unknown) => {
    loading.delete(edition);
    throw error;
  });
  loading.set(edition, attempt);
  return attempt;
}
