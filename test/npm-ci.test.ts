import { execFileSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as z from 'zod'

const root = fileURLToPath(new URL('..', import.meta.url))
const COMPILERS = /^(python|pypy|make|gmake|nmake|ninja|cmake|cc|c\+\+|gcc|g\+\+|clang|ld|tcc|rustc|cargo)/
const Lock = z.object({ packages: z.record(z.string(), z.object({ hasInstallScript: z.boolean().optional() })) })
const folder = mkdtempSync(join(tmpdir(), 'frostline-npm-ci-'))
const bin = join(folder, 'bin')
const checkout = join(folder, 'checkout')

/** A folder with every program of the PATH except those that could compile something. */
beforeAll(() => {
  mkdirSync(bin)
  mkdirSync(checkout)
  const places = (process.env['PATH'] ?? '')
    .split(delimiter)
    .filter((place) => existsSync(place) && !place.includes('node_modules'))
  for (const place of places) {
    for (const name of readdirSync(place)) {
      if (!COMPILERS.test(name) && !existsSync(join(bin, name))) {
        try {
          symlinkSync(join(place, name), join(bin, name))
        } catch {
          // A dangling link of an earlier place has this name: it leads nowhere either way.
        }
      }
    }
  }
  for (const file of ['package.json', 'package-lock.json']) copyFileSync(join(root, file), join(checkout, file))
})
// A whole node_modules goes: a busy disk takes a while.
afterAll(() => rmSync(folder, { recursive: true, force: true }), 120_000)

// Most of the seconds are packages for developers, of which `npm ci` before `npm test` was the trial.
test(
  'npm ci works where there is no Python, make or compiler, and the database runs on the Node that it brings',
  { timeout: 300_000 },
  () => {
    const env = { ...process.env, PATH: bin, npm_config_prefer_offline: 'true' }
    expect(() => execFileSync('make', ['--version'], { env, stdio: 'ignore' })).toThrow()
    expect(() => execFileSync('python3', ['--version'], { env, stdio: 'ignore' })).toThrow()
    execFileSync(join(bin, 'npm'), ['ci', '--omit=dev', '--no-audit', '--no-fund'], { cwd: checkout, env, stdio: 'pipe' })
    const node = join(checkout, 'node_modules', '.bin', 'node')
    const program = `const D = require('better-sqlite3'); console.log(process.versions.node.split('.')[0], new D(':memory:').prepare('SELECT 6 * 7 AS n').get().n)`
    const said = execFileSync(node, ['-e', program], { cwd: checkout, env, encoding: 'utf8' })
    expect(said.trim()).toBe('24 42')
  },
)

// A package with something to compile counts as one with a script. The first chooses one of two programs that it brings.
test('of all packages only two run anything when they are installed, and neither compiles', () => {
  const { packages } = Lock.parse(JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')))
  const running = Object.entries(packages).filter(([, { hasInstallScript }]) => hasInstallScript === true)
  expect(running.map(([name]) => name)).toEqual(['node_modules/electron-winstaller', 'node_modules/node'])
})
