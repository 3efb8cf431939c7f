import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { createHttp } from '#main/platform/http.ts'
import { createHookBuilder } from '#main/providers/hook/hook.ts'
import type { Builder } from '#main/providers/builder.ts'
import { builderContract } from './builder-contract.ts'
import { everythingIn, refusalOf } from '../../contracts/edge.contract.ts'
import { FAKE_HOOK_SECRET, startFakeBuildService, type FakeBuildService } from './fake-build-service.ts'

const http = createHttp()
const open = (hookUrl: string, listUrl?: string): Builder => createHookBuilder({ hookUrl, listUrl, http })

builderContract('A build hook over a small fake', async () => {
  const service = await startFakeBuildService()
  return {
    builder: open(service.hookUrl, service.listUrl),
    gone: open(`${service.origin}/hooks/gone-77aa`),
    unreachable: open('http://nothing.localhost:9/hooks/gone-77aa'),
    missing: { manifestUrl: `${service.origin}/releases/r-b-999/manifest.json` },
    secrets: ['gone-77aa', FAKE_HOOK_SECRET],
    stop: service.stop,
  }
})

describe('A build hook', () => {
  let service: FakeBuildService
  let builder: Builder
  beforeAll(async () => {
    service = await startFakeBuildService()
  })
  afterEach(() => {
    service.intercept = () => false
  })
  afterAll(async () => {
    await service.stop()
    await http.close()
  })
  const hookAnswers = (status: number, headers: Record<string, string> = {}, body = ''): void => {
    builder = open(service.hookUrl)
    service.intercept = ({ url }, response) => {
      if (url !== new URL(service.hookUrl).pathname) return false
      response.writeHead(status, headers).end(body)
      return true
    }
  }

  test('is told the title and the cause', async () => {
    await open(service.hookUrl).trigger('Menu changed')
    expect(JSON.parse(service.triggers.at(-1) ?? '')).toEqual({ title: 'Menu changed', cause: 'frostline', coalesceSeconds: 0 })
  })

  test.each([200, 201, 202, 204])('that answers %i without a location has accepted, and no more is known', async (status) => {
    hookAnswers(status)
    expect(await builder.trigger('Plain')).toMatchObject({ state: 'accepted', statusUrl: null, title: 'Plain', logUrl: null })
    expect(await builder.list(5)).toBeNull()
  })

  test('does not follow a status address on another host', async () => {
    hookAnswers(202, { location: 'http://169.254.169.254/latest' })
    const build = await builder.trigger('Elsewhere')
    expect(build).toMatchObject({ state: 'accepted', statusUrl: null })
    expect(build.error).toContain('another host')
  })

  test('has accepted although its status is no status document', async () => {
    hookAnswers(202, { location: '/page.html' })
    const hook = service.intercept
    service.intercept = (request, response) => {
      if (request.url !== '/page.html') return hook(request, response)
      response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html>')
      return true
    }
    const build = await builder.trigger('Page')
    expect(build).toMatchObject({ state: 'accepted', statusUrl: null })
    expect(build.error).toContain('did not answer with JSON')
  })

  test('has been triggered although its status does not answer yet', async () => {
    hookAnswers(202, { location: '/builds/b-99' })
    expect(await builder.trigger('Slow')).toMatchObject({
      state: 'queued',
      remoteId: 'b-99',
      statusUrl: `${service.origin}/builds/b-99`,
    })
  })

  test.each([
    [302, 'PROVIDER_REFUSED', 'redirects to new.example', false],
    [400, 'PROVIDER_REFUSED', 'status 400', false],
    [401, 'CREDENTIALS_REFUSED', 'status 401', false],
    [403, 'CREDENTIALS_REFUSED', 'status 403', false],
    [404, 'NOT_FOUND', 'not known', false],
    [405, 'PROVIDER_REFUSED', 'no build hook', false],
    [410, 'NOT_FOUND', 'not known', false],
    [429, 'THROTTLED', 'slow down', true],
    [500, 'UNREACHABLE', 'status 500', true],
    [503, 'UNREACHABLE', 'status 503', true],
  ])('that answers %i fails with %s', async (status, code, part, retryable) => {
    hookAnswers(status, { location: 'https://new.example/hooks/moved-1' }, `secret ${FAKE_HOOK_SECRET}`)
    const refusal = await refusalOf(builder.trigger('Refused'))
    expect(refusal).toMatchObject({ code, details: { retryable } })
    expect(refusal.message).toContain(part)
    expect(refusal.details.fix).toBeTruthy()
    expect(everythingIn(refusal)).not.toContain(FAKE_HOOK_SECRET)
    expect(everythingIn(refusal)).not.toContain('moved-1')
  })

  test('learns its list from the first status', async () => {
    const learning = open(service.hookUrl)
    expect(await learning.list(3)).toBeNull()
    await learning.trigger('Learn')
    expect(await learning.list(3)).toMatchObject({ listUrl: service.listUrl })
  })

  test('reads a manifest', async () => {
    await open(service.hookUrl).trigger('Manifest')
    const manifest = await open(service.hookUrl).manifest(`${service.origin}/releases/r-b-1/manifest.json`)
    expect(manifest).toMatchObject({
      releaseId: 'r-b-1',
      redirects: [{ from: '/lolly/*', to: '/.functions/lolly', status: 200 }],
      files: [{ host: 'shop.example.com', path: '/about/', type: 'text/html', sizeBytes: 1804, tags: ['pb-menu:main-menu'] }],
    })
  })

  test.each([
    ['an unknown state', { id: 'b', state: 'paused', queuedOn: '2026-11-21T10:00:00.000Z' }, 'state is wrong'],
    ['no date', { id: 'b', state: 'queued', queuedOn: 'yesterday' }, 'queuedOn is wrong'],
    ['a list instead', [], 'the answer is wrong'],
  ])('refuses a status with %s by the name of the member', async (_name, document, part) => {
    service.intercept = (_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(document))
      return true
    }
    const refusal = await refusalOf(open(service.hookUrl).status(`${service.origin}/builds/b`))
    expect(refusal.code).toBe('PROVIDER_REFUSED')
    expect(refusal.message).toContain(part)
  })

  test('reads a status that has only what is needed', async () => {
    service.intercept = (_request, response) => {
      response.writeHead(200).end(JSON.stringify({ id: 'b', state: 'queued', queuedOn: '2026-11-21T11:00:00+01:00' }))
      return true
    }
    expect(await open(service.hookUrl).status(`${service.origin}/builds/b`)).toMatchObject({
      remoteId: 'b',
      queuedAtMs: Date.parse('2026-11-21T10:00:00Z'),
      progress: null,
      release: null,
      logUrl: null,
      causes: [],
    })
  })
})
