import { describe, expect, test } from 'vitest'
import { chainOf, type ChainFacts } from '#main/pages/chain.ts'

const FACTS: ChainFacts = {
  rendersOnDemand: false,
  originStartedAtMs: 2_000,
  changedSinceMs: null,
  staged: false,
  live: { id: 'r-2', title: 'Spring', startedAtMs: 2_000 },
}
type Page = Parameters<typeof chainOf>[0]
const PAGE: Page = {
  word: 'fresh',
  content: 'current',
  copyMadeAtMs: 3_000,
  observedAtMs: 4_000,
  vantage: 'FRA56',
  headers: [['cache-control', 'public, max-age=0, s-maxage=60']],
  status: 200,
  waitsFor: null,
}
const brokenAt = (page: Partial<Page>, facts: Partial<ChainFacts> = {}) =>
  chainOf({ ...PAGE, ...page }, { ...FACTS, ...facts })
    .filter(({ toNext }) => toNext === 'broken')
    .map(({ link }) => link)
const says = (link: string, page: Partial<Page>, facts: Partial<ChainFacts> = {}) =>
  chainOf({ ...PAGE, ...page }, { ...FACTS, ...facts }).find((step) => step.link === link)?.says

describe('The chain from the visitor to the content', () => {
  test('is whole for a page that is up to date, with the age at each step', () => {
    expect(chainOf(PAGE, FACTS).map(({ link, sinceMs, toNext }) => [link, sinceMs, toNext])).toEqual([
      ['visitor', null, 'joined'],
      ['browser', null, 'joined'],
      ['edge', 3_000, 'joined'],
      ['origin', 2_000, 'joined'],
      ['build', 2_000, 'joined'],
      ['content', null, null],
    ])
  })

  test.each<[string, Partial<Page>, Partial<ChainFacts>, string[]]>([
    ['at the edge for an old copy', { word: 'outdated', content: 'superseded' }, {}, ['edge']],
    ['at the edge for a stored error', { word: 'error', content: 'superseded', status: 503 }, {}, ['edge']],
    [
      'at the build for a change that is not built',
      { word: 'pending', content: 'pending' },
      { changedSinceMs: 5_000 },
      ['build'],
    ],
    ['at the origin for a build that is not published', { word: 'pending', content: 'pending' }, { staged: true }, ['origin']],
    [
      'at the edge for an old copy of a page rendered on demand',
      { word: 'outdated', content: 'superseded' },
      { rendersOnDemand: true },
      ['edge'],
    ],
    ['nowhere for a page that is due', { word: 'expired', content: 'superseded' }, {}, []],
    ['nowhere for a page that is not at the edge', { word: 'absent', content: 'not-compared' }, {}, []],
  ])('is interrupted %s', (_where, page, facts, links) => {
    expect(brokenAt(page, facts)).toEqual(links)
  })

  test('does not say of a copy that was not compared that it is what the origin has', () => {
    const edge = chainOf({ ...PAGE, content: 'not-compared' }, FACTS).find(({ link }) => link === 'edge')
    expect(edge?.toNext).toBe('not-known')
  })

  test.each([
    ['public, max-age=0, s-maxage=60', 'asks the edge at each visit'],
    ['max-age=2592000', 'may keep it 30 d; no purge reaches it'],
    ['no-store', 'keeps nothing'],
    ['s-maxage=60', 'decides by itself how long it keeps it'],
  ])('tells of a browser under "%s" that it %s', (value, words) => {
    expect(says('browser', { headers: [['cache-control', value]] })).toBe(words)
  })

  test('takes from a browser’s time what the copy aged at the edge', () => {
    const headers: Page['headers'] = [
      ['cache-control', 'max-age=3600'],
      ['age', '1800'],
    ]
    expect(says('browser', { headers })).toBe('may keep it 30 min; no purge reaches it')
  })
})
