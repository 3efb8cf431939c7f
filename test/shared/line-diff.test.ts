import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { diffLines, hasLongLines, linesOf, type DiffBlock } from '#shared/line-diff.ts'

const before = (blocks: readonly DiffBlock[]) => blocks.filter(({ kind }) => kind !== 'added').flatMap(({ lines }) => lines)
const after = (blocks: readonly DiffBlock[]) => blocks.filter(({ kind }) => kind !== 'removed').flatMap(({ lines }) => lines)
const changed = (blocks: readonly DiffBlock[]) =>
  blocks.filter(({ kind }) => kind !== 'same').flatMap(({ lines }) => lines).length

/** The length of the longest common subsequence, by the table that every textbook has. */
function lcs(a: readonly string[], b: readonly string[]): number {
  let row = Array.from({ length: b.length + 1 }, () => 0)
  for (const line of a) {
    const next = [0]
    b.forEach((other, j) => next.push(line === other ? (row[j] ?? 0) + 1 : Math.max(row[j + 1] ?? 0, next[j] ?? 0)))
    row = next
  }
  return row.at(-1) ?? 0
}

const few = fc.array(fc.constantFrom('a', 'b', 'c', 'd', ''), { maxLength: 40 })

describe('The difference of two texts', () => {
  test('gives both of them back', () => {
    fc.assert(
      fc.property(few, few, (a, b) => {
        const blocks = diffLines(a, b)
        expect(before(blocks)).toEqual(a)
        expect(after(blocks)).toEqual(b)
      }),
    )
  })

  test('is as short as can be', () => {
    fc.assert(fc.property(few, few, (a, b) => changed(diffLines(a, b)) === a.length + b.length - 2 * lcs(a, b)))
  })

  test('has no empty block and none that could be joined with the one before', () => {
    fc.assert(
      fc.property(few, few, (a, b) => {
        const blocks = diffLines(a, b)
        expect(blocks.filter(({ lines }) => lines.length === 0)).toEqual([])
        blocks.forEach(({ kind }, index) => expect(blocks[index - 1]?.kind).not.toBe(kind))
      }),
    )
  })

  test('of a text and itself is one block, of nothing none', () => {
    expect(diffLines(['a', 'b'], ['a', 'b'])).toEqual([{ kind: 'same', lines: ['a', 'b'] }])
    expect(diffLines([], [])).toEqual([])
  })

  test('shows the removed lines of a place before the added ones', () => {
    expect(diffLines(['a', 'x', 'b'], ['a', 'y', 'z', 'b'])).toEqual([
      { kind: 'same', lines: ['a'] },
      { kind: 'removed', lines: ['x'] },
      { kind: 'added', lines: ['y', 'z'] },
      { kind: 'same', lines: ['b'] },
    ])
  })

  test('of long texts with thousands of changes keeps the lines that they share', () => {
    const shared = (index: number) => `shared ${index}`
    const left = Array.from({ length: 12_000 }, (_, index) => (index % 3 === 0 ? shared(index) : `left ${index}`))
    const right = Array.from({ length: 12_000 }, (_, index) => (index % 3 === 0 ? shared(index) : `right ${index}`))
    const blocks = diffLines(left, right)
    expect(before(blocks)).toEqual(left)
    expect(after(blocks)).toEqual(right)
    expect(blocks.filter(({ kind }) => kind === 'same').flatMap(({ lines }) => lines)).toHaveLength(4_000)
  })

  test('of long texts that share nothing is all of the one for all of the other', () => {
    const left = Array.from({ length: 5_000 }, (_, index) => `left ${index % 7}`)
    const right = Array.from({ length: 5_000 }, (_, index) => `right ${index % 7}`)
    expect(diffLines(left, right).map(({ kind, lines }) => [kind, lines.length])).toEqual([
      ['removed', 5_000],
      ['added', 5_000],
    ])
  })
})

describe('A text as lines', () => {
  test('is broken before its tags only where that is wanted', () => {
    expect(linesOf('<p>a</p><p>b\r\nc', false)).toEqual(['<p>a</p><p>b', 'c'])
    expect(linesOf('<p>a</p><p>b\r\nc', true)).toEqual(['<p>a</p>', '<p>b', 'c'])
  })

  test('has long lines where one of the texts has', () => {
    expect(hasLongLines('short', 'x'.repeat(401))).toBe(true)
    expect(hasLongLines('short\nand short', '')).toBe(false)
  })
})
