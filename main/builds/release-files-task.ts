import type { ChangeCounts, ReleaseChange } from '#shared/deploys.ts'
import type { Raw } from '#main/platform/database.ts'
import { packJson, unpackBytes, unpackJson } from '#main/platform/pack.ts'
import type { Manifest } from '#main/providers/builder.ts'

/** Releases whose files are kept here; older ones are asked for again when they are compared. */
const KEPT = 10
/** Answers for other addresses; nobody visits them by their own. */
const ERROR_PAGES = /^\/(404|500)(\.html)?$/

/** A release's files, small: by host, then path → hash. Pages begin with `p`, other files with `f`. */
type Packed = Record<string, Record<string, string>>

export interface CompareInput {
  readonly siteId: string
  readonly from: string
  readonly to: string
  readonly kind?: ReleaseChange['kind'] | undefined
  /** Place in the list of changed pages, and how many from there. */
  readonly after: number
  readonly limit: number
  /** Also files that are no pages, in `otherFiles`. */
  readonly withOtherFiles?: boolean
}

/** A change with the hash that the file has afterwards; null when it is gone. */
export interface FileChange extends ReleaseChange {
  readonly hash: string | null
}

export interface Compared {
  readonly counts: ChangeCounts
  readonly rows: FileChange[]
  readonly next: number | null
  readonly otherFiles: FileChange[]
}

export interface StoreInput {
  readonly siteId: string
  readonly manifest: Manifest
  /** Releases that are needed now, however old they are. */
  readonly keep: readonly string[]
}

/** Keeps what a release consists of, and lets go of the oldest ones. Runs on the work thread. */
export function storeReleaseFiles(db: Raw, { siteId, manifest, keep }: StoreInput): void {
  const hosts = new Map<string, Record<string, string>>()
  for (const file of manifest.files) {
    const isPage = file.type.startsWith('text/html') && !ERROR_PAGES.test(file.path)
    const ofHost = hosts.get(file.host) ?? {}
    hosts.set(file.host, ofHost)
    ofHost[file.path] = (isPage ? 'p' : 'f') + file.hash.replace(/^sha256-/, '')
  }
  const packed: Packed = Object.fromEntries(hosts)
  const files = packJson(packed)
  db.transaction(() => {
    db.prepare(`INSERT INTO release_files (site_id, release_id, started_at, files) VALUES (?, ?, ?, ?)
      ON CONFLICT (site_id, release_id) DO UPDATE SET files = excluded.files`).run(
      siteId,
      manifest.releaseId,
      manifest.startedAtMs,
      files,
    )
    // The counts of the others stay: they are small, and what was compared never changes.
    db.prepare(`UPDATE release_files SET files = NULL WHERE site_id = @siteId AND files IS NOT NULL
      AND release_id NOT IN (SELECT value FROM json_each(@keep)) AND release_id NOT IN (
        SELECT release_id FROM release_files WHERE site_id = @siteId AND files IS NOT NULL
        ORDER BY started_at DESC LIMIT ${KEPT})`).run({ siteId, keep: JSON.stringify([...keep, manifest.releaseId]) })
  }).immediate()
}

/** In what `to` differs from `from`; both must be kept. Null when one of them is not. Runs on the work thread. */
export function compareReleases(db: Raw, input: CompareInput): Compared | null {
  const before = readFiles(db, input.siteId, input.from)
  const after = readFiles(db, input.siteId, input.to)
  if (!before || !after) return null
  const { pages, others } = difference(before, after)
  const counts: ChangeCounts = { added: 0, changed: 0, removed: 0, otherFiles: others.length }
  for (const { kind } of pages) counts[kind] += 1
  const shown = input.kind === undefined ? pages : pages.filter(({ kind }) => kind === input.kind)
  const end = input.after + input.limit
  return {
    counts,
    rows: shown.slice(input.after, end),
    next: end < shown.length ? end : null,
    otherFiles: input.withOtherFiles ? others : [],
  }
}

/** The files of one release: the hash that it has for a path, or null for no such file. */
export type ReleaseFiles = (host: string, path: string) => string | null

/**
 * What a release consists of, for a few paths; null when that is not kept. A path is searched for in the unpacked text:
 * reading all of a million files for one of them would take seconds.
 */
export function releaseFiles(db: Raw, siteId: string, releaseId: string): ReleaseFiles | null {
  const packed = readPacked(db, siteId, releaseId)
  if (!packed) return null
  const json = unpackBytes(packed)
  return (host, path) => {
    const from = placeOf(json, `${JSON.stringify(host)}:{`, 0)
    const key = `${JSON.stringify(path)}:"`
    const at = from === -1 ? -1 : placeOf(json, key, from)
    if (at === -1) return null
    // Where the files of this host end: in a path, which begins with a slash, quotes have a backslash in front.
    const end = json.indexOf('"},"', from)
    if (end !== -1 && end < at) return null
    const value = at + Buffer.byteLength(key) + 1
    return `sha256-${json.toString('latin1', value, json.indexOf('"', value))}`
  }
}

/** Where a whole key stands, rather than the end of another one; -1 when nowhere. */
function placeOf(json: Buffer, key: string, from: number): number {
  const places = [json.indexOf(`{${key}`, from), json.indexOf(`,${key}`, from)].filter((at) => at !== -1)
  return places.length === 0 ? -1 : Math.min(...places) + 1
}

function readPacked(db: Raw, siteId: string, releaseId: string): Uint8Array | null {
  const row = db
    .prepare<[string, string], { files: Uint8Array | null }>(
      'SELECT files FROM release_files WHERE site_id = ? AND release_id = ?',
    )
    .get(siteId, releaseId)
  return row?.files ?? null
}

function readFiles(db: Raw, siteId: string, releaseId: string): Packed | null {
  const packed = readPacked(db, siteId, releaseId)
  // We packed it ourselves.
  return packed ? (unpackJson(packed) as Packed) : null
}

function difference(before: Packed, after: Packed): { pages: FileChange[]; others: FileChange[] } {
  const pages: FileChange[] = []
  const others: FileChange[] = []
  const add = (packed: string, change: ReleaseChange) =>
    void (packed.startsWith('p') ? pages : others).push({
      ...change,
      hash: change.kind === 'removed' ? null : `sha256-${packed.slice(1)}`,
    })
  for (const host of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const old = before[host] ?? {}
    const now = after[host] ?? {}
    for (const [path, hash] of Object.entries(now)) {
      const earlier = old[path]
      if (earlier === undefined) add(hash, { kind: 'added', host, path })
      else if (earlier !== hash) add(hash, { kind: 'changed', host, path })
    }
    for (const [path, hash] of Object.entries(old)) if (now[path] === undefined) add(hash, { kind: 'removed', host, path })
  }
  const order = (a: ReleaseChange, b: ReleaseChange) => (a.path < b.path ? -1 : a.path > b.path ? 1 : a.host < b.host ? -1 : 1)
  return { pages: pages.sort(order), others: others.sort(order) }
}
