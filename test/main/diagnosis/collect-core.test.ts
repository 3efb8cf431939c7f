import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eventually, startTestCore, type Client, type RunningCore } from '../../support/core-client.ts'
import { quickTimings, startTestDemo, type TestDemo } from '../../support/demo.ts'
import { startSiteServer } from '../../support/site-server.ts'

let demo: TestDemo
let core: RunningCore
let siteId: string
beforeAll(async () => {
  demo = await startTestDemo(undefined, quickTimings)
  core = await startTestCore()
  siteId = (await core.client.sites.add(demo.site)).siteId
  await eventually(
    () => core.client.pages.counts({ siteId }),
    ({ total }) => total > 10,
    60_000,
  )
}, 120_000)
afterAll(async () => {
  await core?.close()
  await demo?.demo.close()
})

const zone = () => demo.site.zones[0]?.url ?? ''
const refusal = async (asking: Promise<unknown>) =>
  asking.then(
    () => null,
    (error: unknown) => error,
  )

describe('"Why is this old?" through the whole core', () => {
  test('answers for a page of the built-in site, from what was asked just now', { timeout: 60_000 }, async () => {
    const { rows } = await core.client.pages.list({ siteId, limit: 20 })
    const page = rows.find(({ path }) => path === '/') ?? rows[0]
    const verdict = await core.client.diagnosis.why({ url: new URL(page?.path ?? '/', zone()).href })
    expect(verdict).toMatchObject({ site: { id: siteId }, pageId: expect.any(Number) })
    expect(verdict.causes.length).toBeGreaterThan(0)
    expect(verdict.gaps.join(' ')).not.toContain('could not be asked')
  })

  test('reads the address without its scheme, and the paste of a customer', { timeout: 60_000 }, async () => {
    const url = `<${new URL(zone()).host}/>`
    const verdict = await core.client.diagnosis.why({ url, customer: { text: 'HTTP/1.1 200 OK\nage: 7' } })
    expect(verdict).toMatchObject({ url: `${zone()}/`, site: { id: siteId } })
    expect(await refusal(core.client.diagnosis.why({ url, customer: { text: 'no headers here' } }))).toMatchObject({
      code: 'BAD_INPUT',
      data: { field: 'customer.text' },
    })
    expect(await refusal(core.client.diagnosis.why({ url: 'two words' }))).toMatchObject({
      code: 'BAD_INPUT',
      data: { field: 'url' },
    })
  })

  test('an instant that is past costs the site nothing', { timeout: 60_000 }, async () => {
    const { cursor } = await demo.originRequests(0)
    const url = `${zone()}/asked-about-by-nobody-else/`
    const verdict = await core.client.diagnosis.why({ url, seenAtMs: Date.now() - 3_600_000 })
    expect(verdict.seenAtMs).not.toBeNull()
    expect(verdict.gaps.join(' ')).toContain('cannot be asked')
    expect((await demo.originRequests(cursor)).paths).not.toContain(url.replace('http://', ''))
    await core.client.diagnosis.why({ url })
    expect((await demo.originRequests(cursor)).paths).toContain(url.replace('http://', ''))
  })

  test('a private address that is no zone of ours is refused, with no request', { timeout: 60_000 }, async () => {
    const inside = await startSiteServer(() => ({ body: 'inside' }))
    const verdict = await core.client.diagnosis.why({ url: `${inside.url}/` })
    await inside.stop()
    expect(verdict.site).toBeNull()
    expect(inside.requests).toEqual([])
  })

  test('support asks one at a time; the owner is not limited', { timeout: 60_000 }, async () => {
    const both = async (client: Client) => Promise.all([1, 2].map(() => refusal(client.diagnosis.why({ url: `${zone()}/` }))))
    const asSupport = await both(core.clientFor('support'))
    expect(asSupport.filter((error) => error === null)).toHaveLength(1)
    expect(asSupport.find((error) => error !== null)).toMatchObject({
      code: 'THROTTLED',
      message: expect.stringContaining('still running'),
    })
    expect(await both(core.client)).toEqual([null, null])
  })

  test('what it costs is told before, and telling it asks nobody', async () => {
    const { cursor } = await demo.originRequests(0)
    const url = `${zone()}/priced-and-not-asked/`
    const cost = await core.client.diagnosis.cost({ url })
    expect(cost.site?.id).toBe(siteId)
    expect(cost.sentence).toMatch(/^At most 24 requests .* No purges are used\./)
    expect(await core.client.diagnosis.cost({ url: 'https://elsewhere.example/a' })).toMatchObject({ site: null })
    expect((await core.client.diagnosis.cost({ url: '' })).sentence).toContain('Paste the address')
    expect((await demo.originRequests(cursor)).paths).not.toContain(url.replace('http://', ''))
  })
})
