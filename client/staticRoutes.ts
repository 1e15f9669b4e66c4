import type { RouteObject } from 'react-router';

/** In the place of `routes.ts` where no server stands behind the page: the replay, under whatever address the folder is served. */
export const routes: RouteObject[] = [
  { path: '*', lazy: async () => ({ Component: (await import('./screens/demo/StaticDemoScreen.tsx')).default }) },
];
