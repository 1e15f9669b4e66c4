import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { TFunction } from 'i18next';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Freshness } from '../../../../shared/domain/freshness.ts';
import { createReadingColumns, packStatus } from '../../../../shared/domain/readingColumns.ts';
import { LocalityList } from '../../../../shared/domain/locality.ts';
import { createCatalogue } from '../../../../client/catalogue/catalogue.ts';
import { startI18n } from '../../../../client/i18n/i18n.ts';
import { createSeats, SEAT, type Seats, withStates } from '../../../../client/layers/seats.ts';
import type { AttentionRow } from '../../../../client/panels/attentionRows.ts';
import { lostLinksOf, schematicLinks, withSilence } from '../../../../client/screens/wall/mapLinks.ts';
import { type LabelOptions, openHighSymbols, sceneLabels, sceneSymbols } from '../../../../client/screens/wall/mapLabels.ts';
import { type ReadSeries, sceneAreas, sceneSeats, type SeatReadings } from '../../../../client/screens/wall/mapScene.ts';
import { wallLayoutOf } from '../../../../client/screens/wall/wallLayout.ts';
import { DISCONNECTED, THEMES } from '../../../../client/theme/tokens.ts';
import { defaultWidthMm, wallScaleOf } from '../../../../client/theme/wallScale.ts';
import { realIndicators } from '../../../support/aCatalogue.ts';

const NOW = 1_800_000_000_000;
const catalogue = createCatalogue(LocalityList.parse(JSON.parse(readFileSync(resolve(import.meta.dirname, '../../../../seeds/geography/localities-2021.json'), 'utf8'))), realIndicators());
const { dark } = THEMES;
let t: TFunction;
beforeAll(async () => { t = (await startI18n('vi')).t; });

/** Every series reads `usual`, measured and fresh, except those named "code/indicator". */
function reader(usual: number, named: Readonly<Record<string, { value: number | null; freshness: Freshness; ageMs?: number }>> = {}): ReadSeries {
  return (localityCode, indicatorId) => {
    const { value, freshness, ageMs = 1_000 } = named[`${localityCode}/${indicatorId}`] ?? { value: usual, freshness: 'fresh' as const };
    return {
      freshness,
      reading: { seriesIndex: 0, value, numerator: null, denominator: null, observedAtMs: freshness === 'never' ? null : NOW - ageMs, freshness, provenance: 'measured', comparator: 'exactly', membersFresh: 0, membersExpected: 0 },
    };
  };
}

/** Every seat's link as the mirror holds it: connected, measured and fresh, except those named by code. */
function links(named: Readonly<Record<string, { value: number | null; freshness: Freshness }>> = {}): SeatReadings {
  const { table, locals } = catalogue;
  const columns = createReadingColumns(table.series.length);
  const seriesIndices = Int32Array.from(locals, ({ code }) => table.indexOf(code, 'tslcd-link-state') ?? -1);
  for (const [at, { code }] of locals.entries()) {
    const { value, freshness } = named[code] ?? { value: 2, freshness: 'fresh' as const };
    const index = seriesIndices[at]!;
    columns.value[index] = value ?? Number.NaN;
    columns.observedAtMs[index] = value === null ? Number.NaN : NOW - 1_000;
    columns.status[index] = packStatus({ freshness, provenance: 'measured', comparator: 'exactly' });
  }
  return { seriesIndices, columns, limits: catalogue.indicator('tslcd-link-state')!, dataNowMs: NOW, link: 'live' };
}

const areas = (read: ReadSeries, more: Partial<Parameters<typeof sceneAreas>[0]> = {}) => sceneAreas({ catalogue, read, scene: 'connectivity', colors: dark, focusCode: null, isLinkLost: false, ...more });

