import type { AnyContractProcedure } from '@orpc/contract'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CallMeta } from '#shared/calls.ts'
import { contract } from '#shared/contract.ts'
import { startTestCore, type Client, type RunningCore } from '../support/core-client.ts'

// Every call of the contract, as the contract itself lists them: a new call is tested without a word here.
const CALLS = Object.entries(contract).flatMap(([feature, calls]) =>
  Object.entries(calls).map(([name, procedure]) => ({
    name: `${feature}.${name}`,
    definition: (procedure as AnyContractProcedure)['~orpc'],
  })),
)
const WITH_INPUT = CALLS.filter(({ definition }) => definition.inputSchema !== undefined).map(({ name }) => name)
const NEEDY = CALLS.filter(({ definition }) => {
  const read = definition.inputSchema?.['~standard'].validate({})
  return read !== undefined && 'issues' in read && read.issues !== undefined
}).map(({ name }) => name)
const ACTING = CALLS.filter(({ definition }) => (definition.meta as CallMeta).needs !== 'support').map(({ name }) => name)
const OWNERS = CALLS.filter(({ definition }) => (definition.meta as CallMeta).needs === 'owner').map(({ name }) => name)

let panel: RunningCore
let siteId = ''
let pageId = 0
beforeAll(async () => {
  panel = await startTestCore()
  siteId = (await panel.client.sites.add(siteInput())).siteId
  // The site is down, so its pages come from nowhere: one is put in by hand.
  const zone = (await panel.client.sites.list())[0]?.zones[0]
  const { openDatabase } = await import('#main/platform/database.ts')
  const db = await openDatabase(`${panel.dataFolder}/frostline.db`, { migrate: false })
  pageId = Number(
    db.raw
      .prepare(`INSERT INTO pages (site_id, zone_id, path, found_at, found_by) VALUES (?, ?, '/', 0, 'person')`)
      .run(siteId, zone?.id).lastInsertRowid,
  )
  db.close()
})
afterAll(() => panel?.close())

function siteInput(more: object = {}) {
  return {
    version: 1 as const,
    name: 'Nowhere',
    zones: [{ url: 'http://127.0.0.1:9' }],
    links: [],
    watchSeconds: 86_400,
    edge: {
      kind: 'cloudfront' as const,
      distributionId: 'E2QWRUHAPOMQZL',
      endpoint: 'http://127.0.0.1:9',
      region: 'us-east-1',
      credentials: { kind: 'keys' as const, accessKeyId: 'AKIAX', secretAccessKey: 'y' },
    },
    ...more,
  }
}

/** Calls by name with any input: what a broken or hostile panel could send. */
async function call(name: string, input: unknown, client: Client = panel.client): Promise<unknown> {
  const [feature = '', procedure = ''] = name.split('.')
  const found = (client as unknown as Record<string, Record<string, (input: unknown) => Promise<unknown>>>)[feature]?.[procedure]
  const answer = await found?.(input)
  if (typeof answer === 'object' && answer !== null && Symbol.asyncIterator in answer) {
    for await (const part of answer as AsyncIterable<unknown>) return part
  }
  return answer
}

