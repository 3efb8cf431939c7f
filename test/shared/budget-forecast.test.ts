import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { forecastMonth, LEAST_DAYS, overrunChance } from '#shared/budget-forecast.ts'

const days = fc.array(fc.integer({ min: 0, max: 5_000 }), { minLength: LEAST_DAYS, maxLength: 60 })
const taken = fc.integer({ min: 0, max: 100_000 })
const left = fc.double({ min: 0, max: 31, noNaN: true })
const allowance = fc.integer({ min: 0, max: 200_000 })

describe('The forecast of a month', () => {
  test('says that it is too early while few days are known', () => {
    expect(forecastMonth([5, 5, 5], 15, 20)).toEqual({ kind: 'early', daysKnown: 3 })
    expect(overrunChance(forecastMonth([5, 5, 5], 15, 20), 15, 1_000)).toBeNull()
  })

  test('of days that are all alike is exact', () => {
    const forecast = forecastMonth([10, 10, 10, 10, 10, 10, 10, 10], 80, 22)
    expect(forecast).toMatchObject({ kind: 'known', expected: 300, low: 300, high: 300 })
    expect(overrunChance(forecast, 80, 300)).toBe(0)
    expect(overrunChance(forecast, 80, 299)).toBe(1)
  })

  test('has the usual prediction interval for a sum of days', () => {
    // Mean 10, standard deviation 2 (of eight days), nine days to come: 2 · √(9 + 81/8) · 1.2816 = 11.2 around 90.
    const forecast = forecastMonth([8, 12, 8, 12, 10, 10, 8.258342613226059, 11.741657386773941], 0, 9)
    expect(forecast).toMatchObject({ expected: 90, low: 80, high: 100 })
  })

  test('never expects less than is taken, and its band holds what is expected', () => {
    fc.assert(
      fc.property(days, taken, left, (items, used, daysLeft) => {
        const forecast = forecastMonth(items, used, daysLeft)
        if (forecast.kind !== 'known') throw new Error('enough days are known')
        expect(forecast.low).toBeGreaterThanOrEqual(used)
        expect(forecast.low).toBeLessThanOrEqual(forecast.expected)
        expect(forecast.high).toBeGreaterThanOrEqual(forecast.expected)
      }),
    )
  })

  test('does not mind the order of the days', () => {
    fc.assert(
      fc.property(days, taken, left, (items, used, daysLeft) => {
        const turned = forecastMonth([...items].reverse(), used, daysLeft)
        expect(turned).toMatchObject({ daysKnown: forecastMonth(items, used, daysLeft).daysKnown })
        const [one, other] = [forecastMonth(items, used, daysLeft), turned].map((forecast) =>
          overrunChance(forecast, used, 10_000),
        )
        expect(one).toBeCloseTo(other ?? -1, 6)
      }),
    )
  })
})

describe('The chance of passing the allowance', () => {
  test('is a chance, falls as the allowance grows, and rises with what is taken', () => {
    fc.assert(
      fc.property(days, taken, left, allowance, fc.integer({ min: 0, max: 5_000 }), (items, used, daysLeft, free, more) => {
        const chance = (taken: number, allowance: number) =>
          overrunChance(forecastMonth(items, taken, daysLeft), taken, allowance) ?? -1
        expect(chance(used, free)).toBeGreaterThanOrEqual(0)
        expect(chance(used, free)).toBeLessThanOrEqual(1)
        expect(chance(used, free + more)).toBeLessThanOrEqual(chance(used, free) + 1e-6)
        expect(chance(used + more, free)).toBeGreaterThanOrEqual(chance(used, free) - 1e-6)
      }),
    )
  })

  test('is certain once it has happened, however early', () => {
    expect(overrunChance({ kind: 'early', daysKnown: 0 }, 1_001, 1_000)).toBe(1)
    expect(overrunChance({ kind: 'early', daysKnown: 0 }, 1_000, 1_000)).toBeNull()
  })

  test('is even when the expected end is the allowance', () => {
    const forecast = forecastMonth([0, 100, 0, 100, 0, 100, 0, 100], 500, 10)
    expect(overrunChance(forecast, 500, 1_000)).toBeCloseTo(0.5, 1)
  })
})
