import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { createHttp } from '#main/platform/http.ts'
import type { Builder, RemoteBuild } from '#main/providers/builder.ts'
import { createNetlifyBuilder, type NetlifyOptions } from '#main/providers/netlify/netlify.ts'
import { everythingIn, refusalOf } from '../../contracts/edge.contract.ts'
import { NETLIFY_SITE, NETLIFY_TOKEN, startFakeNetlify, type FakeNetlify } from './fake-netlify.ts'

const http = createHttp()
let netlify: FakeNetlify
const open = (change: Partial<NetlifyOptions> = {}): Builder =>
  createNetlifyBuilder({
    siteId: NETLIFY_SITE,
    token: NETLIFY_TOKEN,
    baseUrl: netlify.baseUrl,
    http,
    lookAgainMs: 10,
    ...change,
  })
beforeAll(async () => {
  netlify = await startFakeNetlify()
})
afterEach(() => {
  // Whatever a test was about: nothing may be asked or understood that the published description does not have.
  expect(netlify.violations).toEqual([])
  netlify.intercept = () => false
})
afterAll(async () => {
  await netlify.stop()
  await http.close()
})

async function untilEnded(builder: Builder, build: RemoteBuild): Promise<RemoteBuild> {
  let last = build
  for (let look = 0; look < 10 && (last.state === 'queued' || last.state === 'running'); look += 1)
    last = await builder.status(last.statusUrl ?? '')
  return last
}

