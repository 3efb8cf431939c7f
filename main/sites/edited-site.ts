import type { EditedSite } from '#shared/site-settings.ts'
import type { SiteSettings } from './store.ts'

/** A stored site as its owner edits it: without any secret, which no stored site has. */
export function editedSite(name: string, zoneUrls: readonly string[], stored: SiteSettings): EditedSite {
  const { originUrl, edge, builder, renderer, objects, volatileSelectors, watchSeconds, links, firstCheckPages } = stored
  return {
    name,
    zones: zoneUrls.map((url) => ({ url })),
    ...(originUrl === null ? {} : { originUrl }),
    edge: editedEdge(edge),
    ...(builder === null ? {} : { builder: editedBuilder(builder) }),
    ...(renderer === null ? {} : { renderer }),
    ...(objects === null ? {} : { objects: editedObjects(objects) }),
    volatileSelectors,
    watchSeconds,
    links,
    firstCheckPages,
  }
}

function editedEdge(edge: SiteSettings['edge']): EditedSite['edge'] {
  if (edge.kind === 'any-cache') return { kind: edge.kind }
  if (edge.kind === 'varnish') return { kind: edge.kind, addresses: edge.addresses, soft: edge.soft }
  const { kind, distributionId, endpoint, region, credentials } = edge
  return { kind, distributionId, region, credentials, ...(endpoint === null ? {} : { endpoint }) }
}

function editedBuilder(builder: NonNullable<SiteSettings['builder']>): NonNullable<EditedSite['builder']> {
  if (builder.kind === 'local') return builder
  if (builder.kind === 'netlify') {
    const { kind, siteId, branch, clearCache, baseUrl } = builder
    return { kind, siteId, clearCache, ...(branch === null ? {} : { branch }), ...(baseUrl === null ? {} : { baseUrl }) }
  }
  const { listUrl, secretHeader, ...rest } = builder
  return {
    ...rest,
    ...(listUrl === null ? {} : { listUrl }),
    ...(secretHeader === null ? {} : { secretHeader: { name: secretHeader } }),
  }
}

function editedObjects(objects: NonNullable<SiteSettings['objects']>): NonNullable<EditedSite['objects']> {
  const { endpoint, publish, ...rest } = objects
  return { ...rest, ...(endpoint === null ? {} : { endpoint }), ...(publish === null ? {} : { publish }) }
}
