import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { IndicatorId } from '../../../shared/domain/ids.ts';
import {
  addPoints, countsOf, differenceFrom, type Formula, GROUP_IDS, monthBounds, monthOf, scoreIndex, ServiceIndexRules, whyUnusable, workFormula, writeFormula,
} from '../../../shared/domain/serviceIndex.ts';
import { realIndicators } from '../../support/aCatalogue.ts';
import { realServiceIndex, serviceIndexJson } from '../../support/aServiceIndex.ts';

const rules = realServiceIndex();
const components = rules.groups.flatMap((group) => group.components);
const ids = [...new Set(components.flatMap(({ rule }) => (rule === null ? [] : countsOf(rule.formula))))];
const countsFrom = (counts: Readonly<Record<string, number | null>>) => (id: IndicatorId) => counts[id] ?? null;

/** Counts of every indicator: missing, small, or large. */
const someCounts = fc.dictionary(fc.constantFrom(...ids), fc.oneof(fc.constant(null), fc.nat(5), fc.nat(1_000_000)));
/** The same with every count there and every part within its whole. */
const soundCounts = fc.record({ whole: fc.integer({ min: 100, max: 1_000_000 }), parts: fc.array(fc.nat(100), { minLength: ids.length, maxLength: ids.length }) })
  .map(({ whole, parts }): Record<string, number> => ({
    ...Object.fromEntries(ids.map((id, at) => [id, Math.floor((whole * (parts[at] ?? 0)) / 100)])),
    'dossiers-received': whole, 'dossiers-resolved': whole, 'services-total': whole, 'dossiers-in-report': whole, 'feedback-due': whole, 'payments-total': 3 * whole,
  }));
const wholes: readonly string[] = ['dossiers-received', 'dossiers-resolved', 'services-total', 'dossiers-in-report', 'dossiers-on-portal', 'feedback-due', 'payments-total', 'payments-zero-fee'];
/** More of these is never worse. */
const gains = ids.filter((id) => !wholes.includes(id) && id !== 'dossiers-complained');

const aShare = (part: string, of: string) => ({ part, whole: { rule: 'one', of } });
const work = (formula: unknown, counts: Readonly<Record<string, number>>) => workFormula(formula as Formula, countsFrom(counts));

