import type { CloudFrontClient } from '@aws-sdk/client-cloudfront'
import type { Http } from '#main/platform/http.ts'
import { awsAccess } from '../aws-access.ts'

/** Whose AWS account is used: the SDK's own chain, a named profile (SSO included), or keys as the last resort. */
export type CloudFrontCredentials =
  | { readonly kind: 'default' }
  | { readonly kind: 'profile'; readonly profile: string }
  | { readonly kind: 'keys'; readonly accessKeyId: string; readonly secretAccessKey: string }

export interface ClientOptions {
  /** Another address that speaks CloudFront's API; AWS's own one when missing. */
  readonly endpoint?: string | undefined
  readonly region: string
  readonly credentials: CloudFrontCredentials
  readonly http: Pick<Http, 'clientAgents'>
}

const CONNECT_TIMEOUT_MS = 5_000
const REQUEST_TIMEOUT_MS = 20_000
/** One repeat for a lost packet. Longer outages are for the caller's own loop, which shows them. */
const MAX_ATTEMPTS = 2

/** A client that is made at its first use: loading the SDK would cost a tenth of a second at start. */
export interface LazyClient {
  get(): Promise<CloudFrontClient>
  close(): void
}

export function createClient(options: ClientOptions): LazyClient {
  let client: Promise<CloudFrontClient> | undefined
  let closed = false
  return {
    get: () => {
      client ??= connect(options)
      return client
    },
    close: () => {
      if (closed) return
      closed = true
      void client?.then(
        (made) => made.destroy(),
        () => undefined,
      )
    },
  }
}

async function connect({ endpoint, region, credentials, http }: ClientOptions): Promise<CloudFrontClient> {
  const [sdk, access] = await Promise.all([
    import('@aws-sdk/client-cloudfront'),
    awsAccess({
      address: endpoint ?? 'https://cloudfront.amazonaws.com',
      credentials,
      http,
      connectTimeoutMs: CONNECT_TIMEOUT_MS,
      requestTimeoutMs: REQUEST_TIMEOUT_MS,
      whose: 'this site',
    }),
  ])
  return new sdk.CloudFrontClient({
    region,
    maxAttempts: MAX_ATTEMPTS,
    ...access,
    ...(endpoint === undefined ? {} : { endpoint }),
  })
}
