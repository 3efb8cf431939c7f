import type { AwsAccess } from '#shared/add-site.ts'
import type { LocalBuilderInput } from '#shared/local-project.ts'
import type { CredentialsInput } from '#shared/sites.ts'
import { systemClock } from '#main/platform/clock.ts'
import type { Http } from '#main/platform/http.ts'
import { ANY_CACHE_TARIFF, createAnyCache } from './any-cache/any-cache.ts'
import { createAccountAccess } from './cloudfront/account-access.ts'
import { createCloudFront } from './cloudfront/cloudfront.ts'
import { CLOUDFRONT_TARIFF } from './cloudfront/describe.ts'
import { checkItem } from './cloudfront/purge-items.ts'
import { createHookBuilder, type HookOptions } from './hook/hook.ts'
import { createNetlifyBuilder, type NetlifyOptions } from './netlify/netlify.ts'
import { createVarnish, VARNISH_TARIFF, type VarnishOptions } from './varnish/varnish.ts'
import type { Builder } from './builder.ts'
import type { Edge, OriginSwitch, Tariff } from './edge.ts'
import type { EdgeAccount } from './edge-account.ts'
import { createFolderPublisher } from './local/folder-publisher.ts'
import { tryPublishFolder } from './local/publish-folder.ts'
import { createFolderSwitch } from './local/folder-switch.ts'
import { checkProject, type LocalBuilds } from './local/local-builder.ts'
import type { LocalSettings } from './local/site-builds.ts'
import { latePublisher } from './late-publisher.ts'
import type { Publisher } from './publisher.ts'
import type { ObjectStore } from './object-store.ts'
import type { Renderer } from './renderer.ts'
import type { ReleaseStore } from './release-store.ts'
import { createS3Store, type S3Options } from './s3/s3.ts'
import { createS3Releases, type ReleasesOptions } from './s3-deploy/s3-deploy.ts'
import { createSsrCache } from './ssr-cache/ssr-cache.ts'

export interface Vendors {
  openEdge(
    settings:
      | {
          readonly kind: 'cloudfront'
          readonly distributionId: string
          readonly endpoint: string | undefined
          readonly region: string
          readonly credentials: CredentialsInput
        }
      | { readonly kind: 'any-cache' }
      | ({ readonly kind: 'varnish' } & Omit<VarnishOptions, 'http' | 'checkItem'>),
  ): Edge
  openAccount(access: AwsAccess): EdgeAccount
  openBuilder(
    settings:
      | ({ readonly kind: 'hook' } & Omit<HookOptions, 'http'>)
      | ({ readonly kind: 'netlify' } & Omit<NetlifyOptions, 'http'>)
      | (LocalSettings & Pick<LocalBuilderInput, 'kind' | 'publish'> & { readonly toBucket: boolean }),
  ): Builder
  openLocalSwitch(settings: LocalPlace): OriginSwitch | null
  checkLocal(settings: LocalBuilderInput): Promise<string>
  removeLocal(siteId: string): Promise<void>
  openRenderer(settings: { readonly kind: 'ssr-cache'; readonly url: string }): Renderer
  openObjects(settings: Omit<S3Options, 'http'> & { readonly kind: 's3' }): ObjectStore
  openReleases(settings: Omit<ReleasesOptions, 'http' | 'nowMs'> & { readonly kind: 's3' }): ReleaseStore
  allow(url: string): () => void
}

/** The price list of a kind of edge. An account whose edge nobody knows any more is taken for one that charges. */
export function tariffOf(kind: string | null): Tariff {
  if (kind === 'varnish') return VARNISH_TARIFF
  return kind === 'any-cache' ? ANY_CACHE_TARIFF : CLOUDFRONT_TARIFF
}

type LocalPlace = Pick<LocalBuilderInput, 'publish' | 'keepReleases'> & { readonly siteId: string }

/** Every vendor there is, by kind. `bucketOf`: what publishes a site to its bucket. */
export function createVendors(
  http: Http,
  local: LocalBuilds,
  clock: () => number,
  bucketOf: (siteId: string) => Promise<Publisher | null>,
): Vendors {
  const publisherOf = ({ publish, keepReleases }: Omit<LocalPlace, 'siteId'>): Publisher | null =>
    publish === undefined ? null : createFolderPublisher({ folder: publish.folder, keepReleases, clock })
  return {
    openEdge(settings) {
      if (settings.kind === 'any-cache') return createAnyCache()
      return settings.kind === 'varnish'
        ? createVarnish({ ...settings, http, checkItem })
        : createCloudFront({ ...settings, http })
    },
    openAccount: ({ credentials, region, endpoint }) => createAccountAccess({ credentials, region, endpoint, http }),
    openBuilder: (settings) =>
      settings.kind === 'local'
        ? local.open(
            settings,
            publisherOf(settings) ?? (settings.toBucket ? latePublisher(() => bucketOf(settings.siteId)) : null),
          )
        : settings.kind === 'netlify'
          ? createNetlifyBuilder({ ...settings, http })
          : createHookBuilder({ ...settings, http }),
    openLocalSwitch(settings) {
      const publisher = publisherOf(settings)
      return publisher === null ? null : createFolderSwitch(publisher, local.releasesOf(settings.siteId))
    },
    removeLocal: local.remove,
    async checkLocal(settings) {
      const { tool } = await checkProject(settings)
      const live = await publisherOf(settings)?.live()
      if (settings.publish) await tryPublishFolder(settings.publish.folder)
      return [
        tool === null ? 'The folder is there.' : `Its command is run by ${tool}.`,
        ...(settings.publish ? [`Writing to ${settings.publish.folder} was tried.`] : []),
        ...(live ? [`Visitors get release ${live.id}.`] : []),
      ].join(' ')
    },
    openRenderer: (settings) => createSsrCache({ ...settings, http }),
    openObjects: (settings) => createS3Store({ ...settings, http }),
    openReleases: (settings) => createS3Releases({ ...settings, http, nowMs: systemClock }),
    allow: http.allow,
  }
}
