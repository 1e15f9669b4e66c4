import type { ScreenRoute } from './routes.ts';

/** In the place of `routes.ts` where no server stands behind the page: the replay, under whatever address the folder is served. */
export const routes: readonly ScreenRoute[] = [
  { path: '*', asksFirst: () => [], load: () => import('./screens/demo/StaticDemoScreen.tsx') },
];
