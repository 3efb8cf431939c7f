import { expect, test } from 'vitest'
import { buildTitle, completedMessage, draftTitle } from '#main/plans/wording.ts'

const counts = { purge: 0, afterBuild: 0, afterRefresh: 0, whenVisited: 0, expires: 0, heldBack: 0, notNeeded: 0, refused: 0 }
const purge = {
  by: 'auto' as const,
  state: 'waiting' as const,
  items: [],
  atMost: false,
  itemCount: 0,
  pageCount: 0,
  alsoCold: 0,
  priceMicroDollars: 0,
  allowanceBefore: 0,
  allowanceAfter: 0,
  allowanceAtMost: false,
  notes: [],
  ways: [],
  curve: [],
  gapMicroDollars: 0,
  leftOutTags: [],
  overCap: null,
  message: '',
  waitsUntilMs: null,
}
const build = { wanted: false, possible: false, needed: false, state: 'skipped' as const, buildId: null, message: '' }
const refresh = { wanted: false, possible: false, needed: false, state: 'skipped' as const, total: 0, done: 0, message: '' }
const titleWith = (more: Partial<typeof counts>) => draftTitle({ purge, build, refresh, counts: { ...counts, ...more } })

test('The headline of a plan that sends nothing says whether lines were refused', () => {
  expect(titleWith({ notNeeded: 2 })).toBe('Nothing needs a purge')
  expect(titleWith({ refused: 1 })).toBe('Nothing can be purged: 1 was refused')
  expect(titleWith({ refused: 1_200 })).toBe('Nothing can be purged: 1,200 were refused')
  expect(titleWith({ refused: 3, notNeeded: 1 })).toBe('Nothing needs a purge, and 3 were refused')
})

test('The headline of a plan that purges nothing at once says what comes first and what is left for later', () => {
  const building = { ...build, wanted: true, possible: true, needed: true }
  const title = (more: Partial<typeof counts>) =>
    draftTitle({ purge: { ...purge, atMost: true }, build: building, refresh, counts: { ...counts, ...more } })
  expect(title({ whenVisited: 51 })).toBe('Build, then 51 pages purged when visited')
  expect(title({ whenVisited: 50, expires: 1 })).toBe('Build, then 50 pages purged when visited · 1 page left to expire')
  expect(title({ notNeeded: 1 })).toBe('Build, then nothing to purge')
  expect(titleWith({ whenVisited: 1 })).toBe('1 page purged when visited')
})

test('A build that a plan begins is named after what the plan is about, not after its outcome', () => {
  const items = ['#pb-menu:main-menu', '/about', '/contact'].map((item) => ({
    item,
    kind: 'path' as const,
    pages: 1,
    alsoCold: 0,
    refillMicroDollars: 0,
    why: '',
    risk: null,
  }))
  expect(buildTitle({ purge: { ...purge, items } })).toBe('Rebuild for the purge of #pb-menu:main-menu, /about and 1 more')
  expect(buildTitle({ purge })).toBe('Build of a purge plan')
})

test('what the edge had of a purge is told where it is known, and not made up where it is not', () => {
  expect(completedMessage([])).toBe('The edge reports it completed.')
  expect(completedMessage([{ item: '/a', objects: 0 }])).toBe('The edge reports it completed. It held none of it.')
  expect(
    completedMessage([
      { item: '/a', objects: 1 },
      { item: '#menu', objects: 1_200 },
      { item: '/blog/*', objects: null },
    ]),
  ).toBe('The edge reports it completed. 1,201 objects went. How many went by /blog/* is not known to it.')
})
