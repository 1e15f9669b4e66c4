import { lazy } from 'react';
import type { RouteObject } from 'react-router';

const HomeScreen = lazy(() => import('./screens/home/HomeScreen.tsx'));
const WallScreen = lazy(() => import('./screens/wall/WallScreen.tsx'));

/** Each screen is a chunk of its own: a tablet does not load the wall. */
export const routes: RouteObject[] = [
  { path: '/', element: <HomeScreen /> },
  { path: '/wall', element: <WallScreen /> },
];
