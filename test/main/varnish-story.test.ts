import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Selection } from '#shared/pages.ts'
import type { PurgeWay } from '#shared/plans.ts'
import type { SiteInput } from '#shared/sites.ts'
import { eventually, startTestCore, type RunningCore } from '../support/core-client.ts'
import { startSiteServer, type SiteServer } from '../support/site-server.ts'
import { freePort, SECRET, startVarnish, varnishMissing, type RunningVarnish } from '../support/varnish.ts'

const missing = varnishMissing()
if (missing !== null) console.warn(missing)

const PATHS = ['/', '/about', '/blog/one', '/blog/two', '/menu/a', '/menu/b']
/** What the origin serves at this moment. */
let version = 1

let origin: SiteServer
let varnish: RunningVarnish
let panel: RunningCore
let siteId = ''

beforeAll(async () => {
  if (missing !== null) return
  origin = await startSiteServer(({ path, headers }) => {
    const base = `http://${headers.host}`
    if (path === '/sitemap.xml') {
      const urls = PATHS.map((known) => `<url><loc>${base}${known}</loc></url>`).join('')
      return {
        headers: { 'content-type': 'application/xml', 'cache-control': 'no-store' },
        body: `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${urls}</urlset>`,
      }
    }
    if (!PATHS.includes(path)) return undefined
    return {
      headers: {
        'content-type': 'text/html',
        'cache-control': 'max-age=3600',
        ...(path.startsWith('/menu') ? { 'cache-tag': 'menu:main' } : {}),
      },
      body: `<!doctype html><title>${path}</title><p>Version ${version}`,
    }
  })
  varnish = await startVarnish(origin)
  panel = await startTestCore()
  siteId = (await panel.client.sites.add(siteInput())).siteId
  await eventually(seen, (rows) => rows.length === PATHS.length && rows.every(({ word }) => word === 'fresh'))
}, 90_000)
afterAll(async () => {
  await panel?.close()
  await varnish?.stop()
  await origin?.stop()
})

function siteInput(edge: object = {}): SiteInput {
  return {
    version: 1,
    name: 'Behind Varnish',
    zones: [{ url: varnish.url }],
    originUrl: origin.url,
    edge: { kind: 'varnish', addresses: [varnish.url], secret: SECRET, soft: false, ...edge },
    volatileSelectors: [],
    watchSeconds: 300,
    links: [],
    firstCheckPages: 200,
  }
}

const seen = async () => (await panel.client.pages.list({ siteId, limit: 100 })).rows

/** Looks at every page again, and returns those that the edge holds an old copy of. */
async function oldCopies(): Promise<string[]> {
  await panel.client.inspection.check({ siteId, selection: { kind: 'paths', text: PATHS.join('\n') } })
  await eventually(
    () => panel.client.activity.jobs(),
    (jobs) => jobs.every((job) => job.state !== 'running'),
  )
  return (await seen())
    .filter(({ word }) => word === 'outdated')
    .map(({ path }) => path)
    .sort()
}

async function purged(selection: Selection, at = siteId, by?: PurgeWay) {
  const { id } = await panel.client.plans.create({ siteId: at, selection })
  const draft =
    by === undefined ? await panel.client.plans.get({ planId: id }) : await panel.client.plans.revise({ planId: id, by })
  await panel.client.plans.start({ planId: draft.id })
  const ended = await eventually(
    () => panel.client.plans.get({ planId: draft.id }),
    ({ endedAtMs }) => endedAtMs !== null,
  )
  return { draft, ended }
}

