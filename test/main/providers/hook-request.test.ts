import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { createHttp } from '#main/platform/http.ts'
import { createHookBuilder } from '#main/providers/hook/hook.ts'
import type { HookCall } from '#main/providers/hook/hook-request.ts'
import { FAKE_HOOK_SECRET, startFakeBuildService, type FakeBuildService } from './fake-build-service.ts'

interface Got {
  readonly method: string | undefined
  readonly headers: Readonly<Record<string, unknown>>
  readonly body: string
}

const http = createHttp()
let service: FakeBuildService
let got: Got[] = []
beforeAll(async () => {
  service = await startFakeBuildService()
})
afterEach(() => {
  got = []
  service.intercept = () => false
})
afterAll(async () => {
  await service.stop()
  await http.close()
})

const call = (change: Partial<HookCall>): HookCall => ({ method: 'POST', headers: [], body: '', secretHeader: null, ...change })

/** Triggers a hook that says 200 and nothing more, and tells what arrived. */
async function triggered(change: Partial<HookCall>, title = 'Menu “new”'): Promise<Got> {
  service.intercept = (request, response) => {
    if (!request.url?.includes(FAKE_HOOK_SECRET)) return false
    let body = ''
    request.setEncoding('utf8')
    request.on('data', (part: string) => (body += part))
    request.on('end', () => {
      got.push({ method: request.method, headers: request.headers, body })
      response.writeHead(200).end()
    })
    return true
  }
  await createHookBuilder({ hookUrl: service.hookUrl, call: call(change), http }).trigger(title)
  return got[0] ?? { method: undefined, headers: {}, body: '' }
}

describe('A hook with wishes of its own', () => {
  test('is sent the usual JSON when it has none for the body', async () => {
    const { method, body } = await triggered({ method: 'PUT' })
    expect(method).toBe('PUT')
    expect(JSON.parse(body)).toEqual({ title: 'Menu “new”', cause: 'frostline', coalesceSeconds: 0 })
  })

  test('has the title put into its JSON, whatever is in it', async () => {
    const title = 'He said "stop"}, \\ and a\nline {cause}'
    const { headers, body } = await triggered(
      { body: '{"ref":"main","inputs":{"why":"{title}","by":"{cause}"},"x":"{other}"}' },
      title,
    )
    expect(headers['content-type']).toBe('application/json')
    expect(JSON.parse(body)).toEqual({ ref: 'main', inputs: { why: title, by: 'frostline' }, x: '{other}' })
  })

  test('has it put into a form, and as it is into a text', async () => {
    const form = await triggered(
      {
        body: 'token=a&variables[WHY]={title}',
        headers: [{ name: 'Content-Type', value: 'application/x-www-form-urlencoded' }],
      },
      'a & b',
    )
    expect(form.body).toBe('token=a&variables[WHY]=a%20%26%20b')
    got = []
    expect((await triggered({ body: 'build: {title}' }, 'a & b')).body).toBe('build: a & b')
  })

  test('is sent its headers, the secret one among them', async () => {
    const { headers } = await triggered({
      headers: [{ name: 'X-Project', value: 'lollies' }],
      secretHeader: { name: 'Authorization', value: 'Bearer s3cret' },
    })
    expect(headers).toMatchObject({ 'x-project': 'lollies', authorization: 'Bearer s3cret' })
  })

  test('is only asked for with GET', async () => {
    expect(await triggered({ method: 'GET', body: 'never sent' })).toMatchObject({ method: 'GET', body: '' })
  })
})

describe('A hook that names no status', () => {
  test('is followed by the list that was entered: its build is the new one of the title', async () => {
    const builder = createHookBuilder({ hookUrl: service.hookUrl, listUrl: service.listUrl, http })
    const earlier = await builder.trigger('Same name')
    service.intercept = (request, response) => {
      if (request.method !== 'POST') return false
      // The trigger arrives; only its answer is hidden.
      const { writeHead } = response
      response.writeHead = () => writeHead.call(response, 200)
      return false
    }
    const found = await builder.trigger('Same name')
    expect(found.state).not.toBe('accepted')
    expect(found.statusUrl).not.toBeNull()
    expect(found.remoteId).not.toBe(earlier.remoteId)
  })
})
