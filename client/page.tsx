import { lazy, Suspense } from 'react';
import { createRoot } from 'react-dom/client';
import { BrowserRouter, Route, Routes } from 'react-router';
import { startBranding } from './catalogue/branding.ts';
import { fetchJson } from './catalogue/origin.ts';
import { languageFrom, startI18n } from './i18n/i18n.ts';
import { routes } from './routes.ts';
import { loadPageFonts } from './theme/fonts.ts';
import { applyTheme } from './theme/themeVariables.ts';

const SCREENS = routes.map(({ path, load }) => {
  const Screen = lazy(load);
  return <Route key={path} path={path} element={<Screen />} />;
});

/** Everything of a page but its screen. */
export async function startPage(): Promise<void> {
  const root = document.getElementById('root');
  if (root === null) throw new Error('Invariant: client/index.html has no element with id "root".');
  const language = languageFrom(new URLSearchParams(window.location.search));
  await Promise.all([startI18n(language), startBranding(fetchJson)]);
  document.documentElement.lang = language;
  applyTheme(document.documentElement, 'dark', false);
  void loadPageFonts(document.fonts);
  // No StrictMode: its double mount makes two WebGL maps on one canvas.
  createRoot(root).render(<Suspense fallback={null}><BrowserRouter><Routes>{SCREENS}</Routes></BrowserRouter></Suspense>);
}
