import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventually, startTestCore, type RunningCore } from '../support/core-client.ts'
import { NETLIFY_SITE, NETLIFY_TOKEN, startFakeNetlify, type FakeNetlify } from './providers/fake-netlify.ts'

/** A whole core with a site that Netlify builds, over real HTTP. */
let netlify: FakeNetlify
let panel: RunningCore
let siteId: string
const site = () => ({
  name: 'Lollies',
  zones: [{ url: 'http://127.0.0.1:9' }],
  edge: { kind: 'any-cache' as const },
  builder: { kind: 'netlify' as const, siteId: NETLIFY_SITE, token: NETLIFY_TOKEN, baseUrl: netlify.baseUrl },
})

beforeAll(async () => {
  netlify = await startFakeNetlify()
  panel = await startTestCore()
  ;({ siteId } = await panel.client.sites.add(site()))
})
afterAll(async () => {
  await panel.close()
  await netlify.stop()
})

/** Has the fake go on with every build, as time would. A build ends before its deploy is known to be live. */
async function buildEnds(title: string): Promise<{ id: string }> {
  return eventually(
    async () => (await panel.client.builds.list({ siteId })).find((build) => build.title === title),
    (build) => build?.state === 'succeeded' && build.release?.live === true,
    40_000,
  ).then((build) => build ?? { id: '' })
}

test('A site at Netlify is tried, built, followed, taken back and let go, and its token is told to nobody', async () => {
  expect(await panel.client.sites.test(site())).toMatchObject({
    findings: expect.arrayContaining([expect.objectContaining({ part: 'Netlify', ok: true })]),
  })
  const wrong = await panel.client.sites.test({ ...site(), builder: { ...site().builder, token: 'nfp-other' } })
  expect(wrong.findings.find(({ part }) => part === 'Netlify')).toMatchObject({ ok: false, field: 'builder.token' })

  expect(await panel.client.buildQueue.request({ siteId })).toEqual({ begins: true })
  const first = await buildEnds('Rebuild from Frostline')
  const [built] = await panel.client.builds.list({ siteId })
  expect(built).toMatchObject({ release: { live: true }, causes: ['Test: Rebuild from Frostline'], hasLog: false })
  expect(built?.logLink).toContain('https://app.netlify.com/sites/lollies/deploys/')
  expect((await panel.client.buildQueue.get({ siteId })).cost).toMatchObject({ amount: 15, unit: 'credits' })

  await panel.client.builds.trigger({ siteId, title: 'A worse one' })
  await buildEnds('A worse one')
  const back = await panel.client.published.restore({ buildId: first.id })
  expect(back).toMatchObject({ canRestore: true, held: { title: 'Rebuild from Frostline' } })
  const live = (await panel.client.builds.list({ siteId })).find(({ release }) => release?.live)
  expect(live?.id).toBe(first.id)

  expect(await panel.client.published.letGo({ siteId })).toEqual({ canRestore: true, held: null })
  expect(netlify.violations).toEqual([])

  const told = JSON.stringify([
    await panel.client.sites.list(),
    await panel.client.builds.list({ siteId }),
    await panel.client.activity.log({}),
    wrong,
  ])
  expect(told).not.toContain(NETLIFY_TOKEN)
  expect(readFileSync(join(panel.dataFolder, 'frostline.db'), 'latin1')).not.toContain(NETLIFY_TOKEN)
  expect(readFileSync(join(panel.dataFolder, 'frostline.db-wal'), 'latin1')).not.toContain(NETLIFY_TOKEN)
}, 120_000)