describe.skipIf(missing !== null)('A site behind Varnish', () => {
  test('is listed by its address, with what its edge can do', async () => {
    const [site] = await panel.client.sites.list()
    expect(site?.edge).toMatchObject({ kind: 'varnish', label: varnish.host, state: 'ok', message: null })
    expect(site?.edge).toMatchObject({ purgesPaths: true, purgesPrefixes: true, purgesTags: true, tagHeader: 'xkey' })
  })

  test('is tested before it is added', async () => {
    const edgeOf = async (edge: object) => {
      const { findings } = await panel.client.sites.test(siteInput(edge))
      return findings.find(({ part }) => part.startsWith('Varnish at'))
    }
    expect(await edgeOf({})).toMatchObject({ ok: true, message: expect.stringContaining('Tags are stored from xkey') })
    expect(await edgeOf({ secret: 'wrong' })).toMatchObject({ ok: false, field: 'edge.secret' })
    const dead = `127.0.0.1:${await freePort()}`
    const found = await edgeOf({ addresses: [varnish.url, `http://${dead}`] })
    expect(found).toMatchObject({ ok: false, message: expect.stringContaining(dead) })
    expect(await edgeOf({ addresses: [origin.url] })).toMatchObject({
      ok: false,
      field: 'edge.addresses',
      fix: expect.stringContaining('docs/providers/varnish.md'),
    })
  })

  test('gets its new version by path, by tag and by beginning, proven and free', async () => {
    version = 2
    expect(await oldCopies()).toEqual(PATHS)

    const about = await purged({ kind: 'paths', text: '/about' })
    expect(about.draft.purge).toMatchObject({ priceMicroDollars: 0, allowanceBefore: null, allowanceAfter: null })
    expect(about.ended).toMatchObject({ state: 'done', check: { total: 1, newVersion: 1 } })
    expect(about.ended.result).toBe('1 of 1 shows the new version from here. 1 purge used (free).')
    expect(about.ended.purge.message).toContain('1 object went.')

    const menu = await purged({ kind: 'tag', tag: 'menu:main' })
    expect(menu.ended.purge.items.map(({ item }) => item)).toEqual(['#menu:main'])
    expect(menu.ended).toMatchObject({ state: 'done', check: { total: 2, newVersion: 2 } })

    const blog = await purged({ kind: 'paths', text: '/blog/one\n/blog/two' }, siteId, 'one')
    expect(blog.ended.purge.items).toMatchObject([{ item: expect.stringMatching(/^\/b.*\*$/), kind: 'prefix' }])
    expect(blog.ended).toMatchObject({ state: 'done', check: { total: 2, newVersion: 2 } })
    expect(blog.ended.purge.message).toMatch(/How many went by \/b\S*\* is not known to it\./)
    expect(await oldCopies()).toEqual(['/'])
  })

  test('has a budget that says that Varnish does not charge', async () => {
    expect(await panel.client.budget.get({ siteId })).toMatchObject({
      vendor: 'Varnish',
      charges: false,
      priceMicroDollars: 0,
      allowance: 0,
      scope: `Varnish at ${varnish.host}`,
    })
    const month = await panel.client.budget.month({ siteId, month: null })
    expect(month).toMatchObject({ microDollars: 0 })
    expect(month.days.every(({ charged }) => charged === 0)).toBe(true)
  })

  test('says why a purge was refused, and loses nothing', async () => {
    const other = await panel.client.sites.add({ ...siteInput({ secret: 'wrong' }), key: 'wrong-secret' })
    const { ended } = await purged({ kind: 'paths', text: '/nowhere' }, other.siteId)
    expect(ended).toMatchObject({ state: 'failed', result: expect.stringContaining('does not accept this secret') })
    await panel.client.sites.remove({ siteId: other.siteId })
  })

  test('keeps its secret out of the database, the log and every answer', async () => {
    const answers = [
      await panel.client.sites.list(),
      await panel.client.sites.test(siteInput({ addresses: [origin.url] })),
      await panel.client.plans.list({ siteId }),
      await panel.client.activity.log({}),
    ]
    expect(JSON.stringify(answers)).not.toContain(SECRET)
    for (const name of readdirSync(panel.dataFolder)) {
      expect([name, readFileSync(join(panel.dataFolder, name), 'latin1').includes(SECRET)]).toEqual([name, false])
    }
  })
})

describe.skipIf(missing !== null)('A softly purged page', () => {
  test('is proven too, although the first visitor gets the old copy', async () => {
    const soft = await panel.client.sites.add({ ...siteInput({ soft: true }), key: 'soft' })
    siteId = soft.siteId
    await eventually(seen, (rows) => rows.length === PATHS.length && rows.every(({ observedAtMs }) => observedAtMs !== null))
    version = 3
    expect(await oldCopies()).toContain('/about')
    const { ended } = await purged({ kind: 'paths', text: '/about' })
    expect(ended).toMatchObject({ state: 'done', check: { total: 1, newVersion: 1 } })
  })
})
