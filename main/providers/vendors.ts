import type { CredentialsInput } from '#shared/sites.ts'
import type { Http } from '#main/platform/http.ts'
import { createCloudFront } from './cloudfront/cloudfront.ts'
import { createHookBuilder } from './hook/hook.ts'
import type { Builder, Edge, Renderer } from './provider.ts'
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
  allow(url: string): () => void
}

/** Every vendor there is, by kind. */
export function createVendors(http: Http): Vendors {
  return {
    openEdge: (settings) => createCloudFront({ ...settings, http }),
    openBuilder: (settings) => createHookBuilder({ ...settings, http }),
    openRenderer: (settings) => createSsrCache({ ...settings, http }),
    allow: http.allow,
  }
}
