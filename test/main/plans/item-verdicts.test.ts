import { expect, test } from 'vitest'
import { itemVerdicts } from '#main/plans/item-verdicts.ts'
import type { Verdict } from '#main/plans/verify.ts'

const found = (...results: Verdict['result'][]) =>
  new Map(results.map((result, id): [number, Verdict] => [id, { result, resultReason: null }]))

test.each([
  ['/a', found('new-version'), null, { ok: true, says: 'purged 1 of 1 checked' }],
  ['/a', found('origin-old'), null, { ok: true, says: 'purged 1 of 1 checked' }],
  ['/a', found('still-old'), null, { ok: false, says: 'purged 0 of 1 checked: the edge still gives the copies from before' }],
  ['/blog/*', found('new-version', 'still-old', 'failed'), null, { ok: false, says: 'purged 1 of 2 checked' }],
  [
    '#menu',
    found('still-old', 'still-old'),
    null,
    { ok: false, says: 'purged 0 of 2 checked: the edge keeps these pages without this tag' },
  ],
  [
    '#menu',
    found('still-old'),
    'its configuration has no CacheTagConfig',
    { ok: false, says: 'purged 0 of 1 checked: the edge stores no tags, since its configuration has no CacheTagConfig' },
  ],
  ['/a', found('failed'), null, { ok: false, says: '0 of 1 could be checked' }],
] as const)('%s, of which the check found %o', (item, results, noTags, verdict) => {
  expect(itemVerdicts(new Map([[item, [...results.keys()]]]), results, noTags).get(item)).toEqual(verdict)
})

test('an item of which no page was checked says nothing', () => {
  expect(itemVerdicts(new Map([['/a', [7]]]), found('new-version'), null).size).toBe(0)
})
