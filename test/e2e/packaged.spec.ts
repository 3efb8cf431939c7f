import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { extractAll } from '@electron/asar'
import { expect, test } from '@playwright/test'
import * as z from 'zod'
import { placeholderElectron, runTool } from '../support/packaged.ts'
import { startProgram } from './panel-process.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const Described = z.object({ dependencies: z.record(z.string(), z.string()) })
const Locked = z.object({ packages: z.record(z.string(), z.object({ dev: z.boolean().optional() })) })
/** The panel, the demo with its Eleventy, and the vendors' clients, without Electron. */
const MOST_BYTES = 80_000_000

const START = `
  import { runWebShell } from './dist/main/web-shell.js'
  import { fileURLToPath } from 'node:url'
  const asked = Promise.withResolvers()
  process.on('SIGTERM', () => asked.resolve())
  process.exit(await runWebShell({
    dataFolder: process.env.FROSTLINE_DATA, panelFolder: fileURLToPath(new URL('dist/renderer', import.meta.url)), version: '0.0.0',
    demo: true, port: undefined, window: false,
    terminal: { say: (line) => console.log(line), onEnter() {}, interactive: false, askedToEnd: asked.promise },
  }))`

test('the package holds what it needs and nothing else: core, panel and demo run from it', async ({ page }) => {
  test.setTimeout(240_000)
  const folder = mkdtempSync(join(tmpdir(), 'frostline-package-'))
  try {
    await runTool('main/build.ts', ['--if-old'])
    await runTool('main/build-demo.ts', [])
    await runTool('node_modules/electron-builder/cli.js', [
      `--${process.platform === 'darwin' ? 'mac' : process.platform === 'win32' ? 'win' : 'linux'}`,
      'dir',
      `-c.electronDist=${placeholderElectron(join(folder, 'electron'))}`,
      `-c.directories.output=${join(folder, 'out')}`,
    ])
    const packed = join(folder, 'app')
    const archive = findFile(join(folder, 'out'), 'app.asar')
    extractAll(archive, packed)

    const { dependencies } = Described.parse(readJson('package.json'))
    const { packages } = Locked.parse(readJson('package-lock.json'))
    const needed = Object.keys(packages).filter((place) => packages[place]?.dev !== true)
    const shipped = new Set(needed.map((place) => place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length)))
    expect(readdirSync(packed).sort()).toEqual(['LICENSE', 'demo', 'dist', 'node_modules', 'package.json'])
    const installed = packagesIn(join(packed, 'node_modules'))
    expect(Object.keys(dependencies).filter((name) => !installed.includes(name))).toEqual([])
    expect(installed.filter((name) => !shipped.has(name))).toEqual([])
    const files = filesIn(packed)
    expect(files.filter(({ name }) => /\.(ts|map)$/.test(name) || /(^|[\\/])(node|node\.exe)$/.test(name))).toEqual([])
    expect(files.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThan(MOST_BYTES)

    writeFileSync(join(packed, 'start.mjs'), START)
    const panel = await startProgram(['start.mjs'], join(folder, 'data'), packed)
    try {
      await page.goto(panel.address)
      await page.getByRole('navigation').getByRole('link', { name: 'Pages' }).click()
      await expect(page.getByRole('row', { name: /^\/about / }).first()).toContainText('Waiting for build')
    } finally {
      await panel.stop()
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

const readJson = (file: string): unknown => JSON.parse(readFileSync(join(root, file), 'utf8'))

function packagesIn(folder: string): string[] {
  return readdirSync(folder).flatMap((name) =>
    name.startsWith('@') ? readdirSync(join(folder, name)).map((inner) => `${name}/${inner}`) : [name],
  )
}

function filesIn(folder: string): { name: string; bytes: number }[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => ({ name, stat: statSync(join(folder, name)) }))
    .filter(({ stat }) => stat.isFile())
    .map(({ name, stat }) => ({ name, bytes: stat.size }))
}

function findFile(folder: string, wanted: string): string {
  const found = readdirSync(folder, { recursive: true, encoding: 'utf8' }).find((name) => name.endsWith(wanted))
  if (found === undefined) throw new Error(`The packer made no ${wanted}.`)
  return join(folder, found)
}