describe('A site at Netlify', () => {
  test('is built with a title, followed to its release, and listed', async () => {
    const builder = open()
    const started = await builder.trigger('37 changes from Sanity')
    expect(started.causes).toContain('frostline')
    expect(started).toMatchObject({
      title: '37 changes from Sanity',
      logUrl: null,
      logLink: `https://app.netlify.com/sites/lollies/deploys/${started.remoteId}`,
    })
    const ended = await untilEnded(builder, started)
    expect(ended).toMatchObject({ state: 'succeeded', error: null, release: { id: started.remoteId, published: true } })
    expect(ended.endedAtMs).toBeGreaterThanOrEqual(ended.startedAtMs ?? Infinity)
    const list = await builder.list(5)
    expect(list).toMatchObject({ liveReleaseId: started.remoteId, heldReleaseId: null })
    expect(list?.builds[0]?.remoteId).toBe(started.remoteId)
  })

  test('is built from a branch without what was kept, when that is wanted', async () => {
    let asked: URL | null = null
    netlify.intercept = ({ method, url }) => {
      if (method === 'POST') asked = new URL(url ?? '', netlify.baseUrl)
      return false
    }
    await open({ branch: 'spring & summer' }).trigger('Spring', undefined, { clearCache: true })
    expect(Object.fromEntries(asked!.searchParams)).toEqual({ title: 'Spring', branch: 'spring & summer', clear_cache: 'true' })
  })

  test('is cancelled, which is no failure', async () => {
    const builder = open()
    const started = await builder.trigger('To be cancelled')
    await builder.cancel(started.cancelUrl ?? '')
    expect(await builder.status(started.statusUrl ?? '')).toMatchObject({ state: 'cancelled', error: null, cancelUrl: null })
  })

  test('goes back to a chosen deploy and stays there until it is let go', async () => {
    const builder = open()
    const first = await untilEnded(builder, await builder.trigger('First'))
    await untilEnded(builder, await builder.trigger('Second'))
    await builder.publishing?.restore(first.remoteId)
    await builder.publishing?.hold(first.remoteId)
    const third = await untilEnded(builder, await builder.trigger('Third'))
    expect(third.release?.published).toBe(false)
    expect(await builder.list(5)).toMatchObject({ liveReleaseId: first.remoteId, heldReleaseId: first.remoteId })
    await builder.publishing?.letGo(first.remoteId)
    const fourth = await untilEnded(builder, await builder.trigger('Fourth'))
    expect(await builder.list(5)).toMatchObject({ liveReleaseId: fourth.remoteId, heldReleaseId: null })
  })

  test('lists what visitors get even when it is older than what is listed', async () => {
    const builder = open()
    const old = await untilEnded(builder, await builder.trigger('Old'))
    await builder.publishing?.hold(old.remoteId)
    for (let count = 0; count < 4; count += 1) netlify.push(`push ${count}`)
    const list = await builder.list(2)
    expect(list?.builds.map(({ title }) => title)).toEqual(['push 3', 'push 2', 'Old'])
    await builder.publishing?.letGo(old.remoteId)
  })

  test('is built through a build hook, and its deploy is found by the title', async () => {
    const earlier = netlify.push('Menu & more')
    const started = await open({ hookUrl: netlify.hookUrl, branch: 'main' }).trigger('Menu & more')
    expect(netlify.hookQueries.at(-1)).toEqual({ trigger_title: 'Menu & more', trigger_branch: 'main' })
    expect(started.title).toBe('Menu & more')
    expect(started.remoteId).not.toBe(earlier)
    expect((await untilEnded(open(), started)).state).toBe('succeeded')
  })

  test('says what a build costs', () => {
    expect(open().cost).toMatchObject({ amount: 15, unit: 'credits' })
    expect(open().cost?.source).toMatch(/^https:\/\/docs\.netlify\.com\//)
  })
})

describe('Netlify refuses', () => {
  const answers = (status: number, body: unknown = { code: status, message: 'Because' }) => {
    let requests = 0
    netlify.intercept = (_request, response) => {
      requests += 1
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
      return true
    }
    return () => requests
  }
  test.each([
    [401, 'CREDENTIALS_REFUSED', 'does not accept this token', false],
    [403, 'CREDENTIALS_REFUSED', 'It says: Because', false],
    [404, 'NOT_FOUND', 'The site is not known at Netlify', false],
    [422, 'PROVIDER_REFUSED', 'status 422', false],
    [429, 'THROTTLED', 'slow down', true],
    [500, 'UNREACHABLE', 'status 500', true],
    [503, 'UNREACHABLE', 'status 503', true],
  ])('with %i as %s, after one request', async (status, code, part, retryable) => {
    const requests = answers(status)
    for (const call of [() => open().trigger('Refused'), () => open().list(3)]) {
      const refusal = await refusalOf(call())
      expect(refusal).toMatchObject({ code, details: { retryable } })
      expect(refusal.message).toContain(part)
      expect(refusal.details.fix).toBeTruthy()
      expect(everythingIn(refusal)).not.toContain(NETLIFY_TOKEN)
    }
    // A trigger is one request, and a list two.
    expect(requests()).toBeLessThanOrEqual(3)
  })

  test('no more than once to start a build when the line breaks after it arrived', async () => {
    let requests = 0
    netlify.intercept = (request) => {
      // A list that was asked for before may still be on its way.
      if (request.method === 'POST') requests += 1
      request.socket.resetAndDestroy()
      return true
    }
    const refusal = await refusalOf(open().trigger('Broken'))
    expect(refusal).toMatchObject({ code: 'UNREACHABLE', details: { retryable: true } })
    expect(everythingIn(refusal)).not.toContain(NETLIFY_TOKEN)
    expect(requests).toBe(1)
  })

  test('nothing when it was only not to be reached', async () => {
    const refusal = await refusalOf(open({ baseUrl: 'http://nothing.localhost:9/api/v1' }).trigger('Nobody'))
    expect(refusal).toMatchObject({ code: 'UNREACHABLE', details: { retryable: true } })
  })

  test.each([
    ['a wrong token', { token: 'nfp-other' }, 'CREDENTIALS_REFUSED', 'builder.token'],
    ['no token', { token: '' }, 'CREDENTIALS_REFUSED', 'builder.token'],
    ['another site', { siteId: 'some-other-site' }, 'NOT_FOUND', 'builder.siteId'],
  ])('%s by its field', async (_name, change, code, field) => {
    expect(await refusalOf(open(change).list(1))).toMatchObject({ code, details: { field } })
  })

  test('a hook that was deleted, without repeating it', async () => {
    const hookUrl = netlify.hookUrl.replace(/[^/]+$/, 'gone-77aa')
    netlify.intercept = ({ url }, response) => {
      if (url?.includes('gone-77aa') !== true) return false
      response.writeHead(404).end()
      return true
    }
    const refusal = await refusalOf(open({ hookUrl }).trigger('Gone'))
    expect(refusal.code).toBe('NOT_FOUND')
    expect(everythingIn(refusal)).not.toContain('gone-77aa')
  })

  test.each(['http://elsewhere.example/api/v1/deploys/6', 'http://elsewhere.example/m.json'])('to be led to %s', async (url) => {
    for (const attempt of [() => open().status(url), () => open().cancel(url), () => open().manifest(url)]) {
      const refusal = await refusalOf(attempt())
      expect(refusal.code).toBe('PROVIDER_REFUSED')
      expect(refusal.message).toContain('elsewhere.example')
    }
  })

  test.each([
    ['another shape', { deploys: [] }],
    ['an id that would lead elsewhere', [{ id: '../../sites', state: 'ready', created_at: '2026-11-21T10:00:00Z' }]],
  ])('%s by its member', async (_name, body) => {
    answers(200, body)
    expect((await refusalOf(open({ hookUrl: netlify.hookUrl }).trigger('Odd'))).message).toContain('is not what was expected')
  })
})
