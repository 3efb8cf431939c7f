import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { keyedItem, checkItem, itemMatches, matchesBehaviour, policyFor } from '#main/providers/cloudfront/purge-items.ts'

describe('an item to purge', () => {
  test.each([
    ['/about/', '/about/'],
    ['  /about/  ', '/about/'],
    ['/', '/'],
    ['/*', '/*'],
    ['/blog/*', '/blog/*'],
    ['/p?x=1&y=2', '/p?x=1&y=2'],
    ["/@me/(a)!$&'+,;=:", "/@me/(a)!$&'+,;=:"],
    ['/é', '/%C3%A9'],
    ['/%c3%a9', '/%C3%A9'],
    ['/a b', '/a%20b'],
    ['/100%', '/100%25'],
    ['/{a}|[b]^`"<>\\', '/%7Ba%7D%7C%5Bb%5D%5E%60%22%3C%3E%5C'],
    ['/🍭/*', '/%F0%9F%8D%AD/*'],
    ['/about#team', '/about'],
    ['/~me', '/%7Eme'],
    ['#menu', '#menu'],
    ['#pb-menu:main-menu', '#pb-menu:main-menu'],
    ['# menu ', '#menu'],
  ])('%j is sent as %j', (text, item) => {
    expect(checkItem(text)).toMatchObject({ ok: true, item })
  })

  test.each([
    ['', 'nothing to purge'],
    ['   ', 'nothing to purge'],
    ['about', 'begins with a slash. Write /about instead'],
    ['*', 'begins with a slash. Write /* instead'],
    ['https://www.example.com/about', 'names no host'],
    ['/a*b', 'only as the last character'],
    ['/a*b*', 'only as the last character'],
    ['/a /b', 'several items'],
    ['/a #b', 'several items'],
    ['/a\n/b', 'control character'],
    ['/a\tb', 'control character'],
    [`/${'a'.repeat(4000)}`, '4000 characters'],
    [`/${'é'.repeat(700)}`, '4000 characters'],
    ['/\ud800', 'half a character'],
    ['#', 'no tag after the #'],
    ['#a,b', 'no comma'],
    ['#a b', 'no space'],
    ['#menü', 'visible ASCII'],
    ['#product:*', 'no wildcard'],
    [`#${'a'.repeat(257)}`, '256 characters'],
  ])('%j is refused with the fix', (text, part) => {
    const check = checkItem(text)
    expect(check.ok).toBe(false)
    expect(!check.ok && check.reason).toContain(part)
    expect(!check.ok && check.reason).toMatch(/^[A-Z].*\.$/s)
  })

  test('says what was left out or may not work', () => {
    expect(checkItem('/about#team')).toMatchObject({ note: expect.stringContaining('#') })
    expect(checkItem('/~me')).toMatchObject({ note: expect.stringContaining('%7E') })
    expect(checkItem('/about')).not.toHaveProperty('note')
  })

  const anyText = fc.oneof(
    fc.string({ unit: 'grapheme' }).map((text) => `/${text}`),
    fc.string({ unit: 'binary' }),
    fc.string().map((text) => `#${text}`),
    fc.webPath(),
  )

  test('passes its own rules unchanged once it was accepted', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const check = checkItem(text)
        if (!check.ok) return
        expect(checkItem(check.item)).toMatchObject({ ok: true, item: check.item })
        expect(check.item).toMatch(/^[\u0021-\u007e]+$/)
        expect(check.item.length).toBeLessThanOrEqual(4000)
      }),
      { numRuns: 2000 },
    )
  })

  test('purges the path that it was made from, and only that one', () => {
    const path = fc
      .webPath()
      .map((text) => (text.startsWith('/') ? text : `/${text}`))
      .filter((text) => !text.includes('*'))
    fc.assert(
      fc.property(path, path, (first, second) => {
        const check = checkItem(first)
        if (!check.ok) return
        expect(itemMatches(check.item, first, [])).toBe(true)
        expect(itemMatches(check.item, `${first}x`, [])).toBe(false)
        if (second !== first && decodeURIComponent(second) !== decodeURIComponent(first)) {
          expect(itemMatches(check.item, second, [])).toBe(false)
        }
      }),
    )
  })

  test('purges every path below a prefix', () => {
    fc.assert(
      fc.property(fc.webPath(), fc.webPath(), (prefix, rest) => {
        const check = checkItem(`/${prefix.replaceAll('*', '')}*`)
        if (!check.ok) return
        expect(itemMatches(check.item, `/${prefix.replaceAll('*', '')}${rest}`, [])).toBe(true)
      }),
    )
  })

  test.each([
    ['/dir/*', '/dir/a', true],
    ['/dir/*', '/dir/', true],
    ['/dir/*', '/dir', false],
    ['/dir*', '/directory', true],
    ['/dir', '/dir/', false],
    ['/Dir', '/dir', false],
    ['/p', '/p?x=1', false],
    ['/p*', '/p?x=1', true],
    ['/%C3%A9', '/é', true],
    ['/%C3%A9', '/%c3%a9', true],
    ['/%C3%A9*', '/ét%C3%A9', true],
    ['/%7Eme', '/~me', true],
  ])('%s matches the path %s: %s', (item, path, matches) => {
    expect(itemMatches(item, path, [])).toBe(matches)
  })

  test('matches tags as a whole, without their case', () => {
    expect(itemMatches('#Menu', '/', ['other', 'mENU'])).toBe(true)
    expect(itemMatches('#menu', '/', ['menu:1'])).toBe(false)
    expect(itemMatches('#menu', '/menu', [])).toBe(false)
  })
})

