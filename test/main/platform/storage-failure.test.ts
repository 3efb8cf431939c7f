import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import BetterSqlite3 from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { storageFailure, storageSentence } from '#main/platform/storage-failure.ts'

const folder = () => mkdtempSync(join(tmpdir(), 'frostline-storage-'))
const at = (dataFolder: string, name = 'frostline.db') => join(dataFolder, name)

describe('A disk', () => {
  test('that is full is said with what to do, at the start and later', () => {
    const file = at(folder())
    const raw = new BetterSqlite3(file)
    raw.pragma('max_page_count = 3')
    const fill = (): unknown => {
      try {
        raw.exec('CREATE TABLE t (x); CREATE TABLE u (x)')
        for (;;) raw.exec(`INSERT INTO t VALUES (hex(randomblob(2000)))`)
      } catch (error) {
        return error
      }
    }
    const full = fill()
    raw.close()
    expect(storageSentence(full, '/data')).toContain('The disk with /data is full')
    expect(storageFailure(full)).toMatchObject({ message: 'The disk is full, so this was not kept.' })
    expect(storageSentence(new Error('x', { cause: Object.assign(new Error(), { code: 'ENOSPC' }) }), '/data')).toContain(
      'is full',
    )
    expect(storageFailure(new Error('other'))).toBeNull()
  })

  test.skipIf(process.getuid?.() !== 0)(
    'folder of another account is told with its owner, once, and nothing is tried again',
    () => {
      const dataFolder = folder()
      chmodSync(dataFolder, 0o755)
      const program = fileURLToPath(new URL('../../support/hold-folder.ts', import.meta.url))
      // Another account: it can read the program but has no right to the folder.
      const tried = spawnSync(process.execPath, [program, dataFolder], { uid: 65_534, gid: 65_534, encoding: 'utf8' })
      expect(tried.stdout).toBe(
        `${dataFolder} belongs to another account (user id 0), and this one may not write to it. Start Frostline as that account, or choose another folder with --data.\n`,
      )
    },
  )

  test('folder that can only be read is told so', () => {
    const dataFolder = folder()
    mkdirSync(at(dataFolder, 'x'))
    const raw = new BetterSqlite3(at(dataFolder))
    raw.exec('CREATE TABLE t (x)')
    raw.close()
    const readOnly = new BetterSqlite3(at(dataFolder), { readonly: true })
    let failure: unknown
    try {
      readOnly.exec('INSERT INTO t VALUES (1)')
    } catch (error) {
      failure = error
    }
    readOnly.close()
    rmSync(at(dataFolder))
    expect(storageSentence(failure, dataFolder)).toBe(
      `${dataFolder} can be read but not written to. Make it writable, or choose another folder with --data.`,
    )
  })
})
