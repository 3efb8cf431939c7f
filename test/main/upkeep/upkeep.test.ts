import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { AppError } from '#shared/errors.ts'
import type { BundlePart } from '#shared/upkeep.ts'
import { createKnownSecrets, rememberingSecrets } from '#main/platform/known-secrets.ts'
import { lastLogLines } from '#main/platform/log-lines.ts'
import { logFiles, openLog } from '#main/platform/log.ts'
import { zip } from '#main/platform/zip.ts'
import { createAddressRemover } from '#main/upkeep/addresses.ts'
import { eventually, memorySecrets, startTestCore, type RunningCore } from '../../support/core-client.ts'

const folder = () => mkdtempSync(join(tmpdir(), 'frostline-upkeep-'))
const running: RunningCore[] = []
afterEach(async () => {
  for (const core of running.splice(0)) await core.close()
})
async function core(options: Parameters<typeof startTestCore>[0] = {}): Promise<RunningCore> {
  const started = await startTestCore(options)
  running.push(started)
  return started
}
const partOf = (parts: readonly BundlePart[], name: string) => parts.find((part) => part.name === name)?.text ?? ''

describe('The data folder', () => {
  test('is shown with what is in it, and is copied when an owner wants it', async () => {
    const { client, dataFolder } = await core()
    const before = await client.upkeep.get()
    expect(before).toMatchObject({ dataFolder, logFolder: dataFolder, opensFolders: false, vault: 'memory', backups: [] })
    expect(before.databaseBytes).toBeGreaterThan(100_000)
    expect(before.tables.map(({ name }) => name)).toEqual(expect.arrayContaining(['pages', 'ledger', 'network_settings']))
    expect(before.nextBackupAtMs).toBeGreaterThan(Date.now())
    const { backups, nextBackupAtMs } = await client.upkeep.backUp()
    expect(backups).toMatchObject([{ why: 'by-hand' }])
    // One that was made by hand is as good as the next.
    expect(nextBackupAtMs - (backups[0]?.atMs ?? 0)).toBe(20 * 3_600_000)
    expect(backups[0]?.bytes).toBeGreaterThan(100_000)
  })

  test('shows its log only where the shell can, and is the owner’s', async () => {
    const { client, clientFor } = await core()
    await expect(client.upkeep.openLogs()).rejects.toMatchObject({
      code: 'CONFLICT',
      data: { fix: expect.stringContaining('It is') },
    })
    for (const call of ['get', 'log', 'openLogs', 'backUp'] as const) {
      await expect(clientFor('operator').upkeep[call]()).rejects.toMatchObject({ code: 'NOT_ALLOWED' })
    }
    const opened: string[] = []
    const desktop = await core({ shell: { askSystem: null, openFolder: async (path) => void opened.push(path) } })
    await desktop.client.upkeep.openLogs()
    expect(opened).toEqual([desktop.dataFolder])
  })

  test('whose database was damaged says so until somebody has read it', async () => {
    const first = await startTestCore()
    await first.client.upkeep.backUp()
    await first.close()
    writeFileSync(join(first.dataFolder, 'frostline.db'), 'garbage')
    const { client, clientFor } = await core({ dataFolder: first.dataFolder })
    const note = await clientFor('support').upkeep.rescue()
    expect(note).toMatchObject({
      movedTo: expect.stringContaining('frostline-broken-'),
      backup: { file: expect.stringContaining('.db') },
    })
    await expect(clientFor('support').upkeep.forgetRescue()).rejects.toMatchObject({ code: 'NOT_ALLOWED' })
    await client.upkeep.forgetRescue()
    expect(await client.upkeep.rescue()).toBeNull()
  })

  test('of a core that ended well is found sound at the next start', async () => {
    const first = await startTestCore()
    await first.close()
    const { client } = await core({ dataFolder: first.dataFolder })
    expect(await client.upkeep.rescue()).toBeNull()
  })
})