describe('[SC1] the map’s areas say the scene’s figure and how old it is', () => {
  test('every province by its class', () => {
    const drawn = areas(reader(100, { '02/tslcd-share': { value: 81.8, freshness: 'fresh' } }));
    expect(drawn.size).toBe(63);
    expect([drawn.get('01')?.fill, drawn.get('02')?.fill]).toEqual([dark.ramp[0], dark.ramp[3]]);
  });

  test('a dead province has no class', () => {
    expect(areas(reader(100, { '17/tslcd-share': { value: 50, freshness: 'dead' } })).get('17')).toEqual({ fill: dark.deadLand, hatch: 'dead' });
  });

  test('[FG2] with too few members it looks old, and without half of them it has no class', () => {
    const covered = (membersFresh: number): ReadSeries => (code, id) => {
      const found = reader(100)(code, id);
      return found && { ...found, reading: { ...found.reading, membersFresh, membersExpected: 10 } };
    };
    expect([9, 8, 5, 4].map((membersFresh) => areas(covered(membersFresh)).get('01')?.hatch)).toEqual(['none', 'stale', 'stale', 'dead']);
  });

  test('link lost: no area says anything', () => {
    expect(new Set([...areas(reader(50), { isLinkLost: true }).values()].map(({ fill }) => fill))).toEqual(new Set([DISCONNECTED.land]));
  });

  test('a focus shows its own districts and quiets the neighbours', () => {
    const drawn = areas(reader(2, { '68/tslcd-share': { value: 100, freshness: 'fresh' } }), { focusCode: '68' });
    const districts = catalogue.table.childrenOf('68');
    expect(drawn.size).toBe(63 + districts.length);
    expect(drawn.get('01')?.fill).toBe(dark.focusNeighbour);
    expect(drawn.get(districts[0]!.code)?.fill).toBe(dark.focusFill);
  });

  test('a province without a SOC is dotted, a dead one is still dead', () => {
    const drawn = areas(reader(1, { '02/soc-state': { value: 0, freshness: 'fresh' }, '04/soc-state': { value: 0, freshness: 'dead' } }), { scene: 'security' });
    expect([drawn.get('01')?.hatch, drawn.get('02')?.hatch, drawn.get('04')?.hatch]).toEqual(['none', 'never', 'dead']);
  });
});

describe('[SC2] seats and links', () => {
  const read = links({ '027': { value: 0, freshness: 'fresh' }, '026': { value: 1, freshness: 'fresh' }, '028': { value: 2, freshness: 'dead' } });
  const seats = sceneSeats(createSeats(catalogue.locals), read);
  const statesOf = ({ codes, states }: Seats, of: readonly string[]) => of.map((code) => states[codes.indexOf(code)]);

  test('connected, planned, lost and unknown are four things', () => {
    expect(statesOf(seats, ['001', '026', '027', '028'])).toEqual([SEAT.connected, SEAT.notConnected, SEAT.lost, SEAT.unknown]);
  });

  test('old news: what was lost stays lost, what was well is unknown', () => {
    const old = sceneSeats(seats, links({ '026': { value: 1, freshness: 'stale' }, '027': { value: 0, freshness: 'stale' }, '028': { value: 2, freshness: 'stale' } }));
    expect(statesOf(old, ['026', '027', '028', '001'])).toEqual([SEAT.unknown, SEAT.lost, SEAT.unknown, SEAT.connected]);
  });

  test('[F2] a seat looks no fresher than its age, a lost link or the absence of a reading allow', () => {
    const minutesOld = (ms: number) => statesOf(sceneSeats(seats, { ...links(), dataNowMs: NOW + ms }), ['001']);
    expect([minutesOld(60_000), minutesOld(600_000)]).toEqual([[SEAT.connected], [SEAT.unknown]]);
    expect(statesOf(sceneSeats(seats, { ...read, link: 'lost' }), ['001', '027'])).toEqual([SEAT.unknown, SEAT.lost]);
    expect(statesOf(sceneSeats(seats, links({ '001': { value: null, freshness: 'never' } })), ['001'])).toEqual([SEAT.unknown]);
    expect(new Set(sceneSeats(seats, { ...read, seriesIndices: read.seriesIndices.map(() => -1) }).states)).toEqual(new Set([SEAT.unknown]));
  });

  test('a link is silent while no seat of its province speaks, the backbone while none does', () => {
    const { links, backbone } = schematicLinks(catalogue.provinces);
    const provinceOf = (code: string) => catalogue.provinceOf(code)?.code;
    const silentOf = (of: Seats) => [...withSilence(links, of, provinceOf), ...withSilence(backbone, of, provinceOf)].filter(({ isSilent }) => isSilent).map(({ id }) => id);
    const ofHaGiang = new Set<string>(catalogue.table.childrenOf('02').map(({ code }) => code));
    expect(silentOf(seats)).toEqual([]);
    expect(silentOf(withStates(seats, (at) => (ofHaGiang.has(seats.codes[at] ?? '') ? SEAT.unknown : SEAT.connected)))).toEqual(['02']);
    expect(silentOf(createSeats(catalogue.locals))).toHaveLength(62);
  });

  test('nothing new, the same object; new states, the same places', () => {
    expect(sceneSeats(seats, read)).toBe(seats);
    const others = sceneSeats(seats, links());
    expect(others).not.toBe(seats);
    expect(others.lngLats).toBe(seats.lngLats);
  });

  test('60 provinces hang on three hubs, and a lost seat has a link of its own', () => {
    const { hubs, links, backbone } = schematicLinks(catalogue.provinces);
    expect([hubs.map(({ code }) => code), links.length, backbone.length]).toEqual([['01', '48', '79'], 60, 2]);
    expect(lostLinksOf(seats, hubs).map(({ id }) => id)).toEqual(['027']);
  });
});

