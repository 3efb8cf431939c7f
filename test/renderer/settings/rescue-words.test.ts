import { expect, test } from 'vitest'
import type { RescueNote } from '#shared/upkeep.ts'
import { rescueWords } from '#renderer/settings/rescue-words.ts'

const RESCUE: RescueNote = {
  atMs: Date.now(),
  damage: 'database disk image is malformed',
  movedTo: '/home/ada/.local/share/Frostline/frostline-broken-2026-11-21T081500Z.db',
  backup: { file: 'frostline-2026-11-20T081500Z.db', atMs: Date.now() - 86_400_000 },
  salvaged: [{ table: 'ledger', read: 412, added: 18, incomplete: true }],
}

test('A rescue with a backup says what was kept, what is missing and what to do', () => {
  const words = rescueWords(RESCUE)
  expect(words).toContain('The database was damaged (database disk image is malformed). It was moved aside, and the backup of')
  expect(words).toContain('412 rows could still be read and were kept, 412 entries of the ledger among them.')
  expect(words).toMatch(/What happened since .* and was not read is missing: compare the budget with your vendor\. What could/)
  expect(words).toContain('Pages, tags, builds and marks are as they were then, and no page counts as checked')
})

test('A rescue names what could be read in part only, each once', () => {
  const part = { read: 1, added: 0, incomplete: true }
  const salvaged = [
    { ...part, table: 'hook_sources' },
    { ...part, table: 'hook_rules' },
    { ...part, table: 'visit_checks' },
    { table: 'people', read: 2, added: 0, incomplete: false },
    { ...part, table: 'absences' },
  ]
  expect(rescueWords({ ...RESCUE, salvaged })).toContain(
    'What could be read in part only: hooks and visits. Look there whether all is as you left it.',
  )
  expect(rescueWords({ ...RESCUE, salvaged: [{ ...part, table: 'people', incomplete: false }] })).not.toContain('in part only')
})

test('A rescue that reads nothing newer than its backup says since when something is missing', () => {
  const words = rescueWords({ ...RESCUE, salvaged: [] })
  expect(words).toMatch(
    /Nothing newer could be read: .*visits.* are as they were then, too\. What happened since .*\d:\d\d.* is missing: compare the budget/,
  )
})

test('A rescue without anything says that sites have to be added again', () => {
  const words = rescueWords({ ...RESCUE, backup: null, salvaged: [{ table: 'ledger', read: 0, added: 0, incomplete: true }] })
  expect(words).toContain('there was no sound backup, so an empty one took its place. Nothing of it could be read.')
  expect(words).toContain('Sites have to be added again.')
})

test('A rescue of everything asks for nothing but pages', () => {
  const whole = { added: 3, incomplete: false }
  const salvaged = [
    { table: 'sites', read: 1, ...whole },
    { table: 'ledger', read: 1, ...whole },
  ]
  expect(rescueWords({ ...RESCUE, backup: null, salvaged })).toMatch(
    /1 entry of the ledger among them\. Pages have to be found again\.$/,
  )
})

test('A lost write-ahead log moves nothing and says what may be missing', () => {
  expect(rescueWords({ ...RESCUE, damage: null, movedTo: null })).toContain('may be missing, so no page counts as checked')
})
