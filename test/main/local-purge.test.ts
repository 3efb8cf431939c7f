import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventually, startTestCore, type RunningCore } from '../support/core-client.ts'
import { writeProject } from '../support/local-project.ts'
import { startSiteServer, type SiteServer } from '../support/site-server.ts'
import { SECRET, startVarnish, varnishMissing, type RunningVarnish } from '../support/varnish.ts'

// A project is built, published to a folder that an origin serves, behind a real Varnish: a deploy is purged by what it changed.
const missing = varnishMissing()
if (missing !== null) console.warn(missing)

let folder: string
let origin: SiteServer
let varnish: RunningVarnish
let panel: RunningCore
let siteId = ''

beforeAll(async () => {
  if (missing !== null) return
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'frostline-local-purge-')))
  const current = join(folder, 'web', 'current')
  origin = await startSiteServer(({ path }) => {
    try {
      const body = readFileSync(join(current, path.endsWith('/') ? `${path}index.html` : path), 'utf8')
      return { headers: { 'content-type': 'text/html', 'cache-control': 'max-age=3600' }, body }
    } catch {
      return undefined
    }
  })
  varnish = await startVarnish(origin)
  writeProject(join(folder, 'project'), {
    'build.sh': `for at in 1 2 3 4 5 6 7 8 9 10 11 12; do mkdir -p dist/post/$at; cat post.txt > dist/post/$at/index.html; done
mkdir -p dist/about; echo About > dist/about/index.html; echo Home > dist/index.html\n`,
    'post.txt': 'first',
  })
  panel = await startTestCore({ dataFolder: join(folder, 'data') })
  siteId = (
    await panel.client.sites.add({
      name: 'Behind Varnish',
      zones: [{ url: varnish.url }],
      edge: { kind: 'varnish', addresses: [varnish.url], secret: SECRET },
      builder: {
        kind: 'local',
        folder: join(folder, 'project'),
        command: 'sh build.sh',
        outputFolder: 'dist',
        publish: { kind: 'folder', folder: join(folder, 'web') },
      },
      links: [],
      watchSeconds: 86_400,
    })
  ).siteId
}, 90_000)
afterAll(async () => {
  await panel?.close()
  await varnish?.stop()
  await origin?.stop()
  if (folder) rmSync(folder, { recursive: true, force: true })
})

async function build(): Promise<string> {
  const { id } = await panel.client.builds.trigger({ siteId })
  const list = await eventually(
    () => panel.client.builds.list({ siteId }),
    (builds) => builds.find((candidate) => candidate.id === id)?.release?.live === true,
  )
  return list.find((candidate) => candidate.id === id)?.release?.id ?? ''
}

test.skipIf(missing !== null)(
  'A deploy that changed 12 pages is purged as these 12, and nothing else',
  async () => {
    await build()
    await eventually(
      () => panel.client.pages.list({ siteId }),
      ({ rows }) => rows.length === 14,
    )
    const pageIds = (await panel.client.pages.list({ siteId })).rows.map(({ id }) => id)
    await panel.client.inspection.check({ siteId, selection: { kind: 'pages', pageIds } })
    await eventually(
      () => panel.client.pages.list({ siteId }),
      ({ rows }) => rows.every(({ word }) => word === 'fresh'),
    )
    writeFileSync(join(folder, 'project', 'post.txt'), 'second')
    const releaseId = await build()
    const { counts } = await panel.client.deploys.changes({ siteId, releaseId })
    expect(counts).toEqual({ added: 0, changed: 12, removed: 0, otherFiles: 0 })
    const visit = async (path: string) => (await fetch(varnish.url + path)).text()
    expect(await visit('/post/7/')).toBe('first')

    const purge = await panel.client.deploys.purgeOf({ siteId, releaseId })
    expect(purge).toMatchObject({ pageCount: 12, alsoCold: 0, priceMicroDollars: 0 })
    expect(purge?.itemCount).toBeLessThanOrEqual(12)
    const { planId } = await panel.client.deploys.planPurge({ siteId, releaseId })
    await panel.client.plans.start({ planId })
    await eventually(
      () => panel.client.plans.get({ planId }),
      ({ state }) => state === 'done',
    )
    expect(await visit('/post/7/')).toBe('second')
    expect((await panel.client.pages.list({ siteId })).rows.filter(({ word }) => word === 'outdated')).toEqual([])
    expect((await panel.client.deploys.purgeOf({ siteId, releaseId }))?.itemCount ?? 0).toBe(0)
  },
  90_000,
)
