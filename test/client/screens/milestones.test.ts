import { describe, expect, test } from 'vitest';
import { factFigure, milestoneDate, milestoneHighlight } from '../../../client/screens/demo/factText.ts';
import { milestonePins, reportedAreas } from '../../../client/screens/demo/demoMapLooks.ts';
import { milestoneIndexAt, neighbourMilestone, reportsOf } from '../../../client/screens/demo/milestones.ts';
import { toPages } from '../../../client/screens/demo/cardPages.ts';
import { THEMES } from '../../../client/theme/tokens.ts';
import { DAY_MS, startOfDayMs } from '../../../shared/domain/instant.ts';
import { groupMilestones } from '../../../shared/domain/milestones.ts';
import { realIndicators, realTable } from '../../support/aCatalogue.ts';
import { realFacts } from '../../support/realFacts.ts';

const facts = realFacts();
const milestones = groupMilestones(facts);
const noon = (isoDate: string) => startOfDayMs(isoDate) + DAY_MS / 2;
const indicators = new Map<string, ReturnType<typeof realIndicators>[number]>(realIndicators().map((indicator) => [indicator.id, indicator]));
const provinces = realTable('2021').localities.filter(({ level }) => level === 'province');

describe('[DM1] reports whose days can be the same are one milestone', () => {
  test('the five documents are four conferences, in order', () => {
    expect(milestones.map(milestoneDate)).toEqual(['23/7/2019', '12/2/2020', '26/8/2020', '1/1–22/5/2021']);
    expect(milestones.map(({ documents }) => documents.length)).toEqual([1, 2, 1, 1]);
  });

  test('one without a printed day is a span, not a point', () => {
    expect(milestones.map(({ span }) => span !== null)).toEqual([false, false, false, true]);
  });

  test('the order of the facts does not matter', () => {
    expect(groupMilestones([...facts].reverse()).map(({ id, atMs }) => [id, atMs])).toEqual(milestones.map(({ id, atMs }) => [id, atMs]));
  });
});

describe('[DM2] nothing is shown before it was said', () => {
  test('no milestone before the first, then the latest', () => {
    expect(milestoneIndexAt(milestones, noon('2019-07-22'))).toBe(-1);
    expect(milestoneIndexAt(milestones, noon('2019-07-23'))).toBe(0);
    expect(milestoneIndexAt(milestones, noon('2020-08-25'))).toBe(1);
  });

  test('a figure has no report before its day; afterwards the newest first, then what it was', () => {
    expect(reportsOf(facts, 'VN', 'services-level4-share', noon('2020-02-11'))).toEqual([]);
    expect(reportsOf(facts, 'VN', 'services-level4-share', noon('2020-08-26')).map(({ value }) => value)).toEqual([15.9, 10, 4.5]);
  });

  test('a planned date is no figure', () => {
    expect(reportsOf(facts, 'VN', 'portal-share', noon('2019-12-31'))).toEqual([]);
  });

  test('pins stand for past milestones only; the latest is filled', () => {
    const at = noon('2020-08-26');
    const pins = milestonePins(milestones, milestoneIndexAt(milestones, at), provinces, at);
    const name = (code: string) => provinces.find((province) => province.code === code)?.name;
    expect(pins.filter(({ isCurrent }) => isCurrent).map(({ id }) => name(id))).toEqual(['Hưng Yên']);
    expect(pins.filter(({ isCurrent }) => !isCurrent).map(({ id }) => name(id)).sort()).toEqual(['Cà Mau', 'Ninh Thuận', 'Đồng Nai']);
  });

  test('the map colours all provinces or none: no document names the rest', () => {
    const fills = (areAll: boolean) => new Set([...reportedAreas(provinces, areAll, THEMES.paper).values()].map(({ fill }) => fill));
    expect(fills(true).size).toBe(1);
    expect(fills(false)).toEqual(new Set([THEMES.paper.land]));
    expect(fills(true)).not.toEqual(fills(false));
  });
});

describe('[DM3] ← and → go from milestone to milestone', () => {
  test('forth over all of them and back', () => {
    const visited: string[] = [];
    let nowMs = startOfDayMs('2019-07-01');
    for (let next = neighbourMilestone(milestones, nowMs, 'next'); next !== null; next = neighbourMilestone(milestones, nowMs, 'next')) {
      visited.push(milestoneDate(next));
      nowMs = next.completeMs + DAY_MS / 2;
    }
    expect(visited).toEqual(milestones.map(milestoneDate));
    expect(neighbourMilestone(milestones, nowMs, 'previous')).toBe(milestones.at(-2));
    expect(neighbourMilestone(milestones, startOfDayMs('2019-07-01'), 'previous')).toBeNull();
  });
});

describe('[DM4] a figure is printed as it was reported', () => {
  const figure = (id: string) => {
    const fact = facts.find((candidate) => candidate.id === id);
    if (fact === undefined) throw new Error(`no fact ${id}`);
    return factFigure(fact, indicators.get(fact.indicatorId), 'vi');
  };

  test.each([
    ['tslcd-districts-2020-07', '96%'], ['sharing-platform-share-2020-07', '82,61%'], ['services-level4-2020-07', '> 15,9%'],
    ['steering-committee-provinces-2019-07', '62/63'], ['soc-centres-2020-08', '38'], ['egdi-rank-2019', '86/193'], ['personal-ids-2019-07', '≈ 1.900.000'],
  ])('%s is %s', (id, text) => {
    expect(figure(id)).toBe(text);
  });

  test('the timeline names a milestone by its own figures', () => {
    const [, , summer] = milestones;
    if (summer === undefined) throw new Error('three milestones at least');
    expect(milestoneHighlight(summer, (id) => indicators.get(id), 'vi')).toBe('96% huyện đã nối TSLCD · 38 SOC');
  });

  test('every page of the card carries facts of one document, and all pages together every fact', () => {
    for (const { documents } of milestones) {
      const pages = toPages(documents);
      expect(pages.flatMap((page) => page.facts).length).toBe(documents.flatMap((document) => document.facts).length);
      for (const page of pages) expect(new Set(page.facts.map(({ document }) => document))).toEqual(new Set([page.document.document]));
    }
  });
});
