import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { encodeSignatureHeader } from '@sanity/webhook'
import type { RuleInput } from '#shared/hook-rules.ts'
import type { SourceReveal } from '#shared/hook-sources.ts'
import { eventually, startTestCore, type RunningCore } from '../../support/core-client.ts'
import { quickTimings, startTestDemo, type TestDemo } from '../../support/demo.ts'
import { addSource, deliver } from '../../support/hooks.ts'

let stack: TestDemo
let core: RunningCore
let siteId: string
let sanity: SourceReveal

beforeAll(async () => {
  stack = await startTestDemo(undefined, quickTimings)
  core = await startTestCore()
  ;({ siteId } = await core.client.sites.add(stack.site))
  await core.client.buildQueue.save({ siteId, settings: { quietSeconds: 1, longestSeconds: 60, schedule: { kind: 'off' } } })
  await eventually(
    () => core.client.pages.list({ siteId, filter: { tag: 'pb-menu:main-menu' }, limit: 500 }),
    ({ rows }) => rows.length > 30 && rows.every((row) => row.observedAtMs !== null),
    60_000,
  )
  sanity = await addSource(core.client, siteId, 'sanity', { maxAgeSeconds: 86_400 })
}, 120_000)
afterAll(async () => {
  await core.close()
  await stack.demo.close()
})

const rule = (to: Partial<RuleInput>): RuleInput => ({
  id: null,
  enabled: true,
  sourceId: sanity.sourceId,
  events: [],
  type: '',
  conditions: [],
  targets: [],
  purge: 'no',
  rebuild: false,
  refresh: false,
  notify: false,
  ...to,
})

let signedAtMs = Date.now() - 60_000
/** A document as Sanity would send it. Each is another delivery. */
async function document(operation: 'update' | 'delete', value: object): Promise<number> {
  const body = JSON.stringify({ ...value, at: randomUUID() })
  signedAtMs += 1
  const answer = await deliver(sanity.address, body, {
    'sanity-operation': operation,
    'sanity-webhook-signature': await encodeSignatureHeader(body, signedAtMs, sanity.secret),
  })
  expect(answer.status).toBe(202)
  return newest((row) => row.state === 'done')
}

/** The id of the newest delivery, once it is as it should be. */
async function newest(right: (row: Awaited<ReturnType<typeof deliveries>>[number]) => boolean): Promise<number> {
  const rows = await eventually(deliveries, ([row]) => row !== undefined && right(row))
  return rows[0]?.id ?? 0
}
const deliveries = async () => (await core.client.hooks.deliveries({ siteId })).rows
const one = async (id: number) => core.client.hooks.delivery({ deliveryId: id })
const onlyRule = async (input: RuleInput) => {
  for (const { id } of await core.client.hooks.rules({ siteId })) await core.client.hooks.removeRule({ ruleId: id })
  return (await core.client.hooks.saveRule({ siteId, rule: input })).ruleId
}

test('a rule marks the tag that the payload names, and asks for a build; its pages wait until that is live', async () => {
  await onlyRule(rule({ events: ['published'], type: 'menu', targets: [{ kind: 'tag', text: 'pb-menu:{slug}' }], rebuild: true }))
  const id = await document('update', { _id: 'm1', _type: 'menu', slug: 'main-menu' })
  const done = await one(id)
  expect(done).toMatchObject({ event: 'published', type: 'menu', contentId: 'm1' })
  expect(done.rules[0]?.did).toEqual([
    expect.stringMatching(/^Marks pb-menu:main-menu as changed: \d\d+ pages$/),
    'Asks for a build',
  ])
  const [mark] = await core.client.tags.marks({ siteId })
  expect(mark).toMatchObject({ target: 'pb-menu:main-menu', by: 'sanity' })
  const builds = await eventually(
    () => core.client.builds.list({ siteId }),
    (all) => all.some(({ title }) => title === '1 change from sanity'),
  )
  expect(builds.filter(({ title }) => title.includes('sanity'))).toHaveLength(1)
  expect((await one(id)).work[0]).toMatchObject({ kind: 'build', state: 'done', note: 'Asked for a build: 1 change from sanity' })
})

test('a storm of changes becomes a part of the build that waits, each counted once', async () => {
  await onlyRule(rule({ type: 'lolly', rebuild: true }))
  await core.client.buildQueue.save({ siteId, settings: { quietSeconds: 5, longestSeconds: 60, schedule: { kind: 'off' } } })
  const before = new Set((await core.client.builds.list({ siteId })).map(({ id }) => id))
  await Promise.all(Array.from({ length: 37 }, (_, index) => document('update', { _id: `storm-${index}`, _type: 'lolly' })))
  // The first begins at once when nothing was built a moment ago; all the others are one.
  const changesIn = (titles: readonly string[]) =>
    titles.reduce((sum, title) => sum + Number(/^(\d+) changes? from sanity$/.exec(title)?.[1] ?? 0), 0)
  const begun = (all: Awaited<ReturnType<typeof core.client.builds.list>>) => all.filter(({ id }) => !before.has(id))
  const builds = begun(
    await eventually(
      () => core.client.builds.list({ siteId }),
      (all) => changesIn(begun(all).map(({ title }) => title)) >= 37,
      40_000,
    ),
  )
  expect(builds.length).toBeLessThanOrEqual(2)
  expect(changesIn(builds.map(({ title }) => title))).toBe(37)
}, 60_000)

