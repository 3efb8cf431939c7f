import { describe, expect, test } from 'vitest'
import { FRESHNESS_WORDS, type ContentFact, type FreshnessWord } from '#shared/http-cache/freshness.ts'
import { decide, HELD_BACK } from '#main/plans/decide.ts'
import type { Target } from '#main/plans/targets.ts'

const target = (word: FreshnessWord, content: ContentFact, held: boolean): Target => ({
  pageId: 1,
  zoneId: 1,
  zoneHost: 'www.example.com',
  path: '/',
  word,
  content,
  held,
  edgeHash: null,
  originHash: null,
  rendered: false,
  refreshFailure: null,
  purgedUnseen: false,
  newSinceMs: 0,
})

type Row = [word: FreshnessWord, content: ContentFact, held: boolean, now: string, withBuild: string]

describe('What is done with a page', () => {
  test.each<Row>([
    ['outdated', 'superseded', true, 'purge', 'purge'],
    ['error', 'current', true, 'purge', 'purge'],
    ['unknown', 'not-compared', false, 'purge', 'purge'],
    ['failed', 'not-compared', false, 'purge', 'purge'],
    ['absent', 'current', false, 'not-needed', 'not-needed'],
    ['uncached', 'current', false, 'not-needed', 'not-needed'],
    ['expired', 'superseded', false, 'not-needed', 'not-needed'],
    ['expired', 'current', false, 'not-needed', 'not-needed'],
    ['stale-allowed', 'superseded', true, 'purge', 'purge'],
    ['stale-allowed', 'current', true, 'not-needed', 'after-build'],
    ['fresh', 'current', true, 'not-needed', 'after-build'],
    ['fresh', 'not-compared', true, 'purge', 'purge'],
    ['pending', 'pending', true, 'held-back', 'after-build'],
    ['uncached', 'pending', false, 'held-back', 'after-build'],
    ['error', 'pending', true, 'held-back', 'after-build'],
  ])('%s and %s (held: %s): now %s, with a build first %s', (word, content, held, now, withBuild) => {
    expect([decide(target(word, content, held), false).decision, decide(target(word, content, held), true).decision]).toEqual([
      now,
      withBuild,
    ])
  })

  test('has a reason for every word', () => {
    for (const word of FRESHNESS_WORDS) expect(decide(target(word, 'not-compared', false), false).reason).toMatch(/\.$/)
  })

  test('is waiting, where the origin is old: a purge would only store the old page again', () => {
    expect(decide(target('fresh', 'pending', true), false)).toEqual({ decision: 'held-back', reason: HELD_BACK })
  })
})
