import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createLedger, type Ledger } from '#main/budget/ledger.ts'
import { createOthers } from '#main/budget/others.ts'
import { createPace } from '#main/budget/pace.ts'
import { readAccount } from '#main/budget/read-account.ts'
import { createReadings } from '#main/budget/readings.ts'
import { createPurgeRecords } from '#main/budget/records.ts'
import { createSettingsStore } from '#main/budget/settings.ts'
import { createHttp, type Http } from '#main/platform/http.ts'
import { createCloudFront } from '#main/providers/cloudfront/cloudfront.ts'
import { tariffOf } from '#main/providers/vendors.ts'
import type { AccountPurges, Edge } from '#main/providers/edge.ts'
import { errorXml, FAKE_KEY, startFakeCloudFront, type FakeCloudFront } from '../providers/fake-cloudfront.ts'
import { storedSite, type StoredSite } from '../../support/stored-site.ts'

const ACCOUNT = 'aws'
const NOW = Date.UTC(2026, 10, 21, 12)
const on = (day: number, month = 10) => new Date(Date.UTC(2026, month, day, 8)).toISOString()

let fake: FakeCloudFront
let http: Http
let edge: Edge
let site: StoredSite
let ledger: Ledger
let now = NOW
/** Requests that reached the API, as `GET /path`. */
let asked: string[] = []
let waits: number[] = []

beforeAll(() => {
  http = createHttp()
})
afterAll(() => http.close())
beforeEach(async () => {
  now = NOW
  asked = []
  waits = []
  fake = await startFakeCloudFront()
  fake.intercept = (request) => {
    asked.push((request.url ?? '').replace(/^\/\d{4}-\d\d-\d\d/, ''))
    return null
  }
  edge = createCloudFront({
    endpoint: fake.endpoint,
    region: 'us-east-1',
    distributionId: fake.distributionId,
    credentials: { kind: 'keys', ...FAKE_KEY },
    http,
  })
  http.allow(fake.endpoint)
  site = await storedSite()
  ledger = createLedger(
    site.db,
    () => now,
    createSettingsStore(site.db, () => now, tariffOf),
  )
})
afterEach(async () => {
  edge.close()
  await fake.stop()
  site.db.close()
})

const purgesOfEdge = (): AccountPurges => {
  if (!edge.account) throw new Error('CloudFront counts purges')
  return edge.account
}
function read(signal = new AbortController().signal, purges = purgesOfEdge()) {
  let paceMs = 0
  const wait = async (ms: number) => {
    waits.push(ms)
    paceMs += ms
  }
  return readAccount(
    ACCOUNT,
    [fake.distributionId],
    {
      purges,
      pace: createPace({ callsPerSecond: 1_000, burst: 1_000, clock: () => paceMs, wait }),
      readings: createReadings(site.db, () => now),
      others: createOthers(site.db, () => now, ledger.commit),
      clock: () => now,
      progress: () => {},
    },
    signal,
  )
}
const budget = () => ledger.budget(ACCOUNT)
const rows = () =>
  createPurgeRecords(
    site.db,
    createSettingsStore(site.db, () => now, tariffOf),
  ).list(ACCOUNT, { month: null, filter: null, cursor: null, limit: 200 }).rows
const problem = () => createReadings(site.db, () => now).of(ACCOUNT)?.problem ?? null
const gets = () => asked.filter((path) => /\/invalidation\/I/.test(path)).length

