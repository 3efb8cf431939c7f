import { expect, test } from 'vitest'
import type { PlanWhen, WhenOffer } from '#shared/plan-choices.ts'
import { expiryWords, offerLines, savingWords, watchWords } from '#renderer/plans/when-words.ts'

const NOW = 1_000_000
const offer = (more: Partial<WhenOffer> = {}): WhenOffer => ({
  pages: 41,
  itemsAtMost: 0,
  likelyItems: null,
  priceMicroDollars: 0,
  alsoCold: 0,
  lastExpiresAtMs: null,
  unknownPages: 0,
  ...more,
})

test('each choice says its price, and what is not known of it', () => {
  expect(offerLines('now', offer({ itemsAtMost: 1, alsoCold: 2 }), NOW)).toEqual(['1 item · free', '2 other pages go cold'])
  expect(offerLines('now', offer({ itemsAtMost: 8 }), NOW, true)[0]).toBe('at most 8 items · free')
  expect(offerLines('when-visited', offer({ itemsAtMost: 41, priceMicroDollars: 205_000 }), NOW)).toEqual([
    'up to 41 items · at most $0.205',
    'How many are visited is not known.',
  ])
  expect(offerLines('when-visited', offer({ itemsAtMost: 41, likelyItems: 4 }), NOW)[1]).toBe(
    'About 4 pages by the visits that are known.',
  )
})

test('copies that expire say when, and of how many nobody knows it', () => {
  expect(expiryWords(offer({ lastExpiresAtMs: NOW + 40_000 }), NOW)).toBe('The last one expires in 40 s')
  expect(expiryWords(offer({ lastExpiresAtMs: NOW + 40_000, unknownPages: 2 }), NOW)).toBe(
    'The last one expires in 40 s; of 2 pages nobody knows when',
  )
  expect(expiryWords(offer({ unknownPages: 41 }), NOW)).toBe('Of all of them nobody knows when')
  expect(expiryWords(offer({ lastExpiresAtMs: NOW }), NOW)).toBe('All have expired')
})

test('what is saved is said honestly, also when it can cost more', () => {
  const when = (now: number, visited: WhenOffer, all: number) =>
    ({
      pages: 41,
      chosen: { now: offer({ pages: 0, itemsAtMost: now }), 'when-visited': visited },
      ifAll: { now: offer({ itemsAtMost: all }) },
    }) as PlanWhen
  expect(savingWords(when(0, offer({ pages: 0 }), 3))).toBe('All 41 now would be 3 items. This saves 3 items.')
  expect(savingWords(when(0, offer({ itemsAtMost: 41 }), 1))).toBe(
    'All 41 now would be 1 item. This can cost 40 items more in the end, if every page is visited.',
  )
})

test('a watch says how many wait and how much of the cap is used', () => {
  const watch = { planId: 'p', mostItems: 100, untilMs: 0, restPlanId: null, problem: null, notNeeded: 1, rest: 0 }
  expect(watchWords({ ...watch, state: 'watching', watching: 1, begun: 1, purged: 2 })).toBe(
    '1 page waits for a visit · 3 of at most 100 items used · 1 page needed none',
  )
  expect(watchWords({ ...watch, state: 'ended', watching: 0, begun: 0, purged: 2, rest: 38 })).toContain(
    '38 pages left to the end',
  )
})
