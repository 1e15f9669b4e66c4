import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Indicator } from '../../shared/domain/indicator.ts';
import { LocalityList } from '../../shared/domain/locality.ts';
import { Source } from '../../shared/domain/source.ts';
import { realIndicators } from '../support/aCatalogue.ts';

const SEEDS = resolve(import.meta.dirname, '../../seeds');
const readJson = (path: string): unknown => JSON.parse(readFileSync(resolve(SEEDS, path), 'utf8'));

const indicators = realIndicators();
const indicatorsById = new Map<string, Indicator>(indicators.map((indicator) => [indicator.id, indicator]));
const sources = z.array(Source).parse(readJson('catalogue/sources.json'));
const provinces = (edition: '2021' | '2025') =>
  LocalityList.parse(readJson(`geography/localities-${edition}.json`)).localities.filter(({ level }) => level === 'province');

const LEVELS = ['nation', 'province', 'local'] as const;
const repeated = (names: readonly string[]) => names.filter((name, position) => names.indexOf(name) !== position);

/** Each system that the seed documents name, the level it is shown at, and what is shown of it. */
const SYSTEMS = [
  { system: 'dedicated data network', domain: 'connectivity', level: 'local', shows: ['tslcd-link-state', 'tslcd-latency', 'tslcd-loss'] },
  { system: 'dedicated data network, in a province', domain: 'connectivity', level: 'province', shows: ['tslcd-share', 'tslcd-latency', 'tslcd-loss'] },
  { system: 'data sharing platforms', domain: 'connectivity', level: 'province', shows: ['lgsp-state', 'ndxp-transactions', 'ndxp-error-share'] },
  { system: 'document exchange axis', domain: 'connectivity', level: 'province', shows: ['axis-state', 'documents-total', 'documents-electronic-share'] },
  { system: 'national public service portal', domain: 'connectivity', level: 'province', shows: ['portal-state', 'portal-sync-lag'] },
  { system: 'online meetings', domain: 'connectivity', level: 'local', shows: ['meeting-rooms', 'meeting-units', 'meeting-room-share'] },
  { system: 'document and task software', domain: 'connectivity', level: 'province', shows: ['document-software-units'] },
  { system: 'cyber security centre and SOCs', domain: 'security', level: 'province',
    shows: ['soc-state', 'alerts-critical', 'alerts-high', 'alerts-medium', 'alerts-low', 'alerts-unknown', 'alerts-open', 'alerts-acknowledged', 'alerts-ack-minutes'] },
  { system: 'four-layer protection', domain: 'security', level: 'province', shows: ['four-layer-layers'] },
  { system: 'one-stop', domain: 'dossiers', level: 'local',
    shows: ['dossiers-received', 'dossiers-resolved', 'dossiers-on-time', 'dossiers-on-time-share', 'dossiers-overdue', 'dossiers-waiting', 'one-stop-state'] },
  { system: 'public administration centres', domain: 'dossiers', level: 'province', shows: ['public-centre-state'] },
  { system: 'online services', domain: 'dossiers', level: 'province', shows: ['services-level3-share', 'services-level4-share', 'dossiers-online'] },
  { system: 'public post', domain: 'dossiers', level: 'province', shows: ['dossiers-post-in', 'dossiers-post-in-share', 'dossiers-post-out', 'dossiers-post-out-share'] },
  { system: 'signatures and payments', domain: 'dossiers', level: 'province', shows: ['results-signed-share', 'payments-online-share'] },
  { system: 'national databases', domain: 'nation', level: 'nation', shows: ['personal-ids-issued', 'id-cards-issued', 'personal-id-provinces', 'id-card-provinces'] },
  { system: 'Resolution 17, committees, plans, rank', domain: 'nation', level: 'nation',
    shows: ['resolution17-tasks', 'steering-committee-province-share', 'resolution17-plan-province-share', 'egdi-rank'] },
  { system: 'ISO and provincial rank', domain: 'nation', level: 'province', shows: ['iso-agencies-share', 'iso-districts-share', 'iso-communes-share', 'ict-index-rank'] },
  { system: 'operations centres', domain: 'nation', level: 'province', shows: ['ioc-entry-share', 'ioc-feeds-fresh', 'ioc-feeds-expected', 'ioc-feeds-share'] },
] as const;

