import { describe, expect, test } from 'vitest'
import { readCacheAnswer } from '#shared/http-cache/cache-answer.ts'
import { isStored } from '#main/diagnosis/answers.ts'
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

test('an entry that is marked as expired waits for a refresh, whoever told what the origin has', () => {
  const rendered = page({ servedAs: 'rendered', rendersOnDemand: true, markedAtMs: NOW - MINUTE })
  const marked = [
    evidence({ page: rendered, origin: origin(NEW, { basis: 'origin' }) }),
    evidence({ page: rendered, origin: { basis: 'none', why: 'The renderer could not be asked.' } }),
    evidence({ page: page({ servedAs: 'rendered' }), origin: origin(NEW, { basis: 'renderer', markedAtMs: NOW - MINUTE }) }),
  ].map(diagnose)
  for (const { causes, word } of marked) {
    expect(causes.map(({ id }) => id)).not.toContain('fresh-and-right')
    expect(causes[0]).toMatchObject({ id: 'waiting-for-build', remedies: [{ kind: 'refresh', pageId: 7 }] })
    expect(word).toBe('pending')
  }
  // The renderer has answered the mark since its entries were listed.
  expect(first(evidence({ page: rendered, origin: origin(NEW, { basis: 'renderer' }) }))).toBe('fresh-and-right')
})

test('a private address was not asked, which says nothing of the site', () => {
  const first = { url: 'http://127.0.0.1:1/menu/', sentAtMs: NOW, failure: '127.0.0.1:1 is a private address.', notAsked: true }
  const verdict = diagnose(
    evidence({
      site: null,
      page: null,
      edge: { first, again: null, filledByUs: false },
      origin: { basis: 'none', why: 'No site.' },
      similar: ['http://site.example/menu/'],
    }),
  )
  expect(verdict.causes[0]).toMatchObject({
    id: 'not-reachable',
    confidence: 'proven',
    sentence: expect.stringMatching(/^127\.0\.0\.1:1 was not asked: it is inside a private network/),
    remedies: [
      { kind: 'look', says: 'Did you mean http://site.example/menu/?' },
      { kind: 'look', says: expect.stringMatching(/^Register/) },
    ],
  })
  expect(verdict.forCustomer).toMatch(/^This address is inside a private network/)
  expect(verdict.forCustomer).not.toMatch(/sorry/)
})

describe('what the edge gave the customer', () => {
  const theirs = (more: Record<string, string> = {}) =>
    customer(hit(3 * 3_600, { date: httpDate(NOW - 4 * HOUR), ...more }), {
      bodyHash: OLD,
      fromBrowserCache: false,
      atMs: NOW - 40 * MINUTE,
    })

  test('before a purge that has completed since: a reload is all that is left to do', () => {
    for (const given of [theirs(), theirs({ 'x-amz-cf-pop': 'NRT57-P2' })]) {
      const verdict = diagnose(evidence({ customer: given, history: { ...releases, purges: [purge()] } }))
      expect(verdict.causes.map(({ id }) => id)).toEqual(['fresh-and-right'])
      expect(verdict.sentence).toMatch(/edge gave the customer the earlier copy at .*It was purged at/)
      expect(verdict.causes[0]?.remedies.map(({ kind }) => kind)).toEqual(['reload-browser'])
      expect(verdict.forCustomer).toMatch(/^You saw an earlier copy\. It was replaced at/)
    }
  })

  test('and no browser may keep is not laid to the browser', () => {
    const undated = { ...theirs({ 'cache-control': 'max-age=0, s-maxage=86400' }), atMs: null, bodyHash: OLD }
    const keeping = edge(answered(NEW, hit(600, { 'cache-control': 'max-age=86400' })))
    expect(diagnose(evidence({ edge: keeping, customer: undated, history: releases })).causes.map(({ id }) => id)).not.toContain(
      'browser-only',
    )
  })
})

test('a switch under way does not explain a copy that is older than both of its releases', () => {
  const oldest = release('r0', NOW - 9 * HOUR, 'sha256-oldest')
  const switching = { toRelease: 'r2', fromRelease: 'r1', startedAtMs: NOW - MINUTE }
  const during = { ...history({ releases: [live, before, oldest] }), switching }
  expect(first(evidence({ edge: edge(answered('sha256-oldest', hit(7_200))), history: during }))).toBe('older-deploy')
  expect(first(evidence({ edge: oldEdge, history: during }))).toBe('switch-in-progress')
})

test('a page that the edge stores neither time it is asked is not cacheable, and nothing is said to keep it', () => {
  const verdict = diagnose(evidence({ edge: edge(answered(NEW, miss()), answered(NEW, miss())) }))
  expect(verdict.causes.map(({ id }) => id)).toEqual(['not-cacheable'])
  expect(verdict.sentence).toMatch(/did not store it twice in a row, though its headers allow 24 h/)
  expect(verdict.sharedCache).toMatchObject({ says: expect.stringMatching(/^Keeps nothing/), untilMs: null })
})

