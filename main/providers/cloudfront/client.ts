import type { CloudFrontClient, CloudFrontClientConfig } from '@aws-sdk/client-cloudfront'
import { AppError } from '#shared/errors.ts'
import type { Http } from '#main/platform/http.ts'

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
  const [sdk, provider] = await Promise.all([import('@aws-sdk/client-cloudfront'), credentialsOf(credentials)])
  return new sdk.CloudFrontClient({
    region,
    maxAttempts: MAX_ATTEMPTS,
    requestHandler: {
      ...http.clientAgents(),
      connectionTimeout: CONNECT_TIMEOUT_MS,
      requestTimeout: REQUEST_TIMEOUT_MS,
      throwOnRequestTimeout: true,
    },
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(provider === undefined ? {} : { credentials: provider }),
  })
}

async function credentialsOf(credentials: CloudFrontCredentials): Promise<CloudFrontClientConfig['credentials']> {
  switch (credentials.kind) {
    case 'default':
      return undefined
    case 'profile': {
      const { fromIni } = await import('@aws-sdk/credential-providers')
      return fromIni({ profile: credentials.profile })
    }
    case 'keys':
      if (credentials.accessKeyId === '' || credentials.secretAccessKey === '') {
        throw new AppError('CREDENTIALS_REFUSED', 'The access keys of this site are missing.', {
          fix: 'Enter the access key id and the secret again.',
          retryable: false,
        })
      }
      return { accessKeyId: credentials.accessKeyId, secretAccessKey: credentials.secretAccessKey }
  }
}
