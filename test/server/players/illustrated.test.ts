import { describe, expect, test } from 'vitest';
import { readCatalogue } from '../../../server/catalogue.ts';
import { createGate } from '../../../server/ingest/gate.ts';
import { illustrateAlerts } from '../../../server/players/illustrated/alerts.ts';
import { CA_MAU, illustrateDossiers, RESOLVED_HALF } from '../../../server/players/illustrated/dossiers.ts';
import { dayMs, DAYS } from '../../../server/players/illustrated/illustration.ts';
import { illustrateLinks, REPORTED_LINKS } from '../../../server/players/illustrated/links.ts';
import type { ReceivedCandidate } from '../../../server/ports/player.ts';
import { Candidate } from '../../../shared/domain/observation.ts';
import rules from '../../../seeds/facts/derived/illustrations.json' with { type: 'json' };

const catalogue = readCatalogue();
const table = catalogue.tablesByEdition[2021];
const provinces = table.localities.filter(({ level }) => level === 'province');
const districts = provinces.flatMap(({ code }) => table.childrenOf(code));
const factOf = (id: string) => catalogue.facts.find((fact) => fact.id === id)!;

const parse = (received: readonly ReceivedCandidate[]) => received.map(({ candidate }) => Candidate.parse(candidate));
/** The value each series holds at the end of that day. */
function heldOn(readings: readonly Candidate[], day: number): ReadonlyMap<string, number> {
  const past = readings.filter(({ observedAtMs }) => observedAtMs <= dayMs(day)).sort((a, b) => a.observedAtMs - b.observedAtMs);
  return new Map(past.map(({ localityCode, indicatorId, value }) => [`${localityCode}/${indicatorId}`, value ?? Number.NaN]));
}

const links = parse(illustrateLinks(districts));
const alerts = parse(illustrateAlerts(provinces));
const dossiers = parse(illustrateDossiers(districts));
const connectedOn = (day: number) => [...heldOn(links, day).values()].filter((state) => state === 2).length;

test('[IL4] every filled-in reading is called illustrative, and names a rule that is written in both languages', () => {
  for (const { provenance, ref } of [...links, ...alerts, ...dossiers]) {
    expect(provenance).toBe('illustrative');
    expect(rules.find(({ id }) => id === ref)?.rule).toMatchObject({ vi: expect.stringMatching(/\S/), en: expect.stringMatching(/\S/) });
  }
});

describe('[IL1] links', () => {
  test('are as many as reported on the day reported, and on no day after another percentage', () => {
    const { value } = factOf('tslcd-districts-2020-07');
    expect([REPORTED_LINKS.connected, districts.length, dayMs(REPORTED_LINKS.byDay)]).toEqual([677, 705, Date.parse('2020-07-31T00:00:00+07:00')]);
    for (let day = REPORTED_LINKS.byDay; day <= DAYS; day++) expect(Math.round((100 * connectedOn(day)) / districts.length)).toBe(value);
  });

  test('grow towards that without an early jump, and reach every province by then', () => {
    const monthly = Array.from({ length: 19 }, (_, month) => connectedOn(month * 30));
    for (const [i, count] of monthly.entries()) expect(Math.abs(count - (677 * i * 30) / REPORTED_LINKS.byDay)).toBeLessThan(4);
    const held = heldOn(links, REPORTED_LINKS.byDay);
    for (const { code } of provinces) expect(table.childrenOf(code).some((district) => held.get(`${district.code}/tslcd-link-state`) === 2)).toBe(true);
  });
});

test('[IL2] some alerts are open on every day after the first weeks, none of them critical, and all that begin end', () => {
  expect(new Set(alerts.map(({ indicatorId }) => indicatorId))).toEqual(new Set(['alerts-high', 'alerts-open']));
  for (let day = 30; day <= DAYS; day++) {
    const held = heldOn(alerts, day);
    const open = provinces.filter(({ code }) => (held.get(`${code}/alerts-high`) ?? 0) > 0);
    expect(open.length).toBeGreaterThan(0);
    expect(open.length).toBeLessThan(8);
    for (const { code } of provinces) expect(held.get(`${code}/alerts-open`)).toBeGreaterThanOrEqual(held.get(`${code}/alerts-high`) ?? Number.NaN);
  }
});

test('[IL3] what is overdue fits more than 95 % on time, of as many as Cà Mau’s reported share says', () => {
  const { value: post } = factOf('ca-mau-post-out-2019');
  const { value: postShare } = factOf('ca-mau-post-out-share-2019');
  expect((100 * post!) / CA_MAU.resolvedYear).toBeCloseTo(postShare!, 2);
  expect(table.childrenOf('96')).toHaveLength(CA_MAU.districts);
  expect(new Set(dossiers.map(({ indicatorId }) => indicatorId))).toEqual(new Set(['dossiers-overdue']));
  for (let day = 0; day <= DAYS; day += 30) {
    const overdue = [...heldOn(dossiers, day).values()];
    expect(overdue).toHaveLength(districts.length);
    for (const count of overdue) expect(count / RESOLVED_HALF).toBeLessThan(1 - 0.95);
    expect(Math.min(...overdue)).toBeGreaterThan(0);
  }
});

test('[IL4] the gate admits all of it as it would a feed: placed where the indicator is observed', () => {
  const { results } = createGate({ table, sources: catalogue.sources }).admit([...illustrateLinks(districts), ...illustrateAlerts(provinces), ...illustrateDossiers(districts)]);
  expect(results.filter(({ kind }) => kind !== 'accepted')).toEqual([]);
});
