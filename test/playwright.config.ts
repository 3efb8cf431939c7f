import { defineConfig } from '@playwright/test'

const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync']

export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  timeout: 120_000,
  expect: { timeout: 20_000 },
  // Each test has a panel and a built-in stack of its own; more at once than one would share two cores.
  workers: 1,
  fullyParallel: false,
  forbidOnly: true,
  outputDir: '../test-results',
  use: {
    viewport: { width: 1280, height: 800 },
    launchOptions: { executablePath: process.env['FROSTLINE_CHROMIUM'] ?? '/usr/bin/chromium', args: FLAGS },
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
  },
})
