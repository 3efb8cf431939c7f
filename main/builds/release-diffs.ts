import { AppError } from '#shared/errors.ts'
import { ChangeCounts } from '#shared/deploys.ts'
import type { Selection } from '#shared/pages.ts'
import type { Changes } from '#main/platform/changes.ts'
import type { Database } from '#main/platform/database.ts'
import type { Log } from '#main/platform/log.ts'
import type { Builder, Manifest } from '#main/providers/builder.ts'
import { knownReleases, type KnownRelease } from './known-releases.ts'
import type { CompareInput, Compared, FileChange, StoreInput } from './release-files-task.ts'

export interface DiffsWorld {
  readonly db: Database
  readonly changes: Changes
  readonly log: Log
  readonly stopped: AbortSignal
  builderOf(siteId: string): Promise<Builder | null>
  /** On the work thread: manifests are large. */
  storeFiles(input: StoreInput): Promise<void>
  compare(input: CompareInput): Promise<Compared | null>
}

/** What releases consist of, and in which pages two of them differ. */
export interface Diffs {
  manifest(siteId: string, release: KnownRelease): Promise<Manifest>
  /** Both releases' files are fetched when they are not kept here. Throws what `Builder.manifest` throws. */
  compare(
    siteId: string,
    from: KnownRelease,
    to: KnownRelease,
    part?: Partial<Pick<CompareInput, 'kind' | 'after' | 'limit' | 'withOtherFiles'>>,
  ): Promise<Compared>
  /** The pages and files that have to be purged when `to` takes the place of `from`; null when nothing differs. */
  selection(siteId: string, from: KnownRelease, to: KnownRelease): Promise<Differing | null>
  /** Counts against the release before it, by release; only those that are known. */
  counts(siteId: string): Map<string, ChangeCounts>
  /** Compares the newest releases in the background. */
  fill(siteId: string): void
}

export interface Differing {
  readonly selection: Selection
  /** The hash that a page has in the release; null when it has no such page, undefined when it is not among those. */
  hashOf(host: string, path: string): string | null | undefined
}

/** Releases that are compared without being asked for. */
const FILLED = 10
/** A longer list of addresses is no better than looking at every page. */
const MOST_CHANGES = 20_000

export function createDiffs(world: DiffsWorld): Diffs {
  const { db, changes } = world
  const filling = new Set<string>()
  /** Pairs of which a manifest is gone; a service answers the same every time. */
  const gone = new Set<string>()

  const isKept = (siteId: string, releaseId: string) =>
    db.raw
      .prepare('SELECT 1 FROM release_files WHERE site_id = ? AND release_id = ? AND files IS NOT NULL')
      .get(siteId, releaseId) !== undefined

  async function manifest(siteId: string, release: KnownRelease, keep: readonly string[] = []): Promise<Manifest> {
    const builder = await world.builderOf(siteId)
    if (!builder) throw new AppError('NOT_FOUND', 'This site has no build service to ask for the release.', { retryable: false })
    const found = await builder.manifest(release.manifestUrl, world.stopped)
    if (!isKept(siteId, release.id)) await world.storeFiles({ siteId, manifest: found, keep })
    return found
  }

  async function compare(...[siteId, from, to, part = {}]: Parameters<Diffs['compare']>): Promise<Compared> {
    for (const release of [from, to]) if (!isKept(siteId, release.id)) await manifest(siteId, release, [from.id, to.id])
    const found = await world.compare({ after: 0, limit: 0, ...part, siteId, from: from.id, to: to.id })
    if (found) return found
    throw new AppError('INTERNAL', 'The files of these releases could not be kept long enough to compare them.', {
      retryable: true,
    })
  }

  async function fillNow(siteId: string): Promise<void> {
    const releases = (await knownReleases(db.query, siteId)).slice(0, FILLED + 1)
    const known = counts(siteId)
    for (const [index, to] of releases.slice(0, FILLED).entries()) {
      const from = releases[index + 1]
      if (!from || known.has(to.id) || gone.has(`${siteId} ${from.id} ${to.id}`)) continue
      try {
        const { counts: found } = await compare(siteId, from, to)
        db.raw
          .prepare('UPDATE release_files SET against = ?, counts_json = ? WHERE site_id = ? AND release_id = ?')
          .run(from.id, JSON.stringify(found), siteId, to.id)
        changes.tell('deploys')
      } catch (error) {
        if (!(error instanceof AppError) || error.details.retryable === true) throw error
        gone.add(`${siteId} ${from.id} ${to.id}`)
      }
    }
  }

  function counts(siteId: string): Map<string, ChangeCounts> {
    const rows = db.raw
      .prepare<[string], { release_id: string; counts_json: string }>(
        'SELECT release_id, counts_json FROM release_files WHERE site_id = ? AND counts_json IS NOT NULL',
      )
      .all(siteId)
    return new Map(rows.map((row) => [row.release_id, ChangeCounts.parse(JSON.parse(row.counts_json))]))
  }

  return {
    manifest,
    compare,
    counts,
    async selection(siteId, from, to) {
      const found = await compare(siteId, from, to, { limit: MOST_CHANGES + 1, withOtherFiles: true })
      // Files that are new or gone have names of their own; nobody asks for them by an old page's copy.
      const files = found.otherFiles.filter(({ kind }) => kind === 'changed')
      const all = [...found.rows, ...files]
      const hashes = new Map(found.rows.map(({ host, path, hash }) => [`${host} ${path}`, hash]))
      const hashOf = (host: string, path: string) => hashes.get(`${host} ${path}`)
      if (all.length > MOST_CHANGES) return { selection: { kind: 'filter', filter: {}, exceptPageIds: [] }, hashOf }
      const lines = addressesOf(db, siteId, all)
      return lines.length === 0 ? null : { selection: { kind: 'paths', text: lines.join('\n') }, hashOf }
    },
    fill(siteId) {
      if (filling.has(siteId)) return
      filling.add(siteId)
      fillNow(siteId)
        .catch((error: unknown) => {
          if (!world.stopped.aborted) world.log.warn({ err: error, siteId }, 'releases could not be compared')
        })
        .finally(() => filling.delete(siteId))
    },
  }
}

/** As a person would paste them; what lies on no host of the site is left out. */
function addressesOf(db: Database, siteId: string, found: readonly FileChange[]): string[] {
  const zones = db.raw
    .prepare<[string], { host: string; url: string }>('SELECT host, url FROM zones WHERE site_id = ?')
    .all(siteId)
  const urlOf = new Map(zones.map(({ host, url }) => [host, url.replace(/\/$/, '')]))
  return found.flatMap(({ host, path }) => {
    const url = urlOf.get(host)
    return url === undefined ? [] : [url + path]
  })
}
