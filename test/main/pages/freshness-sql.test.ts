import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { classify, FRESHNESS_WORDS, OBSERVATION_TRUST_MS, type CopyFacts } from '#shared/http-cache/freshness.ts'
import { freshnessSql } from '#main/pages/freshness-sql.ts'
import { columnsOf, storedSite, type StoredSite } from '../../support/stored-site.ts'

let site: StoredSite
beforeAll(async () => {
  site = await storedSite()
})
afterAll(() => site.db.close())

/** Few instants, so that they meet: equal ones, and ones that lie a millisecond apart, are where two rules part. */
const DAY = OBSERVATION_TRUST_MS
const INSTANTS = [0, 1, 999, 1_000, 1_001, 2_000, DAY, DAY + 999, DAY + 1_000, DAY + 1_001]
const NOWS = [0, 1_000, 1_001, DAY + 999, DAY + 1_000, DAY + 1_001]
const ROWS_A_RUN = 500

const instant = fc.option(
  fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...INSTANTS) }, { weight: 1, arbitrary: fc.nat(2 * DAY) }),
)
const hash = fc.option(fc.constantFrom('sha256-a', 'sha256-b', 'sha256-c'))
const facts: fc.Arbitrary<CopyFacts> = fc.record({
  observedAtMs: instant,
  failedAtMs: instant,
  status: fc.option(fc.constantFrom(200, 301, 304, 399, 400, 404, 500, 599)),
  stored: fc.option(fc.constantFrom('stored' as const, 'stored' as const, 'not-stored' as const, 'asks-always' as const)),
  freshUntilMs: instant,
  staleUntilMs: instant,
  purgedAtMs: instant,
  copyMadeAtMs: instant,
  edgeHash: hash,
  originHash: hash,
  stagedHash: hash,
  changedSinceMs: instant,
  originStartedAtMs: instant,
  rendersOnDemand: fc.boolean(),
})

async function classifyBySql(rows: readonly CopyFacts[], nowMs: number) {
  const { word, time, content } = freshnessSql(nowMs)
  const found = await site.db.query
    .selectFrom('pages')
    .select([word.as('word'), time.as('time'), content.as('content')])
    .orderBy('id')
    .execute()
  expect(found).toHaveLength(rows.length)
  return found
}

test('the rule in TypeScript and the rule in SQL say the same of every copy at every instant', async () => {
  const words = new Set<string>()
  await fc.assert(
    fc.asyncProperty(fc.array(facts, { minLength: ROWS_A_RUN, maxLength: ROWS_A_RUN, size: 'max' }), async (rows) => {
      site.db.transact(() => {
        site.db.raw.prepare('DELETE FROM pages').run()
        rows.forEach((row, index) => site.page(`/${index}`, columnsOf(row)))
      })
      for (const nowMs of NOWS) {
        const bySql = await classifyBySql(rows, nowMs)
        const byCode = rows.map((row) => classify(row, nowMs))
        const differs = rows.findIndex((_row, index) => JSON.stringify(bySql[index]) !== JSON.stringify(order(byCode[index])))
        if (differs !== -1)
          expect({ nowMs, facts: rows[differs], ...bySql[differs] }).toEqual({ nowMs, facts: rows[differs], ...byCode[differs] })
        byCode.forEach(({ word }) => words.add(word))
      }
    }),
    { numRuns: 45, endOnFailure: true },
  )
  expect([...words].sort()).toEqual([...FRESHNESS_WORDS].sort())
}, 60_000)

function order(found: ReturnType<typeof classify> | undefined) {
  return found && { word: found.word, time: found.time, content: found.content }
}

test('a row is judged in SQL by its own columns when other tables are joined', async () => {
  site.db.raw.prepare('DELETE FROM pages').run()
  site.page('/a', { observed_at: 1, stored: 'stored', fresh_until: 10, stale_until: 10, status: 200 })
  const { word } = freshnessSql(5)
  const found = await site.db.query
    .selectFrom('pages')
    .innerJoin('zones', 'zones.id', 'pages.zone_id')
    .select(word.as('word'))
    .where(sql<boolean>`${word} = 'fresh'`)
    .execute()
  expect(found).toEqual([{ word: 'fresh' }])
})
