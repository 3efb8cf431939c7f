import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Plan } from '#shared/plans.ts'
import { eventually, startTestCore, type RunningCore } from '../support/core-client.ts'
import { startCutWire, type CutWire } from '../support/cut-wire.ts'
import { quickTimings, startTestDemo, type TestDemo } from '../support/demo.ts'

const folder = mkdtempSync(join(tmpdir(), 'frostline-outage-'))
let stack: TestDemo
let wire: CutWire
let panel: RunningCore
let siteId = ''
beforeAll(async () => {
  stack = await startTestDemo(folder, quickTimings)
  wire = await startCutWire(stack.demo.urls.control)
  panel = await startTestCore()
  siteId = (await panel.client.sites.add({ ...stack.site, edge: { ...stack.site.edge, endpoint: wire.url } })).siteId
  await eventually(
    () => panel.client.pages.list({ siteId, filter: { freshness: ['unknown'] } }),
    ({ rows }) => rows.length > 50,
  )
  await eventually(
    () => panel.client.activity.jobs(),
    (jobs) => jobs.length > 0 && jobs.every((job) => job.state !== 'running'),
  )
}, 60_000)
afterAll(async () => {
  await panel?.close()
  await wire?.stop()
  await stack?.demo.close()
})

const planAt = (planId: string, right: (plan: Plan) => boolean, withinMs = 40_000) =>
  eventually(() => panel.client.plans.get({ planId }), right, withinMs)
const accepted = async () =>
  ((await (await fetch(`${stack.demo.controlsUrl}api/state`)).json()) as { invalidations: number }).invalidations
const budget = () => panel.client.budget.get({ siteId })

/** A plan for two pages that were never checked: the edge may hold anything. */
async function draft(): Promise<Plan> {
  const { rows } = await panel.client.pages.list({ siteId, filter: { freshness: ['unknown'], text: '/lolly/' }, limit: 2 })
  return panel.client.plans.create({ siteId, selection: { kind: 'pages', pageIds: rows.map(({ id }) => id) } })
}

/** Starts a plan in the outage, and ends it when the plan says that it waits. */
async function through(
  begin: () => Promise<unknown>,
  end: () => Promise<unknown>,
): Promise<{ waiting: Plan; ended: Plan; sent: number; used: number }> {
  const plan = await draft()
  const before = { sent: await accepted(), used: (await budget()).used }
  await begin()
  await panel.client.plans.start({ planId: plan.id })
  const waiting = await planAt(plan.id, ({ purge }) => purge.waitsUntilMs !== null)
  await end()
  const ended = await planAt(plan.id, ({ endedAtMs }) => endedAtMs !== null)
  return { waiting, ended, sent: (await accepted()) - before.sent, used: (await budget()).used - before.used }
}
const ONCE = {
  sent: 1,
  used: 2,
  ended: { state: 'done', check: { total: 2, newVersion: 2 }, purge: { state: 'done', waitsUntilMs: null } },
}

describe('A purge goes through once', () => {
  test('when the edge asks to slow down', async () => {
    const seen = await through(
      () => stack.act('/api/throttle', { calls: 1_000 }),
      () => stack.act('/api/throttle', { calls: 0 }),
    )
    expect(seen.waiting.purge.message).toMatch(
      /^CloudFront asks to slow down: .* Nothing is lost: it goes on with the same request by itself\.$/,
    )
    expect(seen.waiting.state).toBe('purging')
    expect(seen).toMatchObject(ONCE)
  })

  test('when the control API is down', async () => {
    const seen = await through(
      async () => wire.set('down'),
      async () => wire.set('open'),
    )
    expect(seen.waiting.purge.message).toMatch(
      /127\.0\.0\.1:\d+ .* Nothing is lost: it goes on with the same request by itself\.$/,
    )
    expect(seen).toMatchObject(ONCE)
  })

  test('when it arrives and the answer is lost', async () => {
    const before = await accepted()
    const seen = await through(
      async () => {
        wire.set('hold-answers')
        void eventually(accepted, (now) => now > before).then(() => wire.set('down'))
      },
      async () => wire.set('open'),
    )
    expect(seen.waiting.purge.message).toContain('Nothing is lost')
    expect(seen).toMatchObject(ONCE)
  })

  test('when the whole stack stops after it was sent, and starts again on the same ports', async () => {
    const plan = await draft()
    const before = { sent: await accepted(), used: (await budget()).used }
    await panel.client.plans.start({ planId: plan.id })
    await eventually(budget, ({ used }) => used > before.used)
    await stack.demo.close()
    const waiting = await planAt(plan.id, ({ purge }) => purge.waitsUntilMs !== null)
    expect(waiting.purge.message).toContain('Nothing is lost')
    await expect(panel.client.plans.cancel({ planId: plan.id })).rejects.toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining('cannot take it back'),
    })
    stack = await startTestDemo(folder, quickTimings)
    expect(await planAt(plan.id, ({ endedAtMs }) => endedAtMs !== null)).toMatchObject(ONCE.ended)
    expect([(await accepted()) - before.sent, (await budget()).used - before.used]).toEqual([1, 2])
  }, 60_000)
})

test('A job’s cancel is the plan’s: nothing is sent while the edge asks to wait', async () => {
  const plan = await draft()
  const before = { sent: await accepted(), ...(await budget()) }
  await stack.act('/api/throttle', { calls: 1_000 })
  await panel.client.plans.start({ planId: plan.id })
  await planAt(plan.id, ({ purge }) => purge.waitsUntilMs !== null)
  const job = (await panel.client.activity.jobs()).find(({ kind, state }) => kind === 'plan' && state === 'running')
  expect(panel.core.busy()).toEqual([plan.title])
  expect(await panel.client.activity.cancelJob({ jobId: job?.id ?? '' })).toEqual({ cancelled: true })
  const ended = await planAt(plan.id, ({ endedAtMs }) => endedAtMs !== null)
  await stack.act('/api/throttle', { calls: 0 })
  expect(ended).toMatchObject({ state: 'cancelled', result: 'Cancelled before it was sent. Nothing was charged.' })
  expect([await accepted(), (await budget()).used, (await budget()).reserved]).toEqual([
    before.sent,
    before.used,
    before.reserved,
  ])
  expect((await panel.client.activity.log({ limit: 5 })).rows.map(({ text }) => text)).toContain(
    'Purge: Cancelled before it was sent. Nothing was charged.',
  )
})
