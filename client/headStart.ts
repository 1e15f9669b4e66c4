import { askEarly } from './catalogue/earlyAnswers.ts';
import type { ScreenRoute } from './routes.ts';

/** Begins to load the screen of an address, and what it asks for first, before the router is there to do so. */
export function giveHeadStart(routes: readonly ScreenRoute[], { pathname, search }: Pick<Location, 'pathname' | 'search'>): void {
  const route = routes.find(({ path }) => patternOf(path).test(pathname));
  if (route === undefined) return;
  for (const path of route.asksFirst(new URLSearchParams(search))) askEarly(path);
  // Loaded once however often it is asked for. One that does not load is told of where it is shown.
  route.load().catch(() => {});
}

/** "/province/:code" as the router reads it. */
function patternOf(path: string): RegExp {
  return new RegExp(`^${path.replace(/:\w+/g, '[^/]+').replace('*', '.*')}/?$`);
}
