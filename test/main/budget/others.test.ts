import { countOf } from '#shared/count-of.ts'
import {
  CloudFrontClient,
  CreateInvalidationCommand,
  GetInvalidationCommand,
  ListInvalidationsCommand,
} from '@aws-sdk/client-cloudfront'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readReference } from '#shared/purge-reference.ts'
import { eventually, startTestCore, type RunningCore } from '../../support/core-client.ts'
import { quickTimings, startTestDemo, type TestDemo } from '../../support/demo.ts'

let stack: TestDemo
let panel: RunningCore
let siteId = ''
let another: CloudFrontClient

beforeAll(async () => {
  stack = await startTestDemo(undefined, quickTimings)
  panel = await startTestCore()
  siteId = (await panel.client.sites.add(stack.site)).siteId
  const { credentials, endpoint, region } = stack.site.edge
  if (credentials.kind !== 'keys' || endpoint === undefined) throw new Error('the demo gives keys and an endpoint')
  another = new CloudFrontClient({ region, endpoint, credentials })
  await eventually(
    () => panel.client.sites.list(),
    ([site]) => site?.edge.state === 'ok',
  )
}, 60_000)
afterAll(async () => {
  another?.destroy()
  await panel?.close()
  await stack?.demo.close()
})

const purgeElsewhere = (items: string[], reference: string) =>
  another.send(
    new CreateInvalidationCommand({
      DistributionId: stack.site.edge.distributionId,
      InvalidationBatch: { CallerReference: reference, Paths: { Quantity: items.length, Items: items } },
    }),
  )
const budget = () => panel.client.budget.get({ siteId })
const jobEnded = async (jobId: string) => {
  const jobs = await eventually(
    () => panel.client.activity.jobs(),
    (all) => all.find(({ id }) => id === jobId)?.state !== 'running',
  )
  return jobs.find(({ id }) => id === jobId)
}
const draft = (...paths: string[]) => panel.client.plans.create({ siteId, selection: { kind: 'paths', text: paths.join('\n') } })
const ended = (planId: string) =>
  eventually(
    () => panel.client.plans.get({ planId }),
    (plan) => plan.endedAtMs !== null,
    60_000,
  )

describe('Purges that others send with the account', () => {
  test('are read at start, and the meter no longer says "at least"', async () => {
    await eventually(budget, ({ reconciled }) => reconciled)
    const reading = await panel.client.budget.reading({ siteId })
    expect(reading).toMatchObject({ problem: null, distributions: 2, outside: 0, elsewhere: 0 })
  })

  test('are attributed, wherever on the account they were sent, and filter the ledger', async () => {
    const before = await budget()
    await purgeElsewhere(['/ci/1', '/ci/2', '/ci/*'], 'pipeline 4711')
    await purgeElsewhere(['#pb-menu:main-menu', '/x'], 'frostline/k2m9aaaa/p3q4/6f1c/1')
    const { jobId } = await panel.client.budget.reconcile({ siteId })
    expect(await jobEnded(jobId)).toMatchObject({
      kind: 'reconcile',
      state: 'done',
      note: '5 items of others in 2 purges found.',
    })
    expect(await budget()).toMatchObject({ used: before.used + 5, reconciled: true })
    expect(await panel.client.budget.reading({ siteId })).toMatchObject({ outside: 3, elsewhere: 2 })

    const { month } = before
    const people = await panel.client.budget.spend({ siteId, month, by: 'person' })
    expect(people.map(({ label, items, source }) => [label, items, source])).toEqual([
      ['Outside Frostline', 3, 'outside'],
      ['Frostline k2m9aaaa', 2, 'elsewhere'],
    ])
    const tags = await panel.client.budget.spend({ siteId, month, by: 'tag' })
    expect(tags.map(({ label, items }) => [label, items])).toEqual([
      ['Paths, for no tag', 4],
      ['pb-menu:main-menu', 1],
    ])
    for (const by of ['person', 'tag', 'site', 'reason'] as const) {
      for (const { key } of await panel.client.budget.spend({ siteId, month, by })) {
        const { rows } = await panel.client.budget.purges({ siteId, month, filter: { by, key } })
        expect(rows.length).toBeGreaterThan(0)
      }
    }
    const outside = await panel.client.budget.purges({ siteId, filter: { by: 'person', key: people[0]?.key ?? '' } })
    expect(outside.rows).toMatchObject([{ source: 'outside', siteName: stack.site.name, itemCount: 3, plan: null }])
    expect(await panel.client.budget.items({ purgeId: outside.rows[0]?.id ?? '' })).toHaveLength(3)
  })

  test('can tell ours by a reference that names install, person and plan, and nobody', async () => {
    const { id } = await draft('/ours.xml')
    await panel.client.plans.start({ planId: id })
    await ended(id)
    const row = (await panel.client.budget.purges({ siteId })).rows[0]
    expect(row).toMatchObject({ source: 'here', by: 'Test', itemCount: 1 })
    const list = await another.send(new ListInvalidationsCommand({ DistributionId: stack.site.edge.distributionId, MaxItems: 1 }))
    const remoteId = list.InvalidationList?.Items?.[0]?.Id ?? ''
    const sent = await another.send(new GetInvalidationCommand({ DistributionId: stack.site.edge.distributionId, Id: remoteId }))
    const reference = sent.Invalidation?.InvalidationBatch?.CallerReference ?? ''
    expect(readReference(reference)).toMatchObject({ install: expect.stringMatching(/^[a-z0-9]{8}$/), planId: id, part: 1 })
    expect(reference).not.toContain('Test')
    const before = await budget()
    await jobEnded((await panel.client.budget.reconcile({ siteId })).jobId)
    expect((await budget()).used).toBe(before.used)
  })
})

