import { describe, expect, test } from 'vitest'
import type { Budget } from '#shared/budget.ts'
import { noticeOf, reachedLevels, type CoreEvent } from '#main/notices/notice-of.ts'
import { makePlan } from '../../renderer/fake-data.ts'

const site = { id: 'a b', name: 'Lollies' }
const budget: Budget = {
  unit: 'item',
  vendor: 'CloudFront',
  charges: true,
  allowance: 1_000,
  priceMicroDollars: 5_000,
  softLimit: 900,
  hardStop: 1_200,
  incidentReserve: 0,
  refillMicroDollars: 600,
  scope: 'the AWS account',
  month: '2026-11',
  used: 0,
  reserved: 0,
  reconciled: true,
  overrunChance: null,
  site: null,
}
const plan = (state: 'done' | 'failed' | 'cancelled', total: number, newVersion: number): CoreEvent => {
  const { check } = makePlan('p')
  const checked = { ...check, total, newVersion, state: newVersion === total ? ('done' as const) : ('failed' as const) }
  return { kind: 'plan', site, plan: { id: 'p', state, check: total === 0 ? check : checked } }
}

describe('a build', () => {
  test.each([
    ['succeeded', 'build-done'],
    ['failed', 'build-failed'],
    ['lost', 'build-failed'],
    ['cancelled', undefined],
    ['accepted', undefined],
  ])('that ended as %s is told as %s', (state, kind) => {
    expect(noticeOf({ kind: 'build', site, buildId: 'b/1', state })?.kind).toBe(kind)
  })

  test('is opened where it is shown, with its site', () => {
    const notice = noticeOf({ kind: 'build', site, buildId: 'b/1', state: 'failed' })
    expect(notice).toMatchObject({ title: 'Lollies: build failed', route: '/builds?build=b%2F1&site=a%20b' })
  })
})

describe('a purge', () => {
  test('whose pages are all new is verified', () => {
    expect(noticeOf(plan('done', 12, 12))).toMatchObject({
      kind: 'purge-verified',
      body: '12 pages checked: all of them are new.',
      route: '/purges/p?site=a%20b',
    })
  })

  test('that left old pages says how many', () => {
    expect(noticeOf(plan('done', 12, 11))?.body).toBe('1 page of 12 not new yet. Open it to see why.')
  })

  test('that failed before it was checked is told; one that somebody cancelled is not', () => {
    expect(noticeOf(plan('failed', 0, 0))?.title).toBe('Lollies: purge failed')
    expect(noticeOf(plan('cancelled', 0, 0))).toBeNull()
  })
})

describe('a budget', () => {
  test.each([
    [799, []],
    [800, ['budget-part']],
    [900, ['budget-soft', 'budget-part']],
    [1_200, ['budget-hard', 'budget-soft', 'budget-part']],
  ])('of which %i items are used has reached %j', (used, levels) => {
    expect(reachedLevels({ ...budget, used })).toEqual(levels)
  })

  test('where nothing is charged reaches nothing', () => {
    expect(reachedLevels({ ...budget, used: 5_000, charges: false })).toEqual([])
  })

  test('that others may have used more of says at least', () => {
    const notice = noticeOf({ kind: 'budget', site, level: 'budget-part', budget: { ...budget, used: 801, reconciled: false } })
    expect(notice?.body).toBe('At least 801 of 1,000 items this month. Items beyond them cost money.')
  })
})

test('No notice holds an address', () => {
  const events: CoreEvent[] = [
    { kind: 'build', site, buildId: 'b', state: 'succeeded' },
    plan('done', 3, 1),
    { kind: 'budget', site, level: 'budget-hard', budget: { ...budget, used: 1_300 } },
    { kind: 'source', site, sourceName: 'Sanity', state: 'refused' },
  ]
  for (const event of events) {
    const { title, body } = noticeOf(event) ?? { title: '', body: '' }
    expect(`${title} ${body}`).not.toMatch(/https?:|\/\w/)
    expect(body.length).toBeGreaterThan(10)
  }
})
