import { chmodSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { visit } from './visit.ts'

export const CACHES = ['varnish', 'nginx', 'squid', 'demo edge'] as const
export type CacheName = (typeof CACHES)[number]

/** A real cache in front of an origin. It answers for every host and keys by it. */
export interface Cache {
  readonly name: CacheName
  readonly port: number
  /** Removes what the cache keys by exactly this host and path, as this cache's operators do it. */
  purge(host: string, path: string): Promise<void>
  logs(): string
  stop(): Promise<void>
}

/** What a cache is in front of. */
export interface Upstream {
  readonly port: number
}

/** A new folder that a cache's own users may read and write. */
export function cacheFolder(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `frostline-${name}-`))
  chmodSync(folder, 0o777)
  return folder
}

/** `PURGE` of one path. Throws with the answer when the cache refused it. */
export async function sendPurge(port: number, host: string, path: string, right: readonly number[]): Promise<void> {
  const { status, body } = await visit(port, host, path, { method: 'PURGE' })
  if (!right.includes(status)) throw new Error(`PURGE ${path}: ${status} ${body}`)
}
