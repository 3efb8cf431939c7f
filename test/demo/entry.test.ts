import { execFileSync, spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))

test.each(['demo/lollies.js', 'main/frostline.js'])('%s refuses an older Node in one sentence', (entry) => {
  // An older Node is played by telling this one that it is one, before the program looks.
  const pretend = join(mkdtempSync(join(tmpdir(), 'frostline-entry-')), 'old.cjs')
  writeFileSync(pretend, `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.20.2' } })`)
  const ended = spawnSync(process.execPath, ['--require', pretend, entry], { cwd: root, encoding: 'utf8' })
  expect(ended.status).toBe(1)
  expect(ended.stderr.trim().split('\n')).toHaveLength(1)
  expect(ended.stderr).toMatch(/needs Node 24 or newer; this is Node 20\.20\.2\. Run it with "npm (start|run demo)"/)
})

test('the entries are plain JavaScript that any Node can read', () => {
  for (const entry of ['demo/lollies.js', 'main/frostline.js']) {
    expect(() => execFileSync(process.execPath, ['--check', entry], { cwd: root, stdio: 'pipe' })).not.toThrow()
  }
})
