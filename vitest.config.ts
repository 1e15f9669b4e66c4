import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

const projects = {
  architecture: ['test/architecture/**/*.test.ts'],
  unit: ['test/{shared,server,client,seeds,soak}/**/*.test.{ts,tsx}'],
  journey: ['test/{journey,faults}/**/*.test.ts'],
  feeds: ['test/feeds/**/*.test.ts'],
  browser: ['test/browser/**/*.test.ts'],
};

export default defineConfig({
  test: {
    projects: Object.entries(projects).map(([name, include]) => ({
      plugins: [react()],
      test: {
        name, include,
        environment: 'node' as const,
        // A browser page or a child server takes seconds on two cores; a rule of the domain takes milliseconds.
        testTimeout: name === 'unit' || name === 'architecture' ? 20_000 : 120_000,
        hookTimeout: 120_000,
        fileParallelism: name === 'unit' || name === 'architecture',
      },
    })),
  },
});
