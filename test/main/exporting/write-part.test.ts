import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ExportFormat } from '#shared/exporting.ts'
import { readPlace, writePart, type ExportColumn } from '#main/exporting/write-part.ts'

interface Row {
  readonly name: string
  readonly count: number
  readonly tags: readonly string[]
}
const COLUMNS: readonly ExportColumn<Row>[] = [
  { name: 'name', of: (row) => row.name },
  { name: 'count', of: (row) => row.count },
  { name: 'tags', of: (row) => row.tags },
]

/** The whole file of a list that is read in these parts, empty ones among them. */
function fileOf(format: ExportFormat, parts: readonly (readonly Row[])[]): string {
  let text = ''
  let cursor: string | null = null
  parts.forEach((rows, index) => {
    const next = index === parts.length - 1 ? null : String(index + 1)
    const part = writePart(format, COLUMNS, readPlace(cursor), { rows, next })
    text += part.text
    cursor = part.nextCursor
  })
  return text
}

const row = fc.record({ name: fc.string(), count: fc.integer(), tags: fc.array(fc.stringMatching(/^[a-z:-]{1,9}$/)) })
const parts = fc.array(fc.array(row, { maxLength: 4 }), { minLength: 1, maxLength: 4 })

describe('The parts of an export', () => {
  test('make one JSON of all rows, however they were cut', () => {
    fc.assert(
      fc.property(parts, (cut) => {
        expect(JSON.parse(fileOf('json', cut))).toEqual(cut.flat())
      }),
    )
  })

  test('make one CSV with one header, whose texts no spreadsheet runs', () => {
    fc.assert(
      fc.property(parts, (cut) => {
        const [header, ...lines] = parse(fileOf('csv', cut))
        expect(header).toEqual(['name', 'count', 'tags'])
        expect(lines).toHaveLength(cut.flat().length)
        for (const [index, [name = '', count, tags]] of lines.entries()) {
          const { [index]: given } = cut.flat()
          expect([given?.name, `'${given?.name}`]).toContain(name)
          expect(name).not.toMatch(/^\s*[=+\-@]/)
          expect(count).toBe(String(given?.count))
          expect([given?.tags.join(' '), `'${given?.tags.join(' ')}`]).toContain(tags)
        }
      }),
    )
  })
})
