import { notifications } from '@mantine/notifications'
import type { ExportFormat, ExportWish } from '#shared/exporting.ts'
import { client } from '#renderer/lib/client.ts'
import { describeFailure } from '#renderer/lib/failure.ts'
import { countOf } from '#renderer/ui/format.ts'
import { exportName } from './export-name.ts'
import { openFile } from './file-sink.ts'
import { ExportProgress } from './export-progress.tsx'
import { runExport } from './run-export.ts'

const TYPES: Record<ExportFormat, string> = { csv: 'text/csv', json: 'application/json' }
const AGAIN_MS = 200

/**
 * Writes a list into a file and tells how far it is, with a way to give it up.
 *
 * @param expected how many rows there will be, about; null when nobody knows.
 */
export async function startExport(wish: ExportWish, format: ExportFormat, expected: number | null): Promise<void> {
  const name = exportName(wish.list, format, Date.now())
  const file = await openFile(name, TYPES[format], expected)
  if (file === null) return
  const stop = new AbortController()
  const toast = (rows: number) => ({
    autoClose: false as const,
    withCloseButton: false,
    title: `Writing ${name}`,
    message: <ExportProgress rows={rows} expected={expected} onCancel={() => stop.abort()} />,
  })
  const id = notifications.show(toast(0))
  let toldAtMs = Date.now()
  const end = (color: string | undefined, title: string, message: string) =>
    notifications.update({ id, color, title, message, autoClose: 8_000, withCloseButton: true, closeButtonProps: DISMISS })
  try {
    const rows = await runExport({
      file,
      signal: stop.signal,
      ask: (cursor) => client.exporting.part({ wish, format, cursor }, { signal: stop.signal }),
      onRows(rows) {
        if (Date.now() - toldAtMs < AGAIN_MS) return
        toldAtMs = Date.now()
        notifications.update({ id, ...toast(rows) })
      },
    })
    if (rows === null) return void end(undefined, 'Export given up', `Nothing of ${name} was kept.`)
    end(undefined, `${name} written`, countOf(rows, 'row'))
  } catch (error) {
    if (stop.signal.aborted) return void end(undefined, 'Export given up', `Nothing of ${name} was kept.`)
    const { message, fix } = describeFailure(error)
    end('red', `${name} was not written`, [message, fix ?? 'Nothing of it was kept. Export again.'].join(' '))
  }
}

const DISMISS = { 'aria-label': 'Dismiss' }
