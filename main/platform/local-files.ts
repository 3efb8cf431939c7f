import { createReadStream } from 'node:fs'
import { open, opendir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline, type Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { AppError } from '#shared/errors.ts'

/** A file below a folder, its path with slashes whatever the system. */
export interface LocalFile {
  readonly path: string
  readonly sizeBytes: number
}

/** Names with a dot in front that sites consist of. */
const SHOWN = new Set(['.next', '.well-known'])

/** Whether a path of this machine is a folder or a file; null when nothing is there. Throws `AppError`. */
export async function kindOfPath(path: string): Promise<'folder' | 'file' | null> {
  try {
    return (await stat(path)).isDirectory() ? 'folder' : 'file'
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return null
    throw fileProblem(error, path)
  }
}

/**
 * Every file below a folder, one after the other. Leaves out links, whose targets may lie anywhere, hidden files but for
 * `.next` and `.well-known`, and `node_modules`. Throws `AppError`.
 */
export async function* walkFiles(folder: string, signal: AbortSignal): AsyncGenerator<LocalFile> {
  const waiting = ['']
  try {
    for (let below = waiting.pop(); below !== undefined; below = waiting.pop()) {
      for await (const entry of await opendir(join(folder, below))) {
        signal.throwIfAborted()
        if ((entry.name.startsWith('.') && !SHOWN.has(entry.name)) || entry.name === 'node_modules') continue
        const path = below === '' ? entry.name : `${below}/${entry.name}`
        if (entry.isDirectory()) waiting.push(path)
        else if (entry.isFile()) yield { path, sizeBytes: (await stat(join(folder, path))).size }
      }
    }
  } catch (error) {
    throw fileProblem(error, folder)
  }
}

/**
 * A text file in parts, unpacked when it is gzip. UTF-8, or UTF-16 when it says so by its first bytes; what is neither
 * has U+FFFD in it. Throws `AppError`, also when more than `maxBytes` come out of it.
 */
export async function* readTextParts(file: string, maxBytes: number, signal: AbortSignal): AsyncGenerator<string> {
  try {
    const packed = await startsWith(file, [0x1f, 0x8b])
    const source = createReadStream(file, { signal })
    const bytes: Readable = packed ? pipeline(source, createGunzip(), () => {}) : source
    let decoder: InstanceType<typeof TextDecoder> | null = null
    let read = 0
    for await (const part of bytes as AsyncIterable<Buffer>) {
      read += part.length
      if (read > maxBytes) {
        throw new AppError('BAD_INPUT', `${file} holds more than ${Math.round(maxBytes / 1_048_576)} MiB.`, {
          field: 'source.path',
          fix: 'Split it into several files. What was read so far is kept.',
        })
      }
      decoder ??= new TextDecoder(encodingOf(part))
      yield decoder.decode(part, { stream: true })
    }
    yield decoder?.decode() ?? ''
  } catch (error) {
    throw signal.aborted ? signal.reason : fileProblem(error, file)
  }
}

/** A whole text file of at most `maxBytes`, unpacked when it is gzip. Throws `AppError`. */
export async function readWholeText(file: string, maxBytes: number, signal: AbortSignal): Promise<string> {
  let text = ''
  for await (const part of readTextParts(file, maxBytes, signal)) text += part
  return text
}

async function startsWith(file: string, bytes: readonly number[]): Promise<boolean> {
  const handle = await open(file)
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(bytes.length), 0, bytes.length, 0)
    return bytesRead === bytes.length && bytes.every((byte, at) => buffer[at] === byte)
  } finally {
    await handle.close()
  }
}

/** Source: Unicode Standard §23.8, byte order mark. */
function encodingOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8'
}

const SENTENCES: Readonly<Record<string, string>> = {
  ENOENT: 'is not on this machine',
  ENOTDIR: 'is not a folder',
  EISDIR: 'is a folder, not a file',
  EACCES: 'may not be read by Frostline',
  EPERM: 'may not be read by Frostline',
}

function fileProblem(error: unknown, path: string): unknown {
  const code = codeOf(error)
  if (error instanceof AppError || code === '') return error
  const damaged = code.startsWith('Z_')
  return new AppError(
    code === 'ENOENT' ? 'NOT_FOUND' : 'BAD_INPUT',
    `${path} ${damaged ? 'is compressed, and damaged or cut short' : (SENTENCES[code] ?? `cannot be read (${code})`)}.`,
    {
      field: 'source.path',
      fix: damaged ? 'Make the file anew.' : 'Give the whole path as it is on the machine that runs Frostline.',
    },
    error,
  )
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
}
