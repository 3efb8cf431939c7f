/** Where the text of a file goes, part by part. */
export interface FileSink {
  write(text: string): Promise<void>
  /** The file is whole. */
  close(): Promise<void>
  /** Nothing of it is kept. */
  discard(): Promise<void>
}

/** More rows than this are written to a file that the person chooses, as they come. */
const ROWS_IN_MEMORY = 50_000

/**
 * A small file goes straight to the downloads. A large one is written to disk while it is read, where the browser can do that;
 * where it cannot, the browser keeps the parts until the file is whole, and moves them to disk itself when they grow.
 *
 * @returns null when the person chose no file. Must be called while a click is handled.
 */
export async function openFile(name: string, type: string, rows: number | null): Promise<FileSink | null> {
  const isLarge = rows !== null && rows > ROWS_IN_MEMORY
  if (!isLarge || !window.showSaveFilePicker) return downloaded(name, type)
  try {
    const handle = await window.showSaveFilePicker({ suggestedName: name })
    const file = await handle.createWritable()
    return { write: (text) => file.write(text), close: () => file.close(), discard: () => file.abort() }
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return null
    return downloaded(name, type)
  }
}

function downloaded(name: string, type: string): FileSink {
  let parts: Blob[] = []
  return {
    write: async (text) => void parts.push(new Blob([text])),
    async close() {
      const url = URL.createObjectURL(new Blob(parts, { type }))
      const link = document.createElement('a')
      link.href = url
      link.download = name
      link.click()
      // The browser has taken the file over by then.
      setTimeout(() => URL.revokeObjectURL(url), 60_000)
    },
    discard: async () => void (parts = []),
  }
}
