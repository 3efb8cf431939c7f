import { beforeEach, describe, expect, test } from 'vitest'
import { createLedger, type Ledger } from '#main/budget/ledger.ts'
import { createPastDays } from '#main/budget/past-days.ts'
import { createReadings } from '#main/budget/readings.ts'
import { createSettingsStore } from '#main/budget/settings.ts'
import { tariffOf } from '#main/providers/vendors.ts'
import { storedSite, type StoredSite } from '../../support/stored-site.ts'

const DAY_MS = 24 * 3_600_000
let site: StoredSite
let ledger: Ledger
let now = 0
beforeEach(async () => {
  site = await storedSite()
  ledger = createLedger(
    site.db,
    () => now,
    createSettingsStore(site.db, () => now, tariffOf),
  )
})
const forecast = (taken = 0) => createPastDays(site.db, () => now).forecast('aws', taken)
/** A purge of others is dated by the ledger when nothing else tells its date. */
function used(month: number, day: number, items: number): void {
  const atMs = Date.UTC(2026, month, day, 10)
  const before = now
  now = atMs
  ledger.commit('aws', `p ${month} ${day}`, items, atMs)
  now = before
}

describe('The days that a forecast rests on', () => {
  test('begin with the first that is known, also in the months before', () => {
    for (let day = 25; day <= 31; day += 1) used(9, day, 10)
    now = Date.UTC(2026, 10, 1)
    expect(forecast()).toMatchObject({ kind: 'known', daysKnown: 7, perDay: 10, daysLeft: 30, expected: 300 })
  })

  test('are the quiet ones too, once the account was read from there on', () => {
    now = Date.UTC(2026, 10, 15, 12)
    expect(forecast()).toEqual({ kind: 'early', daysKnown: 0 })
    createReadings(site.db, () => now).begin('aws', Date.UTC(2026, 10, 1))
    createReadings(site.db, () => now).complete('aws', Date.UTC(2026, 10, 1), 1)
    expect(forecast()).toMatchObject({ kind: 'known', daysKnown: 14, perDay: 0, expected: 0 })
    used(10, 15, 150)
    expect(forecast(150)).toMatchObject({ daysKnown: 15, perDay: 10, daysLeft: 15.5, expected: 305 })
    expect(ledger.budget('aws').overrunChance).toBeGreaterThan(0)
  })

  test('reach back sixty days at most', () => {
    for (let day = 1; day <= 90; day += 1) used(7, day, day <= 30 ? 1_000 : 1)
    now = Date.UTC(2026, 7, 91)
    expect(forecast()).toMatchObject({ daysKnown: 60, perDay: 1 })
  })

  test('are none when the clock was set back before all of them', () => {
    used(10, 10, 5)
    now = Date.UTC(2026, 9, 3)
    expect(forecast()).toEqual({ kind: 'early', daysKnown: 0 })
    now = Date.UTC(2026, 9, 3) + 400 * DAY_MS
    expect(forecast().kind).toBe('known')
  })
})
