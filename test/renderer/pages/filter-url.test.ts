import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { FRESHNESS_WORDS } from '#shared/http-cache/freshness.ts'
import { PAGE_SORTS, SERVED_AS, type PageFilter } from '#shared/pages.ts'
import { isFiltered, readFilter, readSort, sortAfterClick, writeFilter, writeSort } from '#renderer/pages/filter-url.ts'

const text = fc.string({ minLength: 1, maxLength: 60 })
const filters: fc.Arbitrary<PageFilter> = fc.record(
  {
    text,
    tag: text,
    // The order within an address is that of the lists, whatever was chosen first.
    freshness: fc.subarray([...FRESHNESS_WORDS], { minLength: 1 }),
    servedAs: fc.subarray([...SERVED_AS], { minLength: 1 }),
    zoneIds: fc.uniqueArray(fc.nat({ max: 9_999 }), { minLength: 1, maxLength: 5 }),
  },
  { requiredKeys: [] },
)

describe('a filter in the address', () => {
  test('comes back as it was, through the text of the address', () => {
    fc.assert(
      fc.property(filters, (filter) => {
        const address = writeFilter(new URLSearchParams(), filter).toString()
        expect(readFilter(new URLSearchParams(address))).toEqual(filter)
      }),
    )
  })

  test('leaves the open panel and the sort alone', () => {
    const now = new URLSearchParams('page=12&sort=-checked&text=old')
    expect(writeFilter(now, { tag: 'pb-menu:main-menu' }).toString()).toBe('page=12&sort=-checked&tag=pb-menu%3Amain-menu')
  })

  test('drops what it cannot mean instead of refusing the address', () => {
    expect(readFilter(new URLSearchParams('freshness=nonsense,outdated&served=magic&zone=x,-1,3&text='))).toEqual({
      freshness: ['outdated'],
      zoneIds: [3],
    })
  })

  test('is none when nothing is chosen', () => {
    expect(isFiltered(readFilter(new URLSearchParams('page=12')))).toBe(false)
    expect(isFiltered(readFilter(new URLSearchParams('text=a')))).toBe(true)
  })
})

describe('a sort in the address', () => {
  test.each(
    PAGE_SORTS.flatMap((by) => [
      { by, descending: false },
      { by, descending: true },
    ]),
  )('%o comes back as it was', (sort) => {
    expect(readSort(writeSort(new URLSearchParams(), sort))).toEqual(sort)
  })

  test('is by path when the address says none, or one that does not exist', () => {
    expect(readSort(new URLSearchParams())).toEqual({ by: 'path', descending: false })
    expect(readSort(new URLSearchParams('sort=-colour'))).toEqual({ by: 'path', descending: false })
    expect(writeSort(new URLSearchParams('sort=ttfb'), { by: 'path', descending: false }).has('sort')).toBe(false)
  })

  test('turns round at the second click on a heading', () => {
    const once = sortAfterClick({ by: 'path', descending: false }, 'checked')
    expect(once).toEqual({ by: 'checked', descending: false })
    expect(sortAfterClick(once, 'checked')).toEqual({ by: 'checked', descending: true })
    expect(sortAfterClick({ by: 'checked', descending: true }, 'checked')).toEqual({ by: 'checked', descending: false })
  })
})
