import { forcedRules, matchingRule, servedByRule, type Rule } from '#shared/http-cache/redirect-rules.ts'
import { delay, type Clock } from '#main/platform/clock.ts'
import type { Raw } from '#main/platform/database.ts'
import type { Manifest, ManifestFile } from '#main/providers/builder.ts'
import { pathReader } from './page-rules.ts'
import { CHUNK, createTagWriter, insertPages } from './write-pages.ts'

export interface ImportInput {
  readonly siteId: string
  readonly zones: readonly { readonly id: number; readonly host: string }[]
  readonly manifest: Manifest
  /** `live`: visitors' origin. `staged`: built, and not published. */
  readonly as: 'live' | 'staged'
}

interface PageRef {
  readonly id: number
  readonly zone_id: number
  readonly path: string
}

/** Files that answer for other addresses; nobody visits them by their own. */
const ERROR_PAGES = new Set(['/404.html', '/404', '/500.html', '/500'])

/**
 * Brings the pages up to date with a release: what the origin holds now (`live`), or what waits to be published
 * (`staged`). Pages of a live release that were not known are added. Returns how many files were pages, and the new ids.
 */
export async function importManifest(
  context: {
    readonly db: Raw
    readonly clock: Clock
    /** Ends the marks whose change visitors have. */
    endMarks(db: Raw, siteId: string, nowMs: number): void
  },
  input: ImportInput,
): Promise<{ pages: number; newPageIds: number[] }> {
  const { db } = context
  const zoneByHost = new Map(input.zones.map((zone) => [zone.host, zone.id]))
  const files = input.manifest.files.filter(
    (file) => file.type.startsWith('text/html') && zoneByHost.has(file.host) && !ERROR_PAGES.has(file.path),
  )
  const found = files.map((file) => ({ zoneId: zoneByHost.get(file.host) ?? 0, path: file.path }))
  const newPageIds = input.as === 'live' ? insertPages(db, input.siteId, 'manifest', found, context.clock()) : []
  const pathOf = pathReader(db, input.siteId)
  const fileOf = new Map(files.map((file) => [`${zoneByHost.get(file.host)} ${pathOf(file.path)}`, file]))
  const writer = input.as === 'live' ? liveWriter(db, input) : stagedWriter(db)
  for (const chunk of chunksOfPages(db, input.siteId)) {
    const beganAt = performance.now()
    db.transaction(() => chunk.forEach((page) => writer(page, fileOf.get(`${page.zone_id} ${page.path}`)))).immediate()
    // A writer that waits looks again after milliseconds only, so it needs a while as long as the chunk to find the lock free.
    await delay(performance.now() - beganAt)
  }
  if (input.as === 'live') context.endMarks(db, input.siteId, context.clock())
  return { pages: files.length, newPageIds }
}

function* chunksOfPages(db: Raw, siteId: string): Generator<PageRef[]> {
  // The + keeps to the order of the table: an index of the site would be sorted anew for each chunk.
  const select = db.prepare<[string, number], PageRef>(
    `SELECT id, zone_id, path FROM pages WHERE +site_id = ? AND id > ? ORDER BY id LIMIT ${CHUNK}`,
  )
  for (let after = 0; ;) {
    const chunk = select.all(siteId, after)
    const last = chunk.at(-1)
    if (!last) return
    yield chunk
    after = last.id
  }
}

type WritePage = (page: PageRef, file: ManifestFile | undefined) => void

function liveWriter(db: Raw, input: ImportInput): WritePage {
  const rules: readonly Rule[] = input.manifest.redirects
  const forced = forcedRules(rules)
  const writeTags = createTagWriter(db, input.siteId)
  const built = db.prepare(`UPDATE pages SET origin_hash = ?, origin_basis = 'manifest', origin_started_at = ?,
    served_as = 'static', renders_on_demand = 0, staged_hash = NULL WHERE id = ?`)
  const notBuilt = db.prepare(`UPDATE pages SET
    origin_hash = CASE origin_basis WHEN 'manifest' THEN NULL ELSE origin_hash END,
    origin_basis = CASE origin_basis WHEN 'manifest' THEN NULL ELSE origin_basis END,
    origin_started_at = ?, renders_on_demand = ?, staged_hash = NULL,
    served_as = CASE WHEN status >= 500 THEN 'error' WHEN status IN (404, 410) THEN 'missing' ELSE ? END WHERE id = ?`)
  const rendered = db.prepare(`UPDATE pages SET origin_hash = entry.content_hash, origin_basis = 'renderer',
    origin_started_at = entry.started_at, renders_on_demand = 0, staged_hash = NULL,
    served_as = CASE WHEN status >= 500 THEN 'error' WHEN status IN (404, 410) THEN 'missing' ELSE 'rendered' END
    FROM page_entries AS entry WHERE entry.page_id = pages.id AND pages.id = ?`)
  return (page, file) => {
    if (file && (forced.length === 0 || !matchingRule(page.path, forced))) {
      built.run(file.hash, input.manifest.startedAtMs, page.id)
      writeTags(page.id, 'in_manifest', file.tags)
    } else {
      writeTags(page.id, 'in_manifest', [])
      // What the renderer keeps of a page says more than the rule that leads to the renderer.
      if (rendered.run(page.id).changes > 0) return
      const servedAs = servedByRule(page.path, rules)
      notBuilt.run(input.manifest.startedAtMs, servedAs === 'fallback' ? 1 : 0, servedAs, page.id)
    }
  }
}

function stagedWriter(db: Raw): WritePage {
  const set = db.prepare('UPDATE pages SET staged_hash = ? WHERE id = ? AND staged_hash IS NOT ?')
  return (page, file) => void set.run(file?.hash ?? null, page.id, file?.hash ?? null)
}
