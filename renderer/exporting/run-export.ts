import type { ExportPart } from '#shared/exporting.ts'
import type { FileSink } from './file-sink.ts'

interface Run {
  readonly ask: (cursor: string | null) => Promise<ExportPart>
  readonly file: FileSink
  readonly signal: AbortSignal
  readonly onRows: (rows: number) => void
}

/**
 * Writes a list into a file, a part ahead at most. Resolves with the rows that were written, or null when it was given up; throws
 * what asking or writing throws. But for the whole file nothing is kept.
 */
export async function runExport({ ask, file, signal, onRows }: Run): Promise<number | null> {
  let rows = 0
  try {
    for (let next: Promise<ExportPart> | null = ask(null); next !== null;) {
      const part: ExportPart = await next
      if (signal.aborted) {
        await file.discard()
        return null
      }
      next = part.nextCursor === null ? null : ask(part.nextCursor)
      // Writing may fail before this is waited for; the failure of both is told by the first.
      next?.catch(() => undefined)
      await file.write(part.text)
      rows += part.rows
      onRows(rows)
    }
  } catch (error) {
    await file.discard().catch(() => undefined)
    throw error
  }
  await file.close()
  return rows
}
