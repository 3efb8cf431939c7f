import { describe, expect, test } from 'vitest'
import { readSettings, typedOf } from '#renderer/budget/settings-values.ts'

const TYPED = { allowance: '1000', price: '0.005', softLimit: '', hardStop: '', incidentReserve: '', refill: '0.0006' }

describe('Settings as they are typed', () => {
  test.each([
    ['0.005', 5_000],
    ['$0.005', 5_000],
    ['0.000001', 1],
    ['0', 0],
    ['2', 2_000_000],
    ['0.29', 290_000],
    ['1.005', 1_005_000],
  ])('a price of %s is %i micro-dollars, and is shown as it was meant', (price, microDollars) => {
    const read = readSettings({ ...TYPED, price })
    expect(read).toMatchObject({ ok: true, settings: { priceMicroDollars: microDollars } })
    expect(read.ok && typedOf(read.settings).price).toBe(price.replace('$', ''))
  })

  test('a limit may be left empty, and thousands may be set apart', () => {
    expect(readSettings({ ...TYPED, allowance: '2,000' })).toMatchObject({ settings: { allowance: 2_000, softLimit: null } })
    expect(readSettings({ ...TYPED, softLimit: ' 800 ', hardStop: '900', incidentReserve: '50' })).toMatchObject({
      settings: { softLimit: 800, hardStop: 900, incidentReserve: 50 },
    })
  })

  test.each([
    ['price', '0.0000001', /at most six digits/],
    ['price', 'free', /in dollars/],
    ['price', '-1', /less than \$0/],
    ['price', '', /in dollars/],
    ['allowance', '', /whole number/],
    ['allowance', '1.5', /whole number/],
    ['allowance', '-1', /less than 0/],
    ['softLimit', '0', /at least 1/],
    ['softLimit', 'none', /whole number/],
  ] as const)('a %s of "%s" is refused at its field', (field, text, says) => {
    const read = readSettings({ ...TYPED, [field]: text })
    expect(read.ok ? {} : read.errors).toEqual({ [field]: expect.stringMatching(says) })
  })
})
