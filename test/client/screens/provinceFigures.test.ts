import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createCatalogue } from '../../../client/catalogue/catalogue.ts';
import { cellCentre } from '../../../client/screens/province/cellCentre.ts';
import { compareWorstFirst, dotScaleOf, legendOf, rampClassOf } from '../../../client/screens/province/districtScale.ts';
import { DOMAIN_VIEWS, DOMAINS } from '../../../client/screens/province/domainViews.ts';
import { checkSum, explainRows, sourcesOf } from '../../../client/screens/province/explain/explainRows.ts';
import { readSelection } from '../../../client/screens/province/provinceSelection.ts';
import { readExplained } from '../../../client/screens/province/explain/explainAddress.ts';
import { sparkline } from '../../../client/screens/province/sparkline.ts';
import { changeWords } from '../../../client/screens/province/useCardTrend.ts';
import { startI18n } from '../../../client/i18n/i18n.ts';
import { ExplainDto } from '../../../shared/protocol/answers.ts';
import { LocalityList } from '../../../shared/domain/locality.ts';
import { anIndicator, realIndicators, realTable } from '../../support/aCatalogue.ts';

const i18n = await startI18n('vi');
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

describe('[PS5] [XP3] an explanation shows every part, its weight, and whether the parts add up', () => {
  const reading = (localityCode: string, indicatorId: string, value: number | null, freshness = 'fresh') => ({
    localityCode, indicatorId, value, numerator: null, denominator: null, observedAtMs: 1, freshness, provenance: 'measured', comparator: 'exactly', membersFresh: 1, membersExpected: 1,
  });
  const node = (localityCode: string, indicatorId: string, value: number | null, members: unknown[] = [], freshness = 'fresh') => ({
    reading: reading(localityCode, indicatorId, value, freshness), name: { vi: 'a', en: 'a' }, unit: { vi: '', en: '' }, rule: members.length > 0 ? 'sum' : 'observed', formula: '', recomputed: value,
    source: members.length > 0 ? null : { sourceId: `source-${localityCode}`, receivedAtMs: 1, offset: 1, ref: null }, members,
  });
  const more = { channel: 'live', epoch: '0123456789abcdef', atMs: 1, facts: [] };
  const answer = (value: number) => {
    const ratio = node('68', 'dossiers-on-time-share', value, [
      node('68', 'dossiers-on-time', 90, [node('672', 'dossiers-on-time', 80), node('673', 'dossiers-on-time', 10, [], 'stale'), node('674', 'dossiers-on-time', null, [], 'never')]),
      node('68', 'dossiers-resolved', 100, [node('672', 'dossiers-resolved', 80), node('673', 'dossiers-resolved', 20), node('674', 'dossiers-resolved', null, [], 'never')]),
    ]);
    return ExplainDto.parse({ ...ratio, reading: { ...ratio.reading, numerator: 90, denominator: 100 }, rule: 'ratio', ...more });
  };
  const rowsOf = (dto: ExplainDto) => explainRows(dto, catalogue.indicator).map(({ reading: { localityCode, value, freshness }, parts, weightRatio }) => [localityCode, value, freshness, parts, weightRatio]);

  test('a ratio is shown by unit with both counts, worst first; who is silent is last, and as old as the older count', () => {
    expect(rowsOf(answer(90))).toEqual([
      ['673', 50, 'stale', { numerator: 10, denominator: 20 }, 0.2], ['672', 100, 'fresh', { numerator: 80, denominator: 80 }, 0.8],
      ['674', null, 'never', null, null],
    ]);
  });

  test('a ratio whose counts are told by different units shows the two counts themselves', () => {
    const dto = ExplainDto.parse({ ...node('68', 'dossiers-online-share', 50, [node('68', 'dossiers-online', 50), node('68', 'dossiers-received', 100, [node('672', 'dossiers-received', 100)])]), rule: 'ratio', ...more });
    expect(explainRows(dto, catalogue.indicator).map(({ reading: { indicatorId, value } }) => [indicatorId, value])).toEqual([['dossiers-online', 50], ['dossiers-received', 100]]);
  });

  test('of a share each unit is one, silent or not, and counts or does not', () => {
    const dto = ExplainDto.parse({ ...node('68', 'tslcd-share', 33.3, [node('672', 'tslcd-link-state', 2), node('673', 'tslcd-link-state', 0), node('674', 'tslcd-link-state', null, [], 'never')]), rule: 'share', ...more });
    expect(explainRows(dto, catalogue.indicator).map(({ reading: { localityCode }, isCounted, weightRatio }) => [localityCode, isCounted, weightRatio])).toEqual([['673', false, 1 / 3], ['672', true, 1 / 3], ['674', false, 1 / 3]]);
  });

  test('the worst names who makes it', () => {
    const dto = ExplainDto.parse({ ...node('68', 'tslcd-latency', 90, [node('672', 'tslcd-latency', 12), node('673', 'tslcd-latency', 90)]), rule: 'worst', ...more });
    expect(explainRows(dto, catalogue.indicator).map(({ reading: { localityCode }, isDecisive }) => [localityCode, isDecisive])).toEqual([['673', true], ['672', false]]);
  });

  test('a difference is found by the parts shown, not by what the server says of itself', () => {
    expect(checkSum(answer(90), catalogue.indicator)).toEqual({ isSame: true, again: { value: 90, numerator: 90, denominator: 100 } });
    expect(checkSum(answer(89.7), catalogue.indicator)).toMatchObject({ isSame: false, again: { value: 90 } });
    expect(checkSum({ ...answer(90), rule: 'observed' }, catalogue.indicator)).toBeNull();
  });

  test('every source behind the number is named once, with how many readings are its', () => {
    expect(sourcesOf(answer(90))).toEqual([{ sourceId: 'source-672', count: 2 }, { sourceId: 'source-673', count: 2 }, { sourceId: 'source-674', count: 2 }]);
  });
});

