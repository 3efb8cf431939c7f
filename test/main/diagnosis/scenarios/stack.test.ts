import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventually, startTestCore, type RunningCore } from '../../../support/core-client.ts'
import { quickTimings, startTestDemo, type TestDemo } from '../../../support/demo.ts'
import { STACK, type StackWorld } from './stack.ts'

let stack: TestDemo
let panel: RunningCore
let world: StackWorld

beforeAll(async () => {
  // A purge and a switch have to be seen while they are under way.
  const slow = { invalidationMs: 2_500, purgeFromMs: 2_000, purgeToMs: 2_300, deployMs: 2_500 }
  stack = await startTestDemo(undefined, { ...quickTimings, ...slow })
  panel = await startTestCore()
  const { siteId } = await panel.client.sites.add(stack.site)
  const url = stack.site.zones[0]?.url ?? ''
  await eventually(
    () => panel.client.deploys.list({ siteId }),
    ({ deploys }) => deploys.length === 3 && deploys.every(({ changes }, at) => at === 2 || changes !== null),
  )
  await eventually(
    () => panel.client.activity.jobs(),
    (jobs) => jobs.length > 0 && jobs.every(({ state }) => state !== 'running'),
  )
  world = {
    stack,
    panel,
    siteId,
    why: (path) => panel.client.diagnosis.why({ url: url + path }),
    async pageId(path) {
      const { rows } = await panel.client.pages.list({ siteId, filter: { text: path }, limit: 500 })
      const zone = (await panel.client.sites.list())[0]?.zones.find((one) => one.url === url)
      return rows.find((row) => row.path === path && row.zoneId === zone?.id)?.id ?? 0
    },
  }
}, 90_000)
afterAll(async () => {
  await panel?.close()
  await stack?.demo.close()
})

test('a redirect is followed, and the rule that answers it is named', async () => {
  const verdict = await world.why('/old-lists/cherry')
  const says = verdict.causes.flatMap(({ facts }) => facts.map((fact) => fact.says)).join('\n')
  expect(says).toMatch(/redirects \(30\d\) by the rule .*\/old-lists\/\*/)
})

test.each(STACK)('$cause: $title', async ({ cause, says, run }) => {
  const verdict = await run(world)
  const all = `${verdict.causes.map(({ id, confidence }) => `${id} (${confidence})`).join(', ')}\n${verdict.report}`
  expect(verdict.causes[0]?.id, all).toBe(cause)
  expect(verdict.sentence, all).toMatch(says)
})
