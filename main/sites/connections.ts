import * as z from 'zod'
import type { AwsAccess } from '#shared/add-site.ts'
import type { LocalBuilderInput } from '#shared/local-project.ts'
import type { CredentialsInput, SiteInput } from '#shared/sites.ts'
import type { Database } from '#main/platform/database.ts'
import type { Secrets } from '#main/platform/secrets.ts'
import type { Builder } from '#main/providers/builder.ts'
import type { Edge, OriginSwitch } from '#main/providers/edge.ts'
import type { EdgeAccount } from '#main/providers/edge-account.ts'
import type { ObjectStore } from '#main/providers/object-store.ts'
import type { ReleaseStore } from '#main/providers/release-store.ts'
import type { Renderer } from '#main/providers/renderer.ts'
import { enteredBuilderSettings, storedBuilderSettings, type BuilderSettings, type LocalSettings } from './builders.ts'
import { awsName } from './credentials/credential-list.ts'
import { secretPlaces } from './kept-secrets.ts'
import { noAccess } from './no-access.ts'
import { recordedBuilder, recordedEdge, recordedObjects, recordedReleases, recordedRenderer } from './credentials/recorded-use.ts'
import type { Uses } from './credentials/uses.ts'
import { readSettings, secretNames, type SiteSettings, type StoredCredentials } from './store.ts'

export type EdgeSettings =
  | {
      readonly kind: 'cloudfront'
      readonly distributionId: string
      readonly endpoint: string | undefined
      readonly region: string
      readonly credentials: CredentialsInput
    }
  | { readonly kind: 'any-cache' }
  | {
      readonly kind: 'varnish'
      readonly addresses: readonly string[]
      readonly secret: string
      readonly soft: boolean
      /** Of every zone of the site, with their ports: a part of the key of each copy. */
      readonly hosts: readonly string[]
    }

export interface ObjectSettings {
  readonly kind: 's3'
  readonly bucket: string
  /** Asked for each time where the edge is pointed at one release after the other. */
  readonly prefix: string | (() => Promise<string>)
  readonly region: string
  readonly endpoint: string | undefined
  readonly forcePathStyle: boolean
  readonly credentials: CredentialsInput
}

export interface ReleaseSettings extends Omit<ObjectSettings, 'prefix'> {
  readonly prefix: string
  readonly htmlSeconds: number
}

/** Opens vendors; the composition root supplies it. */
export interface Vendors {
  openEdge(settings: EdgeSettings): Edge
  /** An account before any of its distributions is chosen. */
  openAccount(access: AwsAccess): EdgeAccount
  openBuilder(settings: BuilderSettings): Builder
  /** How another release is given to visitors where this machine decides it; null where the edge does. */
  openLocalSwitch(settings: Pick<LocalSettings, 'siteId' | 'publish' | 'keepReleases'>): OriginSwitch | null
  /** Looks at a project and at where it is published to, and runs nothing. Returns a sentence; throws `AppError`. */
  checkLocal(settings: LocalBuilderInput): Promise<string>
  /** Ends the builds of a site that is gone, and removes what was kept of them. */
  removeLocal(siteId: string): Promise<void>
  openRenderer(settings: { readonly kind: 'ssr-cache'; readonly url: string }): Renderer
  openObjects(settings: ObjectSettings): ObjectStore
  openReleases(settings: ReleaseSettings): ReleaseStore
  /** Lets checks reach this address although it may be a private one, until the returned function is called. */
  allow(url: string): () => void
}

/** The open clients of each site, made when they are first needed. */
export interface Connections {
  edge(siteId: string): Promise<Edge>
  /** Null when the site has no builder. */
  builder(siteId: string): Promise<Builder | null>
  /** Null when the site has no renderer. */
  renderer(siteId: string): Promise<Renderer | null>
  /** Null when the site names no bucket. */
  objects(siteId: string): Promise<ObjectStore | null>
  /** Null when nothing is published to a bucket from here. */
  releases(siteId: string): Promise<ReleaseStore | null>
  /** After settings changed, or the site was removed. */
  forget(siteId: string): void
  close(): void
}

const StoredEnvironment = z.record(z.string(), z.string())
const StoredKeys = z.object({ kind: z.literal('keys'), accessKeyId: z.string(), secretAccessKey: z.string() })

