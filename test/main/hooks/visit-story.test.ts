import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventually, startTestCore, type RunningCore } from '../../support/core-client.ts'
import { quickTimings, startTestDemo, type TestDemo } from '../../support/demo.ts'
import { addSource, deliver, githubSignature } from '../../support/hooks.ts'

const PATHS = ['/menu-card/lemon', '/menu-card/apple']
let stack: TestDemo
let panel: RunningCore
let siteId = ''

beforeAll(async () => {
  stack = await startTestDemo(undefined, quickTimings)
  panel = await startTestCore()
  siteId = (await panel.client.sites.add(stack.site)).siteId
  await eventually(
    () => panel.client.pages.list({ siteId, filter: { text: '/menu-card/' }, limit: 500 }),
    ({ rows }) => rows.length > 30 && rows.every((row) => row.observedAtMs !== null && row.servedAs === 'rendered'),
    60_000,
  )
  await eventually(
    () => panel.client.activity.jobs(),
    (jobs) => jobs.every((job) => job.state !== 'running'),
    60_000,
  )
}, 120_000)
afterAll(async () => {
  await panel?.close()
  await stack?.demo.close()
})

test('a rule has pages purged when visited, and a visit that a browser tells of purges its one page', async () => {
  const source = await addSource(panel.client, siteId, 'github')
  const rule = {
    id: null,
    enabled: true,
    sourceId: source.sourceId,
    events: [],
    type: '',
    conditions: [],
    targets: PATHS.map((text) => ({ kind: 'path' as const, text })),
    purge: 'when-visited' as const,
    rebuild: false,
    refresh: false,
    notify: false,
  }
  await panel.client.hooks.saveRule({ siteId, rule })
  const check = await panel.client.hooks.saveVisitCheck({ siteId, enabled: true, minutes: 10 })
  for (const path of PATHS) {
    await stack.act('/api/ssr-page', { path, text: 'Now with twice the fruit.' })
    await stack.act('/api/ssr-expire', { path })
  }
  const used = (await panel.client.budget.get({ siteId })).used
  const body = JSON.stringify({ changed: 'fruit' })
  const headers = { 'x-github-event': 'push', 'x-github-delivery': 'd-1' }
  const signed = { ...headers, 'x-hub-signature-256': githubSignature(source.secret, body) }
  expect((await deliver(source.address, body, signed)).status).toBe(202)
  const planId = await eventually(
    async () => (await panel.client.hooks.deliveries({ siteId })).rows[0]?.work[0],
    (work) => work?.state === 'done' || work?.state === 'failed',
    40_000,
  ).then((work) => {
    expect([work?.state, work?.note]).toEqual(['done', expect.stringContaining('purged when visited')])
    return work?.ref ?? ''
  })
  expect(await panel.client.plans.get({ planId })).toMatchObject({ origin: 'automatic', by: 'github' })
  expect(await panel.client.visits.watch({ planId })).toMatchObject({ state: 'watching', watching: 2 })
  expect((await panel.client.budget.get({ siteId })).used).toBe(used)

  const address = /var address = "([^"]+)"/.exec(check.snippet ?? '')?.[1] ?? ''
  const { rows } = await panel.client.pages.list({ siteId, filter: { text: PATHS[0] ?? '' }, limit: 1 })
  const { origin } = new URL((await panel.client.pages.get({ pageId: rows[0]?.id ?? 0 })).url)
  const visit = (path = PATHS[0]) => deliver(address, JSON.stringify({ path, stamp: null }), { origin })
  expect((await visit()).status).toBe(204)
  await eventually(
    () => panel.client.visits.watch({ planId }),
    (watch) => watch?.purged === 1,
    40_000,
  )
  // Told again within the minutes of the setting it does not count, and neither does a page that nobody waits for.
  expect((await visit()).status).toBe(204)
  expect((await visit('/menu-card/cherry')).status).toBe(204)
  expect((await visit('/no/such/page')).status).toBe(204)
  const foreign = await deliver(address, JSON.stringify({ path: '/' }), { origin: 'https://copied.example' })
  expect(foreign.status).toBe(403)
  await eventually(
    () => panel.client.hooks.visitCheck({ siteId }),
    ({ pagesSeen, lately }) => pagesSeen === 2 && lately.length === 4,
  )
  const told = (await panel.client.hooks.visitCheck({ siteId })).lately.map(({ host, path, ignored }) => [host, path, ignored])
  const { host } = new URL(origin)
  expect(told).toEqual(
    expect.arrayContaining([
      [host, PATHS[0], null],
      [host, '/menu-card/cherry', null],
      [host, '/no/such/page', 'unknown-page'],
      ['copied.example', '', 'foreign-site'],
    ]),
  )
  expect(await panel.client.visits.watch({ planId })).toMatchObject({ watching: 1, purged: 1, begun: 0 })
  expect((await panel.client.budget.get({ siteId })).used).toBe(used + 1)
}, 120_000)
