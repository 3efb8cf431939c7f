import { describe, expect, test } from 'vitest'
import type { ExportPart } from '#shared/exporting.ts'
import { runExport } from '#renderer/exporting/run-export.ts'
import { exportName } from '#renderer/exporting/export-name.ts'

function memoryFile() {
  const file = { text: '', state: 'open' as 'open' | 'closed' | 'discarded' }
  return {
    file,
    sink: {
      write: async (text: string) => void (file.text += text),
      close: async () => void (file.state = 'closed'),
      discard: async () => void (file.state = 'discarded'),
    },
  }
}

const PARTS: Record<string, ExportPart> = {
  null: { text: 'a', rows: 1, nextCursor: '1' },
  '1': { text: 'b', rows: 1, nextCursor: '2' },
  '2': { text: 'c', rows: 1, nextCursor: null },
}
const ask = async (cursor: string | null): Promise<ExportPart> => PARTS[String(cursor)] ?? Promise.reject(new Error('none'))

describe('An export', () => {
  test('writes the parts in their order and closes the file', async () => {
    const { file, sink } = memoryFile()
    const told: number[] = []
    const rows = await runExport({ ask, file: sink, signal: new AbortController().signal, onRows: (n) => told.push(n) })
    expect({ rows, told, ...file }).toEqual({ rows: 3, told: [1, 2, 3], text: 'abc', state: 'closed' })
  })

  test('that is given up keeps nothing and asks no more', async () => {
    const { file, sink } = memoryFile()
    const stop = new AbortController()
    const asked: (string | null)[] = []
    const rows = await runExport({
      file: sink,
      signal: stop.signal,
      ask: (cursor) => {
        asked.push(cursor)
        return ask(cursor)
      },
      onRows: () => stop.abort(),
    })
    expect(rows).toBeNull()
    expect(file.state).toBe('discarded')
    expect(asked).toEqual([null, '1'])
  })

  test('that fails on its way keeps nothing and says why', async () => {
    const { file, sink } = memoryFile()
    const broken = (cursor: string | null) => (cursor === null ? ask(null) : Promise.reject(new Error('The line broke.')))
    const run = runExport({ ask: broken, file: sink, signal: new AbortController().signal, onRows: () => {} })
    await expect(run).rejects.toThrow('The line broke.')
    expect(file.state).toBe('discarded')
  })

  test('is named by its list and its day', () => {
    expect(exportName('pages', 'csv', Date.UTC(2026, 10, 21, 23))).toBe('frostline-pages-2026-11-21.csv')
  })
})
