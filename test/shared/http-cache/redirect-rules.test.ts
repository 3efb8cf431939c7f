import { describe, expect, test } from 'vitest'
import { matchingRule, servedByRule, type Rule } from '#shared/http-cache/redirect-rules.ts'

const RULES: readonly Rule[] = [
  { from: '/old', to: '/new', status: 301 },
  { from: '/blog/feed', to: '/feed.xml', status: 200 },
  { from: '/blog/*', to: '/posts/:splat', status: 302 },
  { from: '/lolly/:id', to: '/.functions/lolly', status: 200 },
  { from: '/lolly/:id/pictures/:number', to: '/pictures/:number', status: 307 },
  { from: '/gone/*', to: '/404.html', status: 404 },
  { from: '/old', to: '/never', status: 302 },
]

describe('A redirect rule', () => {
  test.each<[string, string | undefined]>([
    ['/old', '/new'],
    ['/old/', '/new'],
    ['/old?from=mail', '/new'],
    ['/Old', undefined],
    ['/old/more', undefined],
    ['/blog/feed', '/feed.xml'],
    ['/blog/2026/11/a', '/posts/:splat'],
    ['/blog/', '/posts/:splat'],
    ['/blog', '/posts/:splat'],
    ['/blogs', undefined],
    ['/lolly/abc', '/.functions/lolly'],
    ['/lolly/abc/', '/.functions/lolly'],
    ['/lolly/', undefined],
    ['/lolly', undefined],
    ['/lolly/abc/pictures/3', '/pictures/:number'],
    ['/lolly/abc/pictures', undefined],
    ['/', undefined],
  ])('for %s leads to %s: the first that matches', (path, to) => {
    expect(matchingRule(path, RULES)?.to).toBe(to)
  })

  test('for everything comes last and takes the home page too', () => {
    const rules = [...RULES, { from: '/*', to: '/.functions/page', status: 200 }]
    expect(matchingRule('/old', rules)?.to).toBe('/new')
    expect(matchingRule('/anything/else', rules)?.to).toBe('/.functions/page')
    expect(matchingRule('/', rules)?.to).toBe('/.functions/page')
  })
})

test.each<[string, ReturnType<typeof servedByRule>]>([
  ['/lolly/abc', 'fallback'],
  ['/old', 'redirect'],
  ['/gone/for-good', 'missing'],
  ['/blog/feed', 'unknown'],
  ['/nowhere', 'missing'],
])('%s is served as %s', (path, served) => {
  expect(servedByRule(path, RULES)).toBe(served)
})