describe('[XP4] a link opens an explanation and its way down; what it names wrongly is left out', () => {
  const explained = (search: string) => readExplained(new URLSearchParams(search), '68', catalogue).map(({ localityCode, indicatorId }) => `${localityCode}/${indicatorId}`);
  test.each([
    ['explain=dossiers-overdue', ['68/dossiers-overdue']],
    ['explain=672/dossiers-overdue', ['672/dossiers-overdue']],
    ['explain=tslcd-share&part=672/tslcd-link-state', ['68/tslcd-share', '672/tslcd-link-state']],
    ['explain=tslcd-share&part=999/tslcd-link-state&part=672/tslcd-link-state', ['68/tslcd-share']],
    ['explain=weather', []], ['explain=', []], ['part=672/tslcd-link-state', []], ['', []],
  ])('"%s"', (search, expected) => { expect(explained(search)).toEqual(expected); });
});

describe('[XP5] a card says how its number changed in 24 hours', () => {
  const words = (indicatorId: string, value: number, before: number | null) => changeWords(catalogue.indicator(indicatorId)!, value, { value: before }, 'vi', i18n.t);
  test.each([
    ['dossiers-on-time-share', 94.6, 94.2, '+0,4 điểm sau 24 giờ'], ['dossiers-on-time-share', 94.2, 94.6, '−0,4 điểm sau 24 giờ'], ['dossiers-overdue', 196, 184, '+12 sau 24 giờ'],
    ['dossiers-overdue', 0, 0, 'không đổi sau 24 giờ'], ['dossiers-overdue', 7, null, '24 giờ trước: —'], ['tslcd-link-state', 2, 0, '24 giờ trước: mất nối'],
  ])('%s from %s, before %s: "%s"', (indicatorId, value, before, expected) => { expect(words(indicatorId, value, before)).toBe(expected); });

  test('its line breaks where nothing was read, and stays inside its picture', () => {
    fc.assert(fc.property(fc.array(fc.option(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { nil: null }), { maxLength: 30 }), (points) => {
      const shape = sparkline(points, 60, 26);
      if (points.every((point) => point === null)) { expect(shape).toBeNull(); return; }
      const runs = points.filter((point, i) => point !== null && (i === 0 || points[i - 1] === null)).length;
      expect(shape?.path.match(/M/g)).toHaveLength(runs);
      const numbers = shape?.path.match(/-?\d+(\.\d+)?/g)?.map(Number) ?? [];
      expect(numbers.every((number) => number >= 0 && number <= 60)).toBe(true);
    }));
  });
});

test('[PS6] the name of a district stands in the middle of its largest part', () => {
  const square = (x: number, y: number, size: number) => [[x, y], [x + size, y], [x + size, y + size], [x, y + size], [x, y]];
  expect(cellCentre({ type: 'Polygon', coordinates: [square(0, 0, 2)] })).toEqual([1, 1]);
  expect(cellCentre({ type: 'MultiPolygon', coordinates: [[square(10, 10, 1)], [square(0, 0, 4)]] })).toEqual([2, 2]);
});
