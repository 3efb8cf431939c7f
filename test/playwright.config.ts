import { defineConfig } from '@playwright/test'
import { BROWSER } from './e2e/browser.ts'

export default defineConfig({
  testDir: 'e2e',
  globalSetup: './prepared.ts',
  testMatch: '**/*.spec.ts',
  timeout: 120_000,
  expect: { timeout: 20_000 },
  // Each test has a panel and a built-in stack of its own, and mostly waits for them: two at a time fill two cores.
  workers: 2,
  // What passes at the second try is told as such: a machine of others may be busy. At a desk it fails at once.
  retries: process.env['CI'] === undefined ? 0 : 1,
  fullyParallel: false,
  forbidOnly: true,
  outputDir: '../test-results',
  use: {
    viewport: { width: 1280, height: 800 },
    launchOptions: BROWSER,
    screenshot: 'only-on-failure',
    // Recording every step costs the browser more than the step itself: ask for it with `--trace on`.
    trace: 'on-first-retry',
  },
})
