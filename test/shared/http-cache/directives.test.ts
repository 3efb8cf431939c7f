import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { deltaSeconds, parseDirectives } from '#shared/http-cache/directives.ts'

const parsed = (value: string) => Object.fromEntries(parseDirectives(value))

describe('A Cache-Control field', () => {
  test.each<[string, Record<string, string | true>]>([
    ['', {}],
    ['no-store', { 'no-store': true }],
    ['public, max-age=60', { public: true, 'max-age': '60' }],
    ['Public,MAX-AGE=60', { public: true, 'max-age': '60' }],
    ['max-age = 60 , s-maxage= 7', { 'max-age': '60', 's-maxage': '7' }],
    ['max-age="60"', { 'max-age': '60' }],
    ['private="x-a, no-store", max-age=5', { private: 'x-a, no-store', 'max-age': '5' }],
    ['ext="say \\"no-store, max-age=0\\"", max-age=5', { ext: 'say "no-store, max-age=0"', 'max-age': '5' }],
    ['max-age=60, max-age=5', { 'max-age': '60' }],
    [',,, max-age=60,,', { 'max-age': '60' }],
    ['max-age=60, =, ;, s-maxage=7', { 'max-age': '60', 's-maxage': '7' }],
    ['max-age=', { 'max-age': true }],
  ])('%j is read', (value, directives) => {
    expect(parsed(value)).toEqual(directives)
  })

  test('is nothing when it is missing', () => {
    expect(parseDirectives(undefined).size).toBe(0)
  })

  test('keeps a quoted text together, whatever is in it', () => {
    fc.assert(
      fc.property(fc.string(), (inside) => {
        const quoted = inside.replace(/[\\"]/g, (character) => `\\${character}`).replace(/[\r\n\u2028\u2029]/g, '')
        const found = parseDirectives(`ext="${quoted}", max-age=9`)
        expect([...found.keys()]).toEqual(['ext', 'max-age'])
        expect(found.get('max-age')).toBe('9')
      }),
    )
  })

  test('finds a well-formed directive behind ones that follow no grammar', () => {
    const junk = fc.string({ unit: 'binary', maxLength: 200 }).map((text) => text.replace(/["=]/g, ''))
    fc.assert(
      fc.property(junk, (text) => {
        expect(parseDirectives(`${text},s-maxage=9`).get('s-maxage')).toBe('9')
      }),
    )
  })

  test('is read whatever the bytes, with lower-case names only', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 500 }), (text) => {
        for (const [name, value] of parseDirectives(text)) {
          expect(name).toBe(name.toLowerCase())
          expect(name).toMatch(/^[^\s",;=]+$/)
          expect(value === true || typeof value === 'string').toBe(true)
        }
      }),
      { numRuns: 500 },
    )
  })

  test('of a hundred thousand open quotes is read', () => {
    const many = 'a="\\"'.repeat(25_000)
    expect(parseDirectives(many).size).toBeLessThan(3)
    expect(parseDirectives(`${' '.repeat(100_000)}max-age=1`).get('max-age')).toBe('1')
  })
})

describe('A number of seconds', () => {
  test.each<[string, number | undefined]>([
    ['', undefined],
    ['max-age=0', 0],
    ['max-age=60', 60],
    ['max-age=-1', 0],
    ['max-age=1.5', 0],
    ['max-age=1e9', 0],
    ['max-age=soon', 0],
    ['max-age', 0],
    ['max-age="86400"', 86_400],
    ['max-age=2147483648', 2 ** 31],
    ['max-age=99999999999999999999999999', 2 ** 31],
  ])('of %j is %s', (value, seconds) => {
    expect(deltaSeconds(parseDirectives(value), 'max-age')).toBe(seconds)
  })

  test('is a whole one from 0 to 2^31, whatever was sent', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.double().map(String), fc.bigInt().map(String)), (text) => {
        const seconds = deltaSeconds(parseDirectives(`max-age=${text}`), 'max-age') ?? -1
        expect(Number.isInteger(seconds) && seconds >= 0 && seconds <= 2 ** 31).toBe(true)
      }),
      { numRuns: 500 },
    )
  })
})
