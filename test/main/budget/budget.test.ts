import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eventually, startTestCore, type RunningCore } from '../../support/core-client.ts'
import { quickTimings, startTestDemo, type TestDemo } from '../../support/demo.ts'

let stack: TestDemo
let panel: RunningCore
let siteId = ''

beforeAll(async () => {
  stack = await startTestDemo(undefined, quickTimings)
  panel = await startTestCore()
  siteId = (await panel.client.sites.add(stack.site)).siteId
  await eventually(
    () => panel.client.sites.list(),
    ([site]) => site?.edge.state === 'ok',
  )
}, 60_000)
afterAll(async () => {
  await panel?.close()
  await stack?.demo.close()
})

const budget = () => panel.client.budget.get({ siteId })
const draft = (...paths: string[]) => panel.client.plans.create({ siteId, selection: { kind: 'paths', text: paths.join('\n') } })
const ended = (planId: string) =>
  eventually(
    () => panel.client.plans.get({ planId }),
    (plan) => plan.endedAtMs !== null,
    60_000,
  )
async function purge(...paths: string[]) {
  const { id } = await draft(...paths)
  await panel.client.plans.start({ planId: id })
  return ended(id)
}

describe('The budget', () => {
  test('moves by exactly the items that the plan said, and tells who sent them and why', async () => {
    const before = await budget()
    const plan = await draft('/feed-1.xml', '/feed-2.xml', '/feed-3.xml')
    expect(plan.purge).toMatchObject({ itemCount: 3, allowanceBefore: 1_000 - before.used, allowanceAfter: 997 - before.used })
    expect((await budget()).used).toBe(before.used)
    await panel.client.plans.start({ planId: plan.id })
    const done = await ended(plan.id)
    const after = await budget()
    expect([after.used - before.used, after.reserved]).toEqual([done.purge.itemCount, 0])

    const { rows } = await panel.client.budget.purges({ siteId })
    expect(rows[0]).toMatchObject({
      by: 'Test',
      siteName: stack.site.name,
      plan: { id: plan.id, title: done.title },
      itemCount: 3,
      state: 'completed',
      chargedItems: 0,
      microDollars: 0,
      month: after.month,
    })
    expect(await panel.client.budget.items({ purgeId: rows[0]?.id ?? '' })).toEqual(['/feed-1.xml', '/feed-2.xml', '/feed-3.xml'])
    const month = await panel.client.budget.month({ siteId })
    expect(month).toMatchObject({ month: after.month, items: after.used, microDollars: 0, months: [after.month] })
    expect(month.days[new Date().getUTCDate() - 1]).toMatchObject({ free: after.used, charged: 0 })
    const log = await panel.client.activity.log({ kinds: ['purge'] })
    expect(log.rows.map(({ result, cost, about }) => [result, cost, about])).toEqual([
      ['done', { items: 3, microDollars: 0 }, { kind: 'plan', id: plan.id }],
      ['begun', null, { kind: 'plan', id: plan.id }],
    ])
  })

  test('of a refused purge gives everything back, and lists it with its reason', async () => {
    const before = await budget()
    await stack.act('/api/throttle', { calls: 1_000 })
    const { id } = await draft('/never-sent.xml')
    await panel.client.plans.start({ planId: id })
    await eventually(budget, ({ reserved }) => reserved === 1)
    const [sending] = (await panel.client.budget.purges({ siteId })).rows
    expect(sending).toMatchObject({ state: 'intent', chargedItems: null, microDollars: null })
    await panel.client.plans.cancel({ planId: id })
    await ended(id)
    await stack.act('/api/throttle', { calls: 0 })
    expect(await budget()).toEqual(before)
    const [row] = (await panel.client.budget.purges({ siteId })).rows
    expect(row).toMatchObject({ state: 'refused', chargedItems: null, plan: { id } })
  })

  test('prices drafts, purges, days and what is said of a purge with the settings of the account', async () => {
    const open = await draft('/a.xml', '/b.xml')
    const { used } = await budget()
    const saved = await panel.client.budget.save({ siteId, allowance: used + 1, priceMicroDollars: 1_250, softLimit: null })
    expect(saved).toMatchObject({ allowance: used + 1, priceMicroDollars: 1_250, used })
    expect(await panel.client.plans.get({ planId: open.id })).toMatchObject({
      title: expect.stringContaining('$0.00125'),
      purge: { priceMicroDollars: 1_250, allowanceBefore: 1, allowanceAfter: 0 },
    })
    const preview = await panel.client.plans.preview({ siteId, selection: { kind: 'paths', text: '/a.xml\n/b.xml\n/c.xml' } })
    expect(preview).toMatchObject({ itemCount: 3, priceMicroDollars: 2_500, allowanceBefore: 1 })

    const done = await purge('/a.xml', '/b.xml')
    expect(done.result).toContain('2 purges used ($0.00125).')
    expect((await panel.client.budget.purges({ siteId })).rows[0]).toMatchObject({ chargedItems: 1, microDollars: 1_250 })
    expect(await panel.client.budget.month({ siteId })).toMatchObject({ microDollars: 1_250 })
    expect((await panel.client.activity.log({ kinds: ['purge'], limit: 1 })).rows[0]?.cost).toEqual({
      items: 2,
      microDollars: 1_250,
    })
  })

  test('asks before a plan passes the soft limit, and not before', async () => {
    const { used } = await budget()
    await panel.client.budget.save({ siteId, allowance: 1_000, priceMicroDollars: 5_000, softLimit: used + 2 })
    await purge('/limit-1.xml', '/limit-2.xml')
    const { id } = await draft('/limit-3.xml')
    await expect(panel.client.plans.start({ planId: id })).rejects.toMatchObject({
      code: 'CONFLICT',
      message: `This passes the limit of ${used + 2} items: with it the month has ${used + 3}.`,
      data: { field: 'passLimit' },
    })
    expect(await budget()).toMatchObject({ used: used + 2, reserved: 0 })
    await panel.client.plans.start({ planId: id, passLimit: true })
    await ended(id)
    expect(await budget()).toMatchObject({ used: used + 3, reserved: 0 })
  })

  test('lists its purges in parts, each once, and by month', async () => {
    const all = (await panel.client.budget.purges({ siteId })).rows.map(({ id }) => id)
    const seen: string[] = []
    for (let cursor: string | null = null; ;) {
      const part: Awaited<ReturnType<typeof panel.client.budget.purges>> = await panel.client.budget.purges({
        siteId,
        cursor,
        limit: 2,
      })
      seen.push(...part.rows.map(({ id }) => id))
      if (part.nextCursor === null) break
      cursor = part.nextCursor
    }
    expect(seen).toEqual(all)
    expect(new Set(seen).size).toBe(5)
    expect((await panel.client.budget.purges({ siteId, month: '2001-01' })).rows).toEqual([])
  })
})

describe('Settings of the budget', () => {
  const agreed = { allowance: 1_000, priceMicroDollars: 5_000, softLimit: null }

  test('are the owner’s alone', async () => {
    for (const role of ['operator', 'support'] as const)
      await expect(panel.clientFor(role).budget.save({ siteId, ...agreed })).rejects.toMatchObject({ code: 'NOT_ALLOWED' })
  })

  test.each([
    [{ allowance: -1 }, 'The allowance cannot be less than 0 items'],
    [{ allowance: 1.5 }, 'The allowance must be a whole number of items, such as 1000'],
    [{ priceMicroDollars: 0.5 }, 'The price must be in dollars with at most six digits after the point, such as 0.005'],
    [{ softLimit: 0 }, 'The limit must be at least 1 item; leave it empty for none'],
  ])('%j are refused with a sentence', async (wrong, message) => {
    const before = await budget()
    await expect(panel.client.budget.save({ siteId, ...agreed, ...wrong })).rejects.toMatchObject({
      code: 'BAD_INPUT',
      message,
      data: { field: Object.keys(wrong)[0] },
    })
    expect(await budget()).toEqual(before)
  })
})
