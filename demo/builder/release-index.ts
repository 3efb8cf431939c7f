import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isRecord, isText } from '../platform/state.ts'
import type { ZoneName } from '../platform/zones.ts'

/** A file as visitors reach it. */
export interface IndexedFile {
  readonly zone: ZoneName
  /** The URL path, percent-encoded. */
  readonly path: string
  /** Relative to the release's folder. */
  readonly file: string
  /** `sha256-` and lower-case hex. */
  readonly hash: string
  readonly type: string
  /** Bytes. */
  readonly size: number
  readonly tags: readonly string[]
  /** When these bytes first appeared under this path, RFC 3339; absent until the release is finished. */
  readonly modifiedOn?: string
}

export const indexFileName = 'files.json'

/** @throws when the release's index is missing or unreadable. */
export function readIndex(releaseFolder: string): readonly IndexedFile[] {
  const value: unknown = JSON.parse(readFileSync(join(releaseFolder, indexFileName), 'utf8'))
  if (!Array.isArray(value) || !value.every(isIndexedFile)) throw new Error(`The index of ${releaseFolder} is not readable.`)
  return value
}

function isIndexedFile(value: unknown): value is IndexedFile {
  return (
    isRecord(value) &&
    isText(value['zone']) &&
    isText(value['path']) &&
    isText(value['file']) &&
    isText(value['hash']) &&
    isText(value['type']) &&
    typeof value['size'] === 'number' &&
    Array.isArray(value['tags'])
  )
}
