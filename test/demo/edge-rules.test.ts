import { expect, test } from 'vitest'
import { behaviourFor } from '../../demo/distribution/cache-policies.ts'
import { tagsOf } from '../../demo/edge/cache-tags.ts'
import { purgeMatcher } from '../../demo/edge/purge-items.ts'
import { matchRedirect, parseRedirects } from '../../demo/origin/redirect-rules.ts'

test('an object is found under its first 50 tags, trimmed and without case', () => {
  const names = Array.from({ length: 60 }, (_, index) => `Tag-${String(index)}`)
  const tags = tagsOf({ 'x-amz-meta-cache-tag': names.join(' , ') })
  expect(tags).toHaveLength(50)
  expect(tags[0]).toBe('tag-0')
  expect(tags.at(-1)).toBe('tag-49')
  expect(tagsOf({})).toEqual([])
})

test('a purge matches exact paths, prefixes and tags', () => {
  const copy = { path: '/lists/fig', tags: ['pb-list:fig'] }
  const removes = (items: string[], tagsEnabled = true): boolean => purgeMatcher(items, tagsEnabled)(copy)
  expect(removes(['/lists/fig'])).toBe(true)
  expect(removes(['/lists/*'])).toBe(true)
  expect(removes(['/*'])).toBe(true)
  expect(removes(['/lists/fig*'])).toBe(true)
  expect(removes(['/lists/fig/*'])).toBe(false)
  expect(removes(['/Lists/fig'])).toBe(false)
  expect(removes(['#PB-LIST:FIG'])).toBe(true)
  expect(removes(['#PB-LIST:FIG'], false)).toBe(false)
  expect(removes(['#pb-list'])).toBe(false)
})

test('a behaviour is chosen by its pattern, from the beginning of the path', () => {
  expect(behaviourFor('/search').pathPattern).toBe('/search*')
  expect(behaviourFor('/search/more').pathPattern).toBe('/search*')
  expect(behaviourFor('/re/search').pathPattern).toBeNull()
})

test('the first redirect rule that matches wins, and the splat is filled in', () => {
  const rules = parseRedirects('# moved\n/a/* /b/:splat 302\n/a/x /never 301\n/* /404.html 404\n')
  expect(matchRedirect(rules, '/a/x/y')).toEqual({ rule: { from: '/a/*', to: '/b/:splat', status: 302 }, target: '/b/x/y' })
  expect(matchRedirect(rules, '/c')?.rule.status).toBe(404)
  expect(matchRedirect([], '/c')).toBeNull()
})
