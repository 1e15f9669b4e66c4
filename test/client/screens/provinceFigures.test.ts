import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createCatalogue } from '../../../client/catalogue/catalogue.ts';
import { cellCentre } from '../../../client/screens/province/cellCentre.ts';
import { compareWorstFirst, dotScaleOf, legendOf, rampClassOf } from '../../../client/screens/province/districtScale.ts';
import { DOMAIN_VIEWS, DOMAINS } from '../../../client/screens/province/domainViews.ts';
import { addsUp, explainRows } from '../../../client/screens/province/explainRows.ts';
import { readSelection } from '../../../client/screens/province/provinceSelection.ts';
import { trendShape } from '../../../client/screens/province/trendPath.ts';
import { ExplainDto } from '../../../shared/protocol/answers.ts';
import { LocalityList } from '../../../shared/domain/locality.ts';
import { anIndicator, realIndicators, realTable } from '../../support/aCatalogue.ts';

const catalogue = createCatalogue(LocalityList.parse({ edition: '2021', asOf: '2021-07-01', localities: realTable('2021').localities }), realIndicators());
const onTime = catalogue.indicator('dossiers-on-time-share')!;
const linkState = catalogue.indicator('tslcd-link-state')!;
const latency = catalogue.indicator('tslcd-latency')!;
const select = (search: string) => readSelection(new URLSearchParams(search), '68', catalogue);

describe('[PS1] a link to a province opens what it names and ignores what it names wrongly', () => {
  test('unit, domain and indicator', () => {
    expect(select('unit=672&domain=dossiers&indicator=dossiers-overdue')).toMatchObject({ unitCode: '672', shownCode: '672', domain: 'dossiers', indicatorId: 'dossiers-overdue' });
  });

  test.each(['unit=001', 'unit=nowhere', 'domain=weather', 'indicator=egdi-rank', ''])('"%s" falls back', (search) => {
    expect(select(search)).toMatchObject({ unitCode: null, shownCode: '68', domain: 'connectivity', indicatorId: 'tslcd-share' });
  });

  test.each(['68', '672'])('[PS11] over its three domains the page of %s leads to every indicator that exists there', (code) => {
    const shown = (['connectivity', 'security', 'dossiers'] as const).flatMap((domain) => {
      const { cards, others, shownCode } = select(code === '68' ? `domain=${domain}` : `domain=${domain}&unit=${code}`);
      return shownCode === code ? [...cards, ...others] : [];
    });
    const existing = catalogue.table.indicators.map(({ id }) => id).filter((id) => catalogue.table.indexOf(code, id) !== undefined);
    expect(new Set(shown)).toEqual(new Set(existing));
  });

  test('a domain without districts shows the province, whatever the unit', () => {
    expect(select('unit=672&domain=security')).toMatchObject({ unitCode: '672', shownCode: '68' });
  });

  test('every card is a series of the catalogue: six for the province and six for a district', () => {
    for (const domain of DOMAINS) {
      expect(select(`domain=${domain}`).cards).toEqual(DOMAIN_VIEWS[domain].provinceCards);
      if (DOMAIN_VIEWS[domain].localCards.length > 0) expect(select(`domain=${domain}&unit=672`).cards).toHaveLength(6);
    }
  });
});

describe('[PS2] colours follow fixed breaks, states or the target, never the other districts', () => {
  test('breaks', () => {
    expect([97, 96.9, 94, 90, 85].map((value) => rampClassOf(onTime, value))).toEqual([0, 1, 2, 3, 4]);
  });

  test('a lost link needs attention, one not yet connected is a plan', () => {
    expect([2, 1, 0].map((value) => rampClassOf(linkState, value))).toEqual([0, 2, 4]);
  });

  test('a target alone gives two classes; zero is a reading, absence is not', () => {
    expect([0, 80, 81].map((value) => rampClassOf(latency, value))).toEqual([0, 0, 2]);
    expect(rampClassOf(latency, null)).toBeNull();
  });

  test('the legend names every class there can be', () => {
    for (const indicator of [onTime, linkState, latency]) {
      const named = new Set(legendOf(indicator).map(({ classIndex }) => classIndex));
      for (const value of [0, 1, 2, 50, 81, 91, 94, 96, 99]) {
        const index = indicator.states.length > 0 && value > 2 ? null : rampClassOf(indicator, value);
        if (index !== null) expect(named).toContain(index);
      }
    }
  });
});

