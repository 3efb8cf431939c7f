import { lookup } from 'node:dns/promises'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { hostname } from 'node:os'
import { brotliCompressSync, constants, gzipSync, zstdCompressSync } from 'node:zlib'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { isPrivateAddress } from '#main/platform/http-address.ts'
import { createHttp, type Http } from '#main/platform/http.ts'
import { refusalOf } from '../../contracts/edge.contract.ts'
import { startHttpServer, startTcpServer, type TestServer } from './http-test-server.ts'

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
const raw = (text: string) => tcp((socket) => void socket.once('data', () => socket.end(text)))
const drip = (first: string, more: string) =>
  tcp((socket) => {
    socket.write(first)
    const timer = setInterval(() => socket.write(more), 5)
    socket.on('close', () => clearInterval(timer))
  })

describe('Bodies that grow when they are unpacked', () => {
  const zeros = Buffer.alloc(64 * 1_048_576)

  test.each([
    ['br', () => brotliCompressSync(zeros, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } })],
    ['gzip, gzip', () => gzipSync(gzipSync(zeros))],
  ])('are stopped in %s', async (encoding, pack) => {
    const bomb = pack()
    expect(bomb.length).toBeLessThan(1_048_576)
    answer = (_request, response) => response.writeHead(200, { 'content-encoding': encoding }).end(bomb)
    expect((await refusalOf(http.fetchPage(server.url))).message).toContain('unpacks to more than 20 MiB')
    expect((await refusalOf(http.requestText(server.url))).message).toContain('unpacks to more than 10 MiB')
  })

  test('in zstd, which we do not ask for, are left packed', async () => {
    const bomb = zstdCompressSync(zeros)
    answer = (_request, response) => response.writeHead(200, { 'content-encoding': 'zstd' }).end(bomb)
    expect(await http.fetchPage(server.url)).toMatchObject({ unknownEncoding: 'zstd', sizeBytes: bomb.length })
  })

  test('are stopped inside a gzip file too', async () => {
    answer = (_request, response) => response.writeHead(200, { 'content-type': 'application/gzip' }).end(gzipSync(zeros))
    expect((await refusalOf(http.requestText(server.url))).message).toContain('unpacks to more than 10 MiB')
  })
})

