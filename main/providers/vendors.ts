import type { CredentialsInput } from '#shared/sites.ts'
import type { Http } from '#main/platform/http.ts'
import { createCloudFront } from './cloudfront/cloudfront.ts'
import { createHookBuilder } from './hook/hook.ts'
import type { Builder, Edge, ObjectStore, Renderer } from './provider.ts'
import { createS3Store, type S3Options } from './s3/s3.ts'
import { createSsrCache } from './ssr-cache/ssr-cache.ts'

export interface Vendors {
  openEdge(settings: {
    readonly kind: 'cloudfront'
    readonly distributionId: string
    readonly endpoint: string | undefined
    readonly region: string
    readonly credentials: CredentialsInput
  }): Edge
  openBuilder(settings: { readonly kind: 'hook'; readonly hookUrl: string; readonly listUrl: string | undefined }): Builder
  openRenderer(settings: { readonly kind: 'ssr-cache'; readonly url: string }): Renderer
  openObjects(settings: Omit<S3Options, 'http'> & { readonly kind: 's3' }): ObjectStore
  allow(url: string): () => void
}

/** Every vendor there is, by kind. */
export function createVendors(http: Http): Vendors {
  return {
    openEdge: (settings) => createCloudFront({ ...settings, http }),
    openBuilder: (settings) => createHookBuilder({ ...settings, http }),
    openRenderer: (settings) => createSsrCache({ ...settings, http }),
    openObjects: (settings) => createS3Store({ ...settings, http }),
    allow: http.allow,
  }
}