describe('indicators', () => {
  test('[C1] every indicator has its own id, and no two read alike on a card of one level', () => {
    expect(repeated(indicators.map(({ id }) => id))).toEqual([]);
    for (const level of LEVELS) {
      const cards = indicators.filter(({ levels }) => levels.includes(level)).map(({ shortName, unit }) => `${shortName.vi} (${unit.vi})`);
      expect(repeated(cards), level).toEqual([]);
    }
    expect(repeated(indicators.map(({ name, unit }) => `${name.vi} (${unit.vi})`))).toEqual([]);
  });

  test('[C2] names are in both languages and NFC', () => {
    for (const { id, name, shortName, unit, states } of indicators) {
      for (const { vi, en } of [name, shortName, ...states.map((state) => state.name)]) {
        expect(vi.trim().length * en.trim().length, id).toBeGreaterThan(0);
        expect(vi, id).toBe(vi.normalize('NFC'));
      }
      expect(unit.vi, id).toBe(unit.vi.normalize('NFC'));
      // Only a state is read without a unit.
      expect(unit.vi === '', id).toBe(states.length > 0);
      expect(unit.en === '', id).toBe(states.length > 0);
    }
  });

  test('[C3] a ratio or share refers to indicators that exist wherever its members are', () => {
    for (const { id, rollUp, levels, unit, observedAt, decimals } of indicators) {
      if (rollUp.rule === 'ratio') {
        for (const part of [rollUp.numerator, rollUp.denominator]) {
          for (const level of levels) expect(indicatorsById.get(part)?.levels, `${id} needs ${part} at ${level}`).toContain(level);
        }
      }
      if (rollUp.rule === 'share') {
        const of = indicatorsById.get(rollUp.of);
        expect(of?.observedAt, `${id} counts ${rollUp.of}`).toBe(of?.levels.at(-1));
        // Members are counted from the level just below the lowest share.
        const lowest = LEVELS.findLastIndex((level) => levels.includes(level));
        expect(LEVELS[lowest + 1], id).toBe(of?.observedAt);
        expect(rollUp.atLeast).toBeLessThanOrEqual(of?.plausible.max ?? Number.NaN);
      }
      if (rollUp.rule === 'ratio' || rollUp.rule === 'share') {
        expect([unit.vi, observedAt], id).toEqual(['%', null]);
        expect(decimals, id).toBeGreaterThan(0);
      }
    }
  });

  test('[C4] an indicator is observed at its lowest level, and above that a rule computes it', () => {
    for (const { id, levels, observedAt, rollUp } of indicators) {
      expect(levels, id).toEqual(LEVELS.filter((level) => levels.includes(level)));
      if (observedAt === null) continue;
      expect(levels.at(-1), id).toBe(observedAt);
      expect(rollUp.rule === 'none', id).toBe(levels.length === 1);
    }
  });

  test('[C5] freshness limits ascend from the cadence', () => {
    for (const { id, expectEveryMs, lateAfterMs, staleAfterMs, deadAfterMs } of indicators) {
      const limits = [expectEveryMs, lateAfterMs, staleAfterMs, deadAfterMs];
      expect(limits, id).toEqual([...new Set(limits)].sort((a, b) => a - b));
    }
  });

  test('[C6] targets, bands and states lie in the plausible range; bands go from best to worst', () => {
    for (const { id, plausible, target, bands, states, direction, unit } of indicators) {
      expect(plausible.min, id).toBeLessThan(plausible.max);
      for (const number of [...(target === null ? [] : [target]), ...bands, ...states.map(({ value }) => value)]) {
        expect(number >= plausible.min && number <= plausible.max, `${id}: ${number}`).toBe(true);
      }
      expect([0, 4], id).toContain(bands.length);
      expect(bands, id).toEqual(bands.toSorted((a, b) => (direction === 'lower-is-better' ? a - b : b - a)));
      if (target !== null) expect(direction, id).not.toBe('neutral');
      if (unit.vi === '%') expect(plausible, id).toEqual({ min: 0, max: 100 });
    }
  });

  test.each(SYSTEMS)('[C7] $system is shown in $domain at $level level', ({ domain, level, shows }) => {
    for (const id of shows) {
      expect(indicatorsById.get(id)?.levels, id).toContain(level);
      expect(indicatorsById.get(id)?.domain, id).toBe(domain);
    }
  });

  test('[C7] what the map colours has bands, and what a rule computes has a quorum that means something', () => {
    for (const id of ['tslcd-share', 'dossiers-on-time-share']) expect(indicatorsById.get(id)?.bands, id).toHaveLength(4);
    for (const { id, rollUp, quorumRatio } of indicators) if (rollUp.rule !== 'none') expect(quorumRatio, id).toBeGreaterThan(0.5);
  });
});

describe('sources', () => {
  test('[C8] every source has its own id, and its name in both languages, NFC', () => {
    expect(repeated(sources.map(({ id }) => id))).toEqual([]);
    for (const { id, name } of sources) expect(name.vi, id).toBe(name.vi.normalize('NFC'));
  });

  test('[C9] every province has a gateway that speaks for it and pushes each minute', () => {
    for (const { code, name } of provinces('2021')) {
      const gateway = sources.find(({ id }) => id === `province-${code}`);
      expect(gateway).toMatchObject({ locality: code, entryMethod: 'push', expectEveryMs: 60_000 });
      expect(gateway?.name.vi).toMatch(new RegExp(`^Cổng dữ liệu (tỉnh|thành phố) ${name}$`, 'u'));
    }
    expect(sources.filter(({ id }) => id.startsWith('province-'))).toHaveLength(63);
  });

  test('[C10] the provinces of 2025 keep codes of 2021, so the same gateways serve both editions', () => {
    const gateways = new Set<string>(sources.map(({ id }) => id));
    expect(provinces('2025').filter(({ code }) => !gateways.has(`province-${code}`))).toEqual([]);
    expect(provinces('2025')).toHaveLength(34);
  });

  test('[C11] the national platforms and the five documents are sources', () => {
    const ids = sources.map(({ id }) => id as string);
    expect(ids).toEqual(expect.arrayContaining(['tslcd', 'ndxp', 'document-axis', 'national-portal', 'ncsc', 'one-stop-hub']));
    expect(sources.filter(({ id }) => id.startsWith('seed-')).map(({ id, entryMethod }) => [id, entryMethod]))
      .toEqual(['000', '001', '002', '003', '004'].map((document) => [`seed-${document}`, 'manual']));
  });
});
