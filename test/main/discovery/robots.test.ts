import { describe, expect, test } from 'vitest'
import { readRobots } from '#main/discovery/robots.ts'

const rules = (...lines: string[]) => readRobots(['User-agent: *', ...lines].join('\n'))

describe('robots.txt (RFC 9309)', () => {
  test('the longest pattern decides, and of two alike the one that allows', () => {
    const robots = rules('Disallow: /a', 'Allow: /a/b', 'Disallow: /c', 'Allow: /c')
    expect(['/a', '/a/x', '/a/b/c', '/c', '/d'].map(robots.allows)).toEqual([false, false, true, true, true])
  })
  test('wildcards and ends', () => {
    const robots = rules('Disallow: /*.pdf$', 'Disallow: /*?sort=', 'Disallow: /x*y*z')
    expect(['/a.pdf', '/a.pdf?b', '/l?sort=1', '/x1y2z3', '/xz'].map(robots.allows)).toEqual([false, true, false, false, true])
  })
  test('a group for us stands in place of the one for all, and several names share one', () => {
    const robots = readRobots(
      'User-agent: *\nDisallow: /\n\nuser-agent: Other\nUSER-AGENT: Frostline\nDisallow: /private # ours\nCrawl-delay: 5',
    )
    expect([robots.allows('/'), robots.allows('/private/x'), robots.crawlDelaySeconds]).toEqual([true, false, 5])
  })
  test('an empty Disallow, an HTML page and noise allow all', () => {
    for (const text of ['User-agent: *\nDisallow:', '<!doctype html><p>Disallow: /', '\u0000\uFFFD: x', ''])
      expect(readRobots(text).allows('/a')).toBe(true)
  })
  test('a pattern that would take a regular expression for ever is answered at once', () => {
    const robots = rules(`Disallow: /${'*a'.repeat(2_000)}$`)
    expect(robots.allows(`/${'a'.repeat(1_000)}b`)).toBe(true)
  })
  test('sitemaps of any group', () => {
    expect(readRobots('\uFEFFSitemap: https://a.example/1.xml\nUser-agent: x\nsitemap:/2.xml').sitemaps).toEqual([
      'https://a.example/1.xml',
      '/2.xml',
    ])
  })
})
