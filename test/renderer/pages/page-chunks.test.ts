import { describe, expect, test } from 'vitest'
import type { PageRow } from '#shared/pages.ts'
import { chunksInSight, rowsOf, withChunk, type Chunk } from '#renderer/pages/page-chunks.ts'

const row = (id: number) => ({ id }) as PageRow
const chunk = (from: number, nextCursor: string | null, count = 100): Chunk => ({
  rows: Array.from({ length: count }, (_, index) => row(from + index)),
  nextCursor,
})
const LIST = [chunk(0, 'b'), chunk(100, 'c'), chunk(200, 'd')]
const indexes = (first: number, last: number, chunks: readonly Chunk[] = LIST) =>
  chunksInSight(chunks, { first, last }).map(({ index }) => index)

describe('The chunks in sight', () => {
  test('of a list that was not read are its first', () => {
    expect(chunksInSight([], { first: 0, last: 0 })).toEqual([{ index: 0, cursor: null }])
  })

  test('are those that hold the rows that are drawn, and none above or far below', () => {
    expect(indexes(0, 30)).toEqual([0])
    expect(indexes(110, 140)).toEqual([1])
    expect(indexes(90, 120)).toEqual([0, 1])
  })

  test('include the next one when the end is near, from the cursor of the last', () => {
    expect(chunksInSight(LIST, { first: 250, last: 280 })).toEqual([
      { index: 2, cursor: 'c' },
      { index: 3, cursor: 'd' },
    ])
  })

  test('end with the list', () => {
    expect(indexes(20, 49, [chunk(0, null, 50)])).toEqual([0])
    expect(indexes(0, 0, [chunk(0, null, 0)])).toEqual([0])
  })
})

describe('A chunk that is read anew', () => {
  test('takes the place of the old one, and the others stay', () => {
    const read = chunk(500, 'c2')
    expect(withChunk(LIST, { index: 1, cursor: 'b' }, read)).toEqual([LIST[0], read, LIST[2]])
  })

  test('and is the last one ends the list', () => {
    expect(withChunk(LIST, { index: 0, cursor: null }, chunk(0, null, 20))).toHaveLength(1)
  })

  test('and says the same changes nothing, so that nothing is drawn again', () => {
    expect(withChunk(LIST, { index: 0, cursor: null }, LIST[0] ?? chunk(0, null))).toBe(LIST)
  })

  test('never shows a page twice that moved into it from a chunk out of sight', () => {
    const rows = rowsOf([chunk(0, 'b', 3), chunk(2, null, 3)])
    expect(rows.map(({ id }) => id)).toEqual([0, 1, 2, 3, 4])
  })
})
