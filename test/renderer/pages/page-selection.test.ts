import { describe, expect, test } from 'vitest'
import { ALL_MATCHING, isSelected, NOTHING, selectedCount, targetOf, toggled, withRows } from '#renderer/pages/page-selection.ts'

describe('some rows', () => {
  test('are selected and cleared one by one', () => {
    const one = toggled(NOTHING, 7)
    expect(isSelected(one, 7)).toBe(true)
    expect(isSelected(one, 8)).toBe(false)
    expect(toggled(one, 7)).toEqual(NOTHING)
  })

  test('are told to the core by their ids', () => {
    expect(targetOf(withRows(NOTHING, [1, 2, 3], true), { text: 'lolly' }, 344)).toEqual({
      selection: { kind: 'pages', pageIds: [1, 2, 3] },
      words: '3 pages',
    })
  })
})

describe('all that match', () => {
  test('count what the filter matches, less the rows left out', () => {
    expect(selectedCount(ALL_MATCHING, 344)).toBe(344)
    const without = toggled(ALL_MATCHING, 7)
    expect(isSelected(without, 7)).toBe(false)
    expect(selectedCount(without, 344)).toBe(343)
    expect(targetOf(without, { tag: 'a' }, 344)).toEqual({
      selection: { kind: 'filter', filter: { tag: 'a' }, exceptPageIds: [7] },
      words: '343 pages',
    })
  })

  test('clearing a range leaves it out; selecting it again brings it back', () => {
    const cleared = withRows(ALL_MATCHING, [1, 2], false)
    expect(selectedCount(cleared, 10)).toBe(8)
    expect(withRows(cleared, [1, 2], true)).toEqual(ALL_MATCHING)
  })
})

test('with nothing selected an act is about everything that matches', () => {
  expect(targetOf(NOTHING, {}, 1)).toEqual({ selection: { kind: 'filter', filter: {}, exceptPageIds: [] }, words: '1 page' })
})