describe('a cache behaviour', () => {
  test.each([
    ['*', '/anything/at/all', true],
    ['*', '/', true],
    ['images/*.jpg', '/images/a/b.jpg', true],
    ['/images/*.jpg', '/images/b.jpg', true],
    ['/images/*.jpg', '/images/b.jpg.txt', false],
    ['*.jpg', '/deep/b.jpg', true],
    ['*.jpg', '/deep/b.JPG', false],
    ['/a?c', '/abc', true],
    ['/a?c', '/ac', false],
    ['/a?c', '/a/c', true],
    ['/p', '/p?x=1', true],
    ['/p*', '/p?x=1', true],
    ['*.jpg', '/page?file=b.jpg', false],
    ['/a**b', '/ab', true],
    ['/.well-known/*', '/xwell-known/a', false],
  ])('%s matches %s: %s', (pattern, path, matches) => {
    expect(matchesBehaviour(pattern, path)).toBe(matches)
  })

  test('is matched in a time that no pattern can blow up', () => {
    expect(matchesBehaviour(`${'*a'.repeat(60)}b`, `/${'a'.repeat(4000)}`)).toBe(false)
  })

  test('gives its policy to the paths that match it first', () => {
    const policy = (defaultTtlSeconds: number) => ({ minTtlSeconds: 0, defaultTtlSeconds, maxTtlSeconds: 9, errorTtlSeconds: {} })
    const distribution = {
      id: 'E1',
      aliases: [],
      gaps: [],
      capabilities: {
        purgesPaths: true,
        purgesPrefixes: true,
        purgesTags: false,
        tagHeader: null,
        tagsPerPage: 0,
        itemsPerRequest: 1,
        tariff: { vendor: 'CloudFront', unit: 'item' as const, freePerMonth: 1_000, priceMicroDollars: 5_000 },
        limitsSource: '',
      },
      behaviours: [
        { pattern: '/a/*', policy: policy(1) },
        { pattern: '*.css', policy: null },
        { pattern: '*', policy: policy(3) },
      ],
    }
    expect(policyFor(distribution, '/a/x.css')?.defaultTtlSeconds).toBe(1)
    expect(policyFor(distribution, '/b/x.css')).toBeNull()
    expect(policyFor(distribution, '/b')?.defaultTtlSeconds).toBe(3)
  })
})

test('Where a behaviour leaves the query out of its key, the path alone is the item of every query', () => {
  const keyOf = keyedItem([
    { pattern: '/search*', policy: null, queryInKey: true },
    { pattern: '/unknown*', policy: null },
    { pattern: '*', policy: null, queryInKey: false },
  ])
  const items = ['/a?x=1', '/search?q=1', '/unknown?q=1', '/~a?x', '#tag'].map((text) => keyOf(text))
  expect(items).toMatchObject(['/a', '/search?q=1', '/unknown?q=1', '/%7Ea', '#tag'].map((item) => ({ ok: true, item })))
  expect(keyOf('/a/*/b?x')).toMatchObject({ ok: false })
})
