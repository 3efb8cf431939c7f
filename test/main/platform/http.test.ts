import { createHash } from 'node:crypto'
import type { RequestListener } from 'node:http'
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as z from 'zod'
import { createHttp, type Http } from '#main/platform/http.ts'
import { refusalOf } from '../../contracts/edge.contract.ts'
import { startHttpServer, type TestServer } from './http-test-server.ts'

const sha256 = (text: string | Buffer): string => `sha256-${createHash('sha256').update(text).digest('hex')}`

describe('the HTTP client', () => {
  let http: Http
  let server: TestServer
  let answer: RequestListener

  beforeAll(async () => {
    server = await startHttpServer((request, response) => answer(request, response))
    http = createHttp({ allowedHosts: [server.hostPort] })
  })
  afterAll(async () => {
    await http.close()
    await server.stop()
  })

  test('returns what a visitor receives, with headers in their order', async () => {
    answer = (request, response) => {
      response.writeHead(200, ['X-Second', '2', 'x-first', '1', 'X-SECOND', 'two', 'content-type', 'text/html'])
      response.end(`${request.headers['user-agent']}|${request.headers['accept-encoding']}|${request.headers.host}`)
    }
    const page = await http.fetchPage(`${server.url}/a?b=1`, { keepBody: true, hostHeader: 'shop.example.com' })
    expect(new TextDecoder().decode(page.body)).toBe('Frostline/0.1 (+check)|gzip, deflate, br|shop.example.com')
    expect(page.headers.list.slice(0, 3)).toEqual([
      ['X-Second', '2'],
      ['x-first', '1'],
      ['X-SECOND', 'two'],
    ])
    expect(page.headers.get('x-second')).toBe('2, two')
    expect(page.headers.get('missing')).toBeUndefined()
    expect(page.totalMs).toBeGreaterThanOrEqual(page.ttfbMs)
    expect(page.at.responseMs).toBeGreaterThanOrEqual(page.at.requestMs)
  })

  test.each([
    ['gzip', gzipSync],
    ['x-gzip', gzipSync],
    ['br', brotliCompressSync],
    ['deflate', deflateSync],
    ['deflate', deflateRawSync],
    ['gzip, br', (text: string) => brotliCompressSync(gzipSync(text))],
  ] as const)('hashes the bytes behind %s', async (encoding, compress) => {
    const text = 'lolly '.repeat(20_000)
    answer = (_request, response) => response.writeHead(200, { 'content-encoding': encoding }).end(compress(text))
    const page = await http.fetchPage(server.url)
    expect(page).toMatchObject({ bodyHash: sha256(text), sizeBytes: text.length, unknownEncoding: null, body: undefined })
  })

  test('hashes the raw bytes of an encoding that it does not know', async () => {
    answer = (_request, response) => response.writeHead(200, { 'content-encoding': 'zstd' }).end('packed')
    expect(await http.fetchPage(server.url)).toMatchObject({ bodyHash: sha256('packed'), unknownEncoding: 'zstd' })
  })

  test('has no hash of a 304', async () => {
    answer = (request, response) => response.writeHead(request.headers['if-none-match'] === '"a"' ? 304 : 200).end()
    expect(await http.fetchPage(server.url, { headers: { 'If-None-Match': '"a"' } })).toMatchObject({
      status: 304,
      bodyHash: null,
    })
  })

  test('never follows the redirect of a page', async () => {
    let asked = 0
    answer = (_request, response) => {
      asked += 1
      response.writeHead(302, { location: '/again' }).end()
    }
    expect(await http.fetchPage(server.url)).toMatchObject({ status: 302 })
    expect(asked).toBe(1)
  })

  test('follows as many redirects of a text as it is told to', async () => {
    answer = ({ url }, response) => {
      const step = Number(url?.slice(1))
      if (step < 3) response.writeHead(301, { location: `/${step + 1}` }).end()
      else response.end('arrived')
    }
    expect(await http.requestText(`${server.url}/1`, { maxRedirects: 2 })).toMatchObject({ status: 200, text: 'arrived' })
    expect(await http.requestText(`${server.url}/1`)).toMatchObject({ status: 301 })
    expect((await refusalOf(http.requestText(`${server.url}/1`, { maxRedirects: 1 }))).message).toContain('more than 1 time')
  })

  test('does not follow a redirect to a private address', async () => {
    answer = (_request, response) => response.writeHead(302, { location: 'http://169.254.169.254/latest/meta-data/' }).end()
    expect((await refusalOf(http.requestText(server.url, { maxRedirects: 3 }))).message).toContain('private address')
  })

  test('unpacks a gzip file', async () => {
    answer = (_request, response) => response.writeHead(200, { 'content-type': 'application/gzip' }).end(gzipSync('<urlset/>'))
    expect((await http.requestText(server.url)).text).toBe('<urlset/>')
  })

  test('reads JSON by a schema and says when it is something else', async () => {
    answer = (_request, response) => response.writeHead(200, { 'content-type': 'application/json' }).end('{"a":1}')
    expect(await http.requestJson(server.url, z.object({ a: z.number() }))).toEqual({ a: 1 })
    expect((await refusalOf(http.requestJson(server.url, z.object({ a: z.string() })))).message).toContain('a is wrong')
    answer = (_request, response) =>
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end('<!doctype html>')
    const refusal = await refusalOf(http.requestJson(server.url, z.object({})))
    expect(refusal.message).toContain('did not answer with JSON (text/html)')
  })

  test('streams lines as they come', async () => {
    answer = (_request, response) => {
      response.write('first\r\nsec')
      setTimeout(() => response.end('ond\n\nlast ü'), 30)
    }
    const lines: string[] = []
    for await (const line of http.streamLines(server.url, AbortSignal.timeout(5_000))) lines.push(line)
    expect(lines).toEqual(['first', 'second', '', 'last ü'])
  })

  test('stops streaming when the caller aborts', async () => {
    answer = (_request, response) => void response.write('one\n')
    const caller = new AbortController()
    const reason = new Error('the window was closed')
    await expect(async () => {
      for await (const line of http.streamLines(server.url, caller.signal)) if (line === 'one') caller.abort(reason)
    }).rejects.toBe(reason)
  })

  test('says when nothing listens, and when a port does not speak TLS', async () => {
    const gone = await startHttpServer(() => undefined)
    await gone.stop()
    http.allow(gone.hostPort)
    expect((await refusalOf(http.fetchPage(gone.url))).message).toContain('refused the connection')
    const plain = await refusalOf(http.fetchPage(server.url.replace('http:', 'https:')))
    expect(plain.message).toContain('No secure connection')
  })

  test('says when a name is not found', async () => {
    const refusal = await refusalOf(http.fetchPage('http://frostline-test.invalid/'))
    expect(refusal.message).toMatch(/The name frostline-test.invalid (was not found|could not be looked up)/)
  })

  test('passes the reason of a caller who aborts', async () => {
    answer = () => undefined
    const caller = new AbortController()
    const reason = new Error('the plan was cancelled')
    setTimeout(() => caller.abort(reason), 50)
    await expect(http.fetchPage(server.url, { signal: caller.signal })).rejects.toBe(reason)
    await expect(http.fetchPage(server.url, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
  })

  test.each(['file:///etc/passwd', 'ftp://example.com/', 'no address', 'http://user:secret@example.com/'])(
    'takes no %s',
    async (url) => {
      const refusal = await refusalOf(http.fetchPage(url))
      expect(refusal.code).toBe('BAD_INPUT')
      expect(refusal.message).not.toContain('secret')
    },
  )
})