const row = (provinceCode: string, more: Partial<AttentionRow> = {}): AttentionRow => ({
  key: provinceCode, mark: 'high', isAcknowledged: false, place: '', unitCode: provinceCode, text: '', isSenders: false, notes: [], tlp: null, sinceMs: 0,
  alarms: [{ localityCode: provinceCode }] as unknown as AttentionRow['alarms'], ...more,
});

describe('[ML2] open high alerts', () => {
  const read = reader(0, { '02/alerts-high': { value: 1, freshness: 'fresh' }, '04/alerts-high': { value: 3, freshness: 'stale' }, '06/alerts-high': { value: 2, freshness: 'dead' }, '08/alerts-high': { value: 2, freshness: 'late' } });
  const symbols = (more: Partial<Parameters<typeof openHighSymbols>[0]> = {}) => openHighSymbols({ catalogue, read, codes: ['01', '02', '04', '06', '08'], symbols: [], isLinkLost: false, ...more });

  test('where a security centre counts some, most first; not where it counts none or has fallen silent', () => {
    expect(symbols()).toMatchObject([{ id: '04', severity: 'high', isAcknowledged: false }, { id: '08' }, { id: '02' }]);
  });

  test('a place that has a symbol of an alarm has one symbol', () => {
    expect(symbols({ symbols: sceneSymbols([row('04', { mark: 'critical' })], catalogue, null) }).map(({ id }) => id)).toEqual(['08', '02']);
  });

  test('stay as last known while the link is lost: nobody closed them', () => {
    expect(symbols({ isLinkLost: true }).map(({ id }) => id)).toEqual(['04', '06', '08', '02']);
  });
});

