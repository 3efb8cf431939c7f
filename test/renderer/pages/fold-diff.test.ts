import fc from 'fast-check'
import { expect, test } from 'vitest'
import { foldDiff } from '#renderer/pages/fold-diff.ts'

const lines = (count: number) => Array.from({ length: count }, (_, index) => `line ${index}`)
const BLOCKS = [
  { kind: 'same', lines: lines(20) },
  { kind: 'removed', lines: ['old'] },
  { kind: 'added', lines: ['new', 'newer'] },
  { kind: 'same', lines: lines(5) },
] as const

test('Three unchanged lines stay around a change, the rest is folded', () => {
  const rows = foldDiff(
    [...BLOCKS].map((block) => ({ ...block, lines: [...block.lines] })),
    new Set(),
  )
  expect(rows.map((row) => (row.kind === 'folded' ? `fold ${row.count}` : `${row.edge ?? '-'} ${row.origin ?? '-'}`))).toEqual([
    'fold 17',
    '18 18',
    '19 19',
    '20 20',
    '21 -',
    '- 21',
    '- 22',
    '22 23',
    '23 24',
    '24 25',
    'fold 2',
  ])
})

test('An opened fold shows its lines, and numbers stay right whatever is folded', () => {
  const kind = fc.constantFrom('same' as const, 'removed' as const, 'added' as const)
  const block = fc.record({ kind, lines: fc.array(fc.constant('x'), { minLength: 1, maxLength: 30 }) })
  fc.assert(
    fc.property(fc.array(block, { maxLength: 8 }), (blocks) => {
      const open = foldDiff(blocks, new Set(blocks.keys()))
      expect(open.every((row) => row.kind !== 'folded')).toBe(true)
      expect(open).toHaveLength(blocks.reduce((sum, { lines }) => sum + lines.length, 0))
      const folded = foldDiff(blocks, new Set())
      const last = (rows: typeof open) => rows.findLast((row) => row.kind === 'removed')
      expect(last(folded)).toEqual(last(open))
    }),
  )
})
