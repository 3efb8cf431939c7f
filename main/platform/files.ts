import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Reads a small text file as UTF-8. Rejects with the system's error when it cannot. */
export function readTextFile(file: string): Promise<string> {
  return readFile(file, 'utf8')
}

export { join as joinPath }
