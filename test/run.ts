import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as z from 'zod'
import { findProgram } from './support/caches/program.ts'

/**
 * `npm test`: types, lint, format, unit, contract and integration tests, then browser tests; it installs Chromium from
 * the system's packages where it may. The last line is `N passed, N failed`, with what was skipped. `--static` runs the
 * first three only.
 */
const CHROMIUM = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

interface Tally {
  passed: number
  failed: number
  skipped: number
}
const total: Tally = { passed: 0, failed: 0, skipped: 0 }
const bad: string[] = []

function add(name: string, tally: Tally): void {
  total.passed += tally.passed
  total.failed += tally.failed
  total.skipped += tally.skipped
  if (tally.failed > 0) bad.push(name)
}

function run(command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<number> {
  console.log(`\n> ${[command, ...args].join(' ')}`)
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: 'inherit', env: { ...process.env, ...env }, shell: process.platform === 'win32' })
    child.on('error', () => resolve(1))
    child.on('exit', (code) => resolve(code ?? 1))
  })
}

/** A whole program that passes or fails as one test. */
async function one(name: string, command: string, args: readonly string[]): Promise<void> {
  const failed = (await run(command, args)) === 0 ? 0 : 1
  add(name, { passed: 1 - failed, failed, skipped: 0 })
}

const VitestReport = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numFailedTestSuites: z.number(),
  numPendingTests: z.number(),
})
const PlaywrightReport = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number(), skipped: z.number() }),
})

/** A runner that exits badly without a failed test (a crash, no test found) counts as one failure. */
function settle(name: string, code: number, tally: Tally | null): void {
  if (tally === null || (code !== 0 && tally.failed === 0))
    return add(name, { passed: tally?.passed ?? 0, failed: 1, skipped: tally?.skipped ?? 0 })
  add(name, tally)
}

async function unitTests(folder: string): Promise<void> {
  const file = join(folder, 'unit.json')
  const code = await run('vitest', [
    'run',
    '--config',
    'test/vitest.config.ts',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
  ])
  const read = existsSync(file) ? VitestReport.parse(JSON.parse(readFileSync(file, 'utf8'))) : null
  settle(
    'unit and integration tests',
    code,
    read && {
      passed: read.numPassedTests,
      failed: read.numFailedTests,
      skipped: read.numPendingTests,
    },
  )
}

async function browserTests(folder: string): Promise<void> {
  const browser = findChromium()
  if (browser === null) {
    console.log(
      'BROWSER TESTS NOT RUN: no Chromium or Chrome was found and none could be installed. Install one (Debian: apt-get install chromium).',
    )
    return add('browser tests', { passed: 0, failed: 0, skipped: 1 })
  }
  const file = join(folder, 'browser.json')
  const code = await run('playwright', ['test', '--config', 'test/playwright.config.ts', '--reporter=list,json'], {
    PLAYWRIGHT_JSON_OUTPUT_NAME: file,
    FROSTLINE_CHROMIUM: browser,
  })
  const read = existsSync(file) ? PlaywrightReport.parse(JSON.parse(readFileSync(file, 'utf8'))).stats : null
  if (read && read.flaky > 0) console.log(`${read.flaky} browser tests passed only at the second try.`)
  settle('browser tests', code, read && { passed: read.expected + read.flaky, failed: read.unexpected, skipped: read.skipped })
}

function findChromium(): string | null {
  const found = () =>
    [process.env['FROSTLINE_CHROMIUM'], ...CHROMIUM].find((path) => path !== undefined && existsSync(path)) ?? null
  const there = found()
  if (there !== null) return there
  if (!mayInstall()) return null
  console.log("\nInstalling Chromium from the system's packages for the browser tests.")
  install('chromium')
  return found()
}

const mayInstall = () =>
  process.platform === 'linux' && process.getuid?.() === 0 && spawnSync('apt-get', ['--version']).status === 0

function install(...packages: readonly string[]): void {
  spawnSync('apt-get', ['update', '-qq'], { stdio: 'inherit' })
  // Without a policy, a Debian package starts its server at once, on a port of its own choice.
  const env = { ...process.env, RUNLEVEL: '1', DEBIAN_FRONTEND: 'noninteractive' }
  spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env,
  })
}

/** What is still missing afterwards is said by the tests that need it. */
function findCaches(): void {
  const missing = Object.entries({ varnishd: ['varnish', 'varnish-modules'], nginx: ['nginx'], squid: ['squid'] }).flatMap(
    ([program, packages]) => (findProgram(program) === null ? packages : []),
  )
  if (missing.length === 0 || !mayInstall()) return
  console.log(`\nInstalling ${missing.join(', ')} from the system's packages for the scenarios with real caches.`)
  install(...missing)
}

const folder = mkdtempSync(join(tmpdir(), 'frostline-test-'))
await one('types', 'tsc', ['-b'])
await one('lint', 'oxlint', ['--deny-warnings'])
await one('format', 'oxfmt', ['--check'])
if (!process.argv.includes('--static')) {
  await one('build', process.execPath, ['main/build.ts'])
  findCaches()
  await unitTests(folder)
  await browserTests(folder)
}
if (bad.length > 0) console.log(`\nFailed: ${bad.join(', ')}`)
const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : ''
console.log(`\n${total.passed} passed, ${total.failed} failed${skipped}`)
process.exitCode = total.failed > 0 ? 1 : 0
