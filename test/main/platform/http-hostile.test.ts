import type { RequestListener } from 'node:http'
import type { Socket } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { createHttp, type Http } from '#main/platform/http.ts'
import { refusalOf } from '../../contracts/edge.contract.ts'
import { startHttpServer, startTcpServer, type TestServer } from './http-test-server.ts'

describe('the HTTP client meets hostile servers and', () => {
  let http: Http
  let server: TestServer
  let answer: RequestListener
  const others: TestServer[] = []

  beforeAll(async () => {
    server = await startHttpServer((request, response) => answer(request, response))
    http = createHttp({ allowedHosts: [server.hostPort] })
  })
  afterEach(async () => {
    await Promise.all(others.splice(0).map((other) => other.stop()))
  })
  afterAll(async () => {
    await http.close()
    await server.stop()
  })
  const tcp = async (connected: (socket: Socket) => void): Promise<string> => {
    const other = await startTcpServer(connected)
    others.push(other)
    http.allow(other.hostPort)
    return other.url
  }
  const bomb = gzipSync(Buffer.alloc(64 * 1_048_576))

  test('stops a gzip bomb', async () => {
    answer = (_request, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb)
    const refusal = await refusalOf(http.fetchPage(server.url))
    expect(refusal).toMatchObject({ code: 'UNREACHABLE', details: { retryable: false } })
    expect(refusal.message).toContain('unpacks to more than 20 MiB')
  })

  test('stops a body without end', async () => {
    answer = (_request, response) => {
      const chunk = Buffer.alloc(65_536)
      const more = (): void => {
        while (!response.destroyed && response.write(chunk));
      }
      response.on('drain', more)
      more()
    }
    expect((await refusalOf(http.fetchPage(server.url))).message).toContain('larger than 5 MiB')
  })

  test('stops a slow drip by its time', async () => {
    answer = (_request, response) => {
      const timer = setInterval(() => response.write('.'), 20)
      response.on('close', () => clearInterval(timer))
    }
    const startedAt = performance.now()
    const refusal = await refusalOf(http.fetchPage(server.url, { timeoutMs: 300 }))
    expect(refusal).toMatchObject({ details: { retryable: true } })
    expect(refusal.message).toContain('did not finish its answer within 0.3 s')
    expect(performance.now() - startedAt).toBeLessThan(2_000)
  })

  test('stops a server that takes the connection and says nothing', async () => {
    const url = await tcp(() => undefined)
    expect((await refusalOf(http.fetchPage(url, { timeoutMs: 200 }))).message).toContain('within 0.2 s')
  })

  test('stops 10 MB of headers', async () => {
    const url = await tcp((socket) => {
      socket.write('HTTP/1.1 200 OK\r\n')
      for (let index = 0; index < 10; index += 1) socket.write(`x-${index}: ${'a'.repeat(1_000_000)}\r\n`)
    })
    expect((await refusalOf(http.fetchPage(url))).message).toContain('headers of the answer')
  })

  test.each([
    ['SSH-2.0-OpenSSH_9.6\r\n', 'not valid HTTP'],
    ['HTTP/1.1 200 OK\r\ncontent-length: 10\r\ncontent-length: 20\r\n\r\n', 'sent less or more than it announced'],
    ['HTTP/1.1 200 OK\r\nbad header\r\n\r\n', 'not valid HTTP'],
    ['HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nZZ\r\n', 'not valid HTTP'],
    ['HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nabc', 'before its answer was complete'],
    ['', 'before its answer was complete'],
  ])('tells an answer of %j', async (text, part) => {
    const url = await tcp((socket) => {
      socket.once('data', () => socket.end(text))
    })
    const refusal = await refusalOf(http.fetchPage(url))
    expect(refusal.code).toBe('UNREACHABLE')
    expect(refusal.message).toContain(part)
    expect(refusal.message).toMatch(/^[\dA-Z].*\.$/)
  })

  test.each([
    ['gzip', 'not gzip at all'],
    ['gzip', gzipSync('cut').subarray(0, 12)],
    ['br', 'not brotli'],
  ])('says that a body in %s is damaged', async (encoding, body) => {
    answer = (_request, response) => response.writeHead(200, { 'content-encoding': encoding }).end(body)
    expect((await refusalOf(http.fetchPage(server.url))).message).toContain('damaged or cut short')
  })

  test('refuses a body that is packed many times', async () => {
    answer = (_request, response) => response.writeHead(200, { 'content-encoding': 'gzip, gzip, gzip, gzip' }).end('x')
    expect((await refusalOf(http.fetchPage(server.url))).message).toContain('packed more than 3 times')
  })

  test('says when a connection is reset', async () => {
    const url = await tcp((socket) => {
      socket.once('data', () => socket.resetAndDestroy())
    })
    expect((await refusalOf(http.fetchPage(url))).message).toContain('cut the connection')
  })
})
