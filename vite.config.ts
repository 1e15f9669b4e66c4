import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** In development the page comes from vite and everything else from the server on 4000. */
const SERVER = 'http://127.0.0.1:4000';

export default defineConfig({
  root: 'client',
  plugins: [react()],
  worker: { format: 'es' },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
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
});
