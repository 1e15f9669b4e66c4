import { z } from 'zod';
import { EditionId, LocalityCode, LocalizedText } from './ids.ts';
import type { SeriesTable } from './seriesTable.ts';

const GroupId = z.string().regex(/^[a-z]+(-[a-z]+)*$/);

/** Which provinces are to be measured by each other: data, with who says so. An edition that is not listed has no such groups. */
export const PeerGroups = z.strictObject({
  regions: z.array(z.strictObject({
    edition: EditionId,
    /** The document that divides the country so. */
    saidBy: LocalizedText,
    groups: z.array(z.strictObject({ id: GroupId, name: LocalizedText, members: z.array(LocalityCode).min(1) })),
  })),
  sizes: z.array(z.strictObject({
    edition: EditionId,
    saidBy: LocalizedText,
    /** Smallest first. `most`: units directly below a province of this class, at most; `null`: no limit. */
    classes: z.array(z.strictObject({ id: GroupId, name: LocalizedText, most: z.number().int().positive().nullable() })),
  })),
});
export type PeerGroups = z.infer<typeof PeerGroups>;

export const PEER_KINDS = ['region', 'size'] as const;
export type PeerKind = (typeof PEER_KINDS)[number];

export interface PeerGroup {
  readonly id: string;
  readonly name: LocalizedText;
  readonly saidBy: LocalizedText;
  /** Codes, ascending. */
  readonly members: readonly LocalityCode[];
}

/** Every group of a kind in an edition. Empty: no such groups are defined for its set of units. */
export function peerGroupsOf({ regions, sizes }: PeerGroups, kind: PeerKind, edition: EditionId, table: SeriesTable): PeerGroup[] {
  if (kind === 'region') {
    const found = regions.find((candidate) => candidate.edition === edition);
    return found === undefined ? [] : found.groups.map(({ id, name, members }) => ({ id, name, saidBy: found.saidBy, members }));
  }
  const found = sizes.find((candidate) => candidate.edition === edition);
  if (found === undefined) return [];
  const provinces = table.localities.filter(({ level }) => level === 'province');
  const classOf = (code: LocalityCode) => found.classes.find(({ most }) => most === null || table.childrenOf(code).length <= most)?.id;
  return found.classes.map(({ id, name }) => ({ id, name, saidBy: found.saidBy, members: provinces.filter(({ code }) => classOf(code) === id).map(({ code }) => code) }));
}
