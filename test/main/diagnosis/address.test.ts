import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { AppError } from '#shared/errors.ts'
import { readAddress } from '#main/diagnosis/address.ts'
import { otherSpellings, plainEncoding } from '#main/diagnosis/spelling.ts'

const zones = [
  { host: 'lollies.localhost:4180', url: 'http://lollies.localhost:4180' },
  { host: 'intranet', url: 'http://intranet' },
]
const read = (text: string) => readAddress(text, zones).href

describe('A pasted address', () => {
  test.each([
    ['https://www.example.com/a?b=1#c', 'https://www.example.com/a?b=1'],
    ['  <https://www.example.com/a>. ', 'https://www.example.com/a'],
    ['"https://www.example.com/a",', 'https://www.example.com/a'],
    ['(https://www.example.com/a)', 'https://www.example.com/a'],
    ['https://en.example.org/wiki/Mercury_(planet)', 'https://en.example.org/wiki/Mercury_(planet)'],
    ['“https://www.example.com/a/”', 'https://www.example.com/a/'],
    ['https://www.example.com/a?!', 'https://www.example.com/a'],
    ['www.example.com', 'https://www.example.com/'],
    ['//www.example.com/a', 'https://www.example.com/a'],
    ['www.example.com:8443/a', 'https://www.example.com:8443/a'],
    ['lollies.localhost:4180/a/', 'http://lollies.localhost:4180/a/'],
    ['intranet/a', 'http://intranet/a'],
    ['HTTPS://WWW.EXAMPLE.COM/A', 'https://www.example.com/A'],
    ['https://[2001:db8::1]/a', 'https://[2001:db8::1]/a'],
    ['münchen.example/straße', 'https://xn--mnchen-3ya.example/stra%C3%9Fe'],
  ])('%s', (text, expected) => expect(read(text)).toBe(expected))

  test.each([
    '',
    '<>',
    '/about/',
    'two words',
    'https://a b.example/',
    'mailto:a@b.example',
    'javascript:alert(1)',
    'ftp://x.example/',
    'file:///etc/passwd',
    'https://me:pw@x.example/',
    'hello',
    'https://',
    'http://x.example/\u0000',
  ])('that is none names the field and the fix: %j', (text) => {
    expect(() => read(text)).toThrow(AppError)
    try {
      read(text)
    } catch (error) {
      expect(error).toMatchObject({ code: 'BAD_INPUT', details: { field: 'url', fix: expect.stringContaining('https://') } })
      expect((error as AppError).message).not.toContain('pw@')
    }
  })

  test('whatever it is: an http address without a password, or an error that names the field', () => {
    const pieces = fc.constantFrom(
      'http://',
      'https://',
      '//',
      '@',
      ':',
      '[',
      ']',
      '<',
      '>',
      '"',
      '.',
      '/',
      '?',
      '#',
      '%',
      'a.b',
      ' ',
    )
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 80 }),
      fc.array(fc.oneof(pieces, fc.string({ maxLength: 5 })), { maxLength: 12 }).map((parts) => parts.join('')),
    )
    fc.assert(
      fc.property(text, (pasted) => {
        try {
          const url = readAddress(pasted, zones)
          return /^https?:$/.test(url.protocol) && url.username === '' && url.password === '' && url.hash === ''
        } catch (error) {
          return error instanceof AppError && error.details.field === 'url'
        }
      }),
      { numRuns: 20_000 },
    )
  })
})

test('spellings of a path are others than the path, and one encoding stands for all', () => {
  expect(otherSpellings('/About/')).toEqual(['/About', '/About/index.html', '/about/'])
  expect(otherSpellings('/a/index.html?x=1')).toEqual(expect.arrayContaining(['/a/index.html', '/a/', '/a/?x=1', '/a', '/a?x=1']))
  expect(plainEncoding('/%7euser/%c3%a9')).toBe('/~user/%C3%A9')
  fc.assert(fc.property(fc.webPath(), (path) => path === '' || !otherSpellings(path).includes(path)))
})