describe('[PS3] the list is worst first on a stated scale that holds every dot and the target', () => {
  test('any values', () => {
    const value = fc.double({ min: 0, max: 100, noNaN: true });
    fc.assert(fc.property(fc.array(value, { minLength: 1, maxLength: 30 }), (values) => {
      const scale = dotScaleOf(onTime, values)!;
      for (const shown of [...values, 95]) {
        expect(shown).toBeGreaterThanOrEqual(scale.min);
        expect(shown).toBeLessThanOrEqual(scale.max);
      }
    }));
  });

  test('a scale of counts begins at zero', () => {
    expect(dotScaleOf(anIndicator({ direction: 'lower-is-better' }), [12, 40])!.min).toBe(0);
  });

  test('lowest share and highest latency first; a district without a value last', () => {
    expect([96, null, 85, 94].sort((a, b) => compareWorstFirst(onTime, a, b))).toEqual([85, 94, 96, null]);
    expect([20, 90, null].sort((a, b) => compareWorstFirst(latency, a, b))).toEqual([90, 20, null]);
  });
});

describe('[PS4] a gap in a trend is drawn as a gap', () => {
  const point = (atMs: number, last: number | null) => ({ atMs, min: last, max: last, last, count: last === null ? 0 : 1 });
  const options = { fromMs: 0, toMs: 100, width: 1_000, height: 100, target: null };

  test('two stretches with nothing between are two lines', () => {
    const shape = trendShape([point(0, 1), point(10, 2), point(20, null), point(30, 3), point(40, 4)], options);
    expect(shape?.line.match(/M/g)).toHaveLength(2);
  });

  test('a reading alone between gaps is a dot', () => {
    expect(trendShape([point(0, null), point(50, 7), point(60, null)], options)?.lone).toEqual([{ x: 500, y: 50 }]);
  });

  test('nothing read is nothing drawn, not a line at zero', () => {
    expect(trendShape([point(0, null), point(50, null)], options)).toBeNull();
  });
});

describe('[PS5] an explanation shows the parts and whether they add up', () => {
  const reading = (localityCode: string, indicatorId: string, value: number | null) => ({
    localityCode, indicatorId, value, numerator: null, denominator: null, observedAtMs: 1, freshness: 'fresh', provenance: 'measured', comparator: 'exactly', membersFresh: 1, membersExpected: 1,
  });
  const node = (localityCode: string, indicatorId: string, value: number | null, members: unknown[] = []) => ({
    reading: reading(localityCode, indicatorId, value), name: { vi: 'a', en: 'a' }, unit: { vi: '', en: '' }, rule: 'sum', formula: '', recomputed: value, source: null, members,
  });
  const answer = (recomputed: number) => ExplainDto.parse({
    ...node('68', 'dossiers-on-time-share', 90, [
      node('68', 'dossiers-on-time', 90, [node('672', 'dossiers-on-time', 80), node('673', 'dossiers-on-time', 10)]),
      node('68', 'dossiers-resolved', 100, [node('672', 'dossiers-resolved', 80), node('673', 'dossiers-resolved', 20)]),
    ]), rule: 'ratio', recomputed, channel: 'live', epoch: '0123456789abcdef', atMs: 1, facts: [],
  });

  test('a ratio is shown by unit with both counts', () => {
    expect(explainRows(answer(90)).map(({ localityCode, reading: { value }, parts }) => [localityCode, value, parts])).toEqual([
      ['672', 100, { numerator: 80, denominator: 80 }], ['673', 50, { numerator: 10, denominator: 20 }],
    ]);
  });

  test('a difference is said', () => {
    expect(addsUp(answer(90))).toBe(true);
    expect(addsUp(answer(89.7))).toBe(false);
    expect(addsUp({ ...answer(90), rule: 'observed' })).toBeNull();
  });
});

test('[PS6] the name of a district stands in the middle of its largest part', () => {
  const square = (x: number, y: number, size: number) => [[x, y], [x + size, y], [x + size, y + size], [x, y + size], [x, y]];
  expect(cellCentre({ type: 'Polygon', coordinates: [square(0, 0, 2)] })).toEqual([1, 1]);
  expect(cellCentre({ type: 'MultiPolygon', coordinates: [[square(10, 10, 1)], [square(0, 0, 4)]] })).toEqual([2, 2]);
});
