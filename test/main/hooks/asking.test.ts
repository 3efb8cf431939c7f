import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { encodeSignatureHeader } from '@sanity/webhook'
import { signRequest } from '@contentful/node-apps-toolkit'

import type { SourceKind, SourceReveal } from '#shared/hook-sources.ts'
import { Reading } from '#shared/hook-readings.ts'
import { startContentful, startGithub, startSanity, type ContentSystem } from '../../support/content-systems.ts'
import { eventually, startTestCore, type RunningCore } from '../../support/core-client.ts'
import { addSource, deliver, githubSignature } from '../../support/hooks.ts'

const TOKEN = 'reading-token-of-the-owner'
let panel: RunningCore
let siteId: string

beforeAll(async () => {
  panel = await startTestCore()
  const site = { name: 'Example', zones: [{ url: 'http://127.0.0.1:9' }], edge: { kind: 'any-cache' as const } }
  ;({ siteId } = await panel.client.sites.add({ ...site, watchSeconds: 86_400 }))
})
afterAll(() => panel?.close())

const readingOf = (kind: SourceKind, { url: apiUrl }: ContentSystem): Reading =>
  Reading.parse({ kind, apiUrl, space: 'space1', project: 'abc', repository: 'ada/site' })

/** A source that is asked, and a rule that writes what comes into the activity log. */
async function askedSource(kind: SourceKind, system: ContentSystem): Promise<SourceReveal> {
  onTestFinished(() => system.stop())
  const secret = kind === 'contentful' ? 'c'.repeat(64) : 's'.repeat(40)
  const source = await addSource(panel.client, siteId, kind, { maxAgeSeconds: 86_400 }, secret)
  onTestFinished(async () => void (await panel.client.hooks.removeSource({ sourceId: source.sourceId })))
  await panel.client.hooks.saveRule({
    siteId,
    rule: {
      id: null,
      enabled: true,
      sourceId: source.sourceId,
      events: [],
      type: '',
      conditions: [],
      targets: [],
      purge: 'no',
      rebuild: false,
      refresh: false,
      notify: true,
    },
  })
  const { reading } = await panel.client.hooks.saveReading({
    sourceId: source.sourceId,
    reading: readingOf(kind, system),
    token: TOKEN,
  })
  expect(reading).toMatchObject({ hasToken: true, found: 0, problem: null })
  await askedAgain(source, () => {})
  return source
}

const stateOf = async (sourceId: string) =>
  (await panel.client.hooks.sources({ siteId })).find(({ id }) => id === sourceId)?.reading ?? null
const rowsOf = async (sourceId: string) => (await panel.client.hooks.deliveries({ siteId, sourceId })).rows

/** Wakes the core after something has happened, and waits until it was asked and all was worked through. */
async function askedAgain({ sourceId }: SourceReveal, happens: () => void) {
  happens()
  panel.core.wake()
  await panel.client.hooks.askNow({ sourceId })
  return eventually(
    () => rowsOf(sourceId),
    (rows) => rows.every(({ state }) => state !== 'waiting'),
  )
}