describe('Servers that never come to an end', () => {
  test.each([
    ['headers, a byte at a time', 'HTTP/1.1 200 OK\r\nx-a: ', 'a'],
    ['early hints', '', 'HTTP/1.1 103 Early Hints\r\nlink: </a.css>\r\n\r\n'],
    ['empty lines of a chunk', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1;x=', 'x'],
    ['a chunk a moment', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n', '1\r\n.\r\n'],
  ])('are stopped by the time of the whole call: %s', async (_what, first, more) => {
    const url = await drip(first, more)
    expect((await refusalOf(http.fetchPage(url, { timeoutMs: 250 }))).message).toContain('within 0.25 s')
  })

  test('are stopped when each of their redirects takes its time', async () => {
    answer = (_request, response) => {
      setTimeout(() => response.writeHead(302, { location: '/again' }).end(), 100)
    }
    const refusal = await refusalOf(http.requestText(server.url, { maxRedirects: 50, timeoutMs: 350 }))
    expect(refusal.message).toContain('within 0.35 s')
  })

  test('are stopped by the number of their redirects', async () => {
    answer = ({ url }, response) => response.writeHead(301, { location: url === '/a' ? '/b' : '/a' }).end()
    const refusal = await refusalOf(http.requestText(`${server.url}/a`, { maxRedirects: 5 }))
    expect(refusal).toMatchObject({ details: { retryable: false, fix: expect.stringContaining('loop') } })
  })

  test.each([
    ['many small headers', 'HTTP/1.1 200 OK\r\n', (index: number) => `x-${index}: ${'a'.repeat(100)}\r\n`],
    [
      'trailers',
      'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n0\r\n',
      (index: number) => `x-${index}: ${'a'.repeat(100)}\r\n`,
    ],
  ])('are stopped by the size of their %s', async (_what, first, line) => {
    const url = await tcp((socket) => {
      socket.write(first)
      socket.write(Array.from({ length: 100_000 }, (_, index) => line(index)).join(''))
    })
    const refusal = await refusalOf(http.fetchPage(url, { timeoutMs: 5_000 }))
    expect(refusal.message).toContain('headers of the answer')
  })
})

describe('Old and odd answers', () => {
  test('of HTTP/1.0 without a length end with the connection', async () => {
    const url = await raw('HTTP/1.0 200 OK\r\ncontent-type: text/html\r\n\r\n<p>old</p>')
    expect(await http.fetchPage(url)).toMatchObject({ status: 200, sizeBytes: 10 })
  })

  test('keep every header that was sent twice', async () => {
    const url = await raw('HTTP/1.1 200 OK\r\nage: -5\r\nAge: 7\r\ndate: yesterday\r\ncontent-length: 2\r\n\r\nok')
    const page = await http.fetchPage(url)
    expect(page.headers.get('age')).toBe('-5, 7')
    expect(page.headers.get('date')).toBe('yesterday')
  })

  test.each<[type: string, body: Buffer, text: string]>([
    ['text/xml; charset=iso-8859-1', Buffer.from('caf\xe9', 'latin1'), 'café'],
    ['text/xml; charset="UTF-16LE"', Buffer.from('café', 'utf16le'), 'café'],
    ['text/xml; charset=utf-8', Buffer.from('\ufeffcafé', 'utf16le'), 'café'],
    ['text/xml; charset=klingon', Buffer.from('café'), 'café'],
    ['text/xml; charset=utf-8', Buffer.from('caf\xe9', 'latin1'), 'caf\ufffd'],
    ['text/xml', Buffer.from('\ufeffcafé'), 'café'],
  ])('in %s are text', async (type, body, text) => {
    answer = (_request, response) => response.writeHead(200, { 'content-type': type }).end(body)
    expect((await http.requestText(server.url)).text).toBe(text)
  })
})

describe('Addresses', () => {
  test.each([
    'http://127.0.0.1:1/',
    'http://[::1]:1/',
    'http://[::]:1/',
    'http://[::ffff:10.0.0.1]/',
    'http://[::ffff:7f00:1]/',
    'http://[fe80::1]/',
    'http://[fd00:ec2::254]/',
    'http://0.0.0.0:1/',
    'http://0x7f000001:1/',
    'http://metadata.localhost/',
    '//169.254.169.254/latest/meta-data/',
    'http://100.100.100.200/',
  ])('a redirect to %s goes nowhere', async (location) => {
    answer = (_request, response) => response.writeHead(302, { location }).end()
    const refusal = await refusalOf(http.requestText(server.url, { maxRedirects: 3 }))
    expect(refusal.message).toContain('private address')
  })

  test.each(['file:///etc/passwd', 'javascript:alert(1)', 'http://user:secret@example.com/', 'http://['])(
    'a redirect to %s is no web address',
    async (location) => {
      answer = (_request, response) => response.writeHead(302, { location }).end()
      const refusal = await refusalOf(http.requestText(server.url, { maxRedirects: 3 }))
      expect(['BAD_INPUT', 'UNREACHABLE']).toContain(refusal.code)
      expect(refusal.message).not.toContain('secret')
    },
  )

  test('a name that looks public and leads inside is refused', async (context) => {
    const name = hostname()
    const found = await lookup(name).catch(() => null)
    if (found === null || !isPrivateAddress(found.address) || name.includes('localhost')) {
      console.log('Skipped: this machine has no name of its own that leads to a private address.')
      context.skip()
    }
    const refusal = await refusalOf(http.fetchPage(`http://${name}:${server.port}/`))
    expect(refusal.message).toContain('private address')
  })

  test('an IPv6 address is asked when it is registered', async (context) => {
    const six = createServer((request, response) => response.end(request.headers.host))
    const listens = await new Promise<boolean>((resolve) => {
      six.once('error', () => resolve(false))
      six.listen(0, '::1', () => resolve(true))
    })
    if (!listens) {
      console.log('Skipped: this machine has no IPv6 loopback.')
      context.skip()
    }
    // A server that listens on TCP always has an address with a port.
    const host = `[::1]:${(six.address() as AddressInfo).port}`
    const release = http.allow(host)
    expect((await http.requestText(`http://${host}/`)).text).toBe(host)
    release()
    expect((await refusalOf(http.fetchPage(`http://${host}/`))).message).toContain('private address')
    six.close()
    six.closeAllConnections()
  })
})
