import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, it } from 'vitest'
import { holdDataFolder, whoHolds } from '#main/platform/data-folder.ts'
import { chooseDataFolder } from '#main/platform/data-place.ts'
import { holdOrOpen } from '#main/web/hold-or-open.ts'
import { temporaryFolder } from '../../support/web-shell.ts'

const started: ChildProcess[] = []
afterEach(() => started.splice(0).forEach((child) => child.kill('SIGKILL')))

/** A browser shell as another process; settles with its first printed line. */
function startShell(folder: string): Promise<{ child: ChildProcess; line: string }> {
  const program = fileURLToPath(new URL('../../support/run-stub-shell.ts', import.meta.url))
  const child = spawn(process.execPath, [program, folder], { stdio: ['ignore', 'pipe', 'inherit'] })
  started.push(child)
  return new Promise((resolve) => child.stdout.once('data', (chunk: Buffer) => resolve({ child, line: chunk.toString() })))
}

const ended = (child: ChildProcess): Promise<unknown> => new Promise((resolve) => child.once('exit', resolve))

describe('a data folder', () => {
  it('is the one that was named, else the one of the environment, else the system’s place', () => {
    expect(chooseDataFolder('/named', { FROSTLINE_DATA: '/environment' })).toBe('/named')
    expect(chooseDataFolder(undefined, { FROSTLINE_DATA: '/environment' })).toBe('/environment')
    expect(chooseDataFolder(undefined, { FROSTLINE_DATA: '' })).toMatch(/Frostline/)
  })

  it('is made for this account only and held once', () => {
    const folder = join(temporaryFolder(), 'new', 'folder')
    const held = holdDataFolder(folder)
    expect(held).not.toBeNull()
    expect(statSync(folder).mode & 0o777).toBe(0o700)
    expect(holdDataFolder(folder)).toBeNull()
    expect(holdDataFolder(folder)).toBeNull()
    held?.release()
    const again = holdDataFolder(folder)
    expect(again).not.toBeNull()
    again?.release()
  })

  it('says so when it cannot be used', () => {
    const file = join(temporaryFolder(), 'file')
    writeFileSync(file, '')
    expect(() => holdDataFolder(file)).toThrow(
      /^The data folder .*file cannot be used \(EEXIST.*\)\. Choose another with --data\.$/,
    )
  })

  it('says where its holder listens, to this account only', async () => {
    const folder = temporaryFolder()
    const held = holdDataFolder(folder)
    expect(await whoHolds(folder)).toBeNull()
    await held?.announce({ origin: 'http://127.0.0.1:1', openSecret: 'secret' })
    expect(await whoHolds(folder)).toEqual({ pid: process.pid, origin: 'http://127.0.0.1:1', openSecret: 'secret' })
    expect(statSync(join(folder, 'running.json')).mode & 0o777).toBe(0o600)
    held?.release()
    expect(existsSync(join(folder, 'running.json'))).toBe(false)
  })
})

describe('a second start', () => {
  it('gets a new address from the process that holds the folder', async () => {
    const folder = temporaryFolder()
    const first = await startShell(folder)
    const second = await startShell(folder)
    expect(second.line).toMatch(/running already.*#token=/)
    const tokens = [first.line, second.line].map((line) => /#token=([\w-]+)/.exec(line)?.[1])
    expect(new Set(tokens).size).toBe(2)
  })

  it('takes over when the holder was killed', async () => {
    const folder = temporaryFolder()
    const { child } = await startShell(folder)
    expect(holdDataFolder(folder)).toBeNull()
    child.kill('SIGKILL')
    await ended(child)
    expect(existsSync(join(folder, 'running.json'))).toBe(true)
    const result = await holdOrOpen(folder, { print: true })
    expect(result.state).toBe('held')
    if (result.state === 'held') result.folder.release()
  })

  it('says who holds the folder when that one does not answer', async () => {
    const folder = temporaryFolder()
    const held = holdDataFolder(folder)
    await held?.announce({ origin: 'http://127.0.0.1:1', openSecret: 'secret' })
    const result = await holdOrOpen(folder, { print: true }, 100)
    expect(result).toMatchObject({ state: 'silent' })
    if (result.state === 'silent') expect(result.sentence).toContain(`(process ${process.pid}) holds ${folder}`)
    held?.release()
  })

  it('ends with its data let go at a request to end', async () => {
    const folder = temporaryFolder()
    const { child } = await startShell(folder)
    child.kill('SIGTERM')
    expect(await ended(child)).toBe(0)
    expect(existsSync(join(folder, 'running.json'))).toBe(false)
  })
})
