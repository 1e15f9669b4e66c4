import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { PEER_KINDS, PeerGroups, peerGroupsOf } from '../../shared/domain/peers.ts';
import { realTable } from '../support/aCatalogue.ts';

const peers = PeerGroups.parse(JSON.parse(readFileSync(resolve(import.meta.dirname, '../../seeds/catalogue/peers.json'), 'utf8')));
const codesOf = (edition: '2021' | '2025') => realTable(edition).localities.filter(({ level }) => level === 'province').map(({ code }) => code);

describe('[CP3] peer groups are data, with who says so', () => {
  test.each([['region', '2021'], ['size', '2021'], ['size', '2025']] as const)('by %s, each province of %s is in exactly one', (kind, edition) => {
    const groups = peerGroupsOf(peers, kind, edition, realTable(edition));
    expect(groups.flatMap(({ members }) => members).toSorted()).toEqual(codesOf(edition).toSorted());
    for (const { members, saidBy, name } of groups) {
      expect(members.length).toBeGreaterThan(3);
      expect([saidBy.vi, saidBy.en, name.vi, name.en].map((text) => text.normalize('NFC'))).toEqual([saidBy.vi, saidBy.en, name.vi, name.en]);
    }
  });

  test('the six regions have as many provinces as the master plan gives them, and the capital cities where they are', () => {
    const groups = peerGroupsOf(peers, 'region', '2021', realTable('2021'));
    expect(groups.map(({ id, members }) => [id, members.length])).toEqual([
      ['northern-midlands', 14], ['red-river-delta', 11], ['central-coast', 14], ['central-highlands', 5], ['south-east', 6], ['mekong-delta', 13]]);
    const regionOf = (code: string) => groups.find(({ members }) => members.some((member) => member === code))?.id;
    expect(['01', '22', '24', '48', '60', '68', '79', '92'].map(regionOf)).toEqual(
      ['red-river-delta', 'red-river-delta', 'northern-midlands', 'central-coast', 'central-coast', 'central-highlands', 'south-east', 'mekong-delta']);
  });

  test('an edition that no document divides has no regions', () => {
    expect(peerGroupsOf(peers, 'region', '2025', realTable('2025'))).toEqual([]);
    expect(PEER_KINDS).toEqual(['region', 'size']);
  });
});