test('an origin that fails explains a copy past its lifetime better than the deploy that it is from', () => {
  const past = edge(answered(OLD, hit(120, { 'cache-control': 'max-age=60' })))
  const failing = origin(NEW, { failure: 'The origin did not answer: the connection was refused' })
  const verdict = diagnose(evidence({ edge: past, origin: failing, history: releases }))
  expect(verdict.causes.map(({ id }) => id).slice(0, 2)).toEqual(['stale-if-error', 'older-deploy'])
  expect(verdict.chain.find(({ link }) => link === 'origin')?.says).toBe('fails')
  expect(first(evidence({ edge: past, origin: origin(NEW), history: releases }))).toBe('older-deploy')
})

test('an error that the edge does not keep is not its word, nor that a page does not exist', () => {
  const plain = { date: httpDate(NOW), 'cache-control': 'max-age=60' }
  const words = [502, 404].map((status) => diagnose(evidence({ edge: edge(answered('e', plain, { status })) })).word)
  expect(words).toEqual(['absent', 'absent'])
})

test('the way to the visitor holds no instants inside its texts, and an unknown age is a sentence', () => {
  const build = { state: 'queued', title: 'x', startedAtMs: null, expectedEndMs: null, startsAtMs: NOW + MINUTE } as const
  const unaged = answered(NEW, { 'cache-control': 'max-age=60', 'x-amz-cf-pop': 'FRA56-P1', 'x-cache': 'Hit from cloudfront' })
  const verdict = diagnose(evidence({ edge: edge(unaged), history: { ...releases, build } }))
  expect(verdict.chain.filter(({ says }) => says.includes('{{'))).toEqual([])
  expect(verdict.causes[0]?.facts.map(({ says }) => says)).toContain('When the copy seen from here (FRA56) was made is not told.')
})

describe('what the customer is told', () => {
  test('promises nothing that has not begun', () => {
    const sent = purge({ state: 'sent', sentAtMs: NOW - 3 * HOUR, completedAtMs: null })
    const told = (given: Evidence) => diagnose(given).forCustomer
    expect(told(evidence({ edge: oldEdge, history: releases }))).toMatch(/We know of it now and will have it replaced\./)
    expect(told(evidence({ edge: oldEdge, history: { ...releases, purges: [sent] } }))).toMatch(/We are having it replaced\./)
  })

  test('a page that never was is not there, and one that is spelled otherwise is named', () => {
    const missing = { edge: edge(answered('e', miss(), { status: 404 })), origin: origin(null, { basis: 'origin', status: 404 }) }
    const never = diagnose(evidence({ ...missing, page: null, similar: ['https://site.example/menu/'] }))
    expect(never.forCustomer).toBe('There is no page at this address. Please try https://site.example/menu/ instead.')
    expect(never.causes[0]?.remedies.map(({ says }) => says)).toContain('Did you mean https://site.example/menu/?')
    expect(diagnose(evidence(missing)).forCustomer).toMatch(/^There is no page at this address any more\./)
  })

  test('of an instant that is past: a purge that has been done is not offered again, and nothing unseen was replaced', () => {
    const later = { releases: [], marks: [], purges: [purge()] }
    const facts = { ...NOTHING_KNOWN, observedAtMs: NOW - 45 * MINUTE, status: 200, stored: 'stored' as const, edgeHash: OLD }
    const past = { edge: null, seenAtMs: NOW - 40 * MINUTE, history: releases, later }
    const seen = diagnose(evidence({ ...past, page: page({ facts: { ...facts, freshUntilMs: NOW + HOUR } }) }))
    const remedies = seen.causes.flatMap((cause) => cause.remedies)
    expect(remedies.filter(({ kind }) => kind === 'purge')).toEqual([])
    expect(remedies[0]?.says).toMatch(/^Check the page as it is now: it was purged at/)
    const unseen = diagnose(evidence({ ...past, page: null, origin: { basis: 'none', why: 'Not known.' } }))
    expect(unseen.forCustomer).not.toMatch(/replaced/)
  })
})

test('an error that the edge says it had in its store is a copy, although the vendor only calls it an error', () => {
  const cacheOf = (status: string) =>
    readCacheAnswer([
      ['x-cache', 'Error from cloudfront'],
      ['x-amz-cf-pop', 'FRA56-P3'],
      ['cache-status', `FRA56-P3; ${status}`],
    ])
  expect(cacheOf('hit; ttl=5').state).toBe('error')
  expect(isStored(cacheOf('hit; ttl=5'))).toBe(true)
  expect(isStored(cacheOf('fwd=uri-miss'))).toBeNull()
  expect(isStored(cacheOf('fwd=uri-miss; stored'))).toBeNull()
})
