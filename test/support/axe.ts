import axe, { type AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

/** What is in order needs no report of where it is. */
const OPTIONS = { resultTypes: ['violations'], runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] };

/** What WCAG 2.2 A and AA find wrong with the page as it stands, one line each: the rule, how bad it is, and where. Empty: nothing. */
export async function axeViolations(page: Page): Promise<string[]> {
  // Evaluated by the debugger, not added as a script: the page's content security policy refuses those.
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate<AxeResults>(`axe.run(document, ${JSON.stringify(OPTIONS)})`);
  return violations.flatMap(({ id, impact, nodes }) => nodes.map(({ target, failureSummary }) => `${id} (${impact}): ${target.join(' ')}: ${failureSummary?.replaceAll(/\s+/g, ' ')}`));
}
