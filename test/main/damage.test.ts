import { existsSync, rmSync, statSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import type { Insertable } from 'kysely'
import { pino } from 'pino'
import { afterEach, describe, expect, test } from 'vitest'
import { DAMAGED, DAMAGED_FIX } from '#shared/damage.ts'
import { takeBackup } from '#main/platform/backups.ts'
import { contentDamage } from '#main/platform/database-check.ts'
import type { Log } from '#main/platform/log.ts'
import type { PagesTable } from '#main/platform/schema.ts'
import { eventually, startTestCore, type RunningCore } from '../support/core-client.ts'
import { spoilTable } from '../support/spoil-table.ts'
import { SITE, storedSite } from '../support/stored-site.ts'

const DAY_MS = 86_400_000
const running: RunningCore[] = []
afterEach(async () => {
  for (const core of running.splice(0)) await core.close()
})
async function core(dataFolder: string, log?: Log): Promise<RunningCore> {
  const started = await startTestCore({ dataFolder, ...(log && { log }) })
  running.push(started)
  return started
}
async function end(core: RunningCore): Promise<void> {
  running.splice(running.indexOf(core), 1)
  await core.close()
}

/** A site with pages, of which there is a copy from yesterday. */
async function world(): Promise<string> {
  const { db, dataFolder, page } = await storedSite()
  for (let n = 0; n < 200; n += 1) page(`/page-${n}`)
  db.close()
  takeBackup(dataFolder, Date.now() - DAY_MS)
  return dataFolder
}
/** The program has begun with it and ended well. */
async function cleanWorld(): Promise<string> {
  const dataFolder = await world()
  await end(await core(dataFolder))
  return dataFolder
}
/** Damage that nothing tells before it is met: as the clean end of a Frostline that kept no note of its file. */
function withoutNote(dataFolder: string): void {
  rmSync(join(dataFolder, 'frostline.db.closed'))
}

interface Line {
  readonly level: number
  readonly msg: string
  readonly sqlite?: string
}
function linesOf(): { log: Log; lines: Line[] } {
  const lines: Line[] = []
  return { lines, log: pino({ level: 'info' }, { write: (text: string) => void lines.push(JSON.parse(text) as Line) }) }
}
const ERROR = 50

describe('A database that is damaged after a clean end', () => {
  test('is rescued by the next start', async () => {
    const dataFolder = await cleanWorld()
    spoilTable(dataFolder, 'pages')
    const { client } = await core(dataFolder)
    expect(await client.upkeep.rescue()).toMatchObject({
      movedTo: expect.stringContaining('frostline-broken-'),
      damage: expect.not.stringContaining('***'),
    })
    expect(await client.pages.counts({ siteId: SITE, filter: {} })).toMatchObject({ total: 200 })
    expect(await client.upkeep.damage()).toBeNull()
  })

  test('in a way that leaves the file’s time is found where it is met, and told with what to do', async () => {
    const dataFolder = await cleanWorld()
    spoilTable(dataFolder, 'pages')
    withoutNote(dataFolder)
    const { log, lines } = linesOf()
    const first = await core(dataFolder, log)
    for (const call of [
      () => first.client.pages.counts({ siteId: SITE, filter: {} }),
      () => first.client.pages.get({ pageId: 5 }),
    ]) {
      await expect(call()).rejects.toMatchObject({ code: 'INTERNAL', message: DAMAGED, data: { fix: DAMAGED_FIX } })
    }
    expect(await first.clientFor('support').upkeep.damage()).toMatchObject({ sinceMs: expect.any(Number) })
    const told = lines.filter(({ level }) => level >= ERROR)
    expect(told).toMatchObject([{ sqlite: expect.stringMatching(/^SQLITE_CORRUPT/), msg: expect.stringContaining('damaged') }])
    // However well it ends.
    await end(first)
    const { client } = await core(dataFolder)
    expect(await client.upkeep.rescue()).toMatchObject({ movedTo: expect.stringContaining('frostline-broken-') })
    expect(await client.pages.counts({ siteId: SITE, filter: {} })).toMatchObject({ total: 200 })
  })

  test('is noticed when it is copied, and the copies from before stay', async () => {
    const dataFolder = await cleanWorld()
    spoilTable(dataFolder, 'log')
    withoutNote(dataFolder)
    const { client } = await core(dataFolder)
    await expect(client.upkeep.backUp()).rejects.toMatchObject({ message: DAMAGED })
    await eventually(
      () => client.upkeep.damage(),
      (damage) => damage !== null,
    )
    expect((await client.upkeep.get()).backups).toHaveLength(1)
  })
})

describe('Pages that come back from a backup', () => {
  const HOUR_MS = 3_600_000
  const copy = (facts: Partial<Insertable<PagesTable>>): Partial<Insertable<PagesTable>> => ({
    observed_at: Date.now() - HOUR_MS,
    status: 200,
    stored: 'stored',
    fresh_until: Date.now() + DAY_MS,
    edge_hash: 'a',
    served_as: 'static',
    vantage: 'FRA56',
    ...facts,
  })

  test('count as unchecked, since purges and switches may have come after it; their history stays', async () => {
    const { db, dataFolder, page, tag } = await storedSite()
    const old = page('/old', copy({ origin_hash: 'b', origin_basis: 'manifest' }))
    page('/fresh', copy({ origin_hash: 'a', origin_basis: 'manifest' }))
    page('/compared', copy({ origin_hash: 'b', origin_basis: 'origin' }))
    page('/purged', copy({ origin_hash: 'a', origin_basis: 'manifest', purged_at: Date.now() }))
    page('/failed', { failed_at: Date.now(), failure: 'It did not answer.' })
    page('/rendered', copy({ renders_on_demand: 1, copy_made_at: 1, changed_since: 2, served_as: 'fallback' }))
    tag(old, 'in_html', 'menu')
    db.raw.prepare(`INSERT INTO page_history (page_id, at, status, edge_hash) VALUES (?, 1, 200, 'a')`).run(old)
    for (let n = 0; n < 200; n += 1) page(`/page-${n}`)
    db.close()
    takeBackup(dataFolder, Date.now() - DAY_MS)
    const before = await core(dataFolder)
    const words = (await before.client.pages.counts({ siteId: SITE, filter: {} })).byWord
    expect(words).toMatchObject({ outdated: 3, fresh: 1, absent: 1, failed: 1, unknown: 200 })
    await end(before)
    spoilTable(dataFolder, 'pages')

    const { client } = await core(dataFolder)
    expect(await client.upkeep.rescue()).toMatchObject({ backup: { file: expect.any(String) } })
    const counts = await client.pages.counts({ siteId: SITE, filter: {} })
    expect(counts).toMatchObject({ total: 206, byWord: { unknown: 206 } })
    expect((await client.tags.list({ siteId: SITE })).rows).toMatchObject([{ tag: 'menu', pages: 1 }])
    expect(await client.pages.get({ pageId: old })).toMatchObject({ word: 'unknown', content: 'not-compared', edgeHash: null })
    expect(await client.pages.history({ pageId: old })).toHaveLength(1)
    expect(await client.home.get({ siteId: SITE })).toMatchObject({ neverChecked: 206 })
    expect(await client.away.get({ siteId: SITE })).toBeNull()
  })
})

describe('A database that is as it was left', () => {
  test('is not read wholly by a start', async () => {
    const dataFolder = await cleanWorld()
    // Spoilt without a trace in size and time: a start that reads all of it would find this.
    const file = join(dataFolder, 'frostline.db')
    const before = Math.trunc(statSync(file).mtimeMs)
    spoilTable(dataFolder, 'pages')
    utimesSync(file, before / 1_000, (before + 0.5) / 1_000)
    expect(contentDamage(file, 'pages')).not.toBeNull()
    utimesSync(file, before / 1_000, (before + 0.5) / 1_000)
    const { client } = await core(dataFolder)
    expect(await client.upkeep.rescue()).toBeNull()
  })

  test('of which an earlier Frostline left no note is opened as before', async () => {
    const dataFolder = await cleanWorld()
    withoutNote(dataFolder)
    const { client } = await core(dataFolder)
    expect(await client.upkeep.rescue()).toBeNull()
    expect(existsSync(join(dataFolder, 'frostline.db.open'))).toBe(true)
  })
})
