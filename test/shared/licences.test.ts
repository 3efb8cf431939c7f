import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { PANEL_PACKAGES, shippedPackages } from '#shared/licences.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const json = (name: string): unknown => JSON.parse(readFileSync(join(root, name), 'utf8'))
const shipped = shippedPackages(json('package-lock.json'))

/** Licences that let everybody use, change and pass on what stands under them, and ask for no more than to be named. */
const ALLOWED = new Set([
  'MIT',
  'ISC',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'BlueOak-1.0.0',
  'Python-2.0',
  '(MIT OR CC0-1.0)',
  'Unlicense',
])

test('Every package that ships has a licence that is allowed', () => {
  expect(shipped.filter(({ licence }) => !licence.split(' AND ').every((one) => ALLOWED.has(one)))).toEqual([])
})

test('What ships are all production packages and what the panel is made of, with what they need, and nothing else', () => {
  const names = new Set(shipped.map(({ name }) => name))
  const { dependencies } = json('package.json') as { dependencies: Record<string, string> }
  for (const name of [...Object.keys(dependencies), ...PANEL_PACKAGES]) expect(names).toContain(name)
  for (const name of ['vitest', 'electron', 'typescript', 'playwright', 'node', 'vite']) expect(names).not.toContain(name)
  expect(shipped.length).toBeGreaterThan(200)
  for (const { version } of shipped) expect(version).toMatch(/^\d+\.\d+\.\d+/)
})

test('The packages of the panel are those that it imports', () => {
  const sources = readdirSync(join(root, 'renderer'), { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.tsx?$/.test(name),
  )
  const imported = new Set(
    sources
      .filter((name) => name !== 'vite.config.ts')
      .flatMap((name) => [
        ...readFileSync(join(root, 'renderer', name), 'utf8').matchAll(
          /(?:^import .*|^\} )from '([@\w][^']*)'|^import '([@\w][^']*)'/gm,
        ),
      ])
      .map(([, named, bare]) => named ?? bare ?? '')
      .map((target) => target.split('/', target.startsWith('@') ? 2 : 1).join('/')),
  )
  const { dependencies } = json('package.json') as { dependencies: Record<string, string> }
  const ofPanel = [...imported].filter((name) => !(name in dependencies) && !name.startsWith('virtual:'))
  // A package that another one of the panel is built on ships with it, whether it is imported or not.
  for (const name of ofPanel) expect(PANEL_PACKAGES).toContain(name)
})
