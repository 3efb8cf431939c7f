import { defineConfig } from 'vitest/config'
import { SlowFirst } from './slow-first.ts'

export default defineConfig({
  // Most tests wait for servers, builds and clocks: even on two cores four of them go better than one.
  // On a machine of others, which may be busy, a test is tried twice, and the report says so. At a desk it fails at once.
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/prepared.ts'],
    testTimeout: 30_000,
    expect: { poll: { timeout: 10_000 } },
    maxWorkers: 4,
    sequence: { sequencer: SlowFirst },
    retry: process.env['CI'] === undefined ? 0 : 1,
  },
})
