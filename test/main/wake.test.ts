import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventually, startTestCore, type RunningCore } from '../support/core-client.ts'
import { startTestDemo, type TestDemo } from '../support/demo.ts'

let stack: TestDemo
let panel: RunningCore
beforeAll(async () => {
  stack = await startTestDemo()
  panel = await startTestCore()
}, 60_000)
afterAll(async () => {
  await panel?.close()
  await stack?.demo.close()
})

test('a machine that wakes looks at its sites at once, not at the end of their pause', async () => {
  const { siteId } = await panel.client.sites.add({ ...stack.site, watchSeconds: 86_400 })
  const found = async (text: string) => (await panel.client.pages.list({ siteId, filter: { text } })).rows.length
  await eventually(
    () => found('/lists'),
    (pages) => pages > 0,
  )
  await eventually(
    () => panel.client.activity.jobs(),
    (jobs) => jobs.length > 0 && jobs.every((job) => job.state !== 'running'),
  )
  const { path } = await stack.act('/api/lollies', { to: 'Ada', message: 'Good morning', from: 'Grace' })
  expect(await found(String(path))).toBe(0)
  panel.core.wake()
  await eventually(
    () => found(String(path)),
    (pages) => pages === 1,
  )
})