describe('Bad input', () => {
  test.each(WITH_INPUT.flatMap((name) => [undefined, null, 'text', 42, [], [1], true].map((input) => [name, input] as const)))(
    '%s refuses %j',
    async (name, input) => {
      await expect(call(name, input)).rejects.toMatchObject({ code: 'BAD_INPUT', defined: true })
    },
  )

  test.each(NEEDY)('%s names the field that is missing', async (name) => {
    await expect(call(name, {})).rejects.toMatchObject({
      code: 'BAD_INPUT',
      data: { field: expect.stringMatching(/^[a-zA-Z]+$/) },
    })
  })

  test.each<[string, object, string]>([
    ['pages.list', { siteId: 7 }, 'siteId'],
    ['pages.list', { siteId: 's', limit: 0 }, 'limit'],
    ['pages.list', { siteId: 's', limit: 501 }, 'limit'],
    ['pages.list', { siteId: 's', limit: 1.5 }, 'limit'],
    ['pages.list', { siteId: 's', sort: { by: 'path; DROP TABLE pages' } }, 'sort.by'],
    ['pages.list', { siteId: 's', filter: { freshness: ['fresh', 'rotten'] } }, 'filter.freshness.1'],
    ['pages.list', { siteId: 's', filter: { zoneIds: ['1'] } }, 'filter.zoneIds.0'],
    ['pages.list', { siteId: 's', filter: { text: 'a'.repeat(401) } }, 'filter.text'],
    ['pages.list', { siteId: 's', cursor: 7 }, 'cursor'],
    ['pages.counts', { siteId: 's', filter: { tag: 'a'.repeat(301) } }, 'filter.tag'],
    ['pages.get', { pageId: '7' }, 'pageId'],
    ['inspection.check', { siteId: 's', selection: { kind: 'pages', pageIds: [] } }, 'selection.pageIds'],
    ['inspection.estimate', { siteId: 's', selection: { kind: 'whatever' } }, 'selection.kind'],
    ['inspection.check', { siteId: 's', selection: { kind: 'paths', text: '  \n ' } }, 'selection.text'],
    ['tags.list', { siteId: 's', limit: 501 }, 'limit'],
    ['tags.list', { siteId: 's', sort: { by: 'magic' } }, 'sort.by'],
    ['tags.counts', { siteId: 's', tagIds: ['1'] }, 'tagIds.0'],
    ['pages.history', { pageId: 'x' }, 'pageId'],
    ['inspection.layers', { pageId: 'x' }, 'pageId'],
    ['inspection.bodies', { pageId: 'x' }, 'pageId'],
    ['tags.mark', { siteId: 's', target: { kind: 'tag', tag: 'a' }, what: ' ', sinceMs: 1 }, 'what'],
    ['tags.mark', { siteId: 's', target: { kind: 'tag', tag: 'a' }, what: 'x', sinceMs: 1.5 }, 'sinceMs'],
    ['tags.mark', { siteId: 's', target: { kind: 'tag', tag: '' }, what: 'x', sinceMs: 1 }, 'target.tag'],
    ['tags.undoMark', { markId: 'x' }, 'markId'],
    ['discovery.start', { siteId: 's', source: { kind: 'list', text: ' ', zoneId: 1 } }, 'source.text'],
    ['discovery.start', { siteId: 's', source: { kind: 'folder', path: '/etc', zoneId: 1 } }, 'source.kind'],
    ['discovery.saveRules', { siteId: 's', rules: { slash: 'maybe' } }, 'rules.slash'],
    ['plans.pages', { planId: 'x', decision: ['maybe'] }, 'decision.0'],
    ['plans.pages', { planId: 'x', limit: 501 }, 'limit'],
    ['plans.revise', { planId: 'x', by: 'magic' }, 'by'],
    ['plans.revise', { planId: 'x', build: 'yes' }, 'build'],
    ['builds.trigger', { siteId: 's', title: 'a'.repeat(121) }, 'title'],
    ['activity.log', { limit: 201 }, 'limit'],
    ['sites.add', siteInput({ name: ' ' }), 'name'],
    ['sites.add', siteInput({ zones: [] }), 'zones'],
    ['sites.add', siteInput({ zones: [{ url: 'http://ok.example' }, { url: 'ftp://example.com' }] }), 'zones.1.url'],
    ['sites.add', siteInput({ zones: [{ url: 'www.example.com' }] }), 'zones.0.url'],
    ['sites.test', siteInput({ edge: { ...siteInput().edge, distributionId: 'arn:aws:x' } }), 'edge.distributionId'],
    [
      'sites.test',
      siteInput({ edge: { ...siteInput().edge, credentials: { kind: 'keys', accessKeyId: 'A' } } }),
      'edge.credentials.secretAccessKey',
    ],
    ['sites.test', siteInput({ edge: { ...siteInput().edge, credentials: { kind: 'oauth' } } }), 'edge.credentials.kind'],
    ['sites.test', siteInput({ builder: { kind: 'hook', hookUrl: 'javascript:alert(1)' } }), 'builder.hookUrl'],
    ['sites.add', siteInput({ watchSeconds: 1 }), 'watchSeconds'],
  ])('%s refuses %j, naming %3$s', async (name, input, field) => {
    await expect(call(name, input)).rejects.toMatchObject({ code: 'BAD_INPUT', data: { field } })
  })

  test('a mark on a tag that cannot be one, or in the future, names the field', async () => {
    const mark = { siteId, what: 'x', sinceMs: Date.now() }
    await expect(panel.client.tags.mark({ ...mark, target: { kind: 'tag', tag: 'two words' } })).rejects.toMatchObject({
      code: 'BAD_INPUT',
      data: { field: 'target.tag' },
    })
    await expect(
      panel.client.tags.mark({ ...mark, target: { kind: 'pages', pageIds: [pageId] }, sinceMs: Date.now() + 3_600_000 }),
    ).rejects.toMatchObject({ code: 'BAD_INPUT', data: { field: 'sinceMs' } })
  })
})

