import { execFileSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))
const COMPILERS = /^(python|pypy|make|gmake|nmake|ninja|cmake|cc|c\+\+|gcc|g\+\+|clang|ld|tcc|rustc|cargo)/
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

test(
  'npm ci works where there is no Python, make or compiler, and the database runs on the Node that it brings',
  { timeout: 300_000 },
  () => {
    const env = { ...process.env, PATH: bin, npm_config_prefer_offline: 'true' }
    expect(() => execFileSync('make', ['--version'], { env, stdio: 'ignore' })).toThrow()
    expect(() => execFileSync('python3', ['--version'], { env, stdio: 'ignore' })).toThrow()
    execFileSync(join(bin, 'npm'), ['ci', '--no-audit', '--no-fund'], { cwd: checkout, env, stdio: 'pipe' })
    const node = join(checkout, 'node_modules', '.bin', 'node')
    const program = `const D = require('better-sqlite3'); console.log(process.versions.node.split('.')[0], new D(':memory:').prepare('SELECT 6 * 7 AS n').get().n)`
    const said = execFileSync(node, ['-e', program], { cwd: checkout, env, encoding: 'utf8' })
    expect(said.trim()).toBe('24 42')
  },
)
