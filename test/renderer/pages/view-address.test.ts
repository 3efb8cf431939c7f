import { describe, expect, test } from 'vitest'
import type { PageViewContent } from '#shared/page-views.ts'
import { withColumn, withMoved } from '#renderer/pages/column-choice.ts'
import { readColumns, readView, viewAddress, viewSearch } from '#renderer/pages/view-address.ts'

const VIEW: PageViewContent = {
  filter: { text: '/menu', freshness: ['outdated'] },
  sort: { by: 'checked', descending: true },
  columns: ['freshness', 'ttfb'],
}

describe('A view', () => {
  test('is its address, and the address is the view', () => {
    expect(viewAddress(VIEW)).toBe('/pages?text=%2Fmenu&freshness=outdated&sort=-checked&columns=freshness%2Cttfb')
    expect(readView(new URLSearchParams(viewSearch(VIEW)))).toEqual(VIEW)
  })

  test('is the same however its address is ordered, and whatever is open beside it', () => {
    const other = new URLSearchParams('columns=freshness,ttfb&page=12&sort=-checked&freshness=outdated&text=/menu')
    expect(viewSearch(readView(other))).toBe(viewSearch(VIEW))
  })

  test('of everything is the bare list', () => {
    expect(viewAddress({ filter: {}, sort: { by: 'path', descending: false }, columns: null })).toBe('/pages')
  })
})

describe('Columns', () => {
  test('of an address are those that are known, each once', () => {
    expect(readColumns(new URLSearchParams('columns=ttfb,secret,ttfb,tags'))).toEqual(['ttfb', 'tags'])
    expect(readColumns(new URLSearchParams('columns='))).toEqual([])
    expect(readColumns(new URLSearchParams())).toBeNull()
  })

  test('are added at the end and moved by a place', () => {
    expect(withColumn(['tags'], 'ttfb', true)).toEqual(['tags', 'ttfb'])
    expect(withColumn(['tags', 'ttfb'], 'tags', false)).toEqual(['ttfb'])
    expect(withMoved(['tags', 'ttfb', 'status'], 'status', -1)).toEqual(['tags', 'status', 'ttfb'])
    expect(withMoved(['tags', 'ttfb'], 'ttfb', 1)).toEqual(['tags', 'ttfb'])
    expect(withMoved(['tags'], 'status', 1)).toEqual(['tags'])
  })
})