describe('The diagnostics bundle', () => {
  test('is what is shown before it is saved, and any program opens it', async () => {
    const { client } = await core()
    const { fileName, parts, zipBase64 } = await client.upkeep.bundle({ withAddresses: true })
    expect(fileName).toMatch(/^frostline-diagnostics-\d{4}-\d\d-\d\d\.zip$/)
    expect(parts.map(({ name }) => name)).toEqual([
      'about.json',
      'settings.json',
      'sites.json',
      'tables.json',
      'core.log',
      'shell.log',
    ])
    const file = join(folder(), fileName)
    writeFileSync(file, Buffer.from(zipBase64, 'base64'))
    if (spawnSync('python3', ['--version']).error) return console.log('ZIP NOT OPENED BY ANOTHER PROGRAM: python3 not found.')
    const read = `import json,sys,zipfile\nz=zipfile.ZipFile(sys.argv[1])\nassert z.testzip() is None\nprint(json.dumps({n:z.read(n).decode() for n in z.namelist()}))`
    const opened: unknown = JSON.parse(execFileSync('python3', ['-c', read, file], { encoding: 'utf8' }))
    expect(opened).toEqual(Object.fromEntries(parts.map(({ name, text }) => [name, text])))
  })

  test('leaves addresses out where that is wished, in every file of it', async () => {
    const dataFolder = folder()
    const log = openLog(dataFolder, 'core')
    const { client } = await core({ dataFolder, log, environment: { HTTPS_PROXY: 'http://proxy.planted-host.test:3128' } })
    await client.sites.add({
      name: 'Shop',
      zones: [{ url: 'https://shop.planted-host.test' }],
      originUrl: 'https://origin.planted-host.test',
      edge: { kind: 'any-cache' },
      builder: { kind: 'hook', hookUrl: 'http://builder.planted-host.test:4204/hook' },
      renderer: { kind: 'ssr-cache', url: 'http://127.12.34.56:4205/keep' },
    })
    log.warn('no answer from builder.planted-host.test, none from 127.12.34.56:4205')
    log.warn({ url: 'https://shop.planted-host.test/private/page?x=1' }, 'failed at shop.planted-host.test')
    await eventually(
      async () => lastLogLines(dataFolder, 'core', 10).join(),
      (text) => text.includes('planted-host'),
    )
    const open = await client.upkeep.bundle({ withAddresses: true })
    expect(partOf(open.parts, 'sites.json')).toContain('shop.planted-host.test')
    expect(partOf(open.parts, 'core.log')).toContain('/private/page')
    const closed = await client.upkeep.bundle({ withAddresses: false })
    expect(JSON.stringify(closed.parts)).not.toContain('planted-host')
    expect(JSON.stringify(closed.parts)).not.toContain('127.12.34.56')
    expect(partOf(closed.parts, 'sites.json')).toMatch(/"host": "host-\d+"/)
    expect(partOf(closed.parts, 'core.log')).toMatch(/https:\/\/host-\d+\/….*failed at host-\d+/)
    expect(JSON.stringify(closed.parts)).not.toContain('/private/page')
  })

  test('calls a host by the same name everywhere', () => {
    const remove = createAddressRemover(['shop.test'])
    expect(remove('GET https://SHOP.test/a?b then shop.test, then http://other.test:81')).toBe(
      'GET https://host-1/… then host-1, then http://host-2',
    )
  })
})

describe('The log', () => {
  test('takes what ends with its site for no fault', async () => {
    const at = folder()
    const log = openLog(at, 'core')
    log.error(
      { err: new AppError('NOT_FOUND', 'This site is not here any more.', { field: 'siteId' }), siteId: 's1' },
      'a job failed',
    )
    log.error({ err: new AppError('NOT_FOUND', 'This plan is not here any more.', { field: 'planId' }) }, 'a job failed')
    const lines = await eventually(
      async () => lastLogLines(at, 'core', 10),
      (all) => all.length === 2,
    )
    expect(lines.map((line): unknown => JSON.parse(line))).toMatchObject([
      { level: 30, siteId: 's1', msg: 'Ended, since the site was removed: a job failed' },
      { level: 50, err: { message: 'This plan is not here any more.' } },
    ])
    expect(lines[0]).not.toContain('stack')
  })

  test('begins a new file after 10 MB and keeps five', async () => {
    const at = folder()
    const log = openLog(at, 'core')
    const line = 'x'.repeat(100_000)
    for (let n = 0; n < 620; n += 1) {
      log.info({ n, line }, 'much')
      if (n % 20 === 0) await new Promise((resolve) => setTimeout(resolve, 20))
    }
    await eventually(
      async () => lastLogLines(at, 'core', 1).join(),
      (text) => text.includes('"n":619'),
    )
    expect(logFiles(at, 'core').map((file) => file.slice(at.length + 1))).toEqual([
      'core.4.log',
      'core.3.log',
      'core.2.log',
      'core.1.log',
      'core.log',
    ])
    for (const file of logFiles(at, 'core')) expect(statSync(file).size).toBeLessThan(16_000_000)
    expect(lastLogLines(at, 'core', 150)).toHaveLength(150)
  })

  test('holds no secret that the vault has given or taken, however it is spelled', async () => {
    const at = folder()
    const known = createKnownSecrets()
    const log = openLog(at, 'core', known.scrub)
    const secrets = rememberingSecrets(memorySecrets(), known)
    const planted = ['Planted/Key+"4711"', 'https://build.test/hooks/planted-hook-4711', 'planted token ü']
    await secrets.set('one', planted[0] ?? '')
    await secrets.set('two', JSON.stringify({ kind: 'keys', hook: planted[1], nested: [{ token: planted[2] }] }))
    for (const value of planted) {
      log.error({ err: new Error(`failed with ${value}`), [value]: 1 }, value)
      log.info(encodeURIComponent(value))
      log.info(Buffer.from(value).toString('base64'))
    }
    log.info('POST /hooks/planted-hook-4711 failed')
    const lines = await eventually(
      async () => lastLogLines(at, 'core', 100),
      (all) => all.length === 10,
    )
    expect(lines.join()).not.toMatch(/4711|planted/i)
    expect(readdirSync(at)).toEqual(['core.log'])
    expect(readFileSync(join(at, 'core.log'), 'utf8')).toContain('[secret]')
  })
})

test('An archive of no files, of an empty one and of a name with an umlaut can be opened', () => {
  if (spawnSync('python3', ['--version']).error) return console.log('ZIP NOT OPENED BY ANOTHER PROGRAM: python3 not found.')
  const file = join(folder(), 'a.zip')
  for (const entries of [
    [],
    [
      { name: 'leer', content: '' },
      { name: 'größe.txt', content: 'ü'.repeat(1_000) },
    ],
  ]) {
    writeFileSync(file, zip(entries, Date.UTC(2026, 10, 21, 11, 22, 34)))
    const names = execFileSync('python3', [
      '-c',
      'import json,sys,zipfile; print(json.dumps(zipfile.ZipFile(sys.argv[1]).namelist()))',
      file,
    ])
    expect(JSON.parse(names.toString())).toEqual(entries.map(({ name }) => name))
  }
})
