import { describe, expect, test } from 'vitest'
import { adviceFor, routeOf, type GroupFacts } from '#shared/advice.ts'

const PRICE = 5_000
const about = { kind: 'tag', name: 'pb-menu' } as const
const facts = (more: Partial<GroupFacts> = {}): GroupFacts => ({
  about,
  pages: 300,
  days: 30,
  changesADay: 1,
  itemsADay: 0,
  lifetimeSeconds: 2_592_000,
  fetchMicroDollars: 0.4,
  browser: null,
  ...more,
})
const says = (more: Partial<GroupFacts>, price = PRICE) => adviceFor(facts(more), price).map((advice) => advice.says)

describe('Advice', () => {
  test('a short lifetime is cheaper than purging what changes all day', () => {
    const [advice] = adviceFor(facts({ changesADay: 40 }), PRICE)
    expect(advice?.says).toBe('Changes 40 × a day on 300 pages: a lifetime of 60 s is cheaper than purging.')
    expect(advice?.figures).toEqual([
      { name: 'Purging', value: '40 items a day, $0.20 beyond the free ones' },
      { name: 'Lifetime of 60 s', value: 'at most $0.1728 a day to fetch them again' },
      { name: 'Lifetime now', value: '30 days' },
    ])
  })

  test('it is not when every fetch is a long render, the pages live no longer anyway, or purging is free', () => {
    expect(says({ changesADay: 40, fetchMicroDollars: 17 })).toEqual([])
    expect(says({ changesADay: 40, lifetimeSeconds: 60 })).toEqual([])
    expect(says({ changesADay: 40 }, 0)).toEqual([])
    expect(says({ changesADay: 1 })).toEqual([])
  })

  test('counts the items that were really sent, when they are more than one a change', () => {
    expect(says({ changesADay: 40, fetchMicroDollars: 17, itemsADay: 12_000 })).toHaveLength(1)
  })

  test('what browsers keep is out of reach of a purge', () => {
    const browser = { pages: 41, maxAgeSeconds: 2_592_000, sharedSeconds: null }
    const [advice] = adviceFor(facts({ browser }), PRICE)
    expect(advice?.says).toBe('max-age=2592000 also reaches browsers, and no purge does: send max-age=0, s-maxage=2592000.')
    expect(advice?.figures[0]).toEqual({ name: 'Pages', value: '41 of 300' })
    expect(says({ browser: { pages: 1, maxAgeSeconds: 600, sharedSeconds: 86_400 } })[0]).toContain('max-age=0, s-maxage=86400')
  })

  test('what never changes may live longer, once it was looked at for a week', () => {
    const quiet = { changesADay: 0, lifetimeSeconds: 60 }
    expect(says({ ...quiet, days: 6 })).toEqual([])
    expect(says(quiet)).toEqual([
      'Has not changed in 30 days and lives 60 s: a lifetime of 1 day and a purge when it changes spare fetches.',
    ])
  })
})

test('A route is the first part of a path', () => {
  expect(['/', '/about', '/lists/cherry', '/a/b/c'].map(routeOf)).toEqual(['/', '/', '/lists/*', '/a/*'])
})
