import { expect, test } from 'vitest'
import { allowanceWords, coldWords, decisionTabs, itemWords, subjectWords } from '#renderer/plans/plan-words.ts'

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