test('what Contentful published and unpublished meanwhile is found at a wake, and a hook that comes later does nothing again', async () => {
  const contentful = await startContentful(TOKEN)
  for (const id of ['a', 'b', 'c']) contentful.publish(id, `slug-${id}`)
  const source = await askedSource('contentful', contentful)
  expect(await rowsOf(source.sourceId)).toEqual([])

  let published: object = {}
  let gone: object = {}
  const rows = await askedAgain(source, () => {
    published = contentful.publish('a', 'new-slug')
    gone = contentful.unpublish('b')
    contentful.publish('d', 'fourth')
  })
  expect(rows).toMatchObject([
    { event: 'published', type: 'page', contentId: 'master/d', changedAtMs: expect.any(Number), sameAs: null },
    { event: 'unpublished', contentId: 'master/b', rules: [{ did: ['Writes it in the activity log'] }] },
    { event: 'published', contentId: 'master/a', rules: [{ did: ['Writes it in the activity log'] }] },
  ])

  const hook = async (topic: string, payload: object) => {
    const body = JSON.stringify(payload)
    const headers = { 'x-contentful-topic': `ContentManagement.Entry.${topic}`, 'content-type': 'application/json' }
    const signed = signRequest('c'.repeat(64), {
      method: 'POST',
      path: new URL(source.address).pathname,
      headers,
      body,
    })
    expect((await deliver(source.address, body, { ...headers, ...signed })).status).toBe(202)
  }
  await hook('publish', published)
  await hook('unpublish', gone)
  const after = await eventually(
    () => rowsOf(source.sourceId),
    (all) => all.length === 5 && all.every(({ state }) => state === 'done'),
  )
  expect(after.slice(0, 2)).toMatchObject([
    { event: 'unpublished', sameAs: rows[1]?.id, rules: [], changedAtMs: null },
    { event: 'published', sameAs: rows[2]?.id, rules: [], changedAtMs: null },
  ])
  expect((await stateOf(source.sourceId))?.found).toBe(3)
})

test('what a hook told already is not found again; documents that are there no more are found as deleted, once', async () => {
  const sanity = await startSanity(TOKEN)
  for (let number = 0; number < 250; number += 1) sanity.write(`old-${number}`, `old-${number}`)
  const source = await askedSource('sanity', sanity)
  expect(await rowsOf(source.sourceId)).toEqual([])

  const told = sanity.write('menu', 'main-menu')
  const body = JSON.stringify({ _id: told._id, _type: told._type, slug: told.slug })
  const answer = await deliver(source.address, body, {
    'sanity-operation': 'update',
    'sanity-document-id': told._id,
    'sanity-transaction-id': told._rev,
    'sanity-webhook-signature': await encodeSignatureHeader(body, Date.now(), source.secret),
  })
  expect(answer.status).toBe(202)
  await eventually(
    () => rowsOf(source.sourceId),
    ([row]) => row?.state === 'done',
  )
  const rows = await askedAgain(source, () => {
    sanity.write('card', 'lemon')
    sanity.remove('old-7')
  })
  expect(rows).toHaveLength(3)
  expect(rows).toMatchObject([
    { event: 'deleted', contentId: 'old-7', sameAs: null },
    { event: 'published', contentId: 'card', type: 'page', sameAs: null },
    { event: 'published', contentId: 'menu', changedAtMs: null },
  ])
  expect(await askedAgain(source, () => {})).toHaveLength(3)
  expect(sanity.tokens.every((token) => token === `Bearer ${TOKEN}`)).toBe(true)
})

test('pushes are found with their files, more of them than one answer has, and in their order', async () => {
  const github = await startGithub(TOKEN)
  github.push('before.md')
  const source = await askedSource('github', github)
  const rows = await askedAgain(source, () => {
    for (let number = 0; number < 25; number += 1) github.push(`docs/${number}.md`)
  })
  expect(rows).toHaveLength(25)
  const oldest = await panel.client.hooks.delivery({ deliveryId: rows.at(-1)?.id ?? 0 })
  expect(oldest).toMatchObject({ event: 'pushed', type: 'main' })
  expect(JSON.parse(oldest.payload)).toMatchObject({
    repository: { full_name: 'ada/site' },
    commits: [{ added: ['new.md'], modified: ['docs/0.md'], removed: ['old.md'] }],
  })
  const again = github.push('docs/last.md')
  const body = JSON.stringify({ ref: again.ref, before: again.before, after: again.after, commits: [] })
  await deliver(source.address, body, {
    'x-github-event': 'push',
    'x-hub-signature-256': githubSignature(source.secret, body),
  })
  const all = await askedAgain(source, () => {})
  expect(all.filter(({ sameAs }) => sameAs === null)).toHaveLength(26)
})

