import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { limitText, passedLimit } from '#shared/budget-limits.ts'

const NONE = { used: 0, reserved: 0, softLimit: null, hardStop: null }
const limit = fc.option(fc.integer({ min: 1, max: 2_000 }))
const count = fc.integer({ min: 0, max: 2_000 })
const part = fc.record({ used: count, reserved: count, softLimit: limit, hardStop: limit })

describe('Limits', () => {
  test('of the account and of the site stop or ask, the hardest first', () => {
    const budget = { ...NONE, used: 90, softLimit: 80, hardStop: 100 }
    expect(passedLimit(10, budget)).toMatchObject({ kind: 'soft', scope: 'account', limit: 80, after: 100 })
    expect(passedLimit(11, budget)).toMatchObject({ kind: 'hard', scope: 'account', limit: 100, after: 101 })
    const site = { ...NONE, used: 5, hardStop: 6 }
    expect(passedLimit(2, { ...budget, site })).toMatchObject({ kind: 'hard', scope: 'site', after: 7 })
  })

  test('keep a reserve for incidents from what runs by itself, and from nobody else', () => {
    const budget = { ...NONE, allowance: 1_000, incidentReserve: 100, used: 890 }
    expect(passedLimit(10, budget, true)).toBeNull()
    expect(passedLimit(11, budget, true)).toMatchObject({ kind: 'reserve', limit: 900, after: 901 })
    expect(passedLimit(11, budget)).toBeNull()
  })

  test('are passed by more items when they are passed by fewer, and never by none', () => {
    fc.assert(
      fc.property(part, fc.option(part), count, count, fc.boolean(), (account, site, items, more, automatic) => {
        const budget = { ...account, site, allowance: 1_000, incidentReserve: 50 }
        expect(passedLimit(0, budget, automatic)).toBeNull()
        if (passedLimit(items, budget, automatic) !== null) expect(passedLimit(items + more, budget, automatic)).not.toBeNull()
      }),
    )
  })

  test('are said in a sentence', () => {
    expect(limitText({ kind: 'hard', scope: 'site', limit: 6, after: 7 }, false)).toBe(
      'This passes this site’s hard stop of 6 items: with it the month has 7 of this site.',
    )
  })
})
