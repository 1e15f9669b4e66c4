import type { RouteObject } from 'react-router';

/** Each screen is a chunk of its own: a tablet does not load the wall. */
export const routes: RouteObject[] = [
  { path: '/', lazy: async () => ({ Component: (await import('./screens/home/HomeScreen.tsx')).default }) },
  { path: '/wall', lazy: async () => ({ Component: (await import('./screens/wall/WallScreen.tsx')).default }) },
  { path: '/province/:code', lazy: async () => ({ Component: (await import('./screens/province/ProvinceScreen.tsx')).default }) },
  { path: '/compare', lazy: async () => ({ Component: (await import('./screens/compare/CompareScreen.tsx')).default }) },
  { path: '/province/:code/report', lazy: async () => ({ Component: (await import('./screens/report/ReportScreen.tsx')).default }) },
  { path: '/desk', lazy: async () => ({ Component: (await import('./screens/desk/DeskScreen.tsx')).default }) },
  { path: '/feeds', lazy: async () => ({ Component: (await import('./screens/feeds/FeedsScreen.tsx')).default }) },
  { path: '/demo', lazy: async () => ({ Component: (await import('./screens/demo/ServedDemoScreen.tsx')).default }) },
];
