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
