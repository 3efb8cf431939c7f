import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventually, startTestCore, type RunningCore } from '../../support/core-client.ts'

let panel: RunningCore
beforeAll(async () => {
  panel = await startTestCore()
})
afterAll(() => panel?.close())

const SITE = {
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
    credentials: { kind: 'default' as const },
  },
}

test('Every open panel hears of a change, over the wire, until it hangs up', async () => {
  const stop = new AbortController()
  const heard: Set<string>[] = [new Set(), new Set()]
  const listening = heard.map(async (topics) => {
    try {
      for await (const change of await panel.clientFor('support').activity.changes(undefined, { signal: stop.signal }))
        change.topics.forEach((topic) => topics.add(topic))
    } catch (error) {
      if (!stop.signal.aborted) throw error
    }
  })
  await eventually(
    async () => {
      await panel.client.sites.add({ ...SITE, key: 'one' })
      return heard
    },
    (all) => all.every((topics) => topics.has('sites') && topics.has('log')),
  )
  stop.abort()
  await Promise.all(listening)
  expect((await panel.client.activity.log({ limit: 1 })).rows[0]).toMatchObject({ by: 'Test', text: 'Added the site Nowhere' })
})

test('A core that closes ends the work that runs, and can be closed while panels listen', async () => {
  const other = await startTestCore()
  const listening = (async () => {
    for await (const _change of await other.client.activity.changes()) break
  })().catch(() => {})
  await other.client.sites.add(SITE)
  await listening
  await other.close()
  expect(other.core.busy()).toEqual([])
})
