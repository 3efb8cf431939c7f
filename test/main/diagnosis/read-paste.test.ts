import { hash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { AppError } from '#shared/errors.ts'
import { readPaste } from '#main/diagnosis/read-paste.ts'

const URL_A = 'https://www.example.com/a/?x=1'
const NOW = Date.UTC(2026, 10, 20)
const read = (text: string) => readPaste(text, URL_A, NOW)
const headersOf = (text: string) => Object.fromEntries(read(text).headers)

describe('Headers that a customer sent', () => {
  const wanted = { status: 200, atMs: Date.UTC(2026, 10, 5, 12), headers: { date: 'Thu, 05 Nov 2026 12:00:00 GMT', age: '40' } }
  test.each([
    ['curl -i', 'HTTP/1.1 200 OK\nDate: Thu, 05 Nov 2026 12:00:00 GMT\nAge: 40\n\n<html>\nServer: in the body'],
    ['curl -i over HTTP/2, Windows lines', 'HTTP/2 200 \r\ndate: Thu, 05 Nov 2026 12:00:00 GMT\r\nage: 40\r\n\r\n'],
    ['old Mac lines', 'HTTP/1.0 200 OK\rDate: Thu, 05 Nov 2026 12:00:00 GMT\rAge: 40'],
    [
      'curl -v',
      '> GET / HTTP/2\n> Host: x\n< HTTP/2 200 \n< date: Thu, 05 Nov 2026 12:00:00 GMT\n< age: 40\n<\n{ [5 bytes data]',
    ],
    ['curl -iL', 'HTTP/2 301\nlocation: /a/\nage: 9\n\nHTTP/2 200\ndate: Thu, 05 Nov 2026 12:00:00 GMT\nage: 40\n'],
    ['a browser with pseudo fields', ':status: 200\ndate: Thu, 05 Nov 2026 12:00:00 GMT\nage: 40'],
    ['a browser with values on lines of their own', 'status:\n200\ndate:\nThu, 05 Nov 2026 12:00:00 GMT\nage\n40'],
    [
      'a browser with the request below',
      'HTTP/3 200\ndate: Thu, 05 Nov 2026 12:00:00 GMT\nage: 40\n\nGET /a/ HTTP/3\nhost: www.example.com',
    ],
    ['a mark of byte order in front', '\uFEFFHTTP/1.1 200\ndate: Thu, 05 Nov 2026 12:00:00 GMT\nage: 40'],
  ])('from %s', (_from, text) => {
    const copy = read(text)
    expect({ status: copy.status, atMs: copy.atMs, headers: Object.fromEntries(copy.headers) }).toEqual(wanted)
    expect(copy.cache.ageSeconds).toBe(40)
  })

  test('lose cookies and what opens a door', () => {
    const text =
      'HTTP/1.1 200\nSet-Cookie: session=top-secret; Path=/\nCookie: a=top-secret\nAuthorization: Bearer top-secret\nX-Auth-Token: top-secret\nage: 1'
    expect(JSON.stringify(read(text))).not.toContain('top-secret')
    expect(headersOf(text)).toEqual({ 'set-cookie': 'session=…', age: '1' })
  })

  test.each(['hello there', '!!!', '{"log":1}', '{"log":{"entries":[]}}', '{ cut'])(
    'that are none name the field and the fix: %s',
    (text) => {
      const attempt = () => read(text)
      expect(attempt).toThrow(AppError)
      try {
        attempt()
      } catch (error) {
        expect(error).toMatchObject({
          code: 'BAD_INPUT',
          details: { field: 'customer.text', fix: expect.stringContaining('HAR') },
        })
      }
    },
  )
})

describe('A HAR file', () => {
  const entry = (url: string, more: Record<string, unknown> = {}, response: Record<string, unknown> = {}) => ({
    startedDateTime: '2026-11-05T12:00:00.000Z',
    timings: { wait: 250 },
    request: { url, headers: [{ name: 'Cookie', value: 'top-secret' }] },
    response: { status: 200, headers: [{ name: 'Age', value: '40' }], content: { text: 'hello' }, ...response },
    ...more,
  })
  const har = (...entries: unknown[]) => JSON.stringify({ log: { entries } })

  test('gives the answer for this very address', () => {
    const text = har(entry('https://www.example.com/app.js'), entry(URL_A), entry('https://www.example.com/b/'))
    expect(read(text)).toMatchObject({
      url: URL_A,
      status: 200,
      headers: [['age', '40']],
      atMs: Date.UTC(2026, 10, 5, 12) + 250,
      bodyHash: `sha256-${hash('sha256', 'hello', 'hex')}`,
      fromBrowserCache: null,
    })
    expect(JSON.stringify(read(text))).not.toContain('top-secret')
  })

  test('prefers the page to its redirect, and the same query to another', () => {
    const redirect = entry(URL_A, {}, { status: 301, headers: [{ name: 'Age', value: '1' }] })
    const other = entry('https://www.example.com/a/?x=2', {}, { headers: [{ name: 'Age', value: '2' }] })
    expect(read(har(entry(URL_A), redirect, other)).cache.ageSeconds).toBe(40)
    expect(read(har(other)).cache.ageSeconds).toBe(2)
  })

  test.each([
    [{ _fromCache: 'disk' }, true],
    [{ _fromCache: 'memory' }, true],
    [{ cache: { beforeRequest: { lastAccess: '' } } }, true],
    [{ cache: {} }, null],
  ])('tells whether the browser took it from its own cache: %j', (more, expected) => {
    expect(read(har(entry(URL_A, more))).fromBrowserCache).toBe(expected)
  })

  test('packed as base64, with a wrong instant, or with parts missing is read as far as it goes', () => {
    const packed = entry(URL_A, {}, { content: { text: Buffer.from('hello').toString('base64'), encoding: 'base64' } })
    expect(read(har(packed)).bodyHash).toBe(`sha256-${hash('sha256', 'hello', 'hex')}`)
    expect(read(har({ request: { url: URL_A }, response: { status: 200 }, startedDateTime: 'yesterday' }))).toMatchObject({
      atMs: null,
      bodyHash: null,
    })
    expect(read(har(null, 7, {}, { request: {} }, entry(URL_A))).status).toBe(200)
  })
})

describe('Whatever is pasted', () => {
  const settles = (text: string) => {
    try {
      const copy = read(text)
      return copy.headers.length <= 120 && copy.headers.every(([name, value]) => name.length > 0 && value.length <= 8_000)
    } catch (error) {
      return error instanceof AppError && error.details.field === 'customer.text'
    }
  }
  const pieces = fc.constantFrom(
    'HTTP/1.1 200',
    'HTTP/2 ',
    ':',
    ': ',
    '\n',
    '\r\n',
    '\r',
    '\t',
    ' ',
    'age',
    'Age: -1',
    'date',
    '<',
    '>',
    '{',
    '"log"',
    '\0',
    'é',
    'GET / HTTP/1.1',
  )

  test('is a copy, or an error that names the field', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), settles), { numRuns: 20_000 })
    fc.assert(
      fc.property(fc.array(fc.oneof(pieces, fc.string({ maxLength: 8 })), { maxLength: 40 }), (parts) => settles(parts.join(''))),
      { numRuns: 20_000 },
    )
    fc.assert(
      fc.property(fc.json(), (json) => settles(json) && settles(`{"log":{"entries":[${json}]}}`)),
      { numRuns: 5_000 },
    )
  })

  test('a megabyte of it is read in a moment', () => {
    for (const text of [
      'a'.repeat(1_000_000),
      'a: b\n'.repeat(200_000),
      ' '.repeat(1_000_000) + 'x',
      'HTTP/1.1 200\n'.repeat(80_000),
      '{"a":'.repeat(200_000),
    ]) {
      expect(settles(text)).toBe(true)
    }
  })
})