describe('[ML1] symbols and labels: never all 63', () => {
  const labels = (read: ReadSeries, more: Partial<LabelOptions> = {}) => sceneLabels({
    catalogue, read, scene: 'connectivity', wallClass: 'full', focusCode: null, isRoot: false, isLinkLost: false, symbols: [], emphasisId: null, bPx: 50, nowMs: NOW, t, ...more,
  });

  test('one symbol a province, of its most pressing row; none for silence, low levels or the whole country', () => {
    const symbols = sceneSymbols([row('02'), row('02', { mark: 'medium' }), row('17', { mark: 'silent' }), row('04', { mark: 'low' }), { ...row('06'), unitCode: undefined }], catalogue, null);
    expect(symbols.map(({ id, severity }) => [id, severity])).toEqual([['02', 'high']]);
  });

  test('an alarm of one district stands at the district', () => {
    const [symbol] = sceneSymbols([row('02', { alarms: [{ localityCode: '027' }] as unknown as AttentionRow['alarms'] })], catalogue, null);
    expect(symbol?.lngLat).toEqual(catalogue.locality('027')?.lngLat);
  });

  test('in the focus of a province: its own places, each with its symbol and name once, and nothing of its neighbours', () => {
    const both = { alarms: [{ localityCode: '027' }, { localityCode: '026' }] as unknown as AttentionRow['alarms'] };
    const symbols = sceneSymbols([row('02', both), row('04')], catalogue, '02');
    expect(symbols.map(({ id }) => id)).toEqual(['027', '026']);
    const names = labels(reader(2), { focusCode: '02', symbols }).map(({ lines }) => lines[0]);
    expect(names.filter((name) => name === 'Mèo Vạc')).toHaveLength(1);
  });

  test('quiet country: the hubs only', () => {
    expect(labels(reader(100)).map(({ lines }) => lines[0])).toEqual(['Hà Nội', 'Đà Nẵng', 'TP.HCM']);
  });

  test('a dead province is named with its age', () => {
    const found = labels(reader(100, { '17/tslcd-share': { value: 100, freshness: 'dead', ageMs: 192 * 60_000 } })).find(({ id }) => id === 'silent-17');
    expect(found?.lines).toEqual(['Hòa Bình', 'mất tin 3 giờ 12']);
  });

  test('dossiers: the five lowest with their value', () => {
    const named = Object.fromEntries(['02', '04', '06', '08', '10', '11'].map((code, i) => [`${code}/dossiers-on-time-share`, { value: 80 + i, freshness: 'fresh' as const }]));
    expect(labels(reader(99, named), { scene: 'dossiers' }).filter(({ id }) => id.startsWith('extreme')).map(({ lines }) => lines[1])).toEqual(['80,0%', '81,0%', '82,0%', '83,0%', '84,0%']);
  });

  test('a small wall keeps alarms and drops the rest', () => {
    const read = reader(100, { '17/tslcd-share': { value: 100, freshness: 'dead' } });
    expect(labels(read, { wallClass: 'compact', symbols: sceneSymbols([row('02')], catalogue, null) }).map(({ id }) => id)).toEqual(['alarm-02']);
  });

  test('link lost: no ages of single provinces, because all are old', () => {
    expect(labels(reader(100, { '17/tslcd-share': { value: 100, freshness: 'stale' } }), { isLinkLost: true }).some(({ id }) => id.startsWith('silent'))).toBe(false);
  });
});

describe('[WL1] the layout leaves the country room on every surface', () => {
  test.each([[3840, 2160, 2435], [1920, 1080, 2435], [3840, 2160, 2170], [1920, 1080, 1750], [2560, 1440, 2000], [1920, 1080, 1218], [5760, 1080, 3654], [1366, 768, 310]])('%d×%d at %d mm', (widthPx, heightPx, widthMm) => {
    const scale = wallScaleOf({ widthPx, heightPx, widthMm, nearM: 5 });
    const { mapPadding, focusPadding, lostPadding, legend, locator } = wallLayoutOf(scale, widthPx);
    for (const { left, right, top, bottom } of [mapPadding, lostPadding]) {
      expect(widthPx - left - right).toBeGreaterThan(heightPx * 0.3);
      expect(heightPx - top - bottom).toBeGreaterThan(heightPx * 0.5);
    }
    expect(widthPx - focusPadding.left - focusPadding.right).toBeGreaterThan(heightPx * 0.15);
    for (const box of legend === null ? [locator] : [legend, locator]) {
      expect(box.x >= 0 && box.y >= 0 && box.x + box.width <= widthPx && box.y + box.height <= heightPx).toBe(true);
    }
    // The locator never covers the province it belongs to.
    expect(locator.x).toBeGreaterThanOrEqual(widthPx - focusPadding.right - 1);
  });

  test('a page that declares nothing is laid out too', () => {
    expect(wallScaleOf({ widthPx: 1920, heightPx: 1080, widthMm: defaultWidthMm(1920), nearM: 5 }).wallClass).toBe('compact');
  });
});
