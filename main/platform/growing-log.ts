import { createWriteStream, writeFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { once } from 'node:events'

/** A text file that is written line by line, and read by others while it grows. */
export interface GrowingLog {
  /** Resolves when the line may be read. */
  append(line: string): Promise<void>
  close(): Promise<void>
  /** The next line, or the end. */
  changed(): Promise<void>
  readonly closed: boolean
}

/** More than a person reads; what a build writes beyond it is left out, and the log says so. */
const MOST_BYTES = 20_000_000

/** Begins the file anew. Mode 0600. */
export function writeGrowingLog(file: string): GrowingLog {
  // Whoever reads it may come before the first line.
  writeFileSync(file, '', { mode: 0o600 })
  const out = createWriteStream(file, { flags: 'a' })
  let failure: Error | null = null
  out.on('error', (error) => (failure = error))
  let wake = Promise.withResolvers<void>()
  let bytes = 0
  let closed = false
  const tell = () => {
    const before = wake
    wake = Promise.withResolvers()
    before.resolve()
  }
  const write = (text: string) =>
    new Promise<void>((resolve) => {
      if (failure !== null) return resolve()
      out.write(text, () => resolve())
    })
  return {
    async append(line) {
      if (bytes > MOST_BYTES) return
      bytes += Buffer.byteLength(line) + 1
      await write(bytes > MOST_BYTES ? 'The rest of the log is left out: it is longer than 20 MB.\n' : `${line}\n`)
      tell()
    },
    async close() {
      if (closed) return
      out.end()
      if (failure === null) await once(out, 'close').catch(() => {})
      closed = true
      tell()
    },
    changed: () => wake.promise,
    get closed() {
      return closed
    },
  }
}

/**
 * The lines of such a file from its beginning, and those that are still written while `growing` is open. Ends with it, or
 * with the signal. A file that is not there has no lines.
 */
export async function* readGrowingLog(file: string, growing: GrowingLog | null, signal: AbortSignal): AsyncGenerator<string> {
  const handle = await open(file).catch(() => null)
  if (handle === null) return
  try {
    const decoder = new TextDecoder()
    const part = Buffer.alloc(65_536)
    let rest = ''
    for (let at = 0; !signal.aborted;) {
      const last = growing === null || growing.closed
      const change = growing?.changed()
      const { bytesRead } = await handle.read(part, 0, part.length, at)
      at += bytesRead
      const lines = (rest + decoder.decode(part.subarray(0, bytesRead), { stream: true })).split('\n')
      rest = lines.pop() ?? ''
      yield* lines
      if (bytesRead > 0) continue
      if (last) break
      await orAborted(change ?? Promise.resolve(), signal)
    }
    if (rest !== '') yield rest
  } finally {
    await handle.close()
  }
}

function orAborted(change: Promise<void>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      signal.removeEventListener('abort', done)
      resolve()
    }
    signal.addEventListener('abort', done, { once: true })
    void change.then(done)
  })
}