test('while automation is paused no rule acts', async () => {
  await onlyRule(rule({ type: 'lolly', rebuild: true }))
  await core.client.automation.setPaused({ paused: true })
  const body = JSON.stringify({ _id: 'paused', _type: 'lolly' })
  signedAtMs += 1
  const answer = await deliver(sanity.address, body, {
    'sanity-operation': 'update',
    'sanity-webhook-signature': await encodeSignatureHeader(body, signedAtMs, sanity.secret),
  })
  expect(answer.status).toBe(202)
  expect(await core.client.hooks.receiver()).toMatchObject({ paused: true, waiting: 1 })
  expect((await core.client.buildQueue.get({ siteId })).waiting).toBeNull()
  await core.client.automation.setPaused({ paused: false })
  await eventually(
    () => core.client.builds.list({ siteId }),
    (all) => all.some(({ title, state }) => title === '1 change from sanity' && state === 'succeeded'),
    30_000,
  )
}, 60_000)

test('what does not fit a rule does nothing, and the trial says why', async () => {
  await onlyRule(rule({ events: ['published'], type: 'menu', targets: [{ kind: 'tag', text: 'pb-menu:{slug}' }] }))
  const id = await document('update', { _id: 'a1', _type: 'author', slug: 'ada' })
  expect((await one(id)).rules).toEqual([])
  const trial = await core.client.hooks.tryRule({
    deliveryId: id,
    rule: rule({ type: 'menu', targets: [{ kind: 'tag', text: 'x' }] }),
  })
  expect(trial).toMatchObject({ whyNot: 'Its type is “author”, and the rule waits for “menu”.', pages: 0 })
})

test('a trial says what would be marked, done and paid, and does nothing of it', async () => {
  const id = await document('update', { _id: 'm1', _type: 'menu', slug: 'main-menu' })
  const marks = await core.client.tags.marks({ siteId })
  const plans = await core.client.plans.list({ siteId })
  const trial = await core.client.hooks.tryRule({
    deliveryId: id,
    rule: rule({
      targets: [
        { kind: 'tag', text: 'pb-menu:{slug}' },
        { kind: 'path', text: '/{fields.missing.en}' },
      ],
      purge: 'now',
    }),
  })
  expect(trial.pages).toBeGreaterThan(30)
  expect(trial.targets[1]).toMatchObject({ problem: expect.stringContaining('The delivery has no fields.missing.en') })
  expect(trial.steps).toContain('Makes the origin new and purges what changed')
  expect(trial.purge?.items).toBeGreaterThan(0)
  expect(await core.client.tags.marks({ siteId })).toEqual(marks)
  expect(await core.client.plans.list({ siteId })).toEqual(plans)
})

test('a deletion that names only its id is led to its page by what was delivered before', async () => {
  const { rows } = await core.client.pages.list({ siteId, filter: { text: '/lolly/', servedAs: ['static'] }, limit: 1 })
  const path = rows[0]?.path ?? ''
  const slug = path.split('/').filter(Boolean).at(-1) ?? ''
  await onlyRule(rule({ targets: [{ kind: 'path', text: '/lolly/{slug}' }] }))
  await document('update', { _id: 'lolly-1', _type: 'lolly', slug })
  const gone = await document('delete', { _id: 'lolly-1' })
  expect((await one(gone)).rules[0]?.did).toEqual([`Marks /lolly/${slug} as changed: 1 page`])
  // A new slug: the page under the old one has changed as well.
  const renamed = await document('update', { _id: 'lolly-1', _type: 'lolly', slug: 'renamed' })
  expect((await one(renamed)).rules[0]?.did).toEqual([
    expect.stringContaining('No page is known at /lolly/renamed'),
    `Marks /lolly/${slug} as changed: 1 page`,
  ])
})

