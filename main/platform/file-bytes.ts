import { createHash } from 'node:crypto'
import { open, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { AppError } from '#shared/errors.ts'

/** The bytes of a file, as they are read. Throws `AppError` when it is not there or not as long as it was. */
export async function openBytes(folder: string, file: string, sizeBytes: number): Promise<Readable> {
  const handle = await open(join(folder, file)).catch((error: unknown) => {
    throw changed(file, error)
  })
  try {
    if ((await handle.stat()).size !== sizeBytes) throw changed(file)
    // At most so many: a file that grows meanwhile is found out by its hash.
    return handle.createReadStream({ start: 0, ...(sizeBytes > 0 ? { end: sizeBytes - 1 } : {}) })
  } catch (error) {
    await handle.close()
    throw error
  }
}

/** The digest of a file's bytes in lower-case hex. Rejects with the system's error. */
export async function digestOfFile(folder: string, file: string, algorithm: 'md5' | 'sha256'): Promise<string> {
  const digest = createHash(algorithm)
  const handle = await open(join(folder, file))
  for await (const part of handle.createReadStream()) digest.update(part as Uint8Array)
  return digest.digest('hex')
}

/** A whole file. Rejects with the system's error. */
export function readBytes(folder: string, file: string): Promise<Buffer> {
  return readFile(join(folder, file))
}

/** Of bytes in memory, in lower-case hex. */
export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

function changed(file: string, cause?: unknown): AppError {
  const details = { fix: 'Build again, and leave the folder alone until it is published.', retryable: false }
  return new AppError('CONFLICT', `${file} is not as it was when the build had ended.`, details, cause)
}
