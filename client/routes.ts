import type { ComponentType } from 'react';
import { BRANDING_PATH, cataloguePath } from './catalogue/askedFirst.ts';

export interface ScreenRoute {
  readonly path: string;
  readonly load: () => Promise<{ readonly default: ComponentType }>;
  /** Paths of the interface that the screen of this address asks for as soon as it is there. */
  readonly asksFirst: (search: URLSearchParams) => readonly string[];
}

const ofEvery = () => [BRANDING_PATH];
const ofLive = () => [BRANDING_PATH, cataloguePath('live')];
const ofDemo = () => [BRANDING_PATH, cataloguePath('demo')];
const ofWall = (search: URLSearchParams) => (search.has('recording') ? ofEvery() : ofLive());

/** Each screen is a chunk of its own: a tablet does not load the wall. */
export const routes: readonly ScreenRoute[] = [
  { path: '/', asksFirst: ofEvery, load: () => import('./screens/home/HomeScreen.tsx') },
  { path: '/wall', asksFirst: ofWall, load: () => import('./screens/wall/WallScreen.tsx') },
  { path: '/province/:code', asksFirst: ofLive, load: () => import('./screens/province/ProvinceScreen.tsx') },
  { path: '/compare', asksFirst: ofEvery, load: () => import('./screens/compare/CompareScreen.tsx') },
  { path: '/province/:code/report', asksFirst: ofLive, load: () => import('./screens/report/ReportScreen.tsx') },
  { path: '/desk', asksFirst: ofLive, load: () => import('./screens/desk/DeskScreen.tsx') },
  { path: '/desk/load', asksFirst: ofLive, load: () => import('./screens/desk/DeskLoadScreen.tsx') },
  { path: '/desk/walls', asksFirst: ofLive, load: () => import('./screens/desk/DeskWallsScreen.tsx') },
  { path: '/desk/rules', asksFirst: ofLive, load: () => import('./screens/rules/RulesScreen.tsx') },
  { path: '/feeds', asksFirst: ofLive, load: () => import('./screens/feeds/FeedsScreen.tsx') },
  { path: '/demo', asksFirst: ofDemo, load: () => import('./screens/demo/ServedDemoScreen.tsx') },
];
