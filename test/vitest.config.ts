import { defineConfig } from 'vitest/config'

export default defineConfig({
  // Most tests wait for servers, builds and clocks: even on two cores three of them go better than one.
  test: { include: ['test/**/*.test.ts'], testTimeout: 30_000, maxWorkers: 3 },
})
