import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { beforeAll, expect, test } from 'vitest'
import { temporaryFolder } from '../support/web-shell.ts'

/** Clients of vendors, and what only some sites need: each is loaded when it is first used. */
const LATER = /^(@aws-sdk\/|@aws\/|@smithy\/|@netlify\/|@11ty\/|electron|electron-updater|execa|fast-xml-parser|playwright)/
let loaded: Map<number, Set<string>>

beforeAll(async () => {
  const folder = temporaryFolder()
  const notes = join(folder, 'loads.txt')
  const path = (name: string) => fileURLToPath(new URL(`../support/${name}`, import.meta.url))
  await promisify(execFile)(process.execPath, ['--require', path('note-loads.cjs'), path('start-threads.ts'), folder], {
    env: { ...process.env, NOTE_LOADS: notes },
  })
  loaded = new Map()
  for (const line of readFileSync(notes, 'utf8').trim().split('\n')) {
    const [thread = '', url = ''] = line.split(' ')
    const name = /.*node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)/.exec(url)?.[1] ?? url
    const names = loaded.get(Number(thread)) ?? new Set()
    loaded.set(Number(thread), names.add(name))
  }
}, 120_000)

test('every thread was looked at: shell, core, work, read and the receiver', () => {
  const programs = ['core-host.ts', 'core-thread.ts', 'work-thread.ts', 'read-thread.ts', 'hooks-thread.ts']
  const files = [...loaded.values()].map((names) => [...names].join('\n'))
  for (const program of programs) expect(files.some((names) => names.includes(`/main/${program}`))).toBe(true)
  for (const names of loaded.values()) expect([...names].some((name) => name === 'better-sqlite3' || name === 'zod')).toBe(true)
})

test('no thread loads a vendor’s client, or what only builds need, at its start', () => {
  for (const names of loaded.values()) expect([...names].filter((name) => LATER.test(name))).toEqual([])
})
