import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { toPages } from '../../../client/screens/demo/cardPages.ts';
import { DEMO_INDICATORS } from '../../../client/screens/demo/demoIndicators.ts';
import { dayText, factFigure, milestoneDate } from '../../../client/screens/demo/factText.ts';
import type { Fact } from '../../../shared/domain/fact.ts';
import { groupMilestones, type Milestone } from '../../../shared/domain/milestones.ts';
import { realIndicators, realTable } from '../../support/aCatalogue.ts';
import { realFacts } from '../../support/realFacts.ts';

const facts = realFacts();
const milestones = groupMilestones(facts);
const table = realTable('2021');
const indicators = new Map<string, ReturnType<typeof realIndicators>[number]>(realIndicators().map((indicator) => [indicator.id, indicator]));
const columnIds: readonly string[] = DEMO_INDICATORS;

/** Where a presenter finds a fact: its page of the milestone's card, the left column for a national figure that has a place there, the pin of its province. */
function placesOf(fact: Fact, { documents }: Milestone): string {
  const pages = toPages(documents);
  const page = pages.findIndex((one) => one.facts.includes(fact)) + 1;
  const inColumn = fact.localityCode === 'VN' && columnIds.includes(fact.indicatorId) && (fact.value !== null || fact.numerator !== null);
  const province = table.localities.find(({ code, level }) => code === fact.localityCode && level === 'province');
  return [`card ${page}/${pages.length}`, inColumn ? 'left column' : null, province === undefined ? null : `pin ${province.name}`].filter((place) => place !== null).join(', ');
}

function rowsOf(milestone: Milestone): string[] {
  return milestone.documents.flatMap((document) => document.facts.map((fact) => {
    const figure = factFigure(fact, indicators.get(fact.indicatorId), 'en');
    const asOf = `${dayText(fact.asOf)}${fact.dateBasis === 'inferred' ? ' (inferred)' : ''}`;
    return `| ${dayText(fact.reportedOn)} | ${figure === '' ? 'a date' : figure} | ${fact.statement.en} | ${asOf} | ${placesOf(fact, milestone)} | ${document.publisher} |`;
  }));
}

test('[DG1] docs/demo-facts.md says of every fact when and where on the screen it appears', async () => {
  const text = [
    '# Every fact of the replay, when and where', '',
    'Made from `seeds/facts/` by a test; `npx vitest run --project unit test/client/screens/demoGuide.test.ts -u` writes it anew. "Said on" is the day the replay shows it, "of" the day it is about. The figure is written as in the',
    'English interface. A card page is reached with the arrows of the card; what a later fact replaces stays on its own card and stands under the new figure with its date.',
    ...milestones.flatMap((milestone, i) => [
      '', `## Milestone ${i + 1}: ${milestoneDate(milestone)}`, '', '| said on | figure | what | of | where | by |', '|---|---|---|---|---|---|', ...rowsOf(milestone),
    ]), '',
  ].join('\n');
  expect(milestones.flatMap(({ documents }) => documents.flatMap((document) => document.facts))).toHaveLength(facts.length);
  expect(text).not.toContain('card 0/');
  await expect(text).toMatchFileSnapshot(resolve(import.meta.dirname, '../../../docs/demo-facts.md'));
});