test('a vendor that refuses or is away is told of at the source, and nothing is lost meanwhile', async () => {
  const sanity = await startSanity(TOKEN)
  const source = await askedSource('sanity', sanity)
  const problem = async (status: number, headers: Record<string, string> = {}) => {
    sanity.mood = { status, headers }
    return (await panel.client.hooks.askNow({ sourceId: source.sourceId })).reading.problem
  }
  sanity.write('a', 'a')
  expect(await problem(401)).toMatchObject({
    message: 'Sanity refuses the token for the dataset production of the project abc.',
    fix: expect.stringContaining('Make a token'),
  })
  const throttled = await problem(429, { 'retry-after': '120' })
  expect(throttled).toMatchObject({ message: 'Sanity was asked too often and wants to be asked later.' })
  expect(throttled?.againAtMs).toBeGreaterThan(Date.now() + 100_000)
  expect(await problem(503)).toMatchObject({ message: 'Sanity answered with status 503.' })
  expect(await rowsOf(source.sourceId)).toEqual([])
  sanity.mood = null
  const { reading } = await panel.client.hooks.askNow({ sourceId: source.sourceId })
  expect(reading).toMatchObject({ problem: null, found: 1 })
  await sanity.stop()
  const away = (await panel.client.hooks.askNow({ sourceId: source.sourceId })).reading
  expect(away.problem?.message).toMatch(/^127\.0\.0\.1:\d+ (refused|closed|cut) the connection/)
  expect(away.found).toBe(1)
})

test('a token that sees nothing any more is no deletion of everything', async () => {
  const sanity = await startSanity(TOKEN)
  for (let number = 0; number < 60; number += 1) sanity.write(`page-${number}`, `page-${number}`)
  const source = await askedSource('sanity', sanity)
  for (let number = 0; number < 40; number += 1) sanity.remove(`page-${number}`)
  const { reading } = await panel.client.hooks.askNow({ sourceId: source.sourceId })
  expect(reading.problem?.message).toContain('Sanity shows 20 of the 60 documents that were there before.')
  expect(await rowsOf(source.sourceId)).toEqual([])
})

test('access that is refused is not kept; only owners give it, and its token is never told', async () => {
  const github = await startGithub(TOKEN)
  onTestFinished(() => github.stop())
  const { sourceId } = await addSource(panel.client, siteId, 'github')
  const reading = readingOf('github', github)
  await expect(panel.client.hooks.saveReading({ sourceId, reading, token: 'another' })).rejects.toMatchObject({
    code: 'CREDENTIALS_REFUSED',
    data: { field: 'token' },
  })
  await expect(panel.client.hooks.saveReading({ sourceId, reading })).rejects.toMatchObject({
    message: 'GitHub does not show the repository ada/site without a token.',
  })
  expect(await stateOf(sourceId)).toBeNull()
  const operator = panel.clientFor('operator')
  await expect(operator.hooks.saveReading({ sourceId, reading, token: TOKEN })).rejects.toMatchObject({ code: 'NOT_ALLOWED' })
  await panel.client.hooks.saveReading({ sourceId, reading, token: TOKEN })
  expect(JSON.stringify(await panel.client.hooks.sources({ siteId }))).not.toContain(TOKEN)
  await panel.client.hooks.saveReading({ sourceId, reading: null })
  expect(await stateOf(sourceId)).toBeNull()
})

test('while all automation is paused, what is found waits for the rules', async () => {
  const contentful = await startContentful(TOKEN)
  const source = await askedSource('contentful', contentful)
  await panel.client.automation.setPaused({ paused: true })
  contentful.publish('paused', 'paused')
  await panel.client.hooks.askNow({ sourceId: source.sourceId })
  expect(await rowsOf(source.sourceId)).toMatchObject([{ state: 'waiting', rules: [] }])
  await panel.client.automation.setPaused({ paused: false })
  await eventually(
    () => rowsOf(source.sourceId),
    ([row]) => row?.state === 'done' && row.rules.length === 1,
  )
})