describe('A hard stop', () => {
  const settings = { allowance: 1_000, priceMicroDollars: 5_000, softLimit: null }

  test('is passed by the owner alone, with a reason that is kept', async () => {
    const { used } = await budget()
    await panel.client.budget.save({ siteId, ...settings, hardStop: used })
    const { id } = await draft('/s-1.xml')
    const refused = {
      code: 'CONFLICT',
      message: `This passes the hard stop of ${countOf(used, 'item')}: with it the month has ${used + 1}.`,
    }
    await expect(panel.client.plans.start({ planId: id, passLimit: true })).rejects.toMatchObject(refused)
    await expect(panel.clientFor('operator').plans.start({ planId: id, stopReason: 'It is urgent' })).rejects.toMatchObject({
      code: 'NOT_ALLOWED',
    })
    expect(await budget()).toMatchObject({ used, reserved: 0 })
    await panel.client.plans.start({ planId: id, stopReason: 'The menu is wrong' })
    await ended(id)
    expect((await budget()).used).toBe(used + 1)
    const log = await panel.client.activity.log({ kinds: ['budget'], limit: 1 })
    expect(log.rows[0]).toMatchObject({ by: 'Test', text: `Passed the hard stop of ${countOf(used, 'item')}: The menu is wrong` })
  })

  test('of one site stops that site', async () => {
    const { site } = await panel.client.budget.save({ siteId, ...settings })
    await panel.client.budget.saveSite({ siteId, softLimit: null, hardStop: site?.used ?? 0 })
    const { id } = await draft('/t-1.xml')
    await expect(panel.client.plans.start({ planId: id })).rejects.toMatchObject({
      message: expect.stringContaining('this site’s hard stop'),
    })
    await panel.client.budget.saveSite({ siteId, softLimit: null, hardStop: null })
    await panel.client.plans.start({ planId: id })
    expect((await ended(id)).state).toBe('done')
  })

  test('below the limit that asks is refused at its field', async () => {
    await expect(panel.client.budget.save({ siteId, ...settings, softLimit: 10, hardStop: 9 })).rejects.toMatchObject({
      code: 'BAD_INPUT',
      data: { field: 'hardStop' },
    })
  })
})
