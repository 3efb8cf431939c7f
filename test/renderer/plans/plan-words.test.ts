import { expect, test } from 'vitest'
import type { PurgeWay } from '#shared/plans.ts'
import {
  allowanceWords,
  coldWords,
  decisionTabs,
  itemWords,
  subjectWords,
  estimateWords,
  itemPriceWords,
  refillWords,
  riskWords,
  waysDiffer,
} from '#renderer/plans/plan-words.ts'

test('what a purge becomes is at most so much while a build can still change it', () => {
  expect(itemWords({ atMost: true, itemCount: 1, pageCount: 41 })).toBe('At most 1 purge for 41 pages')
  expect(itemWords({ atMost: false, itemCount: 2, pageCount: 1 })).toBe('2 purges for 1 page')
  expect(itemWords({ atMost: false, itemCount: 0, pageCount: 0 })).toBe('Nothing to purge')
})

test('pages that go cold are counted, and none is said too', () => {
  expect([0, 1, 2_277].map(coldWords)).toEqual(['no other page goes cold', '1 other page goes cold', '2,277 other pages go cold'])
})

test('the allowance says that others may have used some of it', () => {
  expect(allowanceWords({ allowanceBefore: 1_000, allowanceAfter: 999, allowanceAtMost: true })).toContain('at most 1,000 → 999')
  const free = { allowanceBefore: null, allowanceAfter: null, allowanceAtMost: false }
  expect(allowanceWords(free)).toBe('Free: this edge does not charge for purges')
  expect(allowanceWords({ allowanceBefore: 813, allowanceAfter: 812, allowanceAtMost: false })).not.toContain('at most')
})

test('only decisions that were made get a tab', () => {
  const tabs = decisionTabs({
    purge: 40,
    afterBuild: 0,
    afterRefresh: 0,
    whenVisited: 0,
    expires: 0,
    heldBack: 3,
    notNeeded: 0,
    refused: 1,
  })
  expect(tabs.map(({ label, count }) => `${label} ${count}`)).toEqual(['Purged 40', 'Held back 3', 'Refused 1'])
})

test('a plan is about its first items and so many more; without items its title tells', () => {
  const about = (...items: string[]) =>
    subjectWords({ title: 'Nothing needs a purge', purge: { items: items.map((item) => ({ item })) } } as Parameters<
      typeof subjectWords
    >[0])
  expect(about('#menu')).toBe('#menu')
  expect(about('/a', '/b')).toBe('/a, /b')
  expect(about('/a', '/b', '/c', '/d')).toBe('/a, /b and 2 more')
  expect(about()).toBe('Nothing needs a purge')
})

test('What refilling takes is told by renders, their duration and the first visitors’ wait', () => {
  const refill = { pages: 2_277, renders: 2_277, meanMs: 3_420, microDollars: 1 }
  expect(refillWords(refill)).toBe('2,277 renders × 3.4 s; first visitors wait 1–4 s')
  expect(refillWords({ ...refill, meanMs: null, renders: 1 })).toBe('1 render and 2,276 fetches; first visitors wait 0.2–4 s')
  expect(refillWords({ ...refill, pages: 1, renders: 0, meanMs: null })).toBe('1 fetch; first visitors wait 0.2–0.4 s')
  expect(refillWords({ ...refill, pages: 0, renders: 0 })).toBe('')
  expect([275_923, 600, 7].map(estimateWords)).toEqual(['$0.28', '$0.0006', '$0.000007'])
})

test('What an item costs depends on the free ones before it', () => {
  const purge = { itemCount: 3, allowanceBefore: 1, priceMicroDollars: 10_000 }
  expect([0, 1, 2].map((at) => itemPriceWords(purge, at))).toEqual(['free', '$0.005', '$0.005'])
  expect(itemPriceWords({ ...purge, allowanceBefore: null, priceMicroDollars: 0 }, 2)).toBe('free')
})

test('A wildcard says how much below it was never checked', () => {
  expect(riskWords({ item: '/a*', risk: { listed: 50, neverChecked: 6, unlisted: 9 } })).toBe(
    '12 % of the pages below /a* (6 of 50) were never checked. It may reach about 9 pages that are in no list.',
  )
  expect(riskWords({ item: '/a*', risk: { listed: 5_000, neverChecked: 1, unlisted: 1 } })).toBe(
    'Less than 1 % of the pages below /a* (1 of 5,000) was never checked. It may reach about 1 page that is in no list.',
  )
  expect(riskWords({ item: '/a', risk: null })).toBe('')
})

test('ways that are all the same one are no choice', () => {
  const way = (by: PurgeWay, items: number, alsoCold: number) => ({
    by,
    items,
    alsoCold,
    priceMicroDollars: 0,
    refill: null,
    unlisted: 0,
  })
  expect(waysDiffer({ ways: [way('paths', 1, 0), way('auto', 1, 0), way('one', 1, 0)] })).toBe(false)
  expect(waysDiffer({ ways: [way('paths', 3, 0), way('auto', 3, 0), way('one', 1, 88)] })).toBe(true)
  expect(waysDiffer({ ways: [] })).toBe(false)
})
