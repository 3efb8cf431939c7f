import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { panelAddressOf, readDeepLink, writeDeepLink, type DeepLink } from '#shared/deep-link.ts'

const site = fc.constantFrom('www.example.com', 'lollies.localhost:4190', 'münchen.example', 'a')
const noControl = (text: string) => !/\p{Cc}/u.test(text) && text.isWellFormed()
const text = fc.string({ minLength: 1, maxLength: 200, unit: 'binary' }).filter(noControl)
const links: fc.Arbitrary<DeepLink> = fc.oneof(
  fc.record({ kind: fc.constant('page' as const), site, path: text.map((each) => `/${each}`) }),
  fc.record({ kind: fc.constant('tag' as const), site, name: text }),
  fc.record({ kind: fc.constantFrom('plan' as const, 'build' as const), site, id: fc.stringMatching(/^[\w.:-]{1,60}$/) }),
  fc.record({
    kind: fc.constant('why' as const),
    url: text.map((each) => `https://www.example.com/${each}`),
    at: fc.constantFrom(null, '2026-11-21T10:00:00.000Z'),
  }),
)

describe('A link', () => {
  test('means what it was written for, whatever the path or the tag is', () => {
    fc.assert(
      fc.property(links, (link) => {
        expect(readDeepLink(writeDeepLink(link))).toEqual(link)
      }),
    )
  })

  test('to a list keeps its filter', () => {
    const link = readDeepLink('frostline://site/www.example.com/pages?freshness=outdated&sort=-checked')
    expect(link).toEqual({ kind: 'pages', site: 'www.example.com', search: 'freshness=outdated&sort=-checked' })
  })

  test('is read as systems hand it over: with a slash at its end, in capitals, in blanks', () => {
    expect(readDeepLink(' FROSTLINE://site/a.example/page/?path=%2Fx ')).toEqual({ kind: 'page', site: 'a.example', path: '/x' })
  })

  test.each([
    'https://site/a.example/page?path=/x',
    'javascript:alert(1)',
    'frostline:javascript:alert(1)',
    'frostline://evil/a.example/page?path=/x',
    'frostline://site/a.example/page?path=x',
    'frostline://site/a.example/page',
    'frostline://site/a.example/page?path=/x&path=/y',
    'frostline://site/a.example/../page?path=/x',
    'frostline://site/a.example%2F..%2F..%2Fwhy/page?path=/x',
    'frostline://site/%E0%A4%A/page?path=/x',
    'frostline://site//page?path=/x',
    'frostline://site/-/page?path=/x',
    'frostline://site/user@a.example/page?path=/x',
    'frostline://site/a.example/page?path=/x%0d%0aSet-Cookie:%20a',
    'frostline://site/a.example/page?path=/x\u0000',
    'frostline://site/a.example/plan?id=../../sites',
    'frostline://site/a.example/plan?id=a/b',
    'frostline://site/a.example/remove?id=1',
    'frostline://site/a.example/page?path=/x#fragment',
    'frostline://why?url=javascript:alert(1)',
    'frostline://why?url=file:///etc/passwd',
    'frostline://why?url=https://a.example/&at=soon',
    `frostline://site/a.example/page?path=/${'x'.repeat(20_000)}`,
    '',
  ])('that is none of ours is not read: %j', (hostile) => {
    expect(readDeepLink(hostile)).toBeNull()
    expect(panelAddressOf(hostile)).toBeNull()
  })

  test('opens at an address of the panel itself and nowhere else, whoever made it', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), links.map(writeDeepLink), fc.webUrl()), (given) => {
        const address = panelAddressOf(given)
        if (address === null) return
        const url = new URL(address, 'http://127.0.0.1:1')
        expect(url.origin).toBe('http://127.0.0.1:1')
        expect(url.pathname).toBe('/link')
        expect(readDeepLink(url.searchParams.get('to') ?? '')).toEqual(readDeepLink(given))
      }),
    )
  })
})
