import './zodWithoutEval.ts';
import './theme/base.css';
import { Suspense } from 'react';
import { createRoot } from 'react-dom/client';
import { createBrowserRouter, RouterProvider } from 'react-router';
import { startBranding } from './catalogue/branding.ts';
import { fetchJson } from './catalogue/origin.ts';
import { languageFrom, startI18n } from './i18n/i18n.ts';
import { routes } from './routes.ts';
import { loadPageFonts } from './theme/fonts.ts';
import { applyTheme } from './theme/themeVariables.ts';

async function start(): Promise<void> {
  const root = document.getElementById('root');
  if (root === null) throw new Error('Invariant: client/index.html has no element with id "root".');
  // Its screen loads while the words and the branding come.
  const router = createBrowserRouter([{ HydrateFallback: () => null, children: routes }]);
  const language = languageFrom(new URLSearchParams(window.location.search));
  await Promise.all([startI18n(language), startBranding(fetchJson)]);
  document.documentElement.lang = language;
  applyTheme(document.documentElement, 'dark', false);
  void loadPageFonts(document.fonts);
  // No StrictMode: its double mount makes two WebGL maps on one canvas.
  createRoot(root).render(<Suspense fallback={null}><RouterProvider router={router} /></Suspense>);
}

void start();
