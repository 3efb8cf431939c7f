import { describe, expect, test } from 'vitest'
import { classify, OBSERVATION_TRUST_MS, type CopyFacts, type Freshness } from '#shared/http-cache/freshness.ts'

const NOW = 1_800_000_000_000
const MINUTE = 60_000
/** A copy seen a minute ago, in date for an hour, equal to the origin's. */
const FRESH: CopyFacts = {
  observedAtMs: NOW - MINUTE,
  failedAtMs: null,
  status: 200,
  stored: 'stored',
  freshUntilMs: NOW + 60 * MINUTE,
  staleUntilMs: NOW + 60 * MINUTE,
  purgedAtMs: null,
  copyMadeAtMs: NOW - 10 * MINUTE,
  edgeHash: 'sha256-a',
  originHash: 'sha256-a',
  stagedHash: null,
  changedSinceMs: null,
  originStartedAtMs: NOW - 100 * MINUTE,
  rendersOnDemand: false,
}
const NEVER: CopyFacts = {
  ...FRESH,
  observedAtMs: null,
  status: null,
  stored: null,
  freshUntilMs: null,
  staleUntilMs: null,
  copyMadeAtMs: null,
  edgeHash: null,
}
const OLD: CopyFacts = { ...FRESH, originHash: 'sha256-b' }
const MARKED: CopyFacts = { ...FRESH, changedSinceMs: NOW - MINUTE }
const PAST: Partial<CopyFacts> = { freshUntilMs: NOW - 2 * MINUTE, staleUntilMs: NOW - 2 * MINUTE }
const STALE: Partial<CopyFacts> = { freshUntilMs: NOW - MINUTE, staleUntilMs: NOW + MINUTE }

type Row = [says: string, facts: CopyFacts, word: Freshness['word'], time: Freshness['time'], content: Freshness['content']]

describe('The word of a page', () => {
  test.each<Row>([
    ['never inspected', NEVER, 'unknown', null, 'not-compared'],
    ['the only check failed', { ...NEVER, failedAtMs: NOW - MINUTE }, 'failed', null, 'not-compared'],
    [
      'a failed check with earlier evidence keeps the word of that',
      { ...FRESH, failedAtMs: NOW - 1 },
      'fresh',
      'in-date',
      'current',
    ],
    ['a stored error', { ...FRESH, status: 404 }, 'error', 'in-date', 'current'],
    [
      'a stored error that is given while a new one is fetched',
      { ...FRESH, ...STALE, status: 500 },
      'error',
      'stale-allowed',
      'current',
    ],
    [
      'a stored error past its time, until a later check says otherwise',
      { ...FRESH, ...PAST, status: 503 },
      'error',
      'past',
      'current',
    ],
    ['an error that was not stored', { ...FRESH, status: 500, stored: 'not-stored' }, 'absent', 'absent', 'current'],
    [
      'an error that is asked for every time',
      { ...FRESH, status: 500, stored: 'asks-always' },
      'uncached',
      'asks-always',
      'current',
    ],
    ['a stored error comes before a change that is waited for', { ...MARKED, status: 404 }, 'error', 'in-date', 'pending'],
    ['asks always', { ...FRESH, stored: 'asks-always' }, 'uncached', 'asks-always', 'current'],
    [
      'asks always comes before a change that is waited for',
      { ...MARKED, stored: 'asks-always' },
      'uncached',
      'asks-always',
      'pending',
    ],
    ['a miss that was not stored', { ...FRESH, stored: 'not-stored' }, 'absent', 'absent', 'current'],
    ['a confirmed purge with no observation since', { ...FRESH, purgedAtMs: NOW - 1 }, 'absent', 'absent', 'current'],
    [
      'a confirmed purge of what asked always',
      { ...FRESH, stored: 'asks-always', purgedAtMs: NOW - 1 },
      'absent',
      'absent',
      'current',
    ],
    ['a confirmed purge of a stored error', { ...FRESH, status: 500, purgedAtMs: NOW - 1 }, 'absent', 'absent', 'current'],
    ['an observation since the purge', { ...FRESH, purgedAtMs: NOW - 2 * MINUTE }, 'fresh', 'in-date', 'current'],
    ['absent comes before a change that is waited for', { ...MARKED, stored: 'not-stored' }, 'absent', 'absent', 'pending'],
    ['a mark since render start', MARKED, 'pending', 'in-date', 'pending'],
    [
      'a mark at render start is in the origin',
      { ...FRESH, changedSinceMs: FRESH.originStartedAtMs },
      'fresh',
      'in-date',
      'current',
    ],
    ['a mark, and nothing known of the render start', { ...MARKED, originStartedAtMs: null }, 'pending', 'in-date', 'pending'],
    ['a release that waits to be published', { ...FRESH, stagedHash: 'sha256-b' }, 'pending', 'in-date', 'pending'],
    ['a release that waits and changes nothing here', { ...FRESH, stagedHash: 'sha256-a' }, 'fresh', 'in-date', 'current'],
    ['pending comes before outdated', { ...OLD, changedSinceMs: NOW - MINUTE }, 'pending', 'in-date', 'pending'],
    ['pending comes before due', { ...MARKED, ...PAST }, 'pending', 'past', 'pending'],
    ['superseded and in date', OLD, 'outdated', 'in-date', 'superseded'],
    ['superseded and stale allowed', { ...OLD, ...STALE }, 'outdated', 'stale-allowed', 'superseded'],
    ['superseded and past: no purge needed', { ...OLD, ...PAST }, 'expired', 'past', 'superseded'],
    ['stale allowed', { ...FRESH, ...STALE }, 'stale-allowed', 'stale-allowed', 'current'],
    ['past', { ...FRESH, ...PAST }, 'expired', 'past', 'current'],
    ['compared and equal', FRESH, 'fresh', 'in-date', 'current'],
    ['in date and not compared', { ...FRESH, originHash: null }, 'fresh', 'in-date', 'not-compared'],
    ['rendered on demand, older than the change', { ...MARKED, rendersOnDemand: true }, 'outdated', 'in-date', 'superseded'],
    [
      'rendered on demand, newer than the change',
      { ...MARKED, rendersOnDemand: true, changedSinceMs: NOW - 20 * MINUTE },
      'fresh',
      'in-date',
      'current',
    ],
    [
      'rendered on demand waits for no release',
      { ...FRESH, rendersOnDemand: true, stagedHash: 'sha256-b' },
      'fresh',
      'in-date',
      'current',
    ],
  ])('%s', (_says, facts, word, time, content) => {
    expect(classify(facts, NOW)).toEqual({ word, time, content })
  })
})

describe('Time alone changes the word', () => {
  test('at the very end of the lifetime, and of the stale window', () => {
    const facts = { ...FRESH, freshUntilMs: NOW, staleUntilMs: NOW + 10 }
    expect(classify(facts, NOW - 1).word).toBe('fresh')
    expect(classify(facts, NOW).word).toBe('stale-allowed')
    expect(classify(facts, NOW + 9).word).toBe('stale-allowed')
    expect(classify(facts, NOW + 10).word).toBe('expired')
  })

  test('an observation older than a day proves nothing any more', () => {
    const seen = NOW - OBSERVATION_TRUST_MS
    const facts = { ...FRESH, observedAtMs: seen }
    expect(classify(facts, NOW).content).toBe('current')
    expect(classify(facts, NOW + 1)).toEqual({ word: 'fresh', time: 'in-date', content: 'not-compared' })
    expect(classify({ ...facts, originHash: 'sha256-b' }, NOW + 1).content).toBe('superseded')
  })
})
