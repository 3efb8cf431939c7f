import { afterAll, beforeAll, expect, test } from 'vitest'
import type { PageRow } from '#shared/pages.ts'
import type { Plan } from '#shared/plans.ts'
import type { Secrets } from '#main/platform/secrets.ts'
import { eventually, memorySecrets, startTestCore, type RunningCore } from '../support/core-client.ts'
import { startTestDemo, type TestDemo } from '../support/demo.ts'

const PATH = '/menu-card/mango'
let stack: TestDemo
let panel: RunningCore
let siteId = ''
const secrets: Secrets = memorySecrets()

beforeAll(async () => {
  stack = await startTestDemo()
  panel = await startTestCore({ secrets })
  siteId = (await panel.client.sites.add(stack.site)).siteId
  await eventually(page, (row) => row?.servedAs === 'rendered' && row.observedAtMs !== null)
  await eventually(
    () => panel.client.activity.jobs(),
    (jobs) => jobs.length > 0 && jobs.every((job) => job.state !== 'running'),
  )
}, 60_000)
afterAll(async () => {
  await panel?.close()
  await stack?.demo.close()
})

async function page(): Promise<PageRow | undefined> {
  const { rows } = await panel.client.pages.list({ siteId, filter: { text: PATH }, limit: 10 })
  return rows.find((row) => row.path === PATH)
}

/** A purge of the page whose check is given the old page: its renderer is behind again by the time the edge asks it. */
async function purgeIntoRefresh(text: string): Promise<{ planId: string; pageId: number }> {
  const pageId = (await page())!.id
  const selection = { kind: 'pages' as const, pageIds: [pageId] }
  await stack.act('/api/ssr-page', { path: PATH, text: `${text}, first words.` })
  await panel.client.pages.expire({ pageId })
  const draft = await panel.client.plans.create({ siteId, selection })
  const plan = await panel.client.plans.revise({ planId: draft.id, refresh: true })
  await panel.client.plans.start({ planId: plan.id })
  await planIs(plan.id, (now) => now.state === 'purging')
  await stack.act('/api/ssr-page', { path: PATH, text: `${text}, last words.` })
  await stack.act('/api/ssr-expire', { path: PATH })
  return { planId: plan.id, pageId }
}

const planIs = (planId: string, right: (plan: Plan) => boolean): Promise<Plan> =>
  eventually(() => panel.client.plans.get({ planId }), right, 60_000)

const pagesOf = async (planId: string) => (await panel.client.plans.pages({ planId })).rows

test('A plan whose check meets a running refresh says so, looks again when that ends, and then gives its verdict', async () => {
  const { planId, pageId } = await purgeIntoRefresh('Twice the mango')
  const waiting = await planIs(planId, (plan) => plan.state !== 'purging' && plan.check.message.includes('still refreshed'))
  expect(waiting).toMatchObject({ state: 'checking', result: null })
  expect(await pagesOf(planId)).toMatchObject([
    { path: PATH, result: null, resultReason: 'Refresh running; checked again when it ends.' },
  ])
  expect((await page())!.word).not.toBe('fresh')
  const due = (await panel.client.pages.entry({ pageId }))!.checkedAgainAtMs!

  const ended = await planIs(planId, (plan) => plan.state === 'done')
  expect(ended.result).toMatch(/^1 of 1 shows the new version/)
  expect(await pagesOf(planId)).toMatchObject([{ path: PATH, result: 'new-version', resultReason: null }])
  const right = (await page())!
  expect(right).toMatchObject({ word: 'fresh', proven: true })
  expect(right.observedAtMs).toBeGreaterThanOrEqual(due)
}, 90_000)

test('A check that was to come when the core stopped is made after its next start', async () => {
  const pageId = (await page())!.id
  const { planId } = await purgeIntoRefresh('Thrice the mango')
  await planIs(planId, (plan) => plan.check.message.includes('still refreshed'))
  await panel.client.plans.cancel({ planId })
  await planIs(planId, (plan) => plan.state === 'cancelled')
  const due = (await panel.client.pages.entry({ pageId }))!.checkedAgainAtMs!
  expect((await page())!.observedAtMs).toBeLessThan(due)
  const { dataFolder } = panel
  await panel.close()
  panel = await startTestCore({ dataFolder, secrets })
  const row = await eventually(page, (found) => (found?.observedAtMs ?? 0) >= due, 30_000)
  expect(row).toMatchObject({ word: 'fresh', proven: true })
}, 90_000)