describe('Reading an account', () => {
  test('counts what others sent, once, in the UTC month of its creation, and from then on the month is known', async () => {
    fake.purgedByOthers(['/old'], '2026-10-31T23:59:59.999Z')
    fake.purgedByOthers(['/a', '/b'], '2026-11-01T00:00:00.000Z')
    fake.purgedByOthers(['/c', '/d', '/*'], on(3), 'frostline/k2m9aaaa/p3q4/6f1c/1')
    expect(budget()).toMatchObject({ used: 0, reconciled: false })
    expect(await read()).toEqual({ done: 1, total: 1, purges: 2, items: 5 })
    expect(budget()).toMatchObject({ used: 5, reconciled: true })
    expect(rows().map(({ source, by, itemCount }) => [source, by, itemCount])).toEqual([
      ['elsewhere', 'Frostline k2m9aaaa', 3],
      ['outside', 'Outside Frostline', 2],
    ])
    asked = []
    expect(await read()).toMatchObject({ purges: 0, items: 0 })
    expect(budget().used).toBe(5)
    expect(gets()).toBe(0)
  })

  test('takes a purge of ours whose answer was lost for ours, and gives nothing of it to others', async () => {
    const reference = ledger.reference('Ada', '6f1c', 1)
    site.db.raw
      .prepare(`INSERT INTO purges (id, site_id, plan_id, account, reference, items_json, item_count, state, intent_at, by)
        VALUES ('6f1c-1', 'site-1', '6f1c', ?, ?, '["/x"]', 1, 'intent', ?, 'Ada')`)
      .run(ACCOUNT, reference, now)
    ledger.reserve(ACCOUNT, '6f1c-1', 1)
    fake.purgedByOthers(['/x'], on(20), reference)
    await read()
    expect(budget()).toMatchObject({ used: 1, reserved: 0 })
    expect(rows()).toMatchObject([{ source: 'here', by: 'Ada', state: 'completed', chargedItems: 0 }])
  })

  test('goes on after a restart where it was, and asks for nothing twice', async () => {
    fake.rowsPerList = 4
    for (let index = 0; index < 30; index += 1) fake.purgedByOthers([`/page-${index}`], on(1 + (index % 20)))
    const stop = new AbortController()
    const real = purgesOfEdge()
    let left = 11
    const cut: AccountPurges = {
      ...real,
      async read(...call) {
        if (left === 0) {
          stop.abort()
          stop.signal.throwIfAborted()
        }
        left -= 1
        return real.read(...call)
      },
    }
    await expect(read(stop.signal, cut)).rejects.toThrow()
    expect(budget()).toMatchObject({ used: 11, reconciled: false })
    asked = []
    await read()
    expect(budget()).toMatchObject({ used: 30, reconciled: true })
    expect(gets()).toBe(19)
    expect(asked.find((path) => path.includes('/invalidation?'))).toContain('Marker=')
  })

  test('begins at the top again when the vendor forgot the place in its list', async () => {
    fake.rowsPerList = 2
    for (let index = 0; index < 5; index += 1) fake.purgedByOthers([`/page-${index}`], on(2 + index))
    createReadings(site.db, () => now).begin(ACCOUNT, Date.UTC(2026, 10, 1))
    createReadings(site.db, () => now).save(ACCOUNT, fake.distributionId, {
      done_round: 0,
      covered_from: null,
      covered_to: null,
      marker: 'IGONE',
      pass_from: Date.UTC(2026, 10, 1),
      pass_to: null,
    })
    await read()
    expect(budget()).toMatchObject({ used: 5, reconciled: true })
  })

  test('that is denied says which permission is missing, and the month stays "at least"', async () => {
    fake.purgedByOthers(['/a'], on(2))
    await read()
    expect(budget().reconciled).toBe(true)
    const denied = (match: RegExp) => (request: { url?: string | undefined }) =>
      match.test(request.url ?? '') ? { status: 403, body: errorXml('AccessDenied', 'User is not authorized.') } : null
    fake.intercept = denied(/\/invalidation(\?|$)/)
    await read()
    expect(problem()).toContain('cloudfront:ListInvalidations')
    expect(budget().reconciled).toBe(false)
    fake.intercept = denied(/\/distribution(\?|$)/)
    fake.purgedByOthers(['/b', '/c'], on(20))
    await read()
    expect(problem()).toContain('cloudfront:ListDistributions')
    expect(budget()).toMatchObject({ used: 3, reconciled: false })
    fake.intercept = () => null
    await read()
    expect([problem(), budget().reconciled]).toEqual([null, true])
  })

  test('waits longer each time it is throttled, and goes on', async () => {
    fake.purgedByOthers(['/a'], on(2))
    let left = 8
    fake.intercept = (request) =>
      request.url?.includes('/invalidation/') && left-- > 0
        ? { status: 400, body: errorXml('Throttling', 'Rate exceeded') }
        : null
    await read()
    expect(budget()).toMatchObject({ used: 1, reconciled: true })
    const slow = waits.filter((ms) => ms >= 500)
    expect(slow.length).toBeGreaterThan(1)
    expect((slow[1] ?? 0) >= 1_000 && (slow[1] ?? 0) <= 2_000).toBe(true)
  })

  test('that is throttled for good keeps what it has, and says why it stopped', async () => {
    fake.intercept = () => ({ status: 400, body: errorXml('Throttling', 'Rate exceeded') })
    await expect(read()).rejects.toMatchObject({ code: 'THROTTLED' })
    expect(problem()).toContain('slow down')
    expect(budget().reconciled).toBe(false)
  })

  test('counts a purge without a date where it stands in the list, and says that it has none', async () => {
    fake.purgedByOthers(['/a'], on(2))
    fake.purgedByOthers(['/b', '/c'], null)
    fake.purgedByOthers(['/d'], on(9))
    await read()
    expect(budget().used).toBe(4)
    expect(rows().map(({ itemCount, dated }) => [itemCount, dated])).toContainEqual([2, false])
    expect(rows().find(({ dated }) => !dated)?.atMs).toBe(Date.parse(on(9)))
  })

  test('counts every item of an enormous purge, and keeps the first ones to look at', async () => {
    fake.purgedByOthers(
      Array.from({ length: 20_000 }, (_, index) => `/archive/${index}/index.html`),
      on(5),
    )
    await read()
    expect(budget().used).toBe(20_000)
    const records = createPurgeRecords(
      site.db,
      createSettingsStore(site.db, () => now, tariffOf),
    )
    expect(records.items(rows()[0]?.id ?? '')).toHaveLength(1_000)
  })

  test('with a clock that was a month ahead misses nothing once the clock is right', async () => {
    fake.purgedByOthers(['/a'], on(2))
    now = Date.UTC(2026, 11, 24)
    await read()
    expect(budget()).toMatchObject({ month: '2026-12', used: 0 })
    now = NOW
    expect(budget()).toMatchObject({ used: 0, reconciled: false })
    await read()
    expect(budget()).toMatchObject({ used: 1, reconciled: true })
  })

  test('after the end of a month takes in what came in its last hours too', async () => {
    await read()
    fake.purgedByOthers(['/late'], '2026-11-30T23:30:00.000Z')
    fake.purgedByOthers(['/new', '/newer'], '2026-12-01T00:10:00.000Z')
    now = Date.UTC(2026, 11, 1, 1)
    expect(budget().reconciled).toBe(false)
    await read()
    expect(budget()).toMatchObject({ month: '2026-12', used: 2, reconciled: true })
    now = NOW
    expect(budget()).toMatchObject({ month: '2026-11', used: 1 })
  })
})
