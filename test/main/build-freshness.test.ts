import { mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { isBuilt } from '#main/build-freshness.ts'
import { temporaryFolder } from '../support/web-shell.ts'

let folder: string
const BUILT_S = 2_000
const put = (file: string, changedSeconds: number): void => {
  const path = join(folder, file)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, '')
  utimesSync(path, changedSeconds, changedSeconds)
  utimesSync(dirname(path), 1_000, 1_000)
}

beforeEach(() => {
  folder = temporaryFolder()
  for (const file of ['renderer/index.html', 'main/web-shell.js', 'main/desktop.js', 'preload/preload.cjs', 'built']) {
    put(`dist/${file}`, BUILT_S)
  }
  for (const file of ['main/core.ts', 'renderer/pages/table.tsx', 'shared/pages.ts', 'package.json']) put(file, 1_000)
  for (const file of ['main', 'renderer', 'shared']) utimesSync(join(folder, file), 1_000, 1_000)
})

describe('a build', () => {
  it('is used again while no source is newer', () => {
    expect(isBuilt(folder)).toBe(true)
  })

  it.each(['main/core.ts', 'renderer/pages/table.tsx', 'shared/new.ts', 'package.json'])('is old once %s has changed', (file) => {
    put(file, 3_000)
    expect(isBuilt(folder)).toBe(false)
  })

  it.each(['renderer/index.html', 'main/desktop.js', 'preload/preload.cjs', 'built'])('is missing without %s', (file) => {
    rmSync(join(folder, 'dist', file))
    expect(isBuilt(folder)).toBe(false)
  })
})
