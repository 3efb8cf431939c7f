import { beforeEach, describe, expect, test } from 'vitest'
import { createLedger, type Ledger } from '#main/budget/ledger.ts'
import { createSettingsStore } from '#main/budget/settings.ts'
import { tariffOf } from '#main/providers/vendors.ts'
import { storedSite, type StoredSite } from '../../support/stored-site.ts'

const ACCOUNT = 'aws, default credentials'
const NOVEMBER = Date.UTC(2026, 10, 30, 23, 59, 59, 999)
let site: StoredSite
let ledger: Ledger
let now = NOVEMBER
beforeEach(async () => {
  now = NOVEMBER
  site = await storedSite()
  ledger = createLedger(
    site.db,
    () => now,
    createSettingsStore(site.db, () => now, tariffOf),
  )
})
const state = () => {
  const { used, reserved, month } = ledger.budget(ACCOUNT)
  return { used, reserved, month }
}
const rows = () => site.db.raw.prepare('SELECT kind, items, month FROM ledger ORDER BY id').all()

describe('The ledger', () => {
  test('knows by the tariff of a site’s edge what an account costs, until its owner says otherwise', () => {
    expect(ledger.budget(ACCOUNT)).toMatchObject({ vendor: 'CloudFront', charges: true, allowance: 1_000 })
    const edge = { kind: 'varnish', addresses: ['http://10.0.0.1:6081'], soft: false, account: 'Varnish at 10.0.0.1:6081' }
    site.db.raw.prepare('UPDATE sites SET settings_json = ?').run(JSON.stringify({ edge }))
    ledger.commit(edge.account, 'v-1', 5_000, now)
    expect(ledger.budget(edge.account)).toMatchObject({ vendor: 'Varnish', charges: false, priceMicroDollars: 0, used: 5_000 })
    expect(ledger.spent(['v-1'])).toEqual({ items: 5_000, microDollars: 0 })
  })

  test('holds what is reserved until it was sent or given back', () => {
    ledger.reserve(ACCOUNT, 'a-1', 4)
    ledger.reserve(ACCOUNT, 'b-1', 2)
    expect(state()).toEqual({ used: 0, reserved: 6, month: '2026-11' })
    ledger.commit(ACCOUNT, 'a-1', 4, now)
    expect(state()).toMatchObject({ used: 4, reserved: 2 })
    ledger.release(ACCOUNT, 'b-1', 2)
    expect(state()).toMatchObject({ used: 4, reserved: 0 })
  })

  test('takes every entry once, however often it is written', () => {
    for (let turn = 0; turn < 2; turn += 1) {
      ledger.reserve(ACCOUNT, 'a-1', 4)
      ledger.commit(ACCOUNT, 'a-1', 4, now)
      ledger.reserve(ACCOUNT, 'b-1', 2)
      ledger.release(ACCOUNT, 'b-1', 2)
    }
    expect(state()).toMatchObject({ used: 4, reserved: 0 })
    expect(rows()).toHaveLength(4)
  })

  test('keeps the first entry when a later one says otherwise', () => {
    ledger.commit(ACCOUNT, 'a-1', 4, now)
    ledger.commit(ACCOUNT, 'a-1', 400, now)
    expect(state()).toMatchObject({ used: 4 })
    expect(rows()).toEqual([{ kind: 'commit', items: 4, month: '2026-11' }])
  })

  test('charges in the UTC month in which the purge was created, to the millisecond', () => {
    ledger.reserve(ACCOUNT, 'old-1', 3)
    ledger.commit(ACCOUNT, 'old-1', 3, NOVEMBER)
    ledger.commit(ACCOUNT, 'new-1', 5, NOVEMBER + 1)
    expect(state()).toEqual({ used: 3, reserved: 0, month: '2026-11' })
    now = NOVEMBER + 1
    expect(state()).toEqual({ used: 5, reserved: 0, month: '2026-12' })
  })

  test('carries what is reserved over the end of the month', () => {
    ledger.reserve(ACCOUNT, 'a-1', 4)
    now = NOVEMBER + 1
    expect(state()).toEqual({ used: 0, reserved: 4, month: '2026-12' })
    ledger.commit(ACCOUNT, 'a-1', 4, now)
    expect(state()).toEqual({ used: 4, reserved: 0, month: '2026-12' })
  })

  test('keeps accounts apart, and says what it does not know', () => {
    ledger.commit('other account', 'a-1', 900, now)
    expect(ledger.budget(ACCOUNT)).toEqual({
      unit: 'item',
      vendor: 'CloudFront',
      charges: true,
      allowance: 1_000,
      priceMicroDollars: 5_000,
      softLimit: null,
      hardStop: null,
      incidentReserve: 0,
      refillMicroDollars: 600,
      scope: ACCOUNT,
      month: '2026-11',
      used: 0,
      reserved: 0,
      reconciled: false,
      overrunChance: null,
      site: null,
    })
  })

  test('loses nothing of a transaction that fails, and gains nothing', () => {
    expect(() =>
      site.db.transact(() => {
        ledger.reserve(ACCOUNT, 'a-1', 4)
        throw new Error('crash')
      }),
    ).toThrow('crash')
    expect(rows()).toEqual([])
  })
})
