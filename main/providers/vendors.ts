import type { CredentialsInput } from '#shared/sites.ts'
import { systemClock } from '#main/platform/clock.ts'
import type { Http } from '#main/platform/http.ts'
import { ANY_CACHE_TARIFF, createAnyCache } from './any-cache/any-cache.ts'
import { createCloudFront } from './cloudfront/cloudfront.ts'
import { CLOUDFRONT_TARIFF } from './cloudfront/describe.ts'
import { checkItem } from './cloudfront/purge-items.ts'
import { createHookBuilder } from './hook/hook.ts'
import { createVarnish, VARNISH_TARIFF, type VarnishOptions } from './varnish/varnish.ts'
import type { Builder } from './builder.ts'
import type { Edge, Tariff } from './edge.ts'
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
  openBuilder(settings: { readonly kind: 'hook'; readonly hookUrl: string; readonly listUrl: string | undefined }): Builder
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

/** Every vendor there is, by kind. */
export function createVendors(http: Http): Vendors {
  return {
    openEdge(settings) {
      if (settings.kind === 'any-cache') return createAnyCache()
      return settings.kind === 'varnish'
        ? createVarnish({ ...settings, http, checkItem })
        : createCloudFront({ ...settings, http })
    },
    openBuilder: (settings) => createHookBuilder({ ...settings, http }),
    openRenderer: (settings) => createSsrCache({ ...settings, http }),
    openObjects: (settings) => createS3Store({ ...settings, http }),
    openReleases: (settings) => createS3Releases({ ...settings, http, nowMs: systemClock }),
    allow: http.allow,
  }
}