describe('rules', () => {
  test('[SI1] six groups of 18, 20, 12, 10, 22 and 18 make 100 points, and what is not established says so', () => {
    expect(rules.groups.map(({ id, points }) => [id, points])).toEqual([['openness', 18], ['progress', 20], ['online', 12], ['payment', 10], ['digitisation', 22], ['satisfaction', 18]]);
    expect(rules.groups.filter(({ standing }) => standing.basis === 'document').map(({ id }) => id)).toEqual(['openness', 'progress', 'satisfaction']);
    for (const { number, rule } of components) if (rule !== null) expect(rule.standing, number).toMatchObject({ basis: 'not-established', citation: { vi: expect.stringContaining('không phải văn bản pháp quy') }, remark: { vi: expect.any(String) } });
    for (const { sharing } of rules.groups) expect(sharing.basis).toBe('not-established');
    expect(whyUnusable(rules, realIndicators())).toBeNull();
  });

  test('[SI1] the words are NFC and in both languages', () => {
    const text = JSON.stringify(serviceIndexJson());
    expect(text).toBe(text.normalize('NFC'));
  });

  /** What the schema says of a changed copy of the rules. */
  function refusal(change: (copy: ReturnType<typeof realServiceIndex>) => void): string {
    const copy = structuredClone(rules);
    change(copy);
    const { error } = ServiceIndexRules.safeParse(copy);
    return error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join(' · ') ?? '';
  }

  test('[SI1] points that do not add up, a group too few, and a rule without its ground are refused by name', () => {
    expect(refusal((copy) => { copy.groups[0]!.points = 17; })).toMatch(/groups: points of the groups must add up to 100; they come to 99 · groups\.0\.components: .* the group's 17; they come to 18/);
    expect(refusal((copy) => { copy.groups[1]!.components[0]!.points = 19.5; })).toContain('groups.1.components: points of the components must add up to the group\'s 20; they come to 19.5');
    expect(refusal((copy) => { copy.groups.pop(); })).toContain('must be the groups openness, progress');
    expect(refusal((copy) => { copy.groups[1]!.components[0]!.number = '1.4'; })).toContain('component 1.4 is there twice');
    expect(refusal((copy) => { copy.groups[2]!.standing.remark = null; })).toContain('what is not established must say so in a remark');
    expect(refusal((copy) => { copy.groups[0]!.standing.citation = null; })).toContain('what a document says must be cited');
    expect(refusal(() => {})).toBe('');
  });

  test('[SI1] an indicator that the catalogue lacks, or that no province has, is named', () => {
    const without = realIndicators().filter(({ id }) => id !== 'feedback-due');
    expect(whyUnusable(rules, without)).toBe('component 5.2 names the indicator "feedback-due", which the catalogue does not have');
    const local = realIndicators().map((indicator) => (indicator.id === 'portal-index-total' ? { ...indicator, levels: ['nation' as const] } : indicator));
    expect(whyUnusable(rules, local)).toBe('portalTotalIndicator names the indicator "portal-index-total", which exists at nation and not in provinces');
  });
});

describe('formulae', () => {
  const counts = { a: 30, b: 40, c: 50, d: 10, zero: 0 };

  test('[SI2] a share, a product, a difference, the larger of two wholes, and one whole without a part of it', () => {
    const ratio = (formula: unknown) => work(formula, counts);
    expect(ratio({ kind: 'share', share: aShare('a', 'b') })).toEqual({ state: 'judged', ratio: 0.75 });
    expect(ratio({ kind: 'share', share: { part: 'a', whole: { rule: 'largest', of: ['b', 'c'] } } })).toEqual({ state: 'judged', ratio: 0.6 });
    expect(ratio({ kind: 'share', share: { part: 'a', whole: { rule: 'less', from: 'c', less: 'd' } } })).toEqual({ state: 'judged', ratio: 0.75 });
    expect(ratio({ kind: 'product', of: [aShare('a', 'b'), aShare('b', 'c')] })).toMatchObject({ state: 'judged', ratio: expect.closeTo(0.6, 9) });
    expect(ratio({ kind: 'difference', from: aShare('a', 'b'), less: [aShare('d', 'b')] })).toEqual({ state: 'judged', ratio: 0.5 });
    expect(ratio({ kind: 'difference', from: aShare('d', 'b'), less: [aShare('a', 'b')] })).toEqual({ state: 'judged', ratio: 0 });
  });

  test('[SI3] a missing count, nothing to count and a part larger than its whole are no score', () => {
    const state = (formula: unknown) => work(formula, counts).state;
    expect(state({ kind: 'share', share: aShare('a', 'nobody') })).toBe('missing-counts');
    expect(state({ kind: 'share', share: { part: 'a', whole: { rule: 'largest', of: ['b', 'nobody'] } } })).toBe('missing-counts');
    expect(state({ kind: 'share', share: aShare('zero', 'zero') })).toBe('nothing-to-count');
    expect(state({ kind: 'share', share: aShare('a', 'zero') })).toBe('impossible');
    expect(state({ kind: 'share', share: aShare('c', 'b') })).toBe('impossible');
    expect(work({ kind: 'share', share: aShare('zero', 'b') }, counts)).toEqual({ state: 'judged', ratio: 0 });
  });

  test('[SI2] in symbols, with the figures filled in; nothing while a count is missing', () => {
    const write = (formula: unknown) => writeFormula(formula as Formula, countsFrom(counts));
    expect(write({ kind: 'share', share: aShare('a', 'b') })).toBe('30 / 40 × 100');
    expect(write({ kind: 'product', of: [aShare('a', 'b'), { part: 'a', whole: { rule: 'largest', of: ['b', 'c'] } }] })).toBe('(30 / 40) × (30 / max(40; 50)) × 100');
    expect(write({ kind: 'difference', from: aShare('a', 'b'), less: [{ part: 'd', whole: { rule: 'less', from: 'c', less: 'd' } }] })).toBe('(30 / 40 − 10 / (50 − 10)) × 100');
    expect(write({ kind: 'share', share: aShare('a', 'nobody') })).toBe('');
  });
});

describe('scores', () => {
  test('[SI3] without a count nothing is judged, and nothing is 0', () => {
    const score = scoreIndex(rules, () => null);
    expect(score).toMatchObject({ points: 100, score: null, judgedPoints: 0, possible: { min: 0, max: 100 } });
    for (const group of score.groups) expect(group).toMatchObject({ score: null, judgedPoints: 0, possible: { min: 0, max: group.points } });
  });

  test('[SI2] full marks from the level of the rule on, in proportion below', () => {
    const online = (part: number) => scoreIndex(rules, countsFrom({ 'services-level4': part, 'services-total': 100 })).groups[2];
    expect(online(80)).toMatchObject({ score: 4, judgedPoints: 4, points: 12, possible: { min: 4, max: 12 } });
    expect(online(95)?.score).toBe(4);
    expect(online(40)?.score).toBe(2);
    expect(online(0)?.score).toBe(0);
  });

  test('[SI3] whatever the counts, each score lies within its points, the sums are those of the parts, and what was not judged is told', () => {
    fc.assert(fc.property(someCounts, (counts) => {
      const index = scoreIndex(rules, countsFrom(counts));
      for (const group of index.groups) {
        for (const { score, points, state, valuePct } of group.components) {
          expect(score === null).toBe(state !== 'judged');
          if (score !== null) expect(score >= 0 && score <= points && valuePct !== null).toBe(true);
        }
        const judged = group.components.filter(({ score }) => score !== null);
        expect(group.judgedPoints).toBe(addPoints(judged.map(({ points }) => points)));
        expect(group.score).toBe(judged.length === 0 ? null : addPoints(judged.map(({ score }) => score ?? 0)));
        expect(group.possible.max).toBe(addPoints([group.score ?? 0, group.points, -group.judgedPoints]));
      }
      expect(index.points).toBe(100);
      expect(index.judgedPoints).toBe(addPoints(index.groups.map(({ judgedPoints }) => judgedPoints)));
      expect(index.score ?? 0).toBe(addPoints(index.groups.map(({ score }) => score ?? 0)));
    }));
  });

  test('[SI4] more of a good part is never worse, more complaints are never better', () => {
    fc.assert(fc.property(soundCounts, fc.constantFrom(...gains, 'dossiers-complained' as IndicatorId), fc.nat(50), (counts, id, more) => {
      const before = scoreIndex(rules, countsFrom(counts));
      const after = scoreIndex(rules, countsFrom({ ...counts, [id]: (counts[id] ?? 0) + more }));
      // A part that is now larger than its whole is not judged at all.
      fc.pre(after.judgedPoints === before.judgedPoints);
      if (id === 'dossiers-complained') expect(after.score ?? 0).toBeLessThanOrEqual(before.score ?? 0);
      else expect(after.score ?? 0).toBeGreaterThanOrEqual(before.score ?? 0);
    }));
  });

  test('[SI4] one more count never lowers what can be judged, and never what the index may come to at the least', () => {
    fc.assert(fc.property(soundCounts, fc.constantFrom(...ids), (counts, id) => {
      const without = scoreIndex(rules, countsFrom({ ...counts, [id]: null as unknown as number }));
      const whole = scoreIndex(rules, countsFrom(counts));
      expect(without.judgedPoints).toBeLessThanOrEqual(whole.judgedPoints);
      expect(without.possible.min).toBeLessThanOrEqual(whole.possible.min);
      expect(without.possible.max).toBeGreaterThanOrEqual(whole.possible.max);
    }));
  });

  test('[SI4] the order of groups and components changes no score', () => {
    fc.assert(fc.property(soundCounts, fc.shuffledSubarray([...GROUP_IDS], { minLength: 6 }), (counts, order) => {
      const shuffled = order.map((id) => ({ ...rules.groups.find((group) => group.id === id)!, components: rules.groups.find((group) => group.id === id)!.components.toReversed() }));
      const [plain, turned] = [scoreIndex(rules, countsFrom(counts)), scoreIndex({ groups: shuffled }, countsFrom(counts))];
      expect([turned.score, turned.judgedPoints, turned.possible]).toEqual([plain.score, plain.judgedPoints, plain.possible]);
      for (const group of plain.groups) expect(turned.groups.find(({ id }) => id === group.id)?.score).toBe(group.score);
    }));
  });

  test('[SI5] a published figure differs by a range as wide as what was not judged', () => {
    expect(differenceFrom(19, { points: 20, score: 18.7, judgedPoints: 20, possible: { min: 18.7, max: 18.7 } })).toEqual({ min: 0.3, max: 0.3 });
    expect(differenceFrom(15.2, { points: 18, score: 4.1, judgedPoints: 4.5, possible: { min: 4.1, max: 17.6 } })).toEqual({ min: -2.4, max: 11.1 });
  });
});

describe('the period', () => {
  test('[SI5] a month begins at midnight in Vietnam', () => {
    const at = (text: string) => Date.parse(text);
    expect(monthOf(at('2026-10-31T23:59:59+07:00'))).toBe(monthOf(at('2026-10-01T00:00:00+07:00')));
    expect(monthOf(at('2026-11-01T00:00:00+07:00'))).toBe(monthOf(at('2026-10-31T23:59:59+07:00')) + 1);
    expect(monthBounds(at('2026-12-31T20:00:00Z'))).toEqual({ fromMs: at('2027-01-01T00:00:00+07:00'), toMs: at('2027-02-01T00:00:00+07:00') });
  });

  test('[SI5] every moment lies in its own month', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 4_000_000_000_000 }), (atMs) => {
      const { fromMs, toMs } = monthBounds(atMs);
      expect(fromMs <= atMs && atMs < toMs).toBe(true);
      expect([monthOf(fromMs), monthOf(toMs - 1)]).toEqual([monthOf(atMs), monthOf(atMs)]);
    }));
  });
});