describe('An id that is not there', () => {
  const all = { kind: 'filter', filter: {} }
  test.each<[string, object, string]>([
    ['pages.list', { siteId: 'nowhere' }, 'siteId'],
    ['pages.counts', { siteId: 'nowhere' }, 'siteId'],
    ['pages.discover', { siteId: 'nowhere' }, 'siteId'],
    ['pages.get', { pageId: 99_999 }, 'pageId'],
    ['tags.list', { siteId: 'nowhere' }, 'siteId'],
    ['tags.cost', { siteId: 'nowhere', tag: 'a' }, 'siteId'],
    ['pages.history', { pageId: 99_999 }, 'pageId'],
    ['inspection.layers', { pageId: 99_999 }, 'pageId'],
    ['inspection.bodies', { pageId: 99_999 }, 'pageId'],
    ['tags.marks', { siteId: 'nowhere' }, 'siteId'],
    ['tags.mark', { siteId: 'nowhere', target: all, what: 'x', sinceMs: 1 }, 'siteId'],
    ['tags.undoMark', { markId: 99_999 }, 'markId'],
    ['inspection.check', { siteId: 'nowhere', selection: all }, 'siteId'],
    ['inspection.estimate', { siteId: 'nowhere', selection: all }, 'siteId'],
    ['plans.list', { siteId: 'nowhere' }, 'siteId'],
    ['plans.create', { siteId: 'nowhere', selection: all }, 'siteId'],
    ['plans.get', { planId: 'nowhere' }, 'planId'],
    ['plans.pages', { planId: 'nowhere' }, 'planId'],
    ['plans.revise', { planId: 'nowhere' }, 'planId'],
    ['plans.start', { planId: 'nowhere' }, 'planId'],
    ['plans.cancel', { planId: 'nowhere' }, 'planId'],
    ['builds.list', { siteId: 'nowhere' }, 'siteId'],
    ['builds.trigger', { siteId: 'nowhere' }, 'siteId'],
    ['builds.cancel', { buildId: 'nowhere' }, 'buildId'],
    ['builds.log', { buildId: 'nowhere' }, 'buildId'],
    ['budget.get', { siteId: 'nowhere' }, 'siteId'],
    ['sites.remove', { siteId: 'nowhere' }, 'siteId'],
    ['activity.cancelJob', { jobId: 'nowhere' }, 'jobId'],
  ])('%s: %j is not found', async (name, input, field) => {
    await expect(call(name, input)).rejects.toMatchObject({
      code: 'NOT_FOUND',
      data: { field },
      message: expect.stringMatching(/\.$/),
    })
  })

  test('a page of another site is not this site’s', async () => {
    const other = await panel.client.sites.add(siteInput({ zones: [{ url: 'http://127.0.0.1:10' }] }))
    await expect(
      panel.client.inspection.check({ siteId: other.siteId, selection: { kind: 'pages', pageIds: [pageId] } }),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(
      panel.client.plans.create({ siteId: other.siteId, selection: { kind: 'pages', pageIds: [pageId] } }),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})

describe('A support person', () => {
  test.each(ACTING)('may not %s, whatever is sent', async (name) => {
    for (const input of [
      undefined,
      {},
      { siteId, planId: 'x', jobId: 'x', markId: 1, buildId: 'x', selection: { kind: 'filter', filter: {} } },
    ]) {
      await expect(call(name, input, panel.clientFor('support'))).rejects.toMatchObject({
        code: 'NOT_ALLOWED',
        data: { fix: expect.any(String) },
      })
    }
  })

  test('may look at everything, and check one page at a time', async () => {
    const support = panel.clientFor('support')
    expect((await support.activity.me()).role).toBe('support')
    expect((await support.pages.list({ siteId })).rows).toHaveLength(1)
    expect(await support.inspection.estimate({ siteId, selection: { kind: 'pages', pageIds: [pageId] } })).toMatchObject({
      pages: 1,
      requestsAtMost: 3,
      rendersAtMost: 1,
    })
    expect((await support.inspection.check({ siteId, selection: { kind: 'pages', pageIds: [pageId] } })).jobId).toMatch(/-/)
  })

  test('may not check more than one', async () => {
    const { openDatabase } = await import('#main/platform/database.ts')
    const db = await openDatabase(`${panel.dataFolder}/frostline.db`, { migrate: false })
    db.raw
      .prepare(
        `INSERT INTO pages (site_id, zone_id, path, found_at, found_by) SELECT site_id, zone_id, '/second', 0, 'person' FROM pages WHERE id = ?`,
      )
      .run(pageId)
    db.close()
    await expect(
      panel.clientFor('support').inspection.check({ siteId, selection: { kind: 'filter', filter: {} } }),
    ).rejects.toMatchObject({ code: 'NOT_ALLOWED' })
  })
})

test('An operator may act, but not touch sites and credentials', async () => {
  const operator = panel.clientFor('operator')
  for (const name of OWNERS) await expect(call(name, {}, operator)).rejects.toMatchObject({ code: 'NOT_ALLOWED' })
  expect((await operator.plans.create({ siteId, selection: { kind: 'pages', pageIds: [pageId] } })).state).toBe('draft')
})
