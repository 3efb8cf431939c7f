import { describe, expect, test } from 'vitest'
import { NOTHING_KNOWN } from '#shared/http-cache/freshness.ts'
import { diagnose } from '#main/diagnosis/diagnose.ts'
import type { Evidence } from '#main/diagnosis/evidence.ts'
import {
  answered,
  customer,
  edge,
  evidence,
  HOUR,
  hit,
  history,
  httpDate,
  MINUTE,
  miss,
  NEW,
  NOW,
  OLD,
  origin,
  page,
  purge,
  release,
} from '../../support/evidence.ts'
import { before, live, oldEdge, releases } from './example-parts.ts'

const first = (given: Evidence) => diagnose(given).causes[0]?.id

describe('the ranking', () => {
  test('a purge under way explains an old copy better than the deploy that it is from', () => {
    const given = evidence({
      edge: oldEdge,
      history: { ...releases, purges: [purge({ state: 'sent', sentAtMs: NOW - 5_000, completedAtMs: null })] },
    })
    expect(diagnose(given).causes.map(({ id }) => id)).toEqual(['purge-in-progress', 'older-deploy'])
  })

  test('an origin that waits for a build comes before the old copy: a purge would not help', () => {
    const mark = { what: 'Menu changed', target: 'pb-menu:main', sinceMs: NOW - MINUTE, by: 'Ada' }
    expect(first(evidence({ edge: oldEdge, history: { ...releases, marks: [mark] } }))).toBe('waiting-for-build')
  })

  test('advice does not outrank an old copy', () => {
    const fields = { date: httpDate(NOW - 2 * HOUR), age: '7200', 'last-modified': httpDate(NOW - 900 * HOUR), vary: 'Cookie' }
    const ids = diagnose(
      evidence({ edge: edge(answered(OLD, fields)), history: { ...releases, changesIn30Days: 9 } }),
    ).causes.map(({ id }) => id)
    expect(ids[0]).toBe('older-deploy')
    expect(ids).toEqual(expect.arrayContaining(['varies-much', 'lifetime-missing']))
  })

  test('advice about a page that is right stands behind that', () => {
    expect(first(evidence({ edge: edge(answered(NEW, hit(600, { vary: 'Cookie' }))) }))).toBe('fresh-and-right')
  })

  test('an old copy that the customer has, and the edge has not, is the browser', () => {
    const theirs = customer(hit(0, { 'cache-control': 'max-age=86400', date: httpDate(NOW - 2 * HOUR) }))
    expect(first(evidence({ customer: theirs, history: releases }))).toBe('browser-only')
    expect(diagnose(evidence({ customer: theirs })).forCustomer).toMatch(
      /earlier copy that your browser had kept.*Please reload once; if it stays old, tell us your city and the time\./,
    )
  })

  test('a stale copy that is given by design is not laid to the deploy', () => {
    const stale = answered(OLD, hit(4_000, { 'cache-control': 's-maxage=3600, stale-while-revalidate=600' }))
    const ids = diagnose(evidence({ edge: edge(stale, answered(NEW, hit(0))), history: releases })).causes.map(({ id }) => id)
    expect(ids[0]).toBe('stale-while-revalidate')
  })
})

describe('the classic traps', () => {
  test('x-cache alone says nothing of the content: a hit may be right, a miss may be old', () => {
    expect(first(evidence())).toBe('fresh-and-right')
    const throughShield = answered(OLD, miss({ age: '7200', date: httpDate(NOW - 2 * HOUR) }))
    expect(first(evidence({ edge: edge(throughShield), history: releases }))).toBe('layers-disagree')
  })

  test('not compared is never up to date', () => {
    const verdict = diagnose(evidence({ origin: { basis: 'none', why: 'The site has no origin address.' } }))
    expect(verdict.causes.map(({ id }) => id)).toContain('not-compared')
    expect(verdict.forCustomer).not.toMatch(/up to date/)
  })

  test('a page that is another one at every render is not called old', () => {
    const dynamic = evidence({
      page: page({ rendersOnDemand: true, servedAs: 'rendered' }),
      edge: edge(answered('sha256-1', miss()), answered('sha256-2', miss())),
      origin: origin('sha256-3', { basis: 'origin', steady: true, exchange: answered('sha256-3', {}) }),
    })
    expect(diagnose(dynamic).causes.map(({ id }) => id)).not.toContain('old-copy')
  })

  test('an early purge is named with its instant, and the remedy is another one', () => {
    const verdict = diagnose(evidence({ edge: edge(answered(OLD, hit(1_200))), history: { ...releases, purges: [purge()] } }))
    expect(verdict.sentence).toContain(`It was purged too early, at {{time:${NOW - 29 * MINUTE}}}`)
    expect(verdict.causes[0]?.remedies[0]).toEqual({ kind: 'purge', says: 'Purge this page: 1 item', lines: ['/menu/'] })
  })

  test('without a deploy, an old page that was fetched after a purge may come from one of several servers', () => {
    const verdict = diagnose(evidence({ edge: edge(answered(OLD, hit(1_200))), history: history({ purges: [purge()] }) }))
    expect(verdict.sentence).not.toContain('too early')
    expect(verdict.sentence).toContain('one of its servers, or a cache between them, still has the old page')
  })

  test('an item that names no host reaches other zones, and the remedy says so', () => {
    const site = { ...evidence().site!, otherZones: 3 }
    expect(diagnose(evidence({ site, edge: oldEdge, history: releases })).causes[0]?.remedies[0]?.says).toMatch(
      /1 item; it reaches the same path in 3 other zones as well/,
    )
  })
})