export function createConnections(db: Database, secrets: Secrets, vendors: Vendors, uses: Uses): Connections {
  const edges = new Map<string, Promise<Edge>>()
  const builders = new Map<string, Promise<Builder | null>>()
  const renderers = new Map<string, Promise<Renderer | null>>()
  const stores = new Map<string, Promise<ObjectStore | null>>()
  const releases = new Map<string, Promise<ReleaseStore | null>>()

  /** With the keys from the vault where they are kept there; empty ones when it has lost them. */
  async function credentialsOf(stored: StoredCredentials, name: string): Promise<CredentialsInput> {
    if (stored.kind !== 'keys') return stored
    const keys = await secrets.get(name)
    return keys === null ? { kind: 'keys', accessKeyId: '', secretAccessKey: '' } : StoredKeys.parse(JSON.parse(keys))
  }

  const hostsOf = async (siteId: string) => {
    const zones = await db.query.selectFrom('zones').select('host').where('site_id', '=', siteId).orderBy('id').execute()
    return zones.map(({ host }) => host)
  }

  /** With the switch of the folder that the web server behind it serves, where that decides what visitors get. */
  async function openEdge(siteId: string): Promise<Edge> {
    const settings = await readSettings(db.query, siteId)
    const { builder, edge: stored } = settings
    const name = stored.kind === 'any-cache' ? null : credentialName(stored, secretNames(siteId).edge)
    const edge = recordedEdge(await openVendorsEdge(siteId), name, uses)
    const switchOrigin = builder?.kind === 'local' ? vendors.openLocalSwitch({ ...builder, siteId }) : null
    const needed = secretPlaces(settings).find(({ secret }) => secret === 'edge')
    const lacking = needed !== undefined && (await secrets.get(secretNames(siteId).edge)) === null
    return {
      ...edge,
      ...(switchOrigin === null ? {} : { switchOrigin }),
      ...(lacking ? { describe: () => Promise.reject(noAccess(needed.what)) } : {}),
    }
  }

  async function openVendorsEdge(siteId: string): Promise<Edge> {
    const { edge } = await readSettings(db.query, siteId)
    if (edge.kind === 'any-cache') return vendors.openEdge({ kind: edge.kind })
    if (edge.kind === 'varnish') {
      const secret = (await secrets.get(secretNames(siteId).edge)) ?? ''
      return vendors.openEdge({ ...edge, secret, hosts: await hostsOf(siteId) })
    }
    const credentials = await credentialsOf(edge.credentials, secretNames(siteId).edge)
    return vendors.openEdge({
      kind: edge.kind,
      distributionId: edge.distributionId,
      region: edge.region,
      credentials,
      endpoint: edge.endpoint ?? undefined,
    })
  }

  async function openBuilder(siteId: string): Promise<Builder | null> {
    const { builder, objects } = await readSettings(db.query, siteId)
    if (builder?.kind === 'local') {
      const toBucket = builder.publish === undefined && (objects?.publish ?? null) !== null
      const kept = await secrets.get(secretNames(siteId).build)
      const environment = kept === null ? {} : StoredEnvironment.parse(JSON.parse(kept))
      return vendors.openBuilder({
        ...builder,
        siteId,
        environment,
        hosts: await hostsOf(siteId),
        keep: () => pinned(siteId),
        toBucket,
      })
    }
    const settings = builder === null ? null : await storedBuilderSettings(secrets, secretNames(siteId), builder)
    if (settings === null) return null
    const { builder: token, hook } = secretNames(siteId)
    return recordedBuilder(vendors.openBuilder(settings), settings.kind === 'netlify' ? token : hook, uses)
  }

  /** The release that a site is held at stays, however old it is. */
  function pinned(siteId: string): string[] {
    const row = db.raw
      .prepare<[string], { id: string | null }>(`SELECT pin_json ->> '$.releaseId' AS id FROM sites WHERE id = ?`)
      .get(siteId)
    return row?.id ? [row.id] : []
  }

  async function openRenderer(siteId: string): Promise<Renderer | null> {
    const { renderer } = await readSettings(db.query, siteId)
    const url = renderer === null ? null : await secrets.get(secretNames(siteId).renderer)
    if (renderer === null || url === null) return null
    return recordedRenderer(vendors.openRenderer({ kind: renderer.kind, url }), secretNames(siteId).renderer, uses)
  }

  async function openObjects(siteId: string): Promise<ObjectStore | null> {
    const { objects } = await readSettings(db.query, siteId)
    if (objects === null) return null
    const credentials = await credentialsOf(objects.credentials, secretNames(siteId).objects)
    const prefix = objects.publish === null ? objects.prefix : () => livePlace(siteId, objects.prefix)
    const store = vendors.openObjects({ ...objects, prefix, endpoint: objects.endpoint ?? undefined, credentials })
    return recordedObjects(store, credentialName(objects, secretNames(siteId).objects), uses)
  }

  /** Below which keys the release lies that visitors get. */
  async function livePlace(siteId: string, otherwise: string): Promise<string> {
    const edge = await remember(edges, siteId, openEdge)
    return (await edge.switchOrigin?.read())?.originPath ?? otherwise
  }

  async function openReleases(siteId: string): Promise<ReleaseStore | null> {
    const { objects } = await readSettings(db.query, siteId)
    if (objects === null || objects.publish === null) return null
    const credentials = await credentialsOf(objects.credentials, secretNames(siteId).objects)
    const { htmlSeconds } = objects.publish
    const store = vendors.openReleases({ ...objects, endpoint: objects.endpoint ?? undefined, credentials, htmlSeconds })
    return recordedReleases(store, credentialName(objects, secretNames(siteId).objects), uses)
  }

  return {
    edge: (siteId) => remember(edges, siteId, openEdge),
    builder: (siteId) => remember(builders, siteId, openBuilder),
    renderer: (siteId) => remember(renderers, siteId, openRenderer),
    objects: (siteId) => remember(stores, siteId, openObjects),
    releases: (siteId) => remember(releases, siteId, openReleases),
    forget(siteId) {
      closeAll(stores.get(siteId))
      stores.delete(siteId)
      closeAll(releases.get(siteId))
      releases.delete(siteId)
      closeAll(edges.get(siteId))
      edges.delete(siteId)
      builders.delete(siteId)
      renderers.delete(siteId)
    },
    close() {
      closeAll(...edges.values(), ...stores.values(), ...releases.values())
    },
  }
}

