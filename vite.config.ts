import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { type AliasOptions, defineConfig, type UserConfig } from 'vite';

/** In development the page comes from vite and everything else from the server on 4000. */
const SERVER = 'http://127.0.0.1:4000';

const clientFile = (path: string) => resolve(import.meta.dirname, 'client', path);

/** What takes the place of a module of the page where no server stands behind it: `vite build --mode static`, which server/buildDemo.ts calls. */
const STATIC_TWINS: AliasOptions = [
  { find: /^[./]+(?:catalogue\/)?origin\.ts$/, replacement: clientFile('catalogue/staticOrigin.ts') },
  { find: /^\.\/routes\.ts$/, replacement: clientFile('staticRoutes.ts') },
];

/** What several screens share comes in few pieces: each file that a warm tablet asks for takes some milliseconds before the first figure, however small it is. */
const SHARED_PIECES = [
  // What the first script is made of; nothing else may come before it.
  { name: 'first', tags: ['$initial' as const], priority: 4 },
  { name: 'base', test: /[\\/]shared[\\/]|[\\/]client[\\/](catalogue|i18n|net|offline|store|theme)[\\/].*\.(tsx?|json)$|node_modules[\\/](react|react-dom|scheduler|react-router|i18next|react-i18next|zod|zustand)[\\/]/, minShareCount: 2, priority: 3 },
  { name: 'panels', test: /[\\/]client[\\/](panels|sound|map[\\/]areaLook|screens[\\/](wall|\w+\.ts$))|node_modules[\\/]lucide-react[\\/]/, minShareCount: 2, priority: 2 },
  // Walls have nothing to press.
  { name: 'controls', test: /[\\/]client[\\/]screens[\\/](\w+\.tsx|(notes|demo|desk|report|province[\\/](past|bar))[\\/].*)$|node_modules[\\/](@internationalized|react-aria|react-aria-components|react-stately|@tanstack)[\\/]/, minShareCount: 2, priority: 1 },
];

/** Any folder of any web server, so every address in it is relative. */
const STATIC: UserConfig = { base: './', resolve: { alias: STATIC_TWINS } };

export default defineConfig(({ mode }) => ({
  root: 'client',
  plugins: [react()],
  worker: { format: 'es' },
  // Icons of what is installed: a folder without a server installs nothing.
  publicDir: mode === 'static' ? false : 'public',
  ...(mode === 'static' ? STATIC : {}),
  build: {
    outDir: mode === 'static' ? '../dist-demo' : 'dist',
    emptyOutDir: true,
    // What needs what: the worker's list is made of it.
    manifest: mode !== 'static',
    target: 'es2022',
    rolldownOptions: { output: { codeSplitting: { groups: SHARED_PIECES } } },
    // The content policy allows no data: addresses, so nothing is inlined.
    assetsInlineLimit: 0,
    // The map chunk is 650 KB gzip by nature and loads after the figures are on screen.
    chunkSizeWarningLimit: 2_500,
  },
  server: {
    host: '127.0.0.1',
    port: 4001,
    strictPort: true,
    proxy: { '/api': SERVER, '/rt': { target: SERVER, ws: true }, '/healthz': SERVER },
  },
}));