describe('right by itself', () => {
  const policy = {
    pattern: '*',
    ttl: { minTtlSeconds: 0, defaultTtlSeconds: 60, maxTtlSeconds: 31_536_000, errorTtlSeconds: {} },
  }
  const lasting = edge(answered(OLD, hit(7_200, { 'cache-control': 's-maxage=86400, max-age=600, stale-while-revalidate=3600' })))

  test('counts from the change of the origin, with the whole lifetime and stale-while-revalidate', () => {
    const changed = origin(null, { basis: 's3', sameAsEdge: false, lastModifiedMs: NOW - HOUR })
    const right = diagnose(evidence({ edge: lasting, policy, origin: changed })).rightByItself
    expect(right?.atMs).toBe(NOW - HOUR + (86_400 + 3_600) * 1_000)
    expect(right?.says).toMatch(/and then after one visit/)
  })

  test('counts from now when it is not known when the origin changed', () => {
    expect(diagnose(evidence({ edge: lasting, policy, history: releases })).rightByItself?.atMs).toBe(
      NOW + (86_400 + 3_600) * 1_000,
    )
  })

  test('is not promised while the origin is old, fails, or the lifetime is a guess', () => {
    const mark = { what: 'x', target: 'y', sinceMs: NOW - MINUTE, by: 'Ada' }
    const guessed = answered(OLD, { date: httpDate(NOW - HOUR), age: '3600', 'last-modified': httpDate(NOW - 900 * HOUR) })
    const none = [
      evidence({ edge: lasting, policy, history: { ...releases, marks: [mark] } }),
      evidence({ edge: lasting, policy, origin: { basis: 'none', why: 'x', failure: 'refused' } }),
      evidence({ edge: edge(guessed), history: releases }),
      evidence(),
    ]
    expect(none.map((given) => diagnose(given).rightByItself)).toEqual([null, null, null, null])
  })
})

describe('an instant that is past', () => {
  const facts = {
    ...NOTHING_KNOWN,
    observedAtMs: NOW - 45 * MINUTE,
    status: 200,
    stored: 'stored' as const,
    freshUntilMs: NOW + HOUR,
    edgeHash: OLD,
    originHash: NEW,
  }
  const then = evidence({
    edge: null,
    seenAtMs: NOW - 40 * MINUTE,
    page: page({ facts }),
    history: releases,
    later: { releases: [], marks: [], purges: [purge()] },
  })

  test('tells the customer when the copy was replaced', () => {
    expect(diagnose(then).forCustomer).toBe(
      `You saw an earlier copy. It was replaced at {{time:${NOW - 29 * MINUTE}}}. Please reload once; if it stays old, tell us your city and the time.`,
    )
  })

  test('lists what was done afterwards, the newest first, and proves nothing', () => {
    const verdict = diagnose(then)
    expect(verdict.done.map(({ says }) => says)).toEqual([
      `Ada purged /menu/: confirmed at {{time:${NOW - 29 * MINUTE}}}`,
      'Built “Title of r2” (r2), which is live',
    ])
    expect(verdict.causes.filter(({ confidence }) => confidence === 'proven')).toEqual([])
  })

  test('without anything written down says so', () => {
    const verdict = diagnose(
      evidence({
        edge: null,
        seenAtMs: NOW - HOUR,
        page: null,
        site: null,
        origin: { basis: 'none', why: 'Nothing was written down.' },
      }),
    )
    expect(verdict.causes.map(({ id }) => id)).toEqual(['not-compared'])
    expect(verdict.word).toBeNull()
  })
})

test('the chain breaks where the old state comes from', () => {
  const broken = (given: Evidence) =>
    diagnose(given)
      .chain.filter(({ toNext }) => toNext === 'broken')
      .map(({ link }) => link)
  expect(broken(evidence({ edge: oldEdge, history: releases }))).toEqual(['edge'])
  expect(
    broken(evidence({ history: { ...releases, marks: [{ what: 'x', target: 'y', sinceMs: NOW - MINUTE, by: 'Ada' }] } })),
  ).toEqual(['build'])
  expect(broken(evidence({ history: releases }))).toEqual([])
})

test('the word is the one that the lists use', () => {
  expect(diagnose(evidence()).word).toBe('fresh')
  expect(diagnose(evidence({ edge: oldEdge })).word).toBe('outdated')
  expect(diagnose(evidence({ edge: edge(answered('e', hit(5), { status: 404 })) })).word).toBe('error')
  expect(diagnose(evidence({ edge: edge(answered(NEW, miss())) })).word).toBe('absent')
  const staged = release('r3', NOW - MINUTE, 'sha256-newer', { published: false })
  expect(diagnose(evidence({ history: history({ releases: [staged, live, before] }) })).word).toBe('pending')
})

test('what the renderer was told of waits for a refresh, also when nobody marked it here', () => {
  const facts = { ...NOTHING_KNOWN, changedSinceMs: NOW - MINUTE }
  const given = evidence({
    page: page({ servedAs: 'rendered', rendersOnDemand: false, facts }),
    origin: origin(NEW, { basis: 'renderer' }),
  })
  const [cause] = diagnose(given).causes
  expect(cause?.sentence).toMatch(/one marked at the renderer at .* It waits for a refresh/)
  expect(cause?.remedies[0]).toMatchObject({ kind: 'refresh', pageId: 7 })
})
