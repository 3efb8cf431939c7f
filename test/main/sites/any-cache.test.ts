import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createAnyCache } from '#main/providers/any-cache/any-cache.ts'
import { eventually, startTestCore, type RunningCore } from '../../support/core-client.ts'
import { startSiteServer, type SiteServer } from '../../support/site-server.ts'

let panel: RunningCore
let pages: SiteServer
let siteId = ''
beforeAll(async () => {
  pages = await startSiteServer(() => ({
    headers: { 'content-type': 'text/html', 'cache-control': 'max-age=60', age: '5' },
    body: 'home',
  }))
  panel = await startTestCore()
  siteId = (await panel.client.sites.add(input())).siteId
  await eventually(
    () => panel.client.sites.list(),
    ([site]) => site?.edge.state === 'ok',
  )
})
afterAll(async () => {
  await panel?.close()
  await pages?.stop()
})

const input = () => ({ name: 'Behind any cache', zones: [{ url: pages.url }], edge: { kind: 'any-cache' as const } })

describe('A site behind a cache that is only looked at', () => {
  test('is tried by its addresses, and its cache is sent nothing', async () => {
    const { ok, findings } = await panel.client.sites.test(input())
    expect(ok).toBe(true)
    expect(findings.find(({ part }) => part === 'Another cache')?.message).toMatch(/only looked at.*as the headers claim/)
  })

  test('is listed as purging nothing, without a problem', async () => {
    const [site] = await panel.client.sites.list()
    expect(site?.edge).toMatchObject({
      kind: 'any-cache',
      state: 'ok',
      message: null,
      policyKnown: false,
      purgesPaths: false,
      purgesPrefixes: false,
      purgesTags: false,
    })
  })

  test('has plans that refuse every page and say how to purge it', async () => {
    const plan = await panel.client.plans.create({ siteId, selection: { kind: 'paths', text: '/' } })
    expect(plan.purge.itemCount).toBe(0)
    const { rows } = await panel.client.plans.pages({ planId: plan.id })
    expect(rows.map(({ decision }) => decision)).not.toContain('purge')
    expect(rows[0]?.reason).toMatch(/cannot be purged from here: purge it with its own tools/)
    await expect(panel.client.plans.start({ planId: plan.id })).rejects.toThrow()
    expect(pages.requests.every(({ path }) => !path.includes('purge'))).toBe(true)
  })

  test('is diagnosed, and no remedy offers to purge it', async () => {
    const verdict = await panel.client.diagnosis.why({ url: `${pages.url}/` })
    expect(verdict.site?.id).toBe(siteId)
    expect(verdict.gaps.join(' ')).toMatch(/tells nobody its rules/)
    expect(verdict.causes.flatMap(({ remedies }) => remedies.map(({ kind }) => kind))).not.toContain('purge')
  })
})

test('the edge itself refuses a purge with a sentence', async () => {
  await expect(createAnyCache().purge(['/'], 'reference')).rejects.toMatchObject({ code: 'PROVIDER_REFUSED' })
})
