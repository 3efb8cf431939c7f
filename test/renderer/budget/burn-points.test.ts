import { expect, test } from 'vitest'
import { burnDown } from '#renderer/budget/burn-points.ts'

const days = Array.from({ length: 30 }, (_, index) => ({
  day: index + 1,
  free: index < 10 ? 20 : 0,
  charged: 0,
  microDollars: 0,
  elsewhere: 0,
  outside: 0,
}))
const forecast = {
  kind: 'known',
  daysKnown: 20,
  perDay: 20,
  spread: 5,
  daysLeft: 20.5,
  expected: 610,
  low: 590,
  high: 630,
} as const

test('The burn-down falls by what was used, and goes on from today to the end that is forecast', () => {
  const points = burnDown({ allowance: 1_000, used: 200, reserved: 10 }, days, forecast, 10)
  expect(points.map(({ day }) => day)).toEqual(Array.from({ length: 31 }, (_, day) => day))
  expect(points[0]).toMatchObject({ left: 1_000, band: null })
  expect(points[10]).toEqual({ day: 10, left: 800, expected: 790, band: [790, 790] })
  expect(points[30]?.expected).toBe(1_000 - 210 - 20 * 20.5)
  for (const { expected, band } of points.slice(11)) {
    expect(band?.[0]).toBeLessThanOrEqual(expected ?? Number.NaN)
    expect(band?.[1]).toBeGreaterThanOrEqual(expected ?? Number.NaN)
  }
})

test('A month that is over, or of which too little is known, has no forecast', () => {
  expect(burnDown({ allowance: 1_000, used: 0, reserved: 0 }, days, null, null)).toHaveLength(31)
  expect(burnDown({ allowance: 1_000, used: 0, reserved: 0 }, days, { kind: 'early', daysKnown: 2 }, 10)).toHaveLength(11)
})
