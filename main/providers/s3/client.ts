import type { S3Client } from '@aws-sdk/client-s3'
import type { CredentialsInput } from '#shared/sites.ts'
import type { Http } from '#main/platform/http.ts'
import { awsAccess } from '../aws-access.ts'

/** One bucket, and how it is reached. */
export interface BucketOptions {
  readonly bucket: string
  readonly region: string
  /** Another address that speaks S3's API; AWS's own one when missing. */
  readonly endpoint: string | undefined
  /** The bucket's name in the path rather than in the host: most stores that are not AWS's want it. */
  readonly forcePathStyle: boolean
  readonly credentials: CredentialsInput
  readonly http: Pick<Http, 'clientAgents'>
}

const CONNECT_TIMEOUT_MS = 3_000
const REQUEST_TIMEOUT_MS = 5_000
const MAX_ATTEMPTS = 2
const nothing = (): void => undefined
/** Without one of ours the SDK warns on the console; what fails is thrown, and told where it matters. */
const SILENT = { trace: nothing, debug: nothing, info: nothing, warn: nothing, error: nothing }

/**
 * A client of the bucket. Throws `CREDENTIALS_REFUSED` without keys.
 *
 * @param requestTimeoutMs of one request; what carries bodies needs longer.
 */
export async function connect(
  { bucket, endpoint, region, forcePathStyle, credentials, http }: BucketOptions,
  requestTimeoutMs = REQUEST_TIMEOUT_MS,
): Promise<S3Client> {
  const [sdk, access] = await Promise.all([
    import('@aws-sdk/client-s3'),
    awsAccess({
      address: endpoint ?? `https://${hostOf({ endpoint, bucket, region })}`,
      credentials,
      http,
      connectTimeoutMs: CONNECT_TIMEOUT_MS,
      requestTimeoutMs,
      whose: 'the bucket',
    }),
  ])
  return new sdk.S3Client({
    region,
    forcePathStyle,
    maxAttempts: MAX_ATTEMPTS,
    logger: SILENT,
    ...access,
    ...(endpoint === undefined ? {} : { endpoint }),
  })
}

/** The host that answers for the bucket, as a person knows it. */
export function hostOf({ endpoint, bucket, region }: Pick<BucketOptions, 'bucket' | 'region' | 'endpoint'>): string {
  return endpoint === undefined ? `${bucket}.s3.${region}.amazonaws.com` : new URL(endpoint).host
}