/** By which its uses are written down: a secret of the vault, or AWS credentials that are only read. */
function credentialName(of: SiteSettings['edge'] | NonNullable<SiteSettings['objects']>, secret: string): string {
  if (!('credentials' in of) || of.credentials.kind === 'keys') return secret
  return awsName(of.credentials)
}

function closeAll(...opening: readonly (Promise<{ close(): void } | null> | undefined)[]): void {
  for (const one of opening)
    void one?.then(
      (open) => open?.close(),
      () => {},
    )
}

/** A failed opening is not remembered: the next call tries again. */
function remember<T>(known: Map<string, Promise<T>>, siteId: string, open: (siteId: string) => Promise<T>): Promise<T> {
  const ready = known.get(siteId)
  if (ready) return ready
  const opening = open(siteId)
  known.set(siteId, opening)
  opening.catch(() => known.delete(siteId))
  return opening
}

function edgeSettings({ edge, zones }: SiteInput): EdgeSettings {
  if (edge.kind === 'any-cache') return edge
  if (edge.kind === 'varnish') return { ...edge, hosts: zones.map(({ url }) => new URL(url).host) }
  return { ...edge, endpoint: edge.endpoint }
}

/** Clients for input that is not stored yet. */
export function connectionsFor(
  input: SiteInput,
  vendors: Vendors,
): {
  edge: Edge
  builder: Builder | null
  renderer: Renderer | null
  objects: ObjectStore | null
  releases: ReleaseStore | null
} {
  const { builder, renderer, objects } = input
  return {
    edge: vendors.openEdge(edgeSettings(input)),
    builder: builder && builder.kind !== 'local' ? vendors.openBuilder(enteredBuilderSettings(builder)) : null,
    renderer: renderer ? vendors.openRenderer(renderer) : null,
    objects: objects && !objects.publish ? vendors.openObjects({ ...objects, endpoint: objects.endpoint }) : null,
    releases: objects?.publish
      ? vendors.openReleases({ ...objects, endpoint: objects.endpoint, htmlSeconds: objects.publish.htmlSeconds })
      : null,
  }
}