test('a replay is worked through by the rules of today', async () => {
  await onlyRule(rule({ enabled: false, targets: [{ kind: 'tag', text: 'pb-menu:{slug}' }] }))
  const id = await document('update', { _id: 'm1', _type: 'menu', slug: 'main-menu' })
  expect((await one(id)).rules).toEqual([])
  await onlyRule(rule({ targets: [{ kind: 'tag', text: 'pb-menu:{slug}' }], notify: true }))
  const { deliveryId } = await core.client.hooks.replay({ deliveryId: id })
  const again = await eventually(
    () => one(deliveryId),
    ({ state }) => state === 'done',
  )
  expect(again).toMatchObject({
    replayOf: id,
    rules: [{ did: [expect.stringContaining('Marks pb-menu:main-menu'), 'Writes it in the activity log'] }],
  })
  const log = await core.client.activity.log({ siteId })
  expect(log.rows.map(({ text }) => text)).toContain(
    'm1: When sanity sends anything → mark pb-menu:{slug} as changed, write it in the activity log.',
  )
})

test('a rule that purges now builds first, purges, checks, and the delivery says what it cost', async () => {
  await onlyRule(rule({ type: 'menu', targets: [{ kind: 'tag', text: 'pb-menu:{slug}' }], purge: 'now' }))
  await stack.act('/api/menu', { label: `Hooks ${randomUUID().slice(0, 4)}` })
  const id = await document('update', { _id: 'm1', _type: 'menu', slug: 'main-menu' })
  const { work } = await eventually(
    () => one(id),
    (row) => row.work[0]?.state === 'done' || row.work[0]?.state === 'failed',
    60_000,
  )
  expect(work[0]).toMatchObject({ kind: 'plan', state: 'done', note: expect.stringMatching(/shows? the new version/) })
  expect(work[0]?.cost?.items).toBeGreaterThan(0)
}, 90_000)

test('a rebuild by one rule and a purge by another, of one event, are one plan that builds first', async () => {
  await onlyRule(rule({ type: 'menu', rebuild: true }))
  const purging = rule({ type: 'menu', targets: [{ kind: 'tag', text: 'pb-menu:{slug}' }], purge: 'now' })
  await core.client.hooks.saveRule({ siteId, rule: purging })
  await eventually(
    () => core.client.builds.list({ siteId }),
    (all) => all.every(({ state }) => state !== 'running' && state !== 'queued'),
    40_000,
  )
  const before = (await core.client.builds.list({ siteId })).length
  await stack.act('/api/menu', { label: `Hooks ${randomUUID().slice(0, 4)}` })
  const id = await document('update', { _id: 'm1', _type: 'menu', slug: 'main-menu' })
  const { work, rules } = await eventually(
    () => one(id),
    (row) => row.work[0]?.state === 'done' || row.work[0]?.state === 'failed',
    60_000,
  )
  expect(rules.map(({ did }) => did.at(-1))).toEqual([
    'Builds first, in the plan of the purge that another rule asks for',
    'Makes the origin new and purges what changed',
  ])
  expect(work).toMatchObject([{ kind: 'plan', state: 'done' }])
  expect(await core.client.plans.get({ planId: work[0]?.ref ?? '' })).toMatchObject({ state: 'done', build: { state: 'done' } })
  expect(await core.client.builds.list({ siteId })).toHaveLength(before + 1)
  expect(await core.client.buildQueue.get({ siteId })).toMatchObject({ waiting: null })
}, 90_000)

test('a rebuild that no page of the purge needs is the first step of its plan nevertheless', async () => {
  const [page] = (await core.client.pages.list({ siteId, filter: { text: '/menu-card/' }, limit: 1 })).rows
  await onlyRule(rule({ type: 'card', targets: [{ kind: 'path', text: page?.path ?? '' }], purge: 'now', rebuild: true }))
  await stack.act('/api/ssr-expire', { path: page?.path ?? '' })
  const id = await document('update', { _id: 'c1', _type: 'card' })
  const { work } = await eventually(
    () => one(id),
    (row) => row.work[0]?.state === 'done' || row.work[0]?.state === 'failed',
    60_000,
  )
  expect(await core.client.plans.get({ planId: work[0]?.ref ?? '' })).toMatchObject({ build: { wanted: true, state: 'done' } })
}, 90_000)

test('visits are taken from the site’s own pages only, with the stamp of what the visitor has', async () => {
  const check = await core.client.hooks.saveVisitCheck({ siteId, enabled: true, minutes: 1 })
  const address = /var address = "([^"]+)"/.exec(check.snippet ?? '')?.[1] ?? ''
  const { rows } = await core.client.pages.list({ siteId, limit: 1 })
  const zone = stack.site.zones.find((_, index) => index === 0)
  const origin = new URL(zone?.url ?? '').origin
  const body = JSON.stringify({ path: rows[0]?.path, stamp: 'r-12' })
  expect((await deliver(address, body, { origin: 'http://evil.example' })).status).toBe(403)
  expect((await deliver(address, 'x', { origin })).status).toBe(400)
  const taken = await deliver(address, body, { origin })
  expect(taken.status).toBe(204)
  expect(taken.headers.get('access-control-allow-origin')).toBe(origin)
  await eventually(
    () => core.client.hooks.visitCheck({ siteId }),
    ({ pagesSeen }) => pagesSeen === 1,
  )
})
