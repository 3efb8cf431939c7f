import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { panelFiles } from '#main/web/panel-files.ts'

test('Every screen has an address that can be opened, reloaded and sent to somebody', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'frostline-panel-'))
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>panel</title>')
  const files = await panelFiles(folder, [])
  const routes = readFileSync(new URL('../../../renderer/app/routes.tsx', import.meta.url), 'utf8')
  const paths = [...routes.matchAll(/path: '(\/[^':]*)(?:\/:\w+)?'/g)].map(([, path]) => path ?? '')
  expect(paths).toEqual(expect.arrayContaining(['/home', '/pages', '/why', '/sites']))
  for (const path of paths) expect([path, (await files(path)).status]).toEqual([path, 200])
})
