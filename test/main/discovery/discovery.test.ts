import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { CrawlLimits, type PageSource } from '#shared/discovery.ts'
import { KEEP_ALL } from '#shared/page-identity.ts'
import { SiteInput } from '#shared/sites.ts'
import { eventually, startTestCore, type RunningCore } from '../../support/core-client.ts'
import { startSiteServer, type SiteServer } from '../../support/site-server.ts'

let panel: RunningCore
let server: SiteServer
let siteId: string
let zoneId: number
beforeEach(async () => {
  panel = await startTestCore()
  server = await startSiteServer(() => undefined)
  ;({ siteId } = await panel.client.sites.add(entered()))
  zoneId = (await panel.client.sites.list())[0]?.zones[0]?.id ?? 0
})
afterEach(async () => {
  await panel.close()
  await server.stop()
})

const entered = () =>
  SiteInput.parse({
    key: 'example',
    name: 'Example',
    zones: [{ url: server.url }],
    edge: {
      kind: 'cloudfront',
      distributionId: 'E2QWRUHAPOMQZL',
      endpoint: server.url,
      credentials: { kind: 'keys', accessKeyId: 'a', secretAccessKey: 'b' },
    },
  })
const ended = (jobId: string) =>
  eventually(
    () => panel.client.discovery.result({ jobId }),
    (result) => result.state !== 'running',
  )
const find = async (source: PageSource) => ended((await panel.client.discovery.start({ siteId, source })).jobId)
const list = (text: string) => find({ kind: 'list', text, zoneId })
const paths = async () => (await panel.client.pages.list({ siteId })).rows.map((row) => row.path)

describe('Pages come into the list through the panel', () => {
  test('from pasted lines, once, with a sentence, the lines that are not taken, and a line in Activity', async () => {
    const first = await list(`/a\n${server.url}/b\nnonsense\n`)
    expect(first).toMatchObject({
      state: 'done',
      found: { added: 2, known: 0, notTakenCount: 1, notTaken: [{ line: 3, text: 'nonsense' }] },
    })
    expect(first.note).toBe('2 new, 0 known, 1 not taken (line 3: It begins neither with / nor with https://.)')
    expect((await list('/a\n/b')).note).toBe('0 new, 2 known.')
    expect(await paths()).toEqual(['/a', '/b'])
    const { rows } = await panel.client.activity.log({ siteId })
    expect(rows.map((row) => row.text)).toContain('Take pages from a list: 0 new, 2 known.')
  })

  test('by the site’s rules, which stay when the site is entered again, and find a pasted address', async () => {
    await list('/A/\n/A\n/b?utm=1')
    const rules = { ...KEEP_ALL, slash: 'remove' as const, letterCase: 'lower' as const, query: 'drop' as const }
    expect(await panel.client.discovery.previewRules({ siteId, rules })).toMatchObject({ total: 3, merged: 1, renamed: 2 })
    expect(await panel.client.discovery.rules({ siteId })).toEqual(KEEP_ALL)
    const { jobId } = await eventually(
      () => panel.client.discovery.saveRules({ siteId, rules }).catch(() => ({ jobId: '' })),
      (answer) => answer.jobId !== '',
    )
    expect((await ended(jobId)).note).toBe('2 pages have another address, 1 became one with another.')
    expect(await paths()).toEqual(['/a', '/b'])
    expect((await list('/B/?x\n/a/')).note).toBe('0 new, 2 known, 2 written as the rules say.')
    await panel.client.sites.add(entered())
    expect(await panel.client.discovery.rules({ siteId })).toEqual(rules)
    const estimate = await panel.client.inspection.estimate({
      siteId,
      selection: { kind: 'paths', text: `${server.url}/A/?utm=2` },
    })
    expect(estimate.pages).toBe(1)
  })

  test('what a crawl may cost is said before', async () => {
    const cost = await panel.client.discovery.crawlCost({
      siteId,
      limits: CrawlLimits.parse({ pagesAtMost: 600, rendersAtMost: 40 }),
    })
    expect(cost).toEqual({
      waiting: 0,
      sentence: expect.stringMatching(/^At most 600 requests, about 5 min.*at most about 40, then it stops/),
    })
    expect(server.requests.filter(({ headers }) => headers['user-agent']?.includes('check'))).toEqual([])
  })
})

describe('Who may', () => {
  test('files of the machine are for owners, adding pages for operators', async () => {
    const source = { kind: 'file' as const, path: '/etc/passwd', zoneId }
    await expect(panel.clientFor('operator').discovery.startFromDisk({ siteId, source })).rejects.toMatchObject({
      code: 'NOT_ALLOWED',
    })
    await expect(panel.clientFor('operator').discovery.saveRules({ siteId, rules: KEEP_ALL })).rejects.toMatchObject({
      code: 'NOT_ALLOWED',
    })
    await expect(panel.clientFor('support').discovery.start({ siteId, source: { kind: 'sitemaps' } })).rejects.toMatchObject({
      code: 'NOT_ALLOWED',
    })
  })
  test('a zone of another site is refused with its field', async () => {
    await expect(
      panel.client.discovery.start({ siteId, source: { kind: 'list', text: '/a', zoneId: 999 } }),
    ).rejects.toMatchObject({
      code: 'BAD_INPUT',
      data: { field: 'source.zoneId' },
    })
  })
})
