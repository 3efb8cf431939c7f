import type { EdgeStatus, Site } from '#shared/sites.ts'
import type { Query } from '#main/platform/database.ts'
import type { Distribution } from '#main/providers/edge.ts'
import { NO_ACCESS } from './no-access.ts'
import { SiteSettings } from './store.ts'

/** Every site with its zones, its edge's state and its live release; three queries however many there are. */
export async function readSites(db: Query): Promise<Site[]> {
  const [rows, zones, live] = await Promise.all([
    db.selectFrom('sites').selectAll().where('removed_at', 'is', null).orderBy('created_at').execute(),
    db.selectFrom('zones').selectAll().orderBy('id').execute(),
    db.selectFrom('releases').selectAll().where('live', '=', 1).execute(),
  ])
  return rows.map((row) => {
    const settings = SiteSettings.parse(JSON.parse(row.settings_json))
    const release = live.find((candidate) => candidate.site_id === row.id)
    return {
      id: row.id,
      name: row.name,
      zones: zones.filter((zone) => zone.site_id === row.id).map(({ id, host, url }) => ({ id, host, url })),
      edge: edgeStatus(settings, parseDistribution(row.edge_json), row.edge_problem, row.edge_failure),
      builder: settings.builder
        ? {
            kind: settings.builder.kind,
            host: settings.builder.kind === 'local' ? settings.builder.folder : settings.builder.host,
            follows: settings.builder.kind !== 'hook' || settings.builder.listUrl !== null || release !== undefined,
          }
        : null,
      renderer: settings.renderer,
      originHost: settings.originUrl === null ? null : new URL(settings.originUrl).host,
      links: settings.links,
      liveRelease: release ? { id: release.release_id, title: release.title, startedAtMs: release.started_at } : null,
      pinned: parsePin(row.pin_json),
      watchProblem: row.watch_problem,
    }
  })
}

/** We wrote it ourselves; the title is the one that the release had then. */
function parsePin(json: string | null): Site['pinned'] {
  if (json === null) return null
  const pin = JSON.parse(json) as { releaseId: string; title: string | null }
  return { id: pin.releaseId, title: pin.title }
}

/** The last reading of a site's distribution; null when there was none. */
export async function readDistribution(db: Query, siteId: string): Promise<Distribution | null> {
  const row = await db.selectFrom('sites').select('edge_json').where('id', '=', siteId).executeTakeFirst()
  return parseDistribution(row?.edge_json ?? null)
}

/** What `describe` returned when it was stored; we wrote it ourselves. */
function parseDistribution(json: string | null): Distribution | null {
  return json === null ? null : (JSON.parse(json) as Distribution)
}

function labelOf(edge: SiteSettings['edge']): string {
  if (edge.kind === 'any-cache') return ''
  return edge.kind === 'varnish' ? edge.addresses.map((url) => new URL(url).host).join(', ') : edge.distributionId
}

function failureOf(code: string | null): NonNullable<EdgeStatus['failure']> {
  if (code === 'UNREACHABLE') return 'unreachable'
  return code === 'CREDENTIALS_REFUSED' || code === 'PROVIDER_REFUSED' ? 'refused' : 'other'
}

function edgeStatus(settings: SiteSettings, read: Distribution | null, problem: string | null, code: string | null): EdgeStatus {
  const noAccess = problem !== null && code === NO_ACCESS
  return {
    kind: settings.edge.kind,
    label: labelOf(settings.edge),
    state: noAccess ? 'no-access' : problem !== null ? 'failed' : read === null ? 'not-read' : 'ok',
    failure: problem === null || noAccess ? null : failureOf(code),
    // That any other edge tells no rules is no news of it.
    message: problem ?? (settings.edge.kind === 'cloudfront' && read && read.gaps.length > 0 ? read.gaps.join(' ') : null),
    policyKnown: read !== null && read.behaviours.length > 0 && read.behaviours.every((behaviour) => behaviour.policy !== null),
    purgesPaths: read?.capabilities.purgesPaths ?? true,
    purgesPrefixes: read?.capabilities.purgesPrefixes ?? true,
    purgesTags: read?.capabilities.purgesTags ?? false,
    tagHeader: read?.capabilities.tagHeader ?? null,
  }
}
