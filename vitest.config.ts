import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

/** One file at a time, with nothing beside it: what it measures is time, or it loads both cores by itself. */
const ALONE = ['gpu', 'kiosk', 'layout'].map((name) => `test/browser/${name}.test.ts`);
/** A browser page or a child server takes seconds on two cores; a rule of the domain takes milliseconds. */
const SLOW = { testTimeout: 120_000, hookTimeout: 120_000 };
const QUICK = { testTimeout: 20_000, hookTimeout: 120_000 };
const ONE_BY_ONE = { ...SLOW, fileParallelism: false };

const projects = {
  architecture: { include: ['test/architecture/**/*.test.ts'], ...QUICK },
  unit: { include: ['test/{shared,server,client,seeds,soak,bench,interop}/**/*.test.{ts,tsx}'], ...QUICK },
  journey: { include: ['test/{journey,faults}/**/*.test.ts'], ...ONE_BY_ONE },
  feeds: { include: ['test/feeds/**/*.test.ts'], ...ONE_BY_ONE },
  // Two at a time: each has its own browser and its own server, and waits more than it works.
  browser: { include: ['test/browser/**/*.test.ts'], exclude: ALONE, ...SLOW, maxWorkers: 2, sequence: { groupOrder: 1 } },
  browserAlone: { include: ALONE, ...ONE_BY_ONE, sequence: { groupOrder: 2 } },
};

export default defineConfig({
  test: {
    projects: Object.entries(projects).map(([name, project]) => ({
      plugins: [react()],
      test: { name, environment: 'node' as const, ...project },
    })),
  },
});
