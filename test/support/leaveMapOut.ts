import type { Page } from 'playwright-core';

/**
 * Nothing stands in the map's place, and the page is content with it: for tests that do not look at the map, which the processor would take
 * seconds to draw. Its code that does not come at all is another matter: the page then shows a table, and is taken anew in a quiet moment ([AP1]).
 */
export async function leaveMapOut(page: Page): Promise<void> {
  await page.route(/(MapView|WallMap|DemoMap)-[^/]*\.js$/, (route) => route.fulfill({ contentType: 'text/javascript', body: 'export default () => null;' }));
}
