import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonicalPage, canonicalPath, KEEP_ALL, PageRules } from '#shared/page-identity.ts'

const rules = (to: Partial<PageRules>) => ({ ...KEEP_ALL, ...to })
const path = (text: string, to: Partial<PageRules>) => canonicalPath(text, rules(to)).path

describe('An address becomes a page', () => {
  test('as browsers send it, with every other difference kept by default', () => {
    expect(canonicalPage('HTTPS://WWW.Example.com:443/A/../B?x=1#top', KEEP_ALL)).toEqual({
      host: 'www.example.com',
      path: '/B?x=1',
      changedBy: ['address'],
    })
    expect(canonicalPage('https://www.example.com', KEEP_ALL)).toMatchObject({ path: '/', changedBy: [] })
    expect(canonicalPage('https://www.example.com/caf%c3%a9/index.html?b&a', KEEP_ALL)).toMatchObject({
      path: '/caf%c3%a9/index.html?b&a',
      changedBy: [],
    })
  })

  test('and nothing else does', () => {
    for (const text of ['', '/a', 'ftp://a.example/x', 'https://', 'https://[', 'javascript:alert(1)'])
      expect(canonicalPage(text, KEEP_ALL)).toBeNull()
  })

  test.each<[string, Partial<PageRules>, string]>([
    ['/a', { slash: 'add' }, '/a/'],
    ['/a/feed.xml', { slash: 'add' }, '/a/feed.xml'],
    ['/a//', { slash: 'remove' }, '/a'],
    ['/', { slash: 'remove' }, '/'],
    ['/a?x=1', { slash: 'add' }, '/a/?x=1'],
    ['/a/index.html', { index: 'strip' }, '/a/'],
    ['/a/index.html/', { index: 'strip', slash: 'remove' }, '/a'],
    ['/a/myindex.html', { index: 'strip' }, '/a/myindex.html'],
    ['/Caf%C3%A9/A?Q=Z', { letterCase: 'lower' }, '/caf%C3%A9/a?Q=Z'],
    ['/%7euser/%c3%a9?x=%7e', { encoding: 'normalise' }, '/~user/%C3%A9?x=~'],
    ['/%2541', { encoding: 'normalise' }, '/%2541'],
    ['/a?utm=1&page=2&x', { query: 'listed', queryNames: ['page'] }, '/a?page=2'],
    ['/a?utm=1', { query: 'listed', queryNames: ['page'] }, '/a'],
    ['/a?x=1', { query: 'drop' }, '/a'],
    ['/a?b=2&a=9&b=1', { sortQuery: true }, '/a?a=9&b=2&b=1'],
    ['/a?%zz=1&a=2', { query: 'listed', queryNames: ['a'] }, '/a?a=2'],
  ])('%s by %j is %s', (from, to, expected) => expect(path(from, to)).toBe(expected))

  test('and says by which rules', () => {
    const all = rules({ slash: 'remove', index: 'strip', letterCase: 'lower', encoding: 'normalise', query: 'drop' })
    expect(canonicalPage('https://a.example/%41/Index.html?x', all)).toEqual({
      host: 'a.example',
      path: '/a',
      changedBy: ['encoding', 'letterCase', 'index', 'slash', 'query'],
    })
  })
})

const anyRules: fc.Arbitrary<PageRules> = fc.record({
  slash: fc.constantFrom('keep', 'add', 'remove'),
  index: fc.constantFrom('keep', 'strip'),
  letterCase: fc.constantFrom('keep', 'lower'),
  encoding: fc.constantFrom('keep', 'normalise'),
  query: fc.constantFrom('keep', 'listed', 'drop'),
  queryNames: fc.array(fc.constantFrom('a', 'b', 'page', 'é'), { maxLength: 3 }),
  sortQuery: fc.boolean(),
})
const piece = fc.constantFrom(
  '/',
  'a',
  'B',
  'index.html',
  '.',
  '..',
  '%2e',
  '%41',
  '%c3%a9',
  '%',
  '?',
  '&',
  '=',
  '+',
  'é',
  ' ',
  '\\',
  '\u0000',
  ';',
  '~',
  '%2F',
  '%3F',
)
const anyPath = fc.oneof(
  fc.array(piece, { maxLength: 14 }).map((parts) => `/${parts.join('')}`),
  fc.string({ unit: 'binary' }),
)

describe('Whatever is typed', () => {
  test('it never throws, and what has become a page stays that page', () => {
    fc.assert(
      fc.property(anyPath, anyRules, (text, by) => {
        const once = canonicalPath(text, by)
        expect(canonicalPath(once.path, by)).toEqual({ path: once.path, changedBy: [] })
        const page = canonicalPage(`https://A.example${text}`, by)
        if (page) expect(canonicalPage(`https://${page.host}${page.path}`, by)).toEqual({ ...page, changedBy: [] })
      }),
      { numRuns: 20_000 },
    )
  })

  test('paths that differ stay apart when every rule says keep', () => {
    fc.assert(
      fc.property(anyPath, anyPath, (one, other) => {
        expect(canonicalPath(one, KEEP_ALL).path === canonicalPath(other, KEEP_ALL).path).toBe(one === other)
      }),
      { numRuns: 5_000 },
    )
  })
})
