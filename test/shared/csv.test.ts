import fc from 'fast-check'
import { parse } from 'csv-parse/sync'
import { describe, expect, test } from 'vitest'
import { csvHeader, csvLines } from '#shared/csv.ts'

describe('A CSV', () => {
  test('gives back what was put in, whatever it holds, and no cell begins like a formula', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.string(), fc.string(), fc.integer())), (rows) => {
        const read = parse(csvHeader(['a', 'b', 'c']) + csvLines(rows), { relax_column_count: false, from_line: 2 })
        expect(read).toHaveLength(rows.length)
        for (const [index, cells] of read.entries()) {
          const [first = '', second = '', count = ''] = cells
          for (const [cell, text] of [
            [first, rows[index]?.[0]],
            [second, rows[index]?.[1]],
          ] as const) {
            expect(cell === text || cell === `'${text}`).toBe(true)
            expect(/^\s*[=+\-@]/.test(cell)).toBe(false)
          }
          expect(Number(count)).toBe(rows[index]?.[2])
        }
      }),
    )
  })

  test('keeps numbers as numbers and nothing as nothing', () => {
    expect(csvLines([[-5, null]])).toBe('-5,""\r\n')
  })
})
